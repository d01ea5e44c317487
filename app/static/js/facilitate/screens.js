// @ts-check
import { box, part, reword } from "../desk/el.js";
import { post } from "../api.js";
import { wordsFor } from "./asking.js";

/** Connect a screen: its four letters, typed here, turn it into this room's wall.
 * @param {string} code
 */
export function connectScreen(code) {
  const form = part("#screen-form"), letters = box("#screen-letters"), said = part("#screen-said");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post(`/api/sessions/${code}/pair`, {
        letters: letters.value.replace(/[^A-Za-z]/g, "").toUpperCase(),
      });
      letters.value = "";
      letters.removeAttribute("aria-invalid");
      reword(said, form.dataset.done ?? "");
    } catch (refusal) {
      letters.setAttribute("aria-invalid", "true");
      letters.select();
      reword(said, wordsFor(refusal));
    }
  });
}

/** A box that holds a link: one press selects the whole of it, since plain http has no clipboard.
 * @param {HTMLInputElement} link
 */
export function selectable(link) {
  link.addEventListener("focus", () => link.select());
  link.addEventListener("click", () => link.select());
}
