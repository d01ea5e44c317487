// @ts-check
import { box, el, part, reword } from "./el.js";

/** @import {ThemeRow} from "../contract.d.ts" */

/** Ask for one pile by name: the list narrows as one types, Enter takes the first.
 * @param {string} question @param {ThemeRow[]} piles @param {{out?: string}} [also] words for "out of any pile"
 * @returns {Promise<string | null | undefined>} a pile's id, null for out of any, undefined when left
 */
export function pickPile(question, piles, { out } = {}) {
  const dialog = /** @type {HTMLDialogElement} */ (part("#pick-pile"));
  const text = box("#pick-text"), list = part("#pick-list");
  reword(part("#pick-question"), question);
  text.value = "";
  return new Promise((resolve) => {
    /** @type {string | null | undefined} */
    let picked;
    /** @param {string | null} id */
    const take = (id) => {
      picked = id;
      dialog.close();
    };
    const lines = piles.map((pile) => ({ id: /** @type {string | null} */ (pile.id), title: pile.title }));
    if (out) lines.push({ id: null, title: out });
    const draw = () => {
      const words = text.value.trim().toLocaleLowerCase();
      const found = lines.filter((line) => line.title.toLocaleLowerCase().includes(words));
      list.replaceChildren(
        ...found.map((line) =>
          el(
            "li",
            {},
            el("button", {
              type: "button",
              class: "button quiet",
              dir: "auto",
              text: line.title,
              onclick: () => take(line.id),
            }),
          )
        ),
      );
    };
    const enter = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      list.querySelector("button")?.click();
    };
    const form = part("#pick-form");
    const leave = () => {
      text.removeEventListener("input", draw);
      form.removeEventListener("submit", enter);
      resolve(picked);
    };
    text.addEventListener("input", draw);
    form.addEventListener("submit", enter);
    dialog.addEventListener("close", leave, { once: true });
    draw();
    dialog.showModal();
    text.focus();
  });
}
