// @ts-check
/**
 * Notes to be read aloud, cut into pages. The cut depends on the words alone and never on the screen,
 * so that every wall turns to the same page.
 */

import { Slots } from "./slots.js";

export const COLUMNS = 3;
export const ROWS = 3;

/** Widest words that fit so many cells, in letters of an ordinary width: [most, wide, high]. */
const SPANS = /** @type {const} */ ([[56, 1, 1], [120, 2, 1], [250, 2, 2], [400, 3, 2], [Infinity, 3, 3]]);
const LETTERS_PER_LINE = 20;

/** @typedef {{id: string, text: string}} Words */
/** @typedef {{id: string, spot: import("./slots.js").Spot}} Laid */

/** @param {Words[]} notes @returns {Laid[][]} */
export function pages(notes) {
  /** @type {Laid[][]} */
  const cut = [];
  for (const note of notes) add(cut, note);
  return cut;
}

/** Lay one more note after the others, on a new page if it must. @param {Laid[][]} cut @param {Words} note */
export function add(cut, note) {
  const [, wide, high] = SPANS.find(([most]) => weight(note.text) <= most) ?? SPANS[4];
  const last = cut.at(-1);
  const spot = last && refill(last).place(note.id, wide, high);
  if (spot) last.push({ id: note.id, spot });
  else cut.push([{ id: note.id, spot: { column: 0, row: 0, wide, high } }]);
}

/** How many letters' room words take: emoji and Chinese take two or more, a new line the rest of its line. @param {string} text */
function weight(text) {
  let sum = 0;
  for (const line of text.split("\n")) {
    let before = "";
    for (const letter of line) {
      if (before !== JOINER) sum += WIDE.test(letter) ? 2.2 : NO_WIDTH.test(letter) ? 0 : 1;
      before = letter;
    }
  }
  return sum + (text.split("\n").length - 1) * LETTERS_PER_LINE * 0.7;
}

/** Joins emoji into one: what follows it takes no room of its own. */
const JOINER = "\u200d";
const WIDE =
  /\p{Extended_Pictographic}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const NO_WIDTH = /\p{M}|\p{Cf}/u;

/** @param {Laid[]} page */
function refill(page) {
  const slots = new Slots(COLUMNS, ROWS);
  for (const { id, spot } of page) slots.put(id, spot);
  return slots;
}
