// @ts-check
/** Cards without words, for notes nobody may read yet: the room sees itself at work, and no more. */

import { make } from "./make.js";

/** So many blank cards lie in one cell of a zone. */
export const ACROSS = 3;
export const DOWN = 2;
export const IN_CELL = ACROSS * DOWN;
/** More new cards than this in one frame are a reveal, not news, and do not fade in. */
export const NEWS = 24;

export class Blanks {
  #list;
  /** @type {Map<string, HTMLLIElement>} by row and column */
  #cards = new Map();

  /** @param {HTMLUListElement} list */
  constructor(list) {
    this.#list = list;
  }

  get size() {
    return this.#cards.size;
  }

  /** The first blank card in the list; notes go before it. */
  get first() {
    const [card] = this.#cards.values();
    return card;
  }

  /** Let so many lie in these cells of a zone so many cells wide. @param {number} n @param {number[]} cells @param {number} columns */
  show(n, cells, columns) {
    const spots = cells.flatMap((cell) =>
      Array.from({ length: IN_CELL }, (_, i) => ({
        column: (cell % columns) * ACROSS + i % ACROSS,
        row: Math.floor(cell / columns) * DOWN + Math.floor(i / ACROSS),
      }))
    );
    spots.sort((a, b) => a.row - b.row || a.column - b.column);
    const wanted = new Map(spots.slice(0, n).map((spot) => [`${spot.row}:${spot.column}`, spot]));
    for (const [place, card] of this.#cards) {
      if (wanted.has(place)) continue;
      card.remove();
      this.#cards.delete(place);
    }
    const lively = wanted.size - this.#cards.size <= NEWS;
    for (const [place, { column, row }] of wanted) {
      if (this.#cards.has(place)) continue;
      const card = make("li", lively ? "note blank appear" : "note blank");
      card.setAttribute("aria-hidden", "true");
      lie(card, column, row, 1, 1);
      this.#cards.set(place, card);
      this.#list.append(card);
    }
  }

  clear() {
    for (const card of this.#cards.values()) card.remove();
    this.#cards.clear();
  }
}

/** Where a card lies, counted in blank cards. @param {HTMLElement} card @param {number} column @param {number} row @param {number} wide @param {number} high */
export function lie(card, column, row, wide, high) {
  card.style.gridColumn = `${column + 1} / span ${wide}`;
  card.style.gridRow = `${row + 1} / span ${high}`;
}
