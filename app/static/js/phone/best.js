// @ts-check
/** The piles that a note of mine most likely belongs in, as the server on this table's machine thinks. */

/** @import {ThemeRow} from "../contract.d.ts" */
import { get } from "../api.js";
import { page } from "../words.js";

/** @type {Map<string, string[]>} */
const known = new Map();

/**
 * Ids, the likeliest first; none as long as nobody has answered. Asked once for each set of piles.
 * @param {string} note @param {ThemeRow[]} piles @param {() => void} then
 */
export function best(note, piles, then) {
  const question = `${note} ${piles.map(({ id }) => id).join(" ")}`;
  const answer = known.get(question);
  if (answer) return answer;
  known.set(question, []);
  get(`/api/sessions/${page.code}/piles?note=${encodeURIComponent(note)}`)
    .then(({ piles }) => {
      if (!piles.length) return;
      known.set(question, piles);
      then();
    })
    .catch(() => {});
  return [];
}
