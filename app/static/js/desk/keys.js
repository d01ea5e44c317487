// @ts-check
import { box } from "./el.js";

/** @typedef {Record<string, () => unknown>} Keys */

const REMEMBERED = "eutopia.keys";

/** What has no use of its own for an arrow. */
const NO_ARROWS = "body, a, button, summary, input[type='checkbox'], #left-none";
const ARROWS = /** @type {Record<string, 1 | -1>} */ ({ ArrowDown: 1, ArrowUp: -1 });

/** Single keys act on the desk unless somebody types, a dialog is open, or they are switched off.
 * @param {Keys} keys by the letter pressed @param {(by: 1 | -1) => unknown} go to the next note, or to the one before
 */
export function listenForKeys(keys, go) {
  const on = box("#keys-on");
  on.checked = remembered() !== "off";
  show();
  on.addEventListener("change", () => {
    remember(on.checked ? "on" : "off");
    show();
  });
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (
      !act || !on.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat ||
      isTyping(event.target)
    ) return;
    event.preventDefault();
    act();
  });
  // Whoever files by digits moves by arrows, wherever the focus is; held down, they go on.
  document.addEventListener("keydown", (event) => {
    const by = ARROWS[event.key];
    if (
      !by || !on.checked || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey ||
      event.shiftKey || isTyping(event.target) || usesArrows(event.target) || scrolls()
    ) return;
    event.preventDefault();
    go(by);
  });

  function show() {
    document.body.classList.toggle("keys-off", !on.checked);
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (document.querySelector("dialog[open]")) return true;
  return target instanceof HTMLElement &&
    (target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])') ||
      target.closest(".line-details") !== null);
}

/** @param {EventTarget | null} target */
function usesArrows(target) {
  return !(target instanceof Element) || !target.matches(NO_ARROWS) || target.closest(".menu") !== null;
}

/** In one column the page itself is moved by them. */
function scrolls() {
  const page = document.scrollingElement;
  return page !== null && page.scrollHeight > page.clientHeight;
}

// Where storage is blocked the keys are simply on again next time.
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** @param {string} value */
function remember(value) {
  try {
    localStorage.setItem(REMEMBERED, value);
  } catch {
    return;
  }
}
