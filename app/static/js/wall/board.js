// @ts-check
/** *Whole*: a board drawn as a picture, filling up. */

/** @import {Board, Zone} from "../contract.d.ts" */
/** @import {Sight} from "./sight.js" */
import { grid } from "../layouts/grid.js";
import { lanes } from "../layouts/lanes.js";
import { make, quote, write } from "../layouts/make.js";
import { isPicture } from "../layouts/size.js";
import { ZoneView } from "../layouts/zone.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";
import { notesByZone, pagesOf } from "./sight.js";

const LAYOUTS = { grid, lanes };

export class BoardView {
  #board;
  #heading = heading();
  /** @type {Map<string, ZoneView>} by address */
  #zones = new Map();
  /** @type {Map<string, HTMLElement>} counts of what stands aside, by address */
  #asides = new Map();
  pages = 1;

  /** @param {Board} board */
  constructor(board) {
    this.#board = board;
    const body = LAYOUTS[board.layout](board.zones.filter((zone) => zone.where === "body"));
    for (const [id, view] of body.views) this.#zones.set(`${board.id}.${id}`, view);
    this.element = make("div", `board is-${board.layout}`, this.#heading.element);
    for (const zone of board.zones) {
      if (zone.where === "aside") this.#heading.element.append(this.#aside(zone));
      if (zone.where === "above") this.element.append(this.#above(zone));
    }
    this.element.append(body.element);
  }

  /** @param {Sight} sight */
  update(sight) {
    const { rows, stage } = sight;
    if (!stage) return;
    this.pages = pagesOf(sight);
    const unseen = [...this.#zones.keys()].every((address) => rows.one("zone", address)?.sees === "author");
    const talk = stage.manner === "talk" ? stage.prompt : "";
    const under = talk ? this.#board.question : stage.prompt || (unseen ? say("wall.private") : "");
    this.#heading.write(talk || this.#board.question, under);
    const notes = notesByZone(rows);
    const lit = rows.one("focus", "focus")?.lit ?? "";
    this.element.classList.toggle("has-lit", this.#zones.has(lit));
    for (const [address, view] of this.#zones) {
      view.element.classList.toggle("lit", address === lit);
      const here = notes.get(address) ?? [];
      view.update({ notes: here, count: rows.one("count", `count:${address}`)?.notes ?? here.length });
    }
    for (const [address, element] of this.#asides) {
      const n = rows.one("count", `count:${address}`)?.notes ?? notes.get(address)?.length ?? 0;
      write(element, count("wall.notes", n));
    }
  }

  resize() {
    const views = [...this.#zones.values()];
    this.element.classList.remove("is-wordy");
    for (const view of views) view.resize();
    // A question to be read to its end is worth a column of notes.
    if (!isPicture() || !views.some(({ isCut }) => isCut)) return;
    this.element.classList.add("is-wordy");
    for (const view of views) view.resize();
  }

  /** @param {Zone} zone */
  #above(zone) {
    const view = new ZoneView(zone);
    view.element.classList.add("above");
    this.#zones.set(`${this.#board.id}.${zone.id}`, view);
    return view.element;
  }

  /** @param {Zone} zone */
  #aside(zone) {
    const notes = make("p", "aside-count count");
    this.#asides.set(`${this.#board.id}.${zone.id}`, notes);
    return make("section", "aside", quote("h2", "aside-title", zone.title), notes);
  }
}
