// @ts-check
/** A press may take its own button away: the focus then goes to what stands there now, and is never lost. */

const CONTROLS = "button, input, select, a[href]";

/**
 * Watches a group of controls; what it gives back is called once they are drawn anew.
 * @param {HTMLElement} group @param {HTMLElement} [otherwise] who has the focus when nothing of the group is left
 */
export function handedOn(group, otherwise) {
  /** @type {Element | null} */
  let last = null;
  group.addEventListener("focusin", ({ target }) => last = /** @type {Element} */ (target));
  // What is taken away leaves for nowhere; a person leaves for somewhere.
  group.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget) last = null;
  });
  addEventListener("pointerdown", ({ target }) => {
    if (!group.contains(/** @type {Node} */ (target))) last = null;
  });
  return () => {
    const at = document.activeElement;
    if (!last || isThere(last) || at !== last && at !== document.body) return;
    last = null;
    // What leads on comes before what leads back: the next press is made without looking.
    const next = [...group.querySelectorAll("button:not(.quiet)"), ...group.querySelectorAll(CONTROLS)]
      .find(isThere) ?? otherwise;
    /** @type {HTMLElement | undefined} */ (next)?.focus();
  };
}

/** @param {Element} element */
const isThere = (element) => element.isConnected && element.getClientRects().length > 0;
