// @ts-check
import { part, reword } from "../desk/el.js";

const OFFERED_MS = 30_000;
const WAITS_MS = 100, WAITS_MOST = 12;

const line = () => part("#undo-line");
let timer = 0;
let undo = () => {};

part("#undo-last").addEventListener("click", () => {
  // Before the line goes with the focus in it.
  part("#notes-title").focus();
  line().hidden = true;
  undo();
});

/** Say what was done above the notes, and offer to undo it by one press; it takes the focus from what went away.
 * @param {string} words @param {(() => void) | null} back
 */
export function offerUndo(words, back) {
  clearTimeout(timer);
  undo = back ?? (() => {});
  reword(part("#undo-said"), words);
  line().hidden = false;
  part("#undo-last").hidden = back === null;
  (back ? part("#undo-last") : part("#notes-title")).focus();
  timer = setTimeout(() => {
    if (line().contains(document.activeElement)) part("#notes-title").focus();
    line().hidden = true;
  }, OFFERED_MS);
}

/** Give the focus to a note that is about to come back, or else to the notes' heading; unless it went on meanwhile. @param {string} id */
export function backTo(id, tries = 0, from = document.activeElement) {
  const at = document.activeElement;
  if (at !== from && at !== document.body) return;
  const button = document.querySelector(`#notes [data-note="${id}"] .handle`);
  if (button instanceof HTMLElement) return button.focus();
  if (tries < WAITS_MOST) setTimeout(() => backTo(id, tries + 1, from), WAITS_MS);
  else if (document.activeElement === document.body) part("#notes-title").focus();
}
