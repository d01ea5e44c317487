// @ts-check
import { arrange, el, reword, spoken } from "./el.js";
import { say } from "../words.js";

/** @import {Desk} from "./pile.js" */
/** @import {Slip} from "./sorting.js" */

/** The very words under a line, as they were written.
 * @param {Desk} desk
 */
export function veryWords({ sorting }) {
  const element = el("ul", { class: "line-panel line-words" });
  /** @type {Map<string, {item: HTMLElement, draw: (slip: Slip) => void}>} */
  const known = new Map();

  function one() {
    const words = spoken("q", ""), whole = spoken("span", "", { class: "hint" });
    const from = spoken("span", "", { class: "hint" });
    const item = el("li", { class: "word" }, words, whole, from);
    /** @param {Slip} slip */
    const draw = (slip) => {
      const voice = sorting.place(slip.id)?.voice ?? "for";
      const zone = sorting.spots.get(slip.note.zone)?.zone;
      const said = [zone?.title, sorting.groupName(sorting.group(slip))];
      if (voice !== "for") said.unshift(say(`sort.voice_${voice}`));
      if (sorting.held(slip)) said.unshift(say("sort.held"));
      item.dataset.colour = zone?.colour ?? "plain";
      item.classList.toggle("doubt", voice !== "for");
      reword(words, slip.text);
      reword(whole, slip.part ? say("sort.part_of", { text: slip.note.text }) : "");
      whole.hidden = !slip.part;
      reword(from, said.filter(Boolean).join(" · "));
    };
    return { item, draw };
  }

  return {
    element,
    /** @param {Slip[]} slips */
    draw(slips) {
      for (const slip of slips) {
        if (!known.has(slip.id)) known.set(slip.id, one());
        known.get(slip.id)?.draw(slip);
      }
      arrange(element, slips.flatMap((slip) => known.get(slip.id)?.item ?? []));
    },
  };
}
