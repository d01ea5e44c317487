// @ts-check
import { part, reword } from "./el.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */

const MOST = 20;

/** The last notes go on the wall by number, and the room calls out where each belongs.
 * @param {Desk} desk
 */
export function lastOnes({ sorting, moves }) {
  const line = part("#last-ones"), show = part("#last-show"), again = part("#last-again");
  show.addEventListener("click", () => moves.showLast(!sorting.callsOut));
  again.addEventListener("click", () => moves.showLast(true));

  return function draw() {
    const waiting = sorting.todo.filter((slip) => sorting.isOnWall(slip));
    const unnumbered = waiting.filter(({ id }) => !sorting.numbers.has(id)).length;
    const fresh = Math.max(0, Math.min(unnumbered, MOST - sorting.numbers.size));
    line.hidden = !sorting.callsOut && (waiting.length === 0 || waiting.length > MOST);
    reword(show, sorting.callsOut ? say("sort.last_end") : count("sort.last_show", waiting.length));
    again.hidden = !sorting.callsOut || fresh === 0;
    reword(again, count("sort.last_again", fresh));
  };
}
