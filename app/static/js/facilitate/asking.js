// @ts-check
import { part, reword } from "../desk/el.js";
import { say } from "../words.js";

/** @import {Ask, CloseSession, OpenStage, ReturnStage} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */

/** @typedef {(ask: Ask) => Promise<boolean>} Asking true once it is saved */

/** Nobody presses *Next* for a quarter of a minute later: what has no answer by then is given up, here and there. */
const PROMPT_MS = 3_000;

/** Ask the room, and put a refusal into words where it is seen.
 * @param {Pick<Live, "ask" | "serverNow">} live
 * @returns {Asking}
 */
export function asking(live) {
  return async (ask) => {
    try {
      await (moves(ask)
        ? live.ask({ ...ask, by: Math.round(live.serverNow()) + PROMPT_MS }, { within: PROMPT_MS })
        : live.ask(ask));
      trouble("");
      return true;
    } catch (refusal) {
      const lost = moves(ask) && /** @type {{code?: unknown}} */ (refusal)?.code === "no.answer";
      trouble(lost ? say("facilitate.not_done") : wordsFor(refusal));
      return false;
    }
  };
}

/** It moves the room. @param {Ask} ask @returns {ask is OpenStage | ReturnStage | CloseSession} */
const moves = (ask) => ["stage.open", "stage.return", "session.close"].includes(ask.type);

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
