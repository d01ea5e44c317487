// @ts-check
/** What may belong together, as this machine thinks. It proposes; whoever sits at the desk decides. */

import { get } from "../api.js";
import { say } from "../words.js";
import { button, el, part, spoken } from "./el.js";

/** @import {Desk} from "./pile.js" */
/** @import {Proposed} from "./outline.js" */
/** @import {Slip} from "./sorting.js" */

/** @typedef {{twins: Record<string, {note: string, alike: number}[]>, piles: Record<string, string[]>, outline: Proposed[]}} Suggestions */

/** Long enough for a few notes to be filed in between. */
const PAUSE_MS = 2_500;
const TWINS = 2;
/** Below this it is noise more often than not. */
const ALIKE = 0.2;
/** For likely piles beyond those that have a number. */
const KEYS = "JKL";

/** Likely piles and twins of the note the desk is at.
 * @param {Desk} desk @param {string} code @param {(groups: Proposed[]) => void} outline what to do with the groups found
 */
export function likely(desk, code, outline) {
  const { sorting, choice, moves } = desk;
  /** @type {Suggestions} */
  let known = { twins: {}, piles: {}, outline: [] };
  let timer = 0, drawn = "";
  const panel = part("#likely");
  new ResizeObserver(toItsFoot).observe(panel);

  /** The buttons stand last, so that they are where they were for the note before. */
  function toItsFoot() {
    panel.scrollTop = panel.scrollHeight;
  }

  async function ask() {
    // Without suggestions the desk works as it did on paper.
    const as = sorting.seen ? "presenter" : "facilitator";
    known = await get(`/api/sessions/${code}/suggestions?as=${as}`).catch(() => known);
    timer = 0;
    outline(known.outline);
    draw();
  }

  function draw() {
    const at = choice.inHand.length === 1 ? sorting.slips.get(choice.inHand[0] ?? "") : undefined;
    const piles = at ? pilesOf(at) : [], twins = at ? twinsOf(at) : [];
    const look = JSON.stringify([
      at?.id,
      piles.map((pile) => [pile.id, pile.title]),
      twins.map(({ id }) => id),
    ]);
    if (look === drawn) return;
    drawn = look;
    const within = panel.contains(document.activeElement);
    panel.hidden = !piles.length && !twins.length;
    part("#likely-piles").replaceChildren(
      ...piles.map(({ id, title }, place) =>
        el(
          "button",
          { type: "button", class: "button quiet", onclick: () => at && moves.place(id, [at.id]) },
          el("kbd", { text: keyOf(id) || KEYS[place] }),
          " ",
          spoken("span", title),
        )
      ),
    );
    part("#likely-twins").replaceChildren(
      ...twins.map(({ id, text }) =>
        el(
          "li",
          {},
          spoken("span", text),
          button("plain-button", () => at && moves.sameAs(at.id, id), say("sort.same")),
        )
      ),
    );
    toItsFoot();
    if (within && !panel.contains(document.activeElement)) focusLeft();
  }

  /** By the key that its button shows. @param {number} place */
  function put(place) {
    const pressed = part("#likely-piles").children[place];
    if (pressed instanceof HTMLElement && pressed.querySelector("kbd")?.textContent === KEYS[place]) {
      pressed.click();
    }
  }

  /** @param {Slip} slip */
  function pilesOf(slip) {
    if (sorting.pileOf(slip.id)) return [];
    return (known.piles[slip.id] ?? []).flatMap((id) => sorting.piles.find((pile) => pile.id === id) ?? []);
  }

  /** @param {Slip} slip */
  function twinsOf(slip) {
    const near = (known.twins[slip.id] ?? []).filter(({ alike }) => alike >= ALIKE);
    const others = near.flatMap(({ note }) => sorting.slips.get(note) ?? []);
    const apart = others.filter((other) =>
      sorting.headline(other.id) !== slip.id && sorting.headline(slip.id) !== other.id && !sorting.held(other)
    );
    return apart.slice(0, TWINS);
  }

  /** @param {string} pile */
  const keyOf = (pile) => {
    const at = sorting.piles.findIndex(({ id }) => id === pile);
    return at < 9 ? String(at + 1) : "";
  };

  return {
    draw,
    keys: Object.fromEntries([...KEYS].map((key, place) => [key.toLowerCase(), () => put(place)])),
    /** The board has changed: what was found may hold no longer. */
    again() {
      if (!timer) timer = setTimeout(ask, PAUSE_MS);
    },
    ask,
  };
}

function focusLeft() {
  const here = document.querySelector('#left .pick[tabindex="0"]');
  if (here instanceof HTMLElement) here.focus();
}
