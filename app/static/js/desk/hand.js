// @ts-check
import { part, reword } from "./el.js";
import { pickPile } from "./pick.js";
import { splitting } from "./split.js";
import { told } from "./told.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */
/** @import {Voice} from "../contract.d.ts" */

/** The bar of the notes in hand: where they go, and how they speak.
 * @param {Desk} desk
 */
export function hand(desk) {
  const { sorting, choice, moves } = desk;
  const clear = part("#hand-clear"), move = part("#hand-move"), words = part("#hand-words");
  const split = part("#hand-split"), park = part("#hand-park"), same = part("#hand-same");
  const openSplit = splitting(desk);
  const voices = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="voice"]')]);

  move.addEventListener("click", moveTo);
  words.addEventListener("click", () => moves.pileByItsWords());
  split.addEventListener("click", splitIt);
  park.addEventListener("click", () => moves.park());
  same.addEventListener("click", () => moves.same());
  clear.addEventListener("click", () => choice.clear());
  for (const voice of voices) {
    voice.addEventListener("change", () => moves.speak(/** @type {Voice} */ (voice.value)));
  }

  async function moveTo() {
    const notes = choice.inHand;
    if (!notes.length || !sorting.shows("themes")) return;
    const placed = notes.some((note) => sorting.pileOf(note));
    const pile = await pickPile(
      count("sort.move_question", notes.length),
      sorting.piles,
      placed ? { out: say("sort.move_out") } : {},
    );
    if (pile !== undefined) await moves.place(pile, notes);
  }

  /** One note is split at a time, and a part is whole enough. */
  function splitIt() {
    const [id, ...more] = choice.inHand, slip = sorting.slips.get(id ?? "");
    if (slip && !slip.part && !more.length) openSplit(slip);
    else told(say(slip?.part ? "sort.split_is_part" : "sort.split_one"));
  }

  /** @returns {Voice} */
  function voiceNow() {
    const held = choice.inHand.map((note) => sorting.pileOf(note) && sorting.place(note)?.voice);
    const same = held.length > 0 && held.every((voice) => voice && voice === held[0]);
    return (same && held[0]) || moves.voice;
  }

  return {
    moveTo,
    splitIt,
    draw() {
      const notes = choice.inHand, n = notes.length;
      reword(
        part("#hand-count"),
        choice.size ? count("sort.in_hand", n) : say(n ? "sort.in_hand_current" : "sort.in_hand_none"),
      );
      // Where people can see the screen nothing goes where it could not be seen.
      const piles = sorting.shows("themes");
      for (const act of [move, words]) if (act instanceof HTMLButtonElement) act.disabled = n === 0 || !piles;
      if (park instanceof HTMLButtonElement) park.disabled = n === 0;
      if (split instanceof HTMLButtonElement) {
        split.disabled = n !== 1 || sorting.slips.get(notes[0] ?? "")?.part !== false;
      }
      if (same instanceof HTMLButtonElement) same.disabled = n < 2 || !piles;
      clear.hidden = choice.size === 0;
      const now = voiceNow();
      for (const voice of voices) voice.checked = voice.value === now;
    },
  };
}
