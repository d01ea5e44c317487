// @ts-check
import { button, el, spoken } from "./el.js";
import { count, say } from "../words.js";

/** @import {Moves} from "./moves.js" */

/** A pile that somebody or something proposes: one press makes it, with these notes in it.
 * @param {string} title @param {string[]} notes @param {Moves} moves
 */
export function proposal(title, notes, moves) {
  const make = button("button quiet", () => moves.pile(title, notes), say("sort.wish_make"));
  make.setAttribute("aria-label", say("sort.wish_label", { title }));
  const many = el("span", { class: "hint", text: count("sort.notes", notes.length) });
  return el("li", { class: "spread" }, el("span", {}, spoken("b", title), " ", many), make);
}
