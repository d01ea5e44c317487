// @ts-check
import { part, reword } from "../desk/el.js";
import { say } from "../words.js";

/** @import {Live} from "../live.js" */

/** Say whether this page is in touch with the room, and why it was sent away if it was.
 * @param {Live} live
 * @param {string} words the table its sentences are in
 */
export function showConnection(live, words) {
  const place = part("#connection");
  const show = () => {
    place.dataset.state = live.state;
    reword(place, say(`${words}.connection_${live.state}`));
  };
  live.addEventListener("state", show);
  live.addEventListener("going", (event) => {
    const { message } = /** @type {CustomEvent} */ (event).detail;
    if (message) reword(place, message);
  });
  show();
}
