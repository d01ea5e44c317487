// @ts-check
import { Card } from "./card.js";

/** @import {Row} from "../contract.d.ts" */
/** @import {News} from "../rows.js" */
/** @import {Choice} from "./choice.js" */
/** @import {Slip, Sorting} from "./sorting.js" */

/** The cards that lie on the desk, by what they carry. */
export class Cards {
  /** @type {Map<string, Card>} */
  #cards = new Map();
  #sorting;
  #choice;
  #pick;
  #apart;

  /** @param {Sorting} sorting @param {Choice} choice @param {(slip: string, event: MouseEvent) => void} pick @param {(slip: string) => unknown} apart */
  constructor(sorting, choice, pick, apart) {
    this.#apart = apart;
    this.#sorting = sorting;
    this.#choice = choice;
    this.#pick = pick;
  }

  /** @param {string} id */
  of(id) {
    const known = this.#cards.get(id);
    if (known) return known;
    const slip = /** @type {Slip} */ (this.#sorting.slips.get(id));
    const card = new Card(slip, this.#sorting, this.#choice, this.#pick, this.#apart);
    this.#cards.set(id, card);
    card.draw();
    return card;
  }

  /** Draw again what the news touch, and take away what is not sorted any more. @param {News} news */
  follow({ put, gone }) {
    for (const row of [...put, ...gone]) {
      for (const id of touchedBy(row, this.#sorting)) {
        const slip = this.#sorting.slips.get(id);
        if (slip) this.#cards.get(id)?.draw(slip);
        else this.#leave(id);
      }
    }
  }

  mark() {
    for (const card of this.#cards.values()) card.mark();
  }

  /** Its place takes the card away, and knows then whether it had the focus. @param {string} id */
  #leave(id) {
    this.#cards.delete(id);
    this.#choice.forget(id);
  }
}

/** @param {Row} row @param {Sorting} sorting @returns {string[]} */
function touchedBy(row, sorting) {
  if (row.kind === "place" || row.kind === "filing") return [row.note];
  if (row.kind === "twin") return [row.note, row.headline];
  if (row.kind === "part") return [row.id, row.note];
  if (row.kind === "pick") {
    // One that gave way to another is not named any more.
    return [...sorting.slips.values()].filter((slip) => sorting.group(slip) === row.group).map(({ id }) =>
      id
    );
  }
  const whole = row.kind === "note"
    ? row.id
    : row.kind === "origin" || row.kind === "meaning"
    ? row.note
    : null;
  if (whole === null) return [];
  const parts = sorting.rows.of("part").filter((part) => part.note === whole);
  return [whole, ...parts.map((part) => part.id)];
}
