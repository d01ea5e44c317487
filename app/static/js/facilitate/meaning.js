// @ts-check
import { button, el } from "../desk/el.js";
import { say } from "../words.js";

/** @import {Asking} from "./asking.js" */

/** What a note means in English, typed by a host where the note lies.
 * @param {string} note its id @param {Asking} ask @param {() => string} now what is said so far
 */
export function meaning(note, ask, now) {
  const text = el("input", { type: "text", maxlength: "280", dir: "auto", lang: "en" });
  text.setAttribute("aria-label", say("common.meaning"));
  const open = button("plain-button", () => {
    text.value = now();
    turn(form.hidden === true);
  }, say("common.meaning"));
  open.setAttribute("aria-expanded", "false");
  const form = el(
    "form",
    { class: "row", hidden: true, onsubmit: save },
    text,
    el("button", { class: "button quiet", text: say("facilitate.mean_save") }),
    button("plain-button", () => turn(false), say("common.cancel")),
  );
  text.addEventListener("keydown", (event) => event.key === "Escape" && turn(false));

  /** @param {SubmitEvent} event */
  async function save(event) {
    event.preventDefault();
    const said = text.value.trim();
    if (said === now() || await ask({ type: "note.mean", id: note, text: said })) turn(false);
  }

  /** @param {boolean} on */
  function turn(on) {
    form.hidden = !on;
    open.setAttribute("aria-expanded", String(on));
    (on ? text : open).focus();
  }

  return { open, form };
}
