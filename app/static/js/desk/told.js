// @ts-check
import { part } from "./el.js";

/** Tell whoever does not see the desk what came of their own last move; it is news each time.
 * @param {string} text
 */
export function told(text) {
  const place = part("#told");
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}
