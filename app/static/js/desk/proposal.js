// @ts-check
import { button, el, spoken } from "./el.js";
import { count, say } from "../words.js";

/** @import {Moves} from "./moves.js" */

/** A pile that somebody or something proposes: one press makes it, with these notes in it.
 * @param {string} title @param {string[]} notes @param {Moves} moves @param {Element} [within] to look into first
 */
export function proposal(title, notes, moves, within) {
  const make = button("button quiet", () => moves.pile(title, notes), say("sort.wish_make"));
  make.setAttribute("aria-label", say("sort.wish_label", { title }));
  const many = el("span", { class: "hint", text: count("sort.notes", notes.length) });
  const named = [spoken("b", title), " ", many];
  const said = within
    ? el("details", { class: "fold" }, el("summary", {}, el("span", {}, ...named)), within)
    : el("span", {}, ...named);
  return el("li", { class: "spread" }, said, make);
}
