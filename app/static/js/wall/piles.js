// @ts-check
/** The piles as they fill. */

/** @import {NoteRow, ThemeRow} from "../contract.d.ts" */
/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { isPicture } from "../layouts/size.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";
import { inOrder } from "../order.js";
import { colourOf, notesByPile, slipsOf } from "./sight.js";

const PER_PAGE = 12;
const FEW = 8;

/** @typedef {{item: HTMLLIElement, title: HTMLElement, tally: HTMLElement, notes: HTMLUListElement}} Pile */

export class PilesView {
  #heading = heading();
  #filed = make("p", "filed-words count");
  #bar = make("div", "bar-filled");
  #list = make("ul", "piles");
  /** @type {Map<string, Pile>} */
  #piles = new Map();
  pages = 1;

  constructor() {
    const bar = make("div", "bar", this.#bar);
    bar.setAttribute("aria-hidden", "true");
    this.#heading.element.append(make("div", "filed", this.#filed, bar));
    this.element = make("div", "sorting", this.#heading.element, this.#list);
  }

  /** @param {Sight} sight */
  update({ card, rows, stage, page }) {
    const piles = rows.of("theme").filter((theme) => !theme.into).sort(inOrder);
    const inPiles = notesByPile(rows), slips = slipsOf(card, rows);
    const all = slips.size, inOne = new Set([...inPiles.values()].flat().map(({ id }) => id));
    const filed = [...slips.keys()].filter((id) => inOne.has(id)).length;
    this.#heading.write(stage?.prompt || stage?.title || "", piles.length ? "" : say("wall.no_piles"));
    this.#bar.style.inlineSize = `${all ? (filed / all) * 100 : 0}%`;

    this.pages = isPicture() ? Math.max(1, Math.ceil(piles.length / PER_PAGE)) : 1;
    const open = Math.min(page, this.pages - 1);
    const first = open * PER_PAGE;
    const turned = this.pages > 1 ? ` · ${say("wall.page", { n: open + 1, of: this.pages })}` : "";
    write(this.#filed, say("wall.filed", { n: filed, of: all }) + turned);
    const here = isPicture() ? piles.slice(first, first + PER_PAGE) : piles;
    this.#list.dataset.rows = here.length > FEW || this.pages > 1 ? "3" : "2";
    this.#drop(here);
    for (const pile of here) this.#draw(pile, inPiles.get(pile.id) ?? [], (note) => colourOf(card, note));
  }

  /** @param {ThemeRow[]} here */
  #drop(here) {
    const ids = new Set(here.map((pile) => pile.id));
    for (const [id, { item }] of this.#piles) {
      if (ids.has(id)) continue;
      item.remove();
      this.#piles.delete(id);
    }
  }

  /** @param {ThemeRow} pile @param {NoteRow[]} notes @param {(note: NoteRow) => string} colour */
  #draw(pile, notes, colour) {
    const parts = this.#piles.get(pile.id) ?? this.#make(pile.id);
    write(parts.title, pile.title);
    write(parts.tally, count("wall.notes", notes.length));
    /** @type {Map<string | undefined, HTMLElement>} */
    const there = new Map([...parts.notes.children].map((each) => {
      const item = /** @type {HTMLElement} */ (each);
      return [item.dataset.id, item];
    }));
    const wanted = shortFirst(notes, [...there.keys()]).slice(0, isPicture() ? SAMPLES : undefined);
    const stay = new Set(wanted.map(({ id }) => id));
    for (const [id, item] of there) if (!stay.has(id ?? "")) item.remove();
    let next = parts.notes.firstElementChild;
    for (const note of wanted) {
      const item = there.get(note.id) ?? quote("li", "note", "");
      write(item, note.text);
      item.dataset.colour = colour(note);
      item.dataset.id = note.id;
      if (item === next) next = next.nextElementSibling;
      else parts.notes.insertBefore(item, next);
    }
  }

  /** @param {string} id */
  #make(id) {
    const title = quote("h2", "pile-title", "");
    const tally = make("p", "pile-tally count soft");
    const notes = make("ul", "pile-notes");
    const item = make("li", "pile card appear", title, tally, notes);
    const pile = { item, title, tally, notes };
    this.#piles.set(id, pile);
    this.#list.append(item);
    return pile;
  }
}

/** Notes drawn on a pile; what does not fit is cut at its foot, and *Read* shows them all. */
const SAMPLES = 6;
/** About two lines on a pile. */
const FEW_LETTERS = 80;

/**
 * Notes of few letters before long ones, which would leave no room for any other. Among those of a length what
 * stands there keeps its place, and what comes goes after it.
 * @param {NoteRow[]} notes @param {(string | undefined)[]} drawn ids, in their order
 */
function shortFirst(notes, drawn) {
  const places = new Map(drawn.map((id, at) => [id, at]));
  const length = (/** @type {NoteRow} */ { text }) => Math.ceil(text.length / FEW_LETTERS);
  const place = (/** @type {NoteRow} */ { id }) => places.get(id) ?? drawn.length;
  return [...notes].sort((a, b) => length(a) - length(b) || place(a) - place(b));
}
