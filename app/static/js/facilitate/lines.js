// @ts-check
/** The lines of the list: read back one by one on the wall, or each shown big while the room talks about it. */

import { arrange, button, el, part, reword, spoken } from "../desk/el.js";
import { letter } from "../letter.js";
import { inOrder } from "../order.js";
import { lineAfter, WHOLE } from "../wall/turn.js";
import { say } from "../words.js";

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** @param {Room} room @param {Asking} ask */
export function lines(room, ask) {
  const place = part("#our-list"), list = part("#our-lines");
  const before = part("#read-before"), next = part("#read-next");
  let drawn = "";
  next.addEventListener("click", () => ask(lineAfter(room.rows, room.line?.id ?? null, 1) ?? WHOLE));
  before.addEventListener("click", () => ask(lineAfter(room.rows, room.line?.id ?? null, -1) ?? WHOLE));

  return function draw() {
    const items = room.rows.of("item").sort(inOrder);
    // While the room puts dots on them, they stand in the panel of the vote.
    place.hidden = !room.isPublic("items") || items.length === 0 || room.closed ||
      room.stage?.asks === "dots";
    if (place.hidden) return;
    drawReadBack(items);
    const look = JSON.stringify([room.focus.of, room.line?.id, items.map(({ id, text }) => [id, text])]);
    if (look === drawn) return;
    drawn = look;
    const had = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.line : "";
    arrange(list, items.map(line));
    if (had) /** @type {HTMLElement | null} */ (list.querySelector(`[data-line="${had}"]`))?.focus();
  };

  /** @param {ItemRow[]} items */
  function drawReadBack(items) {
    const at = items.findIndex(({ id }) => id === room.line?.id);
    const to = (/** @type {string} */ key, /** @type {number} */ line) =>
      items[line] ? say(key, { letter: letter(line) }) : say("facilitate.read_back_whole");
    reword(next, at < 0 ? say("facilitate.read_back") : to("facilitate.read_back_line", at + 1));
    before.hidden = at < 0;
    reword(before, to("facilitate.read_back_before", at - 1));
  }

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
    const reads = room.line?.id === id ? "true" : null;
    return el(
      "li",
      { class: "our-line", "aria-current": reads },
      el("b", { text: letter(at) }),
      spoken("p", text),
      show,
    );
  }
}
