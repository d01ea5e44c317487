// @ts-check
import { el, part, reword } from "./el.js";
import { told } from "./told.js";
import { count, page, say } from "../words.js";

/** @import {StepRow} from "../contract.d.ts" */
/** @import {Desk} from "./pile.js" */

const SHOWN = 100;

/** The steps of sorting, the last first, each of which can be undone.
 * @param {Desk} desk
 */
export function steps({ sorting, choice, moves }) {
  const button = /** @type {HTMLButtonElement} */ (part("#undo"));
  const fold = /** @type {HTMLDetailsElement} */ (part("#steps-fold"));
  /** The steps that this desk asked to undo, until the answer is here. @type {Set<number>} */
  const undoing = new Set();
  button.addEventListener("click", () => undo());
  fold.addEventListener("toggle", drawList);
  // A fold that lies over the desk goes away like any menu.
  fold.addEventListener("keydown", (event) => event.key === "Escape" && (fold.open = false));

  /** How many of the last steps shall be undone, as soon as it is known which they are. */
  let wanted = 0;

  function undo() {
    wanted += 1;
    takeBack();
  }

  function takeBack() {
    if (!wanted || !sorting.settled) return;
    const last = sorting.mine.find(({ step }) => !undoing.has(step));
    wanted = last ? wanted - 1 : 0;
    if (last) strike(last.step);
  }

  /** @param {number} seq */
  async function strike(seq) {
    if (seq === sorting.mine[0]?.step) choice.awaited = moves.takeUp(seq);
    undoing.add(seq);
    if (!await moves.undo(seq)) undoing.delete(seq);
  }

  function drawList() {
    if (fold.open) part("#steps").replaceChildren(...sorting.steps.slice(0, SHOWN).map(line));
  }

  /** @param {StepRow} step */
  function line(step) {
    const mine = step.by === sorting.live.welcome?.you.id;
    const did = say(mine ? "sort.step_mine" : "sort.step_other", { did: didOf(step) });
    const act = step.undone ? el("span", { class: "hint", text: say("sort.undone") }) : el("button", {
      type: "button",
      class: "plain-button",
      text: say("sort.undo"),
      "aria-label": say("sort.undo_label", { did }),
      onclick: () => strike(step.step),
    });
    return el("li", { class: step.undone ? "spread undone" : "spread" }, el("span", { text: did }), act);
  }

  /** Say what was put back, and what somebody has changed since. */
  function tell() {
    for (const seq of undoing) {
      const step = sorting.steps.find((each) => each.step === seq);
      if (!step?.undone) continue;
      undoing.delete(seq);
      const answer = sorting.steps.find((each) => each.did === "step.undone" && each.step > seq);
      // How much of it nobody had changed since is not told where people can see the screen.
      const back = sorting.seen ? step.touched : answer?.touched ?? 0;
      const did = didOf(step), left = step.touched - back;
      told(
        left > 0
          ? say("sort.told_undone_some", { did, n: back, of: step.touched })
          : say("sort.told_undone", { did }),
      );
    }
  }

  return {
    undo,
    draw() {
      const last = sorting.mine[0];
      button.disabled = !last;
      reword(part("#undo-what"), last ? didOf(last) : "");
      part("#steps-none").hidden = sorting.steps.length > 0;
      drawList();
      tell();
      // What asks twice, as placing a thousand notes does, asks again first.
      setTimeout(takeBack);
    },
  };
}

/** @param {StepRow} step */
function didOf(step) {
  if (step.did === "theme.made" && step.touched > 1) return count("sort.did_theme_filled", step.touched - 1);
  const key = `sort.did_${step.did.replaceAll(".", "_")}`;
  if (`${key}.other` in page.words) return count(key, step.touched);
  return say(key in page.words ? key : "sort.did_other");
}
