// @ts-check
/** How big things are on this screen. A wall counts in units, 1080 to its height (see tokens.css). */

const PICTURE = globalThis.matchMedia?.("(min-width: 900px) and (min-height: 560px)");

/** Drawn as a picture? Else a plain list that scrolls: small windows, and pages zoomed far in. */
export const isPicture = () => PICTURE.matches;

/** CSS pixels in one unit. */
export const unit = () => Math.min(innerHeight / 1080, innerWidth / 1400);

/**
 * The largest of these sizes, in units, at which the element holds its words; the smallest when none does.
 * @param {HTMLElement} element @param {number[]} sizes largest first @param {() => boolean} overflows
 */
export function fit(element, sizes, overflows) {
  for (const size of sizes) {
    element.style.setProperty("--fit", `calc(${size} * var(--u))`);
    if (!isPicture() || !overflows()) return;
  }
}

/**
 * The same and, where not even the smallest size does, once more with the view set closer: `is-tight` leaves
 * out what phones say too.
 * @param {HTMLElement} view @param {HTMLElement} element @param {number[]} sizes @param {() => boolean} overflows
 */
export function fitClosely(view, element, sizes, overflows) {
  view.classList.remove("is-tight");
  fit(element, sizes, overflows);
  if (!isPicture() || !overflows()) return;
  view.classList.add("is-tight");
  fit(element, sizes, overflows);
}

/** @param {HTMLElement} element */
export const overflows = (element) =>
  element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;

/** Call again whenever the shape of the screen changes. @param {() => void} draw */
export function onResize(draw) {
  let frame = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });
}
