// @ts-check
import { el, reword, spoken } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {ReasonRow} from "../contract.d.ts" */
/** @import {Room} from "./room.js" */

const ENOUGH = 5;

/** What people answer to a must-have, and why not here: without who.
 * @param {Room} room @param {string} essential
 */
export function voicesOf(room, essential) {
  const counts = el("b"), few = el("span", { class: "hint" });
  const summary = el("summary"), reasons = el("ul", { class: "must-reasons" });
  const fold = el("details", { class: "fold" }, summary, reasons);
  const element = el("div", { class: "must-voices" }, el("p", { class: "must-said" }, counts, few), fold);
  let told = "";

  /** @param {ReasonRow} row */
  const line = ({ because, why }) =>
    el(
      "li",
      {},
      spoken("span", because),
      why ? el("span", { class: "hint", text: ` ${say("facilitate.must_careful")}` }) : null,
    );

  return {
    element,
    draw() {
      const row = room.rows.one("answers", `answers:${essential}`);
      const given = room.rows.of("reason").filter((each) => each.essential === essential && each.because);
      element.hidden = !row && !given.length;
      const { do: yes = 0, could = 0, not_here = 0 } = row ?? {};
      reword(counts, row ? say("facilitate.must_answers", { do: yes, could, not_here }) : "");
      reword(few, row && yes + could + not_here < ENOUGH ? say("facilitate.must_few") : "");
      fold.hidden = given.length === 0;
      reword(summary, count("facilitate.must_reasons", given.length));
      const now = JSON.stringify(given.map(({ id, because }) => [id, because]));
      if (now !== told) reasons.replaceChildren(...given.map(line));
      told = now;
    },
  };
}
