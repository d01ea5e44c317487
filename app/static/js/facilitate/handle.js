// @ts-check
import { button, el } from "../desk/el.js";
import { say } from "../words.js";
import { backTo, offerUndo } from "./undo.js";

/** @import {Asking} from "./asking.js" */

/** What else can be done with a note: into the bin with it, stop its writer, remove the phone it came from.
 * @param {Asking} ask @param {string} id
 */
export function handle(ask, id) {
  const acts = el(
    "div",
    { class: "row" },
    button("button quiet", bin, say("facilitate.bin")),
    button("button quiet", mute, say("facilitate.mute")),
    button("button quiet", () => sure(true), say("facilitate.remove")),
  );
  const no = button("button quiet", () => sure(false), say("facilitate.remove_no"));
  const asked = el(
    "div",
    { class: "stack", hidden: true },
    el("p", { text: say("facilitate.remove_sure") }),
    el("div", { class: "row" }, button("button alarm", remove, say("facilitate.remove_yes")), no),
  );
  const fold = el(
    "div",
    { class: "handles", role: "group", "aria-label": say("facilitate.handle_of"), hidden: true },
    acts,
    asked,
  );
  const opener = el("button", {
    type: "button",
    class: "plain-button handle",
    "aria-expanded": "false",
    text: say("facilitate.handle"),
    onclick: () => {
      open(fold.hidden === true);
      if (!fold.hidden) acts.querySelector("button")?.focus();
    },
  });

  /** @param {boolean} on */
  function open(on) {
    fold.hidden = !on;
    acts.hidden = false;
    asked.hidden = true;
    opener.setAttribute("aria-expanded", String(on));
  }

  /** @param {boolean} on */
  function sure(on) {
    acts.hidden = on;
    asked.hidden = !on;
    if (on) no.focus();
    else acts.querySelector("button")?.focus();
  }

  async function bin() {
    open(false);
    if (!await ask({ type: "note.hide", id, why: "bin" })) return opener.focus();
    offerUndo(say("facilitate.binned"), () => {
      ask({ type: "note.show", id });
      backTo(id);
    });
  }

  async function mute() {
    open(false);
    if (!await ask({ type: "author.mute", note: id })) return opener.focus();
    offerUndo(say("facilitate.muted"), () => {
      ask({ type: "author.unmute", note: id });
      backTo(id);
    });
  }

  async function remove() {
    open(false);
    if (await ask({ type: "author.remove", note: id })) offerUndo(say("facilitate.removed"), null);
    else opener.focus();
  }

  return { opener, fold };
}
