// @ts-check
import { part } from "../desk/el.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** Close the session: asked once, and it can be opened again.
 * @param {Room} room @param {Asking} ask
 */
export function ending(room, ask) {
  const first = part("#close"), sure = part("#close-sure");
  const yes = part("#close-yes"), no = part("#close-no"), reopen = part("#reopen");

  first.addEventListener("click", () => {
    sure.hidden = false;
    first.hidden = true;
    no.focus();
  });
  no.addEventListener("click", () => {
    sure.hidden = true;
    first.hidden = false;
    first.focus();
  });
  yes.addEventListener("click", () => ask({ type: "session.close" }));
  reopen.addEventListener("click", () => ask({ type: "session.reopen" }));

  return function draw() {
    const closed = room.closed;
    if (closed) sure.hidden = true;
    first.hidden = closed || !sure.hidden;
    part("#closed").hidden = !closed;
  };
}
