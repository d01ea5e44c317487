// @ts-check
import { part, reword } from "../desk/el.js";
import { count, page, say } from "../words.js";

/** @import {Going, Now} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */

const RETURNED_MS = 300_000;
const TROUBLES = ["storage.full", "storage.broken", "session.damaged"];

/** Say whether this page is in touch with the room, why it was sent away if it was, and what ails the server.
 * @param {Live} live
 * @param {string} words the table its sentences are in
 */
export function showConnection(live, words) {
  const place = part("#connection"), house = part("#house");
  let goodbye = "";
  let returned = 0, since = 0;
  const show = () => {
    place.dataset.state = live.state;
    if (live.state === "open") goodbye = "";
    reword(place, goodbye || say(live.portal ? "common.portal" : `${words}.connection_${live.state}`));
  };
  live.addEventListener("state", show);
  live.addEventListener("going", (event) => {
    const { code, message, retry_ms } = /** @type {CustomEvent<Going>} */ (event).detail;
    if (retry_ms == null || code === "server.going") goodbye = message;
    // Nothing of a rehearsal stays on a screen.
    if (page.rehearsal && code === "session.deleted") part("main").hidden = true;
    show();
  });
  live.addEventListener("now", (event) => {
    const now = /** @type {CustomEvent<Now>} */ (event).detail;
    // The count is of the whole session, and the news is over some time.
    if ((now.returned ?? 0) > returned) since = performance.now();
    returned = now.returned ?? 0;
    const sentence = ailment({ ...now, returned: performance.now() - since < RETURNED_MS ? returned : 0 });
    reword(house, sentence);
    house.hidden = sentence === "";
  });
  show();
}

/** In one sentence or two, what the host should know of the server; nothing, most of the time.
 * @param {Now} now
 */
function ailment({ trouble, returned = 0 }) {
  const known = trouble && TROUBLES.includes(trouble) ? trouble.replace(".", "_") : "storage_trouble";
  const sentences = trouble ? [say(`common.${known}`)] : [];
  if (returned) sentences.push(count("common.returned", returned));
  return sentences.join(" ");
}
