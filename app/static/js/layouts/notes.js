// @ts-check
/** The notes of one zone in their slots. A note keeps its place until it goes. */

/** @import {NoteRow} from "../contract.d.ts" */
import { ACROSS, DOWN, lie } from "./blanks.js";
import { make, quote, write } from "./make.js";
import { isPicture, overflows, unit } from "./size.js";
import { Slots } from "./slots.js";

export const GAP = 8;
/** The smallest text: its line and the space over it, in units (see wall.css). */
const TIGHT = { line: 26.4, top: 4 };
/** Spans to try for a note, small to large. */
const SPANS = /** @type {const} */ ([[1, 1], [2, 1], [1, 2], [2, 2], [3, 2]]);
/** After so many notes without room, a zone counts as full. */
const MOST_ROOMLESS = 24;

/** @typedef {{item: HTMLLIElement, text: string}} Card */

export class Notes {
  #list;
  /** As wide as a place is, and as high as the words then are. */
  probe = make("div", "note probe");
  slots = new Slots(0, 0);
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** Notes that found no room; they are tried again when some is made. @type {Set<string>} */
  #roomless = new Set();

  /** @param {HTMLUListElement} list */
  constructor(list) {
    this.#list = list;
    this.probe.setAttribute("aria-hidden", "true");
  }

  /** How many lie on the wall. */
  get size() {
    return this.#cards.size;
  }

  /** Start anew in other slots. @param {Slots} slots */
  clear(slots) {
    for (const { item } of this.#cards.values()) item.remove();
    this.#cards.clear();
    this.#roomless.clear();
    this.slots = slots;
  }

  /** Returns the cards that are new. @param {NoteRow[]} notes @param {Node | null} before what comes after them in the list */
  show(notes, before) {
    this.#drop(notes);
    this.#reword(notes);
    return this.#place(notes, before);
  }

  /** @param {NoteRow[]} notes */
  #drop(notes) {
    const here = new Set(notes.map((note) => note.id));
    for (const [id, { item }] of this.#cards) {
      if (here.has(id)) continue;
      item.remove();
      this.#cards.delete(id);
      this.slots.free(id);
      this.#roomless.clear();
    }
  }

  /** @param {NoteRow[]} notes */
  #reword(notes) {
    for (const note of notes) {
      const card = this.#cards.get(note.id);
      if (!card || card.text === note.text) continue;
      card.text = note.text;
      write(card.item, note.text);
      if (!isPicture()) continue;
      card.item.classList.remove("tight", "cut");
      card.item.classList.toggle("tight", overflows(card.item));
      end(card.item);
    }
  }

  /** @param {NoteRow[]} notes @param {Node | null} before */
  #place(notes, before) {
    /** @type {HTMLLIElement[]} */
    const fresh = [];
    for (const note of notes) {
      if (this.#cards.has(note.id) || this.#roomless.has(note.id)) continue;
      if (isPicture() && (this.slots.full || this.#roomless.size > MOST_ROOMLESS)) break;
      const item = /** @type {HTMLLIElement} */ (quote("li", "note", note.text));
      if (isPicture() && !this.#lay(note, item)) {
        this.#roomless.add(note.id);
        continue;
      }
      this.#cards.set(note.id, { item, text: note.text });
      this.#list.insertBefore(item, before);
      if (item.classList.contains("tight")) end(item);
      fresh.push(item);
    }
    return fresh;
  }

  /** Find the smallest place that holds the words. @param {NoteRow} note @param {HTMLLIElement} item */
  #lay(note, item) {
    const { columns, rows } = this.slots;
    const spans = SPANS.filter(([wide, high]) => wide <= columns && high <= rows);
    const fitting = spans.find((span) => this.#holds(note.text, span));
    const [wide, high] = fitting ?? [Math.min(3, columns), Math.min(2, rows)];
    const spot = this.slots.place(note.id, wide, high);
    if (!spot) return false;
    item.classList.toggle("tight", !fitting);
    lie(item, spot.column * ACROSS, spot.row * DOWN, wide * ACROSS, high * DOWN);
    return true;
  }

  /** @param {string} text @param {readonly [number, number]} span */
  #holds(text, [wide, high]) {
    const gap = GAP * unit();
    const cell = (this.#list.clientWidth + gap) / this.slots.columns;
    const line = (this.#list.clientHeight + gap) / this.slots.rows;
    this.probe.style.inlineSize = `${cell * wide - gap}px`;
    write(this.probe, text);
    const fits = this.probe.offsetHeight <= line * high - gap;
    // Words that are kept off the wall stand nowhere in it, not even here.
    write(this.probe, "");
    return fits;
  }
}

/** A note too long even for its widest place ends in an ellipsis, and not in half a line. @param {HTMLElement} item */
function end(item) {
  const line = TIGHT.line * unit(), top = TIGHT.top * unit();
  const lines = Math.max(1, Math.floor((item.clientHeight - top) / line) - 1);
  item.style.setProperty("--ending", `${item.clientHeight - top - lines * line}px`);
  item.classList.toggle("cut", overflows(item));
}
