// @ts-check
/** The last notes in no pile, by number: the room calls out where each belongs, and a placed one goes away. */

/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fit, isPicture, overflows } from "../layouts/size.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";
import { PileNames } from "./names.js";
import { colourOf, leftOver } from "./sight.js";

const PER_PAGE = 10;
const SIZES = [54, 49, 44, 40, 36];
const SMALL_SIZES = [32, 28, 24];

export class LeftView {
  #heading = heading();
  #tally = make("p", "read-tally count");
  #list = make("ul", "left-notes");
  #names = new PileNames();
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();
  #said = "";
  pages = 1;

  constructor() {
    this.#tally.dir = "auto";
    this.#heading.element.append(this.#tally);
    this.element = make("div", "left", this.#heading.element, this.#list, this.#names.element);
  }

  /** @param {Sight} sight */
  update({ card, rows, page: wanted }) {
    const left = leftOver(rows);
    // Nobody turns through pages whose notes have all found their piles.
    const tens = new Set([...left.values()].map(({ n }) => Math.floor((n - 1) / PER_PAGE)));
    this.pages = isPicture() ? Math.max(1, tens.size) : 1;
    const page = Math.min(wanted, this.pages - 1);
    const first = isPicture() ? ([...tens][page] ?? 0) * PER_PAGE : 0;
    const waits = rows.one("screen", "screen")?.waits ?? false;
    this.#heading.write(
      say(left.size ? "wall.left" : waits ? "wall.left_more" : "wall.left_none"),
      left.size ? say("wall.left_how") : "",
    );
    const parts = left.size ? [count("wall.notes", left.size)] : [];
    if (this.pages > 1) parts.push(say("wall.page", { n: page + 1, of: this.pages }));
    write(this.#tally, parts.join(" · "));

    const here = [...left.values()].filter(({ n }) => !isPicture() || (n > first && n <= first + PER_PAGE));
    const ids = new Set(here.map(({ note }) => note.id));
    for (const [id, item] of this.#items) {
      if (ids.has(id)) continue;
      item.remove();
      this.#items.delete(id);
    }
    for (const { n, note } of here) {
      const item = this.#items.get(note.id) ?? make("li", "left-note");
      const means = rows.one("meaning", `meaning:${note.id}`)?.text ?? "";
      const look = JSON.stringify([n, note.text, means]);
      if (item.dataset.look === look) continue;
      item.dataset.look = look;
      item.dataset.colour = colourOf(card, note);
      // Its place is its number's, so nothing moves when another goes.
      item.style.gridRow = `${(n - 1 - first) % (PER_PAGE / 2) + 1}`;
      item.style.gridColumn = `${Math.floor((n - 1 - first) / (PER_PAGE / 2)) + 1}`;
      item.replaceChildren(make("b", "called count", `${n}`), said(note.text, means));
      this.#items.set(note.id, item);
      const next = here.find((other) => other.n > n && this.#items.get(other.note.id)?.isConnected);
      this.#list.insertBefore(item, this.#items.get(next?.note.id ?? "") ?? null);
    }
    const moved = this.#names.update(rows, left.size > 0);
    const told = [...this.#items.values()].map(({ textContent }) => textContent).join("\n");
    if (moved || told !== this.#said && told.length > this.#said.length) this.resize();
    this.#said = told;
  }

  resize() {
    this.element.classList.remove("is-tight");
    this.#names.resize();
    if (!isPicture() || !this.#list.isConnected) return;
    const notes = [...this.#items.values()].map((item) => /** @type {HTMLElement} */ (item.lastElementChild));
    this.#fit(notes);
    if (!notes.some(overflows)) return;
    // A room knows its piles better than a note that is cut.
    this.element.classList.add("is-tight");
    this.#fit(notes);
    for (const note of notes) if (overflows(note)) cut(note);
  }

  /** @param {HTMLElement[]} notes */
  #fit(notes) {
    for (const note of notes) {
      note.style.removeProperty("--fit");
      note.classList.remove("is-cut");
    }
    fit(this.#list, SIZES, () => notes.some(overflows));
    for (const note of notes) if (overflows(note)) fit(note, SMALL_SIZES, () => overflows(note));
  }
}

/** After as many whole lines as there is room for, with a sign that there is more. @param {HTMLElement} note */
function cut(note) {
  const { lineHeight, paddingBlockStart, paddingBlockEnd } = getComputedStyle(note);
  const room = note.clientHeight - parseFloat(paddingBlockStart) - parseFloat(paddingBlockEnd);
  note.style.setProperty("--lines", String(Math.max(1, Math.floor(room / parseFloat(lineHeight)))));
  note.classList.add("is-cut");
}

/** @param {string} text @param {string} means */
function said(text, means) {
  const words = quote("p", "note", text);
  if (means) {
    const english = quote("span", "means", means);
    english.lang = "en";
    words.append(english);
  }
  return words;
}
