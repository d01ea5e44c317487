// @ts-check
import { el } from "./el.js";

/** @import {Load} from "./drag.js" */

const BESIDE_PX = 12;
const BELOW_PX = 8;

/** What is carried, beside the pointer and inside the window. */
export class Ghost {
  #element;
  #width;

  /** @param {Load} load */
  constructor({ words, colour, ids }) {
    const more = ids.length > 1 ? el("span", { class: "ghost-count", text: String(ids.length) }) : null;
    const text = el("span", { class: "ghost-words", dir: "auto", text: words });
    this.#element = el(
      "div",
      { class: "ghost note", "aria-hidden": "true", "data-colour": colour },
      text,
      more,
    );
    document.body.append(this.#element);
    this.#width = this.#element.offsetWidth + BESIDE_PX;
  }

  /** @param {number} x @param {number} y */
  move(x, y) {
    const beside = x + this.#width + BESIDE_PX > innerWidth ? Math.max(0, x - this.#width) : x + BESIDE_PX;
    this.#element.style.translate = `${beside}px ${y + BELOW_PX}px`;
  }

  leave() {
    this.#element.remove();
  }
}
