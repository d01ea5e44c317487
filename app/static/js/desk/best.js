// @ts-check
import { BEST, MANY_PEOPLE } from "../large-room.js";
import { part, reword } from "./el.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */

/** In a large room each table sends up its best three, and those are sorted first.
 * @param {Desk} desk
 */
export function bestThree({ sorting, moves }) {
  const line = part("#best"), call = part("#best-call"), end = part("#best-end");
  call.addEventListener("click", () => callFor(BEST));
  end.addEventListener("click", () => callFor(0));

  /** The button that takes it back stands where this one was. @param {number} most */
  async function callFor(most) {
    if (await moves.callBest(most)) (most ? end : call).focus();
  }

  return function draw() {
    const row = sorting.rows.one("stage", "stage");
    const stage = sorting.plan.stages.find(({ id }) => id === row?.stage);
    const { groups, noun, expected = 0 } = sorting.plan;
    const many = Math.max(expected, sorting.people) > MANY_PEOPLE && groups.length > 1;
    const asked = row?.picks ?? stage?.picks ?? 0, sent = sorting.sentUp.size;
    const open = stage && !row?.closed && sorting.total > 0 && many;
    line.hidden = !open && !sent;
    call.hidden = !open || asked >= BEST;
    reword(call, say("sort.best_call", { one: noun.one }));
    end.hidden = !open || asked < BEST;
    const here = new Set(sorting.sentUp.values()).size;
    const told = { groups: noun.many, here, of: sorting.groups || groups.length };
    const wait = sorting.todo.some(({ note }) => sorting.sentUp.has(note.id));
    const said = count("sort.best_sent", sent, told) + (wait ? ` ${say("sort.best_first")}` : "");
    reword(part("#best-said"), sent ? said : asked >= BEST ? say("sort.best_wait", told) : "");
  };
}
