// @ts-check
/** Where a note that holds several ideas might be cut. */

export const MOST_PARTS = 6;
const LEAST_PARTS = 2;

/** The plainest sign of two ideas first: a new line says more than "and". */
const SIGNS = [/\n+/, /\s+\+\s+|\s*;\s+|\s+\/\s+/, /\s+(?:and|AND|&)\s+/];

/** Two to six parts. A note without any sign comes whole, with an empty part to fill.
 * @param {string} text @returns {string[]}
 */
export function propose(text) {
  for (const sign of SIGNS) {
    const parts = text.split(sign).map((part) => part.trim()).filter(Boolean);
    if (parts.length < LEAST_PARTS) continue;
    // What is too many stays together at the end, for a person to cut.
    const last = parts.slice(MOST_PARTS - 1).join("\n");
    return last ? [...parts.slice(0, MOST_PARTS - 1), last] : parts;
  }
  return [text, ""];
}
