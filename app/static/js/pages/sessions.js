// @ts-check
/** My sessions: the page is whole as served; here a session can be deleted, asked once. */

import { del } from "../api.js";
import { part } from "../desk/el.js";
import { trouble, wordsFor } from "../facilitate/asking.js";
import { enter } from "../facilitate/enter.js";
import { leave } from "../rehearsal/leave.js";
import { tryFirst } from "../rehearsal/try.js";

enter().then((entered) => entered && location.reload(), (refusal) => trouble(wordsFor(refusal)));

for (const card of document.querySelectorAll(".session")) deletable(/** @type {HTMLElement} */ (card));

for (const card of document.querySelectorAll(".rehearsals > li")) {
  part(".leave-rehearsal", card).addEventListener("click", async () => {
    try {
      await leave(String(/** @type {HTMLElement} */ (card).dataset.code));
      card.remove();
      part("h1").focus();
    } catch (refusal) {
      trouble(wordsFor(refusal));
    }
  });
}
tryFirst();

/** @param {HTMLElement} card */
function deletable(card) {
  const ask = part(".ask-delete", card), sure = part(".sure", card);
  const yes = part(".delete", card), no = part(".keep", card);
  ask.hidden = false;
  ask.addEventListener("click", () => {
    sure.hidden = false;
    no.focus();
  });
  no.addEventListener("click", () => {
    sure.hidden = true;
    ask.focus();
  });
  yes.addEventListener("click", async () => {
    try {
      await del(`/api/sessions/${card.dataset.code}`);
      card.remove();
      part("h1").focus();
    } catch (refusal) {
      trouble(wordsFor(refusal));
    }
  });
}
