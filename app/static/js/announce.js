// @ts-check
/** What a screen reader is told: at most one polite message every five seconds, however busy the room is. */

const QUIET_MS = 5_000;

/** @type {Set<string>} */
const waiting = new Set();
let quietUntil = 0;
let timer = 0;

/** Say this when there is room for it, together with whatever else waits. @param {string} text */
export function announce(text) {
  waiting.add(text);
  if (!timer) timer = setTimeout(speak, Math.max(50, quietUntil - performance.now()));
}

/** Say this now: for news that a person must not miss, such as a refused note. @param {string} text */
export function alertNow(text) {
  put("alert", text);
}

function speak() {
  timer = 0;
  quietUntil = performance.now() + QUIET_MS;
  put("live", [...waiting].join(" "));
  waiting.clear();
}

/** @param {string} region @param {string} text */
function put(region, text) {
  const element = document.getElementById(region);
  if (!element) return;
  // The same sentence twice is news twice, and a reader only speaks when the text differs.
  element.textContent = element.textContent === text ? `${text}\u00a0` : text;
}
