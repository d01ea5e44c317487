// @ts-check
import { el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";
import { area, field, line } from "./boxes.js";
import { mustHaves } from "./musts.js";

/** @import {Board, Plan, Stage} from "../contract.d.ts" */

const TITLE = 80, SENTENCE = 400, PROSE = 4000, MINUTES = 240, SPARE = 60;

/** A plan that may be written on, until the room opens.
 * @template T @typedef {T extends object ? {-readonly [K in keyof T]-?: Open<Exclude<T[K], undefined>>} : T} Open
 */

/** Draw the whole plan as boxes that write straight into it.
 * @param {Open<Plan>} plan
 */
export function edit(plan) {
  const drawMinutes = () => {
    const minutes = plan.stages.reduce((sum, stage) => sum + stage.minutes, plan.spare ?? 0);
    reword(part("#edit-minutes"), count("start.minutes", minutes));
  };
  part("#edit").replaceChildren(
    el("h2", { text: say("start.edit_stages") }),
    el("ol", { class: "edit-list" }, ...plan.stages.map((stage) => stagePart(stage, drawMinutes))),
    el("p", { class: "edit-row" }, el("span", { text: say("start.edit_spare") }), spare(plan, drawMinutes)),
    el("h2", { text: say("start.edit_boards") }),
    ...plan.boards.map(boardPart),
    el("h2", { text: say("start.edit_musts") }),
    el("p", { class: "hint", text: say("start.edit_musts_how") }),
    mustHaves(plan),
  );
  drawMinutes();
}

/** The plan as it goes to the room: must-haves without words are none.
 * @param {Open<Plan>} plan
 */
export function ready(plan) {
  return { ...plan, essentials: plan.essentials.filter((must) => must.text.trim()) };
}

/** @param {Open<Stage>} stage @param {() => void} changed */
function stagePart(stage, changed) {
  const words = el(
    "div",
    { class: "stack" },
    field(say("start.edit_prompt"), area(stage, "prompt", SENTENCE, 2)),
    field(say("start.edit_script"), area(stage, "script", PROSE, 4)),
  );
  return el(
    "li",
    { class: "edit-stage" },
    el(
      "div",
      { class: "edit-row" },
      line(stage, "title", say("start.edit_title"), TITLE),
      minutes(say("start.edit_minutes", { title: stage.title }), stage.minutes, MINUTES, (to) => {
        stage.minutes = to;
        changed();
      }),
    ),
    el("details", {}, el("summary", { class: "hint", text: say("start.edit_words") }), words),
  );
}

/** Minutes that no stage has, for what takes longer. @param {Open<Plan>} plan @param {() => void} changed */
function spare(plan, changed) {
  return minutes(say("start.edit_spare"), plan.spare ?? 0, SPARE, (to) => {
    plan.spare = to;
    changed();
  });
}

/** @param {string} label @param {number} value @param {number} most @param {(to: number) => void} set */
function minutes(label, value, most, set) {
  const number = el("input", {
    type: "number",
    min: 0,
    max: most,
    value,
    class: "short",
    inputmode: "numeric",
    "aria-label": label,
  });
  number.addEventListener(
    "input",
    () => set(Math.min(most, Math.max(0, Math.round(Number(number.value) || 0)))),
  );
  return el(
    "span",
    { class: "edit-minutes" },
    number,
    " ",
    el("span", { class: "hint", text: say("start.min") }),
  );
}

/** @param {Open<Board>} board */
function boardPart(board) {
  const zones = board.zones.map((zone) =>
    el(
      "li",
      { class: "edit-zone", "data-colour": zone.colour },
      el("span", { class: "swatch", "aria-hidden": "true" }),
      line(zone, "title", say("start.edit_zone"), TITLE),
      area(zone, "prompt", SENTENCE, 2, say("start.edit_zone_prompt", { title: zone.title })),
    )
  );
  return el(
    "details",
    { class: "edit-board" },
    el("summary", { dir: "auto", text: board.title }),
    el(
      "div",
      { class: "stack" },
      field(say("start.edit_question"), area(board, "question", SENTENCE, 2)),
      el("ul", { class: "edit-list" }, ...zones),
    ),
  );
}
