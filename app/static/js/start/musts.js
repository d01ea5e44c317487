// @ts-check
import { button, el } from "../desk/el.js";
import { say } from "../words.js";
import { area } from "./boxes.js";

/** @import {Essential, Plan} from "../contract.d.ts" */
/** @import {Open} from "./edit.js" */

const MOST = 20;
const LETTERS = 400;

/** The must-haves of a plan: changed, added, taken out.
 * @param {Open<Plan>} plan
 */
export function mustHaves(plan) {
  const list = el("ul", { class: "edit-list" });
  const add = button("button quiet", another, say("start.must_add"));

  function another() {
    plan.essentials.push({ id: freshId(plan), text: "", why: "" });
    draw();
    list.lastElementChild?.querySelector("textarea")?.focus();
  }

  /** @param {Open<Essential>} must */
  function without(must) {
    plan.essentials.splice(plan.essentials.indexOf(must), 1);
    draw();
    add.focus();
  }

  function draw() {
    list.replaceChildren(...plan.essentials.map((must) =>
      el(
        "li",
        { class: "edit-must" },
        area(must, "text", LETTERS, 2, say("start.must_text")),
        area(must, "why", LETTERS, 2, say("start.must_why")),
        button("plain-button", () => without(must), say("start.must_remove")),
      )
    ));
    add.disabled = plan.essentials.length >= MOST;
  }

  draw();
  return el("div", { class: "stack" }, list, el("p", {}, add));
}

/** @param {Open<Plan>} plan */
function freshId(plan) {
  const taken = new Set(plan.essentials.map((must) => must.id));
  for (let n = 1;; n += 1) if (!taken.has(`own-${n}`)) return `own-${n}`;
}
