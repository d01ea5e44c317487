// @ts-check
import { part, reword } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Room} from "./room.js" */

/** Who is here, and how many have not written yet: a count, never a name.
 * @param {Room} room
 */
export function people(room) {
  return function draw() {
    const { here, done, waiting } = room.now;
    reword(part("#here"), String(here));
    reword(part("#here-words"), count("facilitate.here", here));
    reword(part("#wrote"), String(done));
    reword(part("#wrote-words"), say("facilitate.wrote"));
    reword(part("#waiting"), String(waiting));
    reword(part("#waiting-words"), say("facilitate.waiting"));
  };
}
