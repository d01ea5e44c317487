// @ts-check
/** Groups of notes that could each be a pile, offered until they are made or put away. */

import { arrange, el, part, reword, spoken } from "./el.js";
import { proposal } from "./proposal.js";
import { count } from "../words.js";

/** @import {Desk} from "./pile.js" */
/** @import {Slip} from "./sorting.js" */

/** A pile that could be made of these notes, in the words of one of them. @typedef {{named_by: string, notes: string[]}} Proposed */

const PROPOSED = 8;
const LOOKED_INTO = 5;
const PUT_AWAY = "eutopia.outline";

/** @param {Desk} desk @param {string} code */
export function outline({ sorting, moves }, code) {
  const section = part("#outline-section"), list = part("#outline");
  const fold = /** @type {HTMLDetailsElement} */ (part("#outline-fold"));
  /** What is offered; from the first pile on the same groups stand, less what is filed. @type {Proposed[]} */
  let offered = [];
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  let away = remembered() === code, taken = false, folded = false;

  part("#outline-none").addEventListener("click", () => {
    away = true;
    remember(code);
    draw();
  });
  list.addEventListener("click", ({ target }) => {
    taken ||= target instanceof Element && target.closest("button") !== null;
  });

  function draw() {
    const groups = away || !sorting.shows("themes") ? [] : offered.flatMap(stillThere).slice(0, PROPOSED);
    // Whoever names piles of their own needs the room for them; it stays open for whoever takes from it.
    if (sorting.piles.length && !taken && !folded) {
      folded = true;
      fold.open = false;
    }
    const drawn = groups.map(([title, slips]) => {
      const look = JSON.stringify([title, slips.map(({ id, text }) => [id, text])]);
      const item = known.get(look) ?? lookedInto(title, slips);
      known.set(look, item);
      return item;
    });
    for (const [look, item] of known) if (!drawn.includes(item)) known.delete(look);
    arrange(list, drawn);
    reword(part("#outline-count"), count("sort.outline_groups", drawn.length));
    section.hidden = !drawn.length;
  }

  /** @param {Proposed} group @returns {[string, Slip[]][]} */
  function stillThere({ named_by, notes }) {
    const slips = notes.flatMap((id) => sorting.slips.get(id) ?? []).filter((slip) =>
      !sorting.pileOf(slip.id) && !sorting.isAside(slip) && !sorting.held(slip)
    );
    // Its words would be a pile's name, which phones read.
    const names = slips.filter((slip) => sorting.isOnWall(slip));
    const name = names.find(({ id }) => id === named_by) ?? names[0];
    return name && slips.length > 1 ? [[name.text.replace(/\s+/g, " ").trim(), slips]] : [];
  }

  /** @param {string} title @param {Slip[]} slips */
  function lookedInto(title, slips) {
    const first = slips.slice(0, LOOKED_INTO), more = slips.length - first.length;
    const texts = el("ul", { class: "proposed" }, ...first.map(({ text }) => spoken("li", text)));
    if (more) texts.append(el("li", { class: "hint", text: count("sort.outline_more", more) }));
    return proposal(title, slips.map(({ id }) => id), moves, texts);
  }

  return {
    draw,
    /** Until there is a pile, the newest; then those that were offered, so that none moves under the hand.
     * @param {Proposed[]} groups
     */
    offer(groups) {
      if (sorting.piles.length && offered.length) return;
      offered = groups;
      draw();
    },
  };
}

// Where storage is blocked it is offered again next time.
function remembered() {
  try {
    return sessionStorage.getItem(PUT_AWAY);
  } catch {
    return null;
  }
}

/** @param {string} code */
function remember(code) {
  try {
    sessionStorage.setItem(PUT_AWAY, code);
  } catch {
    return;
  }
}
