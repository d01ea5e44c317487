// @ts-check
/** Everything the desk asks of the room. */

import { wordsFor } from "../facilitate/asking.js";
import { newId } from "../ids.js";
import { count, say } from "../words.js";
import { told } from "./told.js";

/** @import {ItemField, ThemeRow, Voice} from "../contract.d.ts" */
/** @import {Asking} from "../facilitate/asking.js" */
/** @import {Choice} from "./choice.js" */
/** @import {Sorting} from "./sorting.js" */

const AT_ONCE = 500;
const TITLE_LETTERS = 120;
const FIRST_WORDS = 6, FIRST_LETTERS = 60;

export class Moves {
  /** How the notes in hand speak for the pile they go to. @type {Voice} */
  voice = "for";
  /** The notes that a step of mine put away. @type {Map<number, string[]>} */
  #away = new Map();

  /** @param {Asking} ask @param {Sorting} sorting @param {Choice} choice */
  constructor(ask, sorting, choice) {
    this.ask = ask;
    this.sorting = sorting;
    this.choice = choice;
  }

  /** Put notes, or those in hand, into a pile, or out of any. @param {string | null} pile @param {string[]} [notes] */
  async place(pile, notes = this.choice.inHand) {
    if (!notes.length || !await this.#put(notes, pile, this.voice)) return;
    const title = this.#title(pile), text = this.#firstWords(notes[0] ?? "");
    told(count(pile ? "sort.told_placed" : "sort.told_out", notes.length, { title, text }));
    this.#letGo(notes);
  }

  /** Keep notes in hand for another day. */
  async park() {
    const notes = this.choice.inHand, went = notes.filter((note) => this.sorting.canWait(note)).length;
    for (let from = 0; from < notes.length; from += AT_ONCE) {
      if (!await this.ask({ type: "notes.park", notes: notes.slice(from, from + AT_ONCE) })) return;
    }
    if (!notes.length) return;
    told(
      went < notes.length
        ? say("sort.told_parked_some", { n: went, of: notes.length })
        : count("sort.told_parked", notes.length),
    );
    this.#letGo(notes);
  }

  /** Say how the notes in hand speak; those in a pile already are marked at once. @param {Voice} voice */
  async speak(voice) {
    const notes = this.choice.inHand;
    const piles = notes.map((note) => this.sorting.pileOf(note)?.id);
    if (!piles.length || piles.includes(undefined)) {
      this.voice = voice;
      return;
    }
    for (const pile of new Set(piles)) {
      await this.#put(notes.filter((note) => this.sorting.pileOf(note)?.id === pile), pile ?? null, voice);
    }
    this.#letGo(notes);
  }

  /** Make a pile; the notes that were picked go into it, in the same step. @param {string} title @param {string[]} [notes] */
  async pile(title, notes = this.choice.size ? this.choice.inHand : []) {
    if (!this.sorting.shows("themes")) return told(say("sort.seen_piles")), false;
    const id = newId(), named = [...title].slice(0, TITLE_LETTERS).join("");
    const filled = notes.length ? { notes: notes.slice(0, AT_ONCE), voice: this.voice } : {};
    if (!await this.ask({ type: "theme.make", id, title: named, ...filled })) return false;
    if (notes.length && await this.#put(notes.slice(AT_ONCE), id, this.voice)) this.#letGo(notes);
    told(count("sort.told_made", notes.length, { title: named }));
    return true;
  }

  /** The room's own words are often the best name, and phones read it: so only words that the room can read. */
  pileByItsWords() {
    const first = this.sorting.slips.get(this.choice.inHand[0] ?? "");
    if (!first) return false;
    if (!this.sorting.isOnWall(first)) {
      told(say(this.sorting.held(first) ? "sort.held_no_name" : "sort.private_no_name"));
      return false;
    }
    return this.pile(first.text.replace(/\s+/g, " ").trim(), this.choice.inHand);
  }

  /** The notes that are picked say the same as the one the desk is at. */
  async same() {
    if (!this.sorting.shows("themes")) return told(say("sort.seen_piles"));
    const notes = this.choice.inHand,
      headline = notes.find((note) => note === this.choice.cursor) ?? notes[0];
    if (!headline || notes.length < 2) return told(say("sort.same_pick"));
    const twins = notes.filter((note) => note !== headline);
    if (!await this.ask({ type: "notes.same", notes: twins, headline })) return;
    told(count("sort.told_same", twins.length));
    this.#letGo(notes);
  }

  /** @param {string} note @param {string} headline */
  async sameAs(note, headline) {
    if (await this.ask({ type: "notes.same", notes: [note], headline })) told(count("sort.told_same", 1));
  }

  /** @param {string} note */
  apart(note) {
    return this.ask({ type: "note.apart", id: note });
  }

  /** @param {string} pile @param {string} title */
  name(pile, title) {
    return this.ask({ type: "theme.name", id: pile, title });
  }

  /** @param {string} pile @param {string} into */
  async merge(pile, into) {
    const titles = { title: this.#title(pile), into: this.#title(into) };
    if (await this.ask({ type: "theme.merge", theme: pile, into })) told(say("sort.told_merged", titles));
  }

  /** @param {string} pile */
  drop(pile) {
    return this.ask({ type: "theme.drop", id: pile });
  }

  /** Sort a note by its parts. Their ids are in the order of its words. @param {string} note @param {string[]} texts */
  async split(note, texts) {
    const ids = texts.map(newId).sort();
    const parts = texts.map((text, at) => ({ id: /** @type {string} */ (ids[at]), text }));
    try {
      await this.sorting.ask({ type: "note.split", id: note, parts });
      told(count("sort.told_split", texts.length));
      return "";
    } catch (refusal) {
      return wordsFor(refusal);
    }
  }

  /** @param {string} text @param {string | null} [pile] */
  async line(text, pile = null) {
    if (!await this.ask({ type: "item.make", id: newId(), text, theme: pile })) return false;
    told(say("sort.told_line", { title: text }));
    return true;
  }

  /** A line of each of these piles, in their order; each is a step of its own. @param {ThemeRow[]} piles */
  async lines(piles) {
    let made = 0;
    for (const { id, title } of piles) {
      if (!await this.ask({ type: "item.make", id: newId(), text: title, theme: id })) break;
      made += 1;
    }
    if (made) told(count("sort.told_lines", made));
  }

  /** @param {string} line @param {string} text */
  word(line, text) {
    return this.ask({ type: "item.word", id: line, text });
  }

  /** Say one thing more about a line. @param {string} line @param {ItemField} field @param {string} value */
  async set(line, field, value) {
    try {
      const { seq } = await this.sorting.ask({ type: "item.set", id: line, field, value });
      return { seq, refusal: "" };
    } catch (refusal) {
      return { seq: 0, refusal: wordsFor(refusal) };
    }
  }

  /** @param {string} line @param {string | null} before */
  order(line, before) {
    return this.ask({ type: "item.move", id: line, before });
  }

  /** @param {string} line */
  dropLine(line) {
    return this.ask({ type: "item.drop", id: line });
  }

  /** Say in which pile the room said a must-have too, or that it did not. @param {string} essential @param {string | null} pile */
  link(essential, pile) {
    return this.ask({ type: "essential.link", essential, theme: pile });
  }

  /** Let the room call out where the last notes go, by number. @param {boolean} on */
  showLast(on) {
    return this.ask({ type: "wall.show", manner: on ? "left" : "whole" });
  }

  /** Ask each table to send up so many notes; 0: no more. @param {number} most */
  callBest(most) {
    return this.ask({ type: "picks.call", most });
  }

  /** @param {number} seq */
  undo(seq) {
    return this.ask({ type: "undo", seq });
  }

  /** @param {string | null} pile */
  #title(pile) {
    return (pile && this.sorting.rows.one("theme", pile)?.title) || "";
  }

  /** Enough of a note to know it again. @param {string} note */
  #firstWords(note) {
    const words = this.sorting.slips.get(note)?.text.trim().split(/\s+/) ?? [];
    const first = [...words.slice(0, FIRST_WORDS).join(" ")].slice(0, FIRST_LETTERS).join("");
    return first === words.join(" ") ? first : `${first}…`;
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

  /** Whoever undoes their last step has these in hand again, as far as they come back. @param {number} step */
  takeUp(step) {
    return this.#away.get(step) ?? [];
  }

  /** Those in hand are put down; one that was dragged past them leaves them picked. @param {string[]} notes */
  #letGo(notes) {
    const [last] = this.sorting.mine;
    if (last) this.#away.set(last.step, notes);
    this.voice = "for";
    if (notes.some((note) => this.choice.has(note))) this.choice.clear();
    this.choice.dispatchEvent(new Event("change"));
  }
}
