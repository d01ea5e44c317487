// @ts-check
import { part, reword } from "../desk/el.js";
import { say } from "../words.js";

/** @import {Ask} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */

/** @typedef {(ask: Ask) => Promise<boolean>} Asking true once it is saved */

/** Ask the room, and put a refusal into words where it is seen.
 * @param {Live} live
 * @returns {Asking}
 */
export function asking(live) {
  return async (ask) => {
    try {
      await live.ask(ask);
      trouble("");
      return true;
    } catch (refusal) {
      trouble(wordsFor(refusal));
      return false;
    }
  };
}

/** Show what went wrong; empty words take it away.
 * @param {string} words
 */
export function trouble(words) {
  const place = part("#trouble");
  reword(place, words);
  place.hidden = words === "";
}

/** The sentence to show for anything that was thrown.
 * @param {unknown} refusal
 * @returns {string}
 */
export function wordsFor(refusal) {
  const message = /** @type {{message?: unknown}} */ (refusal)?.message;
  return typeof message === "string" && message ? message : say("common.no_answer");
}
