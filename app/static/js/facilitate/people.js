// @ts-check
import { part, reword } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Room} from "./room.js" */

/** Who is here, and how many have not written yet: a count, never a name.
 * @param {Room} room
 */
export function people(room) {
  return function draw() {
    const { here, done, waiting, joined } = room.now;
    reword(part("#here"), String(here));
    reword(part("#here-words"), count("facilitate.here", here));
    reword(part("#wrote"), String(done));
    reword(part("#wrote-words"), say("facilitate.wrote"));
    reword(part("#waiting"), String(waiting));
    reword(part("#waiting-words"), say("facilitate.waiting"));
    reword(part("#touch"), inTouch(here, Math.max(0, joined - here)));
    drawSilent(room);
  };
}

/** @param {number} here @param {number} out */
function inTouch(here, out) {
  if (out) return count("facilitate.touch", out, { here });
  return here ? say("facilitate.touch_all", { here }) : "";
}

/** Tables of which nobody has written here yet, and what one can ask them aloud. @param {Room} room */
function drawSilent(room) {
  const named = (room.now.silent ?? []).map((id) => called(room.groupName(id), room.plan.noun.one));
  const [first] = named;
  part("#silent").hidden = first === undefined || room.closed;
  if (first === undefined) return;
  const names = new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(named);
  reword(part("#silent-names"), say("facilitate.silent", { names }));
  reword(part("#silent-ask"), say("facilitate.silent_ask", { group: first }));
}

/** A bare number goes with what it numbers: Table 3. @param {string} name @param {string} noun */
function called(name, noun) {
  if (!/^\d+$/.test(name)) return name;
  return say("facilitate.group_named", { noun: noun.charAt(0).toLocaleUpperCase() + noun.slice(1), name });
}
