// @ts-check
import { part, reword } from "../desk/el.js";
import { say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** Where everybody shall look: up, at one note, at one row.
 * @param {Room} room @param {Asking} ask
 */
export function focus(room, ask) {
  const lookUp = part("#look-up"), big = part("#big"), end = part("#big-end");

  lookUp.addEventListener("click", () => ask({ type: "phones.look_up", on: !room.focus.look_up }));
  end.addEventListener("click", async () => {
    await ask({ type: "spotlight.set", of: null });
    lookUp.focus();
  });

  return function draw() {
    const { look_up, of } = room.focus;
    lookUp.hidden = room.closed || !room.stage;
    lookUp.setAttribute("aria-pressed", String(look_up));
    reword(lookUp, say(look_up ? "facilitate.look_up_end" : "facilitate.look_up"));
    const { rows } = room;
    const shown = of ? rows.one("note", of) ?? rows.one("item", of) ?? rows.one("essential", of) : undefined;
    const text = shown?.text ?? "";
    big.hidden = !text;
    reword(part("#big-words"), text);
  };
}
