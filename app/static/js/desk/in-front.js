// @ts-check
/** Sort on a screen that people can see: nothing is made there that the room may not read yet. */

import { part } from "./el.js";

/** @import {Sorting} from "./sorting.js" */
/** @import {Asking} from "../facilitate/asking.js" */

/** @param {Sorting} sorting @param {Asking} ask */
export function inFront(sorting, ask) {
  const piles = part("#piles-show"), lines = part("#lines-show");
  part("#sort-seen").hidden = !sorting.seen;
  // Who wrote where, what is kept back and what authors say of it are not told here.
  for (const kept of ["held", "disputed"]) part(`#filter-where [value="${kept}"]`).remove();
  part("#filter-group-field").hidden = true;
  piles.addEventListener("click", () => show("themes", part("#pile-title")));
  lines.addEventListener("click", () => show("items", part("#line-text")));

  /** @param {"themes" | "items"} what @param {HTMLElement} next */
  async function show(what, next) {
    if (!await ask({ type: "sorting.show", what })) return;
    draw();
    next.focus();
  }

  function draw() {
    const isOpen = { piles: sorting.shows("themes"), lines: sorting.shows("items") };
    part("#piles-seen").hidden = isOpen.piles;
    part("#pile-form").hidden = !isOpen.piles;
    part("#lines-seen").hidden = isOpen.lines;
    part("#line-form").hidden = !isOpen.lines;
    if (!isOpen.piles) part("#piles-none").hidden = true;
    if (!isOpen.lines) part("#lines-none").hidden = true;
  }
  return draw;
}
