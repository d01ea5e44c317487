// @ts-check
/** Everything the desk asks of the room. */

import { newId } from "../ids.js";

/** @import {Voice} from "../contract.d.ts" */
/** @import {Asking} from "../facilitate/asking.js" */
/** @import {Choice} from "./choice.js" */
/** @import {Sorting} from "./sorting.js" */

const AT_ONCE = 500;
const TITLE_LETTERS = 120;

export class Moves {
  /** How the notes in hand speak for the pile they go to. @type {Voice} */
  voice = "for";

  /** @param {Asking} ask @param {Sorting} sorting @param {Choice} choice */
  constructor(ask, sorting, choice) {
    this.ask = ask;
    this.sorting = sorting;
    this.choice = choice;
  }

  /** Put the notes in hand into a pile, or out of any. @param {string | null} pile */
  async place(pile) {
    const notes = this.choice.inHand;
    if (notes.length && await this.#put(notes, pile, this.voice)) this.#letGo();
  }

  /** Say how the notes in hand speak; those in a pile already are marked at once. @param {Voice} voice */
  async speak(voice) {
    const piles = this.choice.inHand.map((note) => this.sorting.pileOf(note)?.id);
    if (!piles.length || piles.includes(undefined)) {
      this.voice = voice;
      return;
    }
    for (const pile of new Set(piles)) {
      const notes = this.choice.inHand.filter((note) => this.sorting.pileOf(note)?.id === pile);
      await this.#put(notes, pile ?? null, voice);
    }
    this.#letGo();
  }

  /** Make a pile; the notes that were picked go into it. @param {string} title @param {string[]} [notes] */
  async pile(title, notes = this.choice.size ? this.choice.inHand : []) {
    const id = newId();
    if (!await this.ask({ type: "theme.make", id, title: title.slice(0, TITLE_LETTERS) })) return false;
    if (notes.length && await this.#put(notes, id, this.voice)) this.#letGo();
    return true;
  }

  /** The room's own words are often the best name. */
  pileByItsWords() {
    const first = this.sorting.rows.one("note", this.choice.inHand[0] ?? "");
    return first ? this.pile(first.text.replace(/\s+/g, " ").trim(), this.choice.inHand) : false;
  }

  /** @param {string} pile @param {string} title */
  name(pile, title) {
    return this.ask({ type: "theme.name", id: pile, title });
  }

  /** @param {string} pile @param {string} into */
  merge(pile, into) {
    return this.ask({ type: "theme.merge", theme: pile, into });
  }

  /** @param {string} pile */
  drop(pile) {
    return this.ask({ type: "theme.drop", id: pile });
  }

  /** @param {string} text @param {string | null} [pile] */
  line(text, pile = null) {
    return this.ask({ type: "item.make", id: newId(), text, theme: pile });
  }

  /** @param {string} line @param {string} text */
  word(line, text) {
    return this.ask({ type: "item.word", id: line, text });
  }

  /** @param {string} line */
  dropLine(line) {
    return this.ask({ type: "item.drop", id: line });
  }

  /** Undo one step, or my own last. @param {number} [seq] */
  undo(seq = this.sorting.mine[0]?.step) {
    return seq === undefined ? false : this.ask({ type: "undo", seq });
  }

  /** @param {string[]} notes @param {string | null} theme @param {Voice} voice */
  async #put(notes, theme, voice) {
    for (let from = 0; from < notes.length; from += AT_ONCE) {
      if (!await this.ask({ type: "notes.place", notes: notes.slice(from, from + AT_ONCE), theme, voice })) {
        return false;
      }
    }
    return true;
  }

  #letGo() {
    this.voice = "for";
    this.choice.clear();
    this.choice.dispatchEvent(new Event("change"));
  }
}
