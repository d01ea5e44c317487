// @ts-check
import { box, el, part, reword, spoken } from "../desk/el.js";
import { say } from "../words.js";

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {Room} from "./room.js" */

const AT_ONCE = 40;

/** Pick notes one after the other: the list narrows as one types, Enter takes the first.
 * @param {Room} room @param {string} question @param {() => Set<string>} taken those not to be offered
 * @param {(note: string) => Promise<unknown>} take
 */
export function pickNotes(room, question, taken, take) {
  const dialog = /** @type {HTMLDialogElement} */ (part("#pick-note"));
  const text = box("#pick-note-text"), list = part("#pick-note-list"), none = part("#pick-note-none");
  const form = part("#pick-note-form"), leaving = new AbortController();
  reword(part("#pick-note-question"), question);
  text.value = "";

  /** @param {NoteRow} note */
  function line({ id, text: words, zone }) {
    const colour = room.spots.get(zone)?.zone.colour ?? "plain";
    const choose = spoken("button", words, {
      type: "button",
      class: "note pick-note",
      "data-colour": colour,
      onclick: async () => {
        await take(id);
        draw();
        text.focus();
      },
    });
    return el("li", {}, choose);
  }

  function draw() {
    const words = text.value.trim().toLocaleLowerCase(), not = taken();
    const found = room.rows.of("note").filter((note) =>
      !not.has(note.id) && note.text.toLocaleLowerCase().includes(words)
    );
    list.replaceChildren(...found.slice(0, AT_ONCE).map(line));
    reword(
      none,
      found.length === 0
        ? say("facilitate.pick_none")
        : found.length > AT_ONCE
        ? say("facilitate.pick_more")
        : "",
    );
  }

  const signal = { signal: leaving.signal };
  text.addEventListener("input", draw, signal);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("button")?.click();
  }, signal);
  dialog.addEventListener("close", () => leaving.abort(), signal);
  draw();
  dialog.showModal();
  text.focus();
}
