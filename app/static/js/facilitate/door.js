// @ts-check
import { part, reword } from "../desk/el.js";
import { post } from "../api.js";
import { page, say } from "../words.js";
import { takeWayIn, watchWayIn } from "../wayin.js";
import { wordsFor } from "./asking.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** Who may come in: lock the room, or give it a new code.
 * @param {Room} room @param {Asking} ask
 */
export function door(room, ask) {
  const path = `/api/sessions/${page.code}/code`;
  const lock = part("#room-lock"), renew = part("#code-new"), sure = part("#code-sure");
  const said = part("#code-said");

  lock.addEventListener("click", () => ask({ type: "room.lock", on: !room.locked }));
  renew.addEventListener("click", () => {
    reword(said, "");
    offer(true);
    part("#code-no").focus();
  });
  part("#code-no").addEventListener("click", () => {
    offer(false);
    renew.focus();
  });
  part("#code-yes").addEventListener("click", async () => {
    offer(false);
    renew.focus();
    try {
      takeWayIn(await post(path), show);
      reword(said, say("facilitate.code_done", { code: String(page.code_shown) }));
    } catch (refusal) {
      reword(said, wordsFor(refusal));
    }
  });
  watchWayIn(room.live, show);

  /** @param {boolean} open */
  function offer(open) {
    sure.hidden = !open;
    renew.hidden = open;
  }

  return function draw() {
    const { locked, closed } = room;
    part("#room-locked").hidden = !locked;
    lock.hidden = closed && !locked;
    lock.setAttribute("aria-pressed", String(locked));
    reword(lock, say(locked ? "facilitate.room_unlock" : "facilitate.room_lock"));
  };
}

/** The code, wherever this page shows it. */
function show() {
  reword(part("#code"), String(page.code_shown));
  reword(part(".join-code"), String(page.code_shown));
  const link = /** @type {HTMLAnchorElement} */ (part("#join-link"));
  reword(link, String(page.join_url));
  link.href = String(page.join_href);
  /** @type {HTMLImageElement} */ (part("#join-qr")).src = String(page.qr);
}
