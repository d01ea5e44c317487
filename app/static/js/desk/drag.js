// @ts-check
/** Drag with a mouse, a pen or a finger: lift, carry, let go. Whatever it does, keys and buttons do too. */

import { Ghost } from "./ghost.js";

/** @typedef {{kind: "notes" | "pile" | "line", ids: string[], words: string, colour?: string, from: Element[]}} Load */
/** @typedef {{element: Element, edge?: "before" | "after", drop: () => unknown}} Place where a load may be let go */
/**
 * @typedef {object} Rules
 * @property {(on: Element) => Load | null} lift what a press here would lift
 * @property {(load: Load, over: Element, y: number) => Place | null} place where it would go if let go here
 * @property {(load: Load) => void} lifted
 * @property {() => void} cancelled
 */

const SLACK_PX = 6;
/** A finger that moves before this is up is scrolling. */
const HOLD_MS = 250;
const EDGE_PX = 56;
const SCROLL_PX = 16;
const CLICK_MS = 60;

/** @param {HTMLElement} surface @param {Rules} rules */
export function dragging(surface, rules) {
  /** Pressed, and not lifted yet. @type {{load: Load, id: number, x: number, y: number, hold: number} | null} */
  let press = null;
  /** @type {{load: Load, id: number, x: number, y: number, ghost: Ghost, place: Place | null, frame: number} | null} */
  let carried = null;

  surface.addEventListener("pointerdown", (event) => {
    if (press || carried || event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) {
      return;
    }
    const load = rules.lift(event.target);
    if (!load) return;
    const hold = event.pointerType === "touch" ? setTimeout(lift, HOLD_MS) : 0;
    press = { load, id: event.pointerId, x: event.clientX, y: event.clientY, hold };
  });

  document.addEventListener("pointermove", (event) => {
    const { clientX: x, clientY: y, pointerId } = event;
    if (carried?.id === pointerId) Object.assign(carried, { x, y });
    if (press?.id !== pointerId || Math.hypot(x - press.x, y - press.y) < SLACK_PX) return;
    if (press.hold) return forget();
    Object.assign(press, { x, y });
    lift();
  });

  document.addEventListener("pointerup", (event) => {
    if (press?.id === event.pointerId) forget();
    if (carried?.id !== event.pointerId) return;
    look();
    const place = carried.place;
    putDown();
    swallowClick();
    if (place) place.drop();
    else rules.cancelled();
  });

  document.addEventListener("pointercancel", cancel);
  addEventListener("blur", cancel);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !carried) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  }, true);

  // Only here, where fingers drag, does scrolling wait for an answer.
  for (const type of ["touchmove", "touchend", "contextmenu"]) {
    const refuse = (/** @type {Event} */ event) => {
      if (event.cancelable && (carried || (type === "contextmenu" && press?.hold))) event.preventDefault();
    };
    surface.addEventListener(type, refuse, { passive: false });
  }

  function forget() {
    if (press) clearTimeout(press.hold);
    press = null;
  }

  function lift() {
    if (!press) return;
    const { load, id, x, y } = press;
    forget();
    carried = { load, id, x, y, ghost: new Ghost(load), place: null, frame: 0 };
    surface.setPointerCapture(id);
    document.body.classList.add("dragging");
    for (const element of load.from) element.classList.add("lifted");
    rules.lifted(load);
    follow();
  }

  /** Once a frame: the ghost goes along, what lies under it scrolls at its edges, and shows that it would take it. */
  function follow() {
    if (!carried) return;
    look();
    carried.frame = requestAnimationFrame(follow);
  }

  function look() {
    if (!carried) return;
    const { x, y, ghost, load } = carried;
    ghost.move(x, y);
    const over = document.elementFromPoint(x, y);
    if (over) scrollAtEdge(over, y);
    mark(over && rules.place(load, over, y));
  }

  /** @param {Place | null} place */
  function mark(place) {
    if (!carried) return;
    const was = carried.place;
    carried.place = place;
    if (was?.element === place?.element && was?.edge === place?.edge) return;
    was?.element.classList.remove("drop", "drop-before", "drop-after");
    place?.element.classList.add(place.edge ? `drop-${place.edge}` : "drop");
  }

  function putDown() {
    if (!carried) return;
    mark(null);
    cancelAnimationFrame(carried.frame);
    carried.ghost.leave();
    for (const element of carried.load.from) element.classList.remove("lifted");
    document.body.classList.remove("dragging");
    carried = null;
  }

  function cancel() {
    forget();
    if (!carried) return;
    putDown();
    swallowClick();
    rules.cancelled();
  }
}

/** @param {Element} over @param {number} y */
function scrollAtEdge(over, y) {
  const column = over.closest(".column-scroll");
  if (!column) return;
  const { top, bottom } = column.getBoundingClientRect();
  const up = Math.max(0, top + EDGE_PX - y), down = Math.max(0, y - bottom + EDGE_PX);
  if (up || down) column.scrollTop += ((down - up) / EDGE_PX) * SCROLL_PX;
}

/** Letting go is no click on what lies there. */
function swallowClick() {
  const swallow = (/** @type {Event} */ event) => (event.preventDefault(), event.stopPropagation());
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, true), CLICK_MS);
}
