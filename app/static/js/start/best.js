// @ts-check
import { box, part, reword } from "../desk/el.js";
import { BEST, MANY_PEOPLE } from "../large-room.js";
import { say } from "../words.js";

/** @import {Plan} from "../contract.d.ts" */
/** @import {Open} from "./edit.js" */

/** In a large room each group sends up its best three before sorting: offered, and on unless it is taken away.
 * @param {HTMLFormElement} form @param {{listed(): unknown[], called(): {one: string}}} groups
 */
export function bestThree(form, groups) {
  const field = part("#best-field"), tick = box("#best"), expected = box("#expected");

  function draw() {
    field.hidden = Number(expected.value) <= MANY_PEOPLE || groups.listed().length < 2;
    reword(part("#best-words"), say("start.best", groups.called()));
  }
  // Buttons write names of groups too.
  for (const each of ["input", "click"]) form.addEventListener(each, draw);

  return {
    draw,
    /** The plan with that asked where its piles come into the open. @template {Open<Plan>} T @param {T} plan @returns {T} */
    asked(plan) {
      const at = plan.stages.findIndex(({ shows }) => shows.includes("themes"));
      const wanted = !field.hidden && tick.checked;
      const stages = plan.stages.map((stage, n) =>
        n === at && wanted ? { ...stage, picks: Math.max(BEST, stage.picks) } : stage
      );
      return { ...plan, stages };
    },
  };
}
