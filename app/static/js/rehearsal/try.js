// @ts-check
/** *Try it first*: to a rehearsal of a workshop, from wherever that is offered. */

import { post } from "../api.js";
import { trouble, wordsFor } from "../facilitate/asking.js";

/** Make every button of this page that offers it do so; the workshop's code stands on each. */
export function tryFirst() {
  for (const each of document.querySelectorAll(".try-first")) {
    const button = /** @type {HTMLButtonElement} */ (each);
    // The page may come back as it was left.
    addEventListener("pageshow", () => button.disabled = false);
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const { url } = await post(`/api/sessions/${button.dataset.code}/rehearsal`);
        location.assign(url);
      } catch (refusal) {
        trouble(wordsFor(refusal));
        button.disabled = false;
        button.focus();
      }
    });
  }
}
