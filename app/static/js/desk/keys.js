// @ts-check
import { box } from "./el.js";

/** @typedef {Record<string, () => unknown>} Keys */

const REMEMBERED = "eutopia.keys";

/** Single keys act on the desk unless somebody types, a dialog is open, or they are switched off.
 * @param {Keys} keys by the letter pressed
 */
export function listenForKeys(keys) {
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
