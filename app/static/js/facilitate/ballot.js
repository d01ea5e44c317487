// @ts-check
/** Which lines are put to the vote, and with how many dots. Pure. */

/** @import {Rows} from "../rows.js" */
import { letter } from "../letter.js";
import { inOrder as byPlace } from "../order.js";

/** Lines in one vote. */
export const MOST = 12;

/** @typedef {{id: string, letter: string, name: string}} Line */

/** A third of the lines, at least one and at most five. @param {number} lines */
export const suggested = (lines) => Math.max(1, Math.min(5, Math.round(lines / 3)));

/** All lines with their letters, each by the name of its pile. @param {Rows} rows @returns {Line[]} */
export function inOrder(rows) {
  return rows.of("item").sort(byPlace).map((item, i) => ({
    id: item.id,
    letter: letter(i),
    name: (item.theme && rows.one("theme", item.theme)?.title) || item.text,
  }));
}
