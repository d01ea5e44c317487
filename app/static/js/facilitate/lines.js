// @ts-check
/** The lines of the list, each to be shown big while the room talks about it. */

import { arrange, button, el, part, spoken } from "../desk/el.js";
import { letter } from "../desk/sorting.js";
import { say } from "../words.js";

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** @param {Room} room @param {Asking} ask */
export function lines(room, ask) {
  const place = part("#our-list"), list = part("#our-lines");
  let drawn = "";

  return function draw() {
    // A line can be shown big once the room may read it.
    const open = room.plan.stages.slice(0, room.at + 1).some(({ shows }) => shows.includes("items"));
    const items = room.rows.of("item").sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    // While the room puts dots on them, they stand in the panel of the vote.
    place.hidden = !open || items.length === 0 || room.closed || room.stage?.asks === "dots";
    const look = JSON.stringify([room.focus.of, items.map(({ id, text }) => [id, text])]);
    if (place.hidden || look === drawn) return;
    drawn = look;
    const had = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.line : "";
    arrange(list, items.map(line));
    if (had) /** @type {HTMLElement | null} */ (list.querySelector(`[data-line="${had}"]`))?.focus();
  };

  /** @param {ItemRow} item @param {number} at */
  function line({ id, text }, at) {
    const isUp = room.focus.of === id;
    const show = button(
      "plain-button",
      () => ask({ type: "spotlight.set", of: isUp ? null : id }),
      say(isUp ? "facilitate.big_end" : "facilitate.show_big"),
    );
    show.dataset.line = id;
    show.setAttribute("aria-label", say("facilitate.show_big_label", { show: show.textContent ?? "", text }));
    return el("li", { class: "our-line" }, el("b", { text: letter(at) }), spoken("p", text), show);
  }
}
