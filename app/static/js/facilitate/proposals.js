// @ts-check
/** Which notes may say the same as a must-have: the house proposes, a host decides. */

import { get } from "../api.js";
import { isSeen } from "./seen.js";

const AGAIN_MS = 5_000;

/** Notes, or parts of one, by must-have, the likeliest first; nothing where the house cannot say.
 * @param {string} code @returns {Promise<Record<string, string[]>>}
 */
export function proposals(code) {
  const as = isSeen() ? "presenter" : "facilitator";
  return get(`/api/sessions/${code}/suggestions/essentials?as=${as}`).catch(() => ({}));
}

/** Ask for them anew when notes came or changed, and not at every one of them.
 * @param {string} code @param {() => void} news
 */
export function proposing(code, news) {
  /** @type {Record<string, string[]>} */
  let proposed = {};
  let asked = 0, timer = 0, at = "";

  async function fetchThem() {
    timer = 0;
    asked = Date.now();
    proposed = await proposals(code);
    news();
  }

  return {
    /** @param {string} essential */
    of: (essential) => proposed[`essential:${essential}`] ?? [],
    /** @param {string} state other than last time: something changed that may change what is likely */
    follow(state) {
      if (state === at) return;
      at = state;
      if (!timer) timer = setTimeout(fetchThem, Math.max(0, asked + AGAIN_MS - Date.now()));
    },
  };
}
