// @ts-check
/** Our shopping list: lines with letters, and how widely each was heard. */

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fitClosely, isPicture, overflows } from "../layouts/size.js";
import { say } from "../words.js";
import { letter } from "../letter.js";
import { heading } from "./heading.js";
import { heard } from "./heard.js";
import { inOrder } from "../order.js";

const ONE_COLUMN = 5;
const PER_PAGE = 12;
const SIZES = [48, 44, 41, 38, 36, 34, 32, 30, 28, 26, 24];

/**
 * @typedef {object} Line
 * @property {HTMLLIElement} item
 * @property {HTMLElement} text
 * @property {ReturnType<typeof heard>} heard
 */

export class ListView {
  #heading = heading();
  #page = make("p", "read-tally count");
  #list = make("ol", "lines");
  /** @type {Map<string, Line>} */
  #lines = new Map();
  #said = "";
  pages = 1;

  constructor() {
    this.#heading.element.append(this.#page);
    this.element = make("div", "shopping", this.#heading.element, this.#list);
  }

  /** @param {Sight} sight */
  update(sight) {
    const { rows, stage } = sight;
    const items = rows.of("item").sort(inOrder);
    this.#heading.write(stage?.title ?? "", items.length ? stage?.prompt : say("wall.no_lines"));
    this.pages = isPicture() ? Math.max(1, Math.ceil(items.length / PER_PAGE)) : 1;
    const page = Math.min(sight.page, this.pages - 1);
    write(this.#page, this.pages > 1 ? say("wall.page", { n: page + 1, of: this.pages }) : "");
    const first = isPicture() ? page * PER_PAGE : 0;
    const here = isPicture() ? items.slice(first, first + PER_PAGE) : items;
    const columns = here.length > ONE_COLUMN ? 2 : 1;
    this.#list.dataset.columns = `${columns}`;
    this.#list.style.setProperty("--down", `${Math.ceil(here.length / columns)}`);

    const ids = new Set(here.map((item) => item.id));
    for (const [id, { item }] of this.#lines) {
      if (ids.has(id)) continue;
      item.remove();
      this.#lines.delete(id);
    }
    for (const [i, item] of here.entries()) this.#draw(item, letter(first + i), i, sight);
    const said = here.map((item) => item.text).join("\n");
    if (said !== this.#said) {
      this.#said = said;
      this.resize();
    }
  }

  resize() {
    if (this.#list.isConnected) fitClosely(this.element, this.#list, SIZES, () => overflows(this.#list));
  }

  /** @param {ItemRow} row @param {string} mark @param {number} i @param {Sight} sight */
  #draw(row, mark, i, sight) {
    const line = this.#lines.get(row.id) ?? this.#make(row.id);
    write(line.item.firstElementChild ?? line.item, mark);
    write(line.text, row.text);
    line.heard.draw(row, sight);
    if (this.#list.children[i] !== line.item) {
      this.#list.insertBefore(line.item, this.#list.children[i] ?? null);
    }
  }

  /** @param {string} id */
  #make(id) {
    const text = quote("p", "line-text", ""), said = heard();
    const item = make(
      "li",
      "line appear",
      make("span", "line-letter"),
      make("div", "line-words", text, said.element),
    );
    const line = { item, text, heard: said };
    this.#lines.set(id, line);
    return line;
  }
}
