// @ts-check
import { part, reword } from "./el.js";
import { partBoxes } from "./parts.js";
import { propose } from "./proposing.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */
/** @import {Slip} from "./sorting.js" */

const FEWEST = 2;

/** The dialog that splits a note: the whole in sight, and its words in boxes, one for each part.
 * @param {Desk} desk @returns {(slip: Slip) => void}
 */
export function splitting({ moves }) {
  const dialog = /** @type {HTMLDialogElement} */ (part("#split"));
  const save = /** @type {HTMLButtonElement} */ (part("#split-save")), add = part("#split-add");
  const trouble = part("#split-trouble");
  const parts = partBoxes(part("#split-parts"), mark);
  let note = "", saving = false;

  add.addEventListener("click", () => parts.add());
  part("#split-cancel").addEventListener("click", () => dialog.close());
  part("#split-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (saving) return;
    saving = true;
    reword(save, say("sort.saving"));
    const refusal = await moves.split(note, parts.words());
    saving = false;
    reword(trouble, refusal);
    trouble.hidden = refusal === "";
    if (refusal) mark();
    else dialog.close();
  });

  function mark() {
    const n = parts.words().length;
    add.hidden = parts.isFull;
    save.disabled = n < FEWEST;
    reword(save, n < FEWEST ? say("sort.split_too_few") : count("sort.split_save", n));
  }

  return (slip) => {
    note = slip.id;
    reword(part("#split-whole"), slip.text);
    trouble.hidden = true;
    parts.fill(propose(slip.text));
    dialog.showModal();
    part("#split-parts textarea").focus();
  };
}
