// @ts-check
import { arrange, part } from "./el.js";
import { proposal } from "./proposal.js";

/** @import {Desk} from "./pile.js" */

/** A pile that authors miss, in the first of their wordings. @typedef {{title: string, notes: string[]}} Wish */

/** Piles that authors miss: one press makes one, with their notes in it.
 * @param {Desk} desk
 */
export function wishes({ sorting, moves }) {
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();

  return function draw() {
    const wished = wishesIn(sorting);
    const drawn = wished.map((wish) => {
      const look = JSON.stringify(wish);
      const item = known.get(look) ?? proposal(wish.title, wish.notes, moves);
      known.set(look, item);
      return item;
    });
    arrange(part("#wishes"), drawn);
    part("#wishes-section").hidden = drawn.length === 0;
  };
}

/** @param {Desk["sorting"]} sorting @returns {Wish[]} */
function wishesIn(sorting) {
  /** @type {Map<string, Wish>} */
  const found = new Map();
  for (const { note, wish } of sorting.rows.of("filing")) {
    if (!wish || !sorting.slips.has(note)) continue;
    const same = wish.toLocaleLowerCase().trim();
    const known = found.get(same) ?? { title: wish, notes: [] };
    known.notes.push(note);
    found.set(same, known);
  }
  return [...found.values()].sort((one, other) => other.notes.length - one.notes.length);
}
