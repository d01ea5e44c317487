// @ts-check
import { part } from "./el.js";

/** @import {Cards} from "./cards.js" */
/** @import {Choice} from "./choice.js" */

/** Between the card and the edge of its list. */
const EDGE_PX = 8;

/** The keys act on the large note, so it lies in sight: whole, or from its beginning. Whoever scrolls on by hand may.
 * @param {Choice} choice @param {Cards} cards
 */
export function inSight(choice, cards) {
  const list = part("#left");
  /** @type {string | null} */
  let shown = null;
  // What is proposed below takes room from the list, each time as much as it needs.
  new ResizeObserver(show).observe(list);
  list.addEventListener("focusin", () => requestAnimationFrame(show));

  function show() {
    shown = choice.cursor;
    const card = shown && cards.of(shown).item;
    if (!card || card.parentElement !== list) return;
    const seen = list.getBoundingClientRect(), at = card.getBoundingClientRect();
    const above = at.top - seen.top - EDGE_PX, below = at.bottom + EDGE_PX - seen.top - list.clientHeight;
    // Only this list is moved: on a narrow page the hand may be far from it.
    if (above < 0 || at.height + 2 * EDGE_PX > list.clientHeight) list.scrollTop += above;
    else if (below > 0) list.scrollTop += below;
  }

  return {
    show,
    /** The desk may be at another note. */
    follow() {
      if (choice.cursor !== shown) show();
    },
  };
}
