// @ts-check
/** *Read*: the notes of one zone or pile, large, a page at a time. On the page that is read nothing moves. */

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {Laid} from "../layouts/pages.js" */
/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { add, COLUMNS, pages, ROWS } from "../layouts/pages.js";
import { sign } from "../layouts/signs.js";
import { fit, isPicture, overflows } from "../layouts/size.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";
import { colourOf, notesByPile, notesByZone, pileOf, zoneOf } from "./sight.js";

/** In units. 49 is a twenty-second of the height; below it only a note too long for its place goes. */
const SIZES = [68, 60, 54, 49];
const SMALL_SIZES = [42, 36, 30, 24];

export class ReadView {
  #of;
  #heading = heading();
  #tally = make("p", "read-tally count");
  #list = make("ul", "read-notes");
  /** @type {Laid[][]} */
  #cut = [];
  /** @type {Set<string>} */
  #known = new Set();
  /** @type {Map<string, HTMLLIElement>} */
  #items = new Map();
  /** @type {Laid[] | null} */
  #open = null;
  pages = 1;

  /** @param {string} of a zone's address or a pile's id */
  constructor(of) {
    this.#of = of;
    this.#list.style.setProperty("--across", `${COLUMNS}`);
    this.#list.style.setProperty("--down", `${ROWS}`);
    this.#heading.element.append(this.#tally);
    this.element = make("div", "read", this.#heading.element, this.#list);
  }

  /** @param {Sight} sight */
  update(sight) {
    const { card, rows } = sight;
    const zone = zoneOf(card, this.#of);
    const notes =
      (zone ? notesByZone(rows).get(this.#of) : notesByPile(rows).get(pileOf(rows, this.#of)?.id ?? "")) ??
        [];
    this.#head(zone, pileOf(rows, this.#of)?.title ?? "");
    const means = new Map(notes.map(({ id }) => [id, rows.one("meaning", `meaning:${id}`)?.text ?? ""]));
    this.#take(notes, means);
    this.pages = Math.max(1, this.#cut.length);
    const page = Math.min(sight.page, this.pages - 1);
    this.#show(
      this.#cut[page] ?? [],
      new Map(notes.map((note) => [note.id, note])),
      means,
      (note) => colourOf(card, note),
    );

    const all = Math.max(notes.length, zone ? rows.one("count", `count:${this.#of}`)?.notes ?? 0 : 0);
    const parts = notes.length || !all ? [count("wall.notes", notes.length)] : [];
    if (all > notes.length) parts.push(count("wall.unseen", all - notes.length));
    if (this.pages > 1) parts.push(say("wall.page", { n: page + 1, of: this.pages }));
    write(this.#tally, parts.join(" · "));
  }

  resize() {
    if (!isPicture()) return;
    for (const item of this.#items.values()) item.style.removeProperty("--fit");
    fit(this.#list, SIZES, () => [...this.#items.values()].some(overflows));
    for (const item of this.#items.values()) {
      if (overflows(item)) fit(item, SMALL_SIZES, () => overflows(item));
    }
  }

  /** @param {ReturnType<typeof zoneOf>} zone @param {string} pile */
  #head(zone, pile) {
    this.#heading.write(zone?.title ?? pile, zone?.prompt);
    if (this.element.dataset.colour || !zone) return;
    this.element.dataset.colour = zone.colour;
    const drawn = sign(zone.sign ?? "");
    if (drawn) this.#heading.element.prepend(drawn);
  }

  /** Pages are cut once; what comes later goes on the end. @param {NoteRow[]} notes @param {Map<string, string>} means */
  #take(notes, means) {
    const fresh = notes.filter((note) => !this.#known.has(note.id));
    for (const note of fresh) this.#known.add(note.id);
    // By id, which is random: the same on every wall, and it does not tell who wrote first.
    fresh.sort((a, b) => a.id < b.id ? -1 : 1);
    const whole = fresh.map(({ id, text }) => ({ id, text: `${text} ${means.get(id)}` }));
    if (this.#cut.length === 0) this.#cut = pages(whole);
    else for (const note of whole) add(this.#cut, note);
  }

  /** @param {Laid[]} page @param {Map<string, NoteRow>} notes @param {Map<string, string>} means @param {(note: NoteRow) => string} colour */
  #show(page, notes, means, colour) {
    const turned = page !== this.#open;
    let changed = turned;
    if (turned) {
      this.#list.replaceChildren();
      this.#items.clear();
      this.#open = page;
    }
    for (const { id, spot } of page) {
      const note = notes.get(id);
      let item = this.#items.get(id);
      if (!note) {
        item?.remove();
        this.#items.delete(id);
        continue;
      }
      const meaning = means.get(id) ?? "";
      if (item && item.textContent === note.text + meaning) continue;
      changed = true;
      if (!item) {
        item = /** @type {HTMLLIElement} */ (quote("li", turned ? "note" : "note appear", ""));
        item.dataset.colour = colour(note);
        item.style.gridColumn = `${spot.column + 1} / span ${spot.wide}`;
        item.style.gridRow = `${spot.row + 1} / span ${spot.high}`;
        this.#items.set(id, item);
        this.#list.append(item);
      }
      item.replaceChildren(note.text, ...meaning ? [english(meaning)] : []);
    }
    if (changed && this.#list.isConnected) this.resize();
  }
}

/** What the note above means, beside its own words and never in their place. @param {string} meaning */
function english(meaning) {
  const said = quote("span", "means", meaning);
  said.lang = "en";
  return said;
}
