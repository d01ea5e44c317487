// @ts-check
/** One tab stop for a list of notes; the arrows move inside it. */

const STEPS =
  /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity });

/** @param {HTMLElement} list */
export function rove(list) {
  list.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const picks = [...list.querySelectorAll(".pick")];
    const at = picks.indexOf(/** @type {Element} */ (document.activeElement));
    const next = picks[Math.min(picks.length - 1, Math.max(0, at + step))];
    if (at < 0 || !(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  });
  list.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches(".pick")) tabStop(list, target);
  });
}

/** Let Tab reach this one of the list's notes and no other.
 * @param {HTMLElement} list @param {Element | null | undefined} stop
 */
export function tabStop(list, stop) {
  for (const pick of list.querySelectorAll('.pick[tabindex="0"]')) {
    if (pick !== stop) pick.setAttribute("tabindex", "-1");
  }
  stop?.setAttribute("tabindex", "0");
}
