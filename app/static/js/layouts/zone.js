// @ts-check
/** One zone of a board: its sign, its question, how many notes, and the notes in their slots. */

/** @import {NoteRow, Zone} from "../contract.d.ts" */
import { count, say } from "../words.js";
import { ACROSS, Blanks, DOWN, IN_CELL, lie, NEWS } from "./blanks.js";
import { make, quote, write } from "./make.js";
import { GAP, Notes } from "./notes.js";
import { sign } from "./signs.js";
import { isPicture, unit } from "./size.js";
import { Slots } from "./slots.js";

/** A cell of a zone in units: at least this wide and this high. */
const CELL = { wide: 256, high: 82 };
/** Height of a line of the question, in units. */
const PROMPT_LINE = 28.8;
/** With so few cells, none can be kept free for "+ 29 more". */
const FEW_CELLS = 1;

/** @typedef {{notes: NoteRow[], count: number}} Filling `count`: notes that are shown, or will be. */

export class ZoneView {
  #prompt;
  #list = make("ul", "slots");
  #total = make("span", "zone-total");
  #noun = make("span", "zone-noun");
  #more = make("li", "more");
  #notes = new Notes(this.#list);
  #blanks = new Blanks(this.#list);
  /** @type {Filling | null} */
  #filling = null;

  /** @param {Zone} zone @param {{level?: "h2" | "h3"}} [look] */
  constructor(zone, { level = "h2" } = {}) {
    this.#prompt = quote("p", "zone-prompt", zone.prompt);
    const title = quote(level, "zone-title", zone.title);
    title.id = `zone-${zone.id}`;
    const head = make("div", "zone-head", title, this.#prompt);
    const drawn = sign(zone.sign ?? "");
    if (drawn) head.prepend(drawn);
    head.append(make("p", "zone-count", this.#total, " ", this.#noun));
    this.element = make("section", "zone", head, this.#list, this.#notes.probe);
    this.element.dataset.colour = zone.colour;
    this.element.setAttribute("aria-labelledby", title.id);
  }

  /** Count = notes + blank cards + more, always. @param {Filling} filling */
  update(filling) {
    this.#filling = filling;
    const readable = filling.notes.length;
    const all = Math.max(filling.count, readable);
    write(this.#total, all.toLocaleString(document.documentElement.lang));
    write(this.#noun, count("wall.notes_noun", all));
    const before = this.#notes.size;
    const after = this.#blanks.first ?? (this.#more.isConnected ? this.#more : null);
    const fresh = this.#notes.show(filling.notes, after);
    if (before && fresh.length <= NEWS) {
      for (const item of fresh) item.classList.add("appear");
    }
    const { vacant, columns } = this.#notes.slots;
    const cells = isPicture() ? vacant : [];
    if (readable > this.#notes.size || all - readable > cells.length * IN_CELL) cells.pop();
    const blanks = Math.min(all - readable, cells.length * IN_CELL);
    this.#blanks.show(blanks, cells, columns);
    this.#sayMore(all - this.#notes.size - blanks);
  }

  /** Lay everything out anew for the room there is. */
  resize() {
    const u = unit();
    // A long question ends in an ellipsis rather than in half a line.
    this.#prompt.style.removeProperty("--lines");
    const lines = Math.floor(this.#prompt.clientHeight / (PROMPT_LINE * u));
    this.#prompt.style.setProperty("--lines", `${Math.max(1, lines)}`);
    const across = Math.floor((this.#list.clientWidth / u + GAP) / (CELL.wide + GAP));
    const down = Math.floor((this.#list.clientHeight / u + GAP) / (CELL.high + GAP));
    const columns = Math.max(1, across), rows = Math.max(1, down);
    this.#list.style.setProperty("--across", `${columns * ACROSS}`);
    this.#list.style.setProperty("--down", `${rows * DOWN}`);
    this.#notes.clear(new Slots(columns, rows, columns * rows > FEW_CELLS));
    this.#blanks.clear();
    this.#more.remove();
    if (this.#filling) this.update(this.#filling);
  }

  /** A line of its question, or more, cannot be read. */
  get isCut() {
    return this.#prompt.scrollHeight > this.#prompt.clientHeight + PROMPT_LINE * unit() / 2;
  }

  /** @param {number} rest */
  #sayMore(rest) {
    if (rest <= 0) return this.#more.remove();
    const { columns, rows } = this.#notes.slots;
    if (isPicture()) {
      write(this.#more, say("wall.more", { n: rest }));
      lie(this.#more, (columns - 1) * ACROSS, (rows - 1) * DOWN, ACROSS, DOWN);
      this.#more.classList.toggle("corner", columns * rows <= FEW_CELLS);
    } else write(this.#more, count("wall.unseen", rest));
    this.#list.append(this.#more);
  }
}
