// @ts-check
/**
 * Where what had the focus has gone, its nearest neighbour takes it: nobody begins again at the top of the page.
 * What goes may name another that comes after it, as in `data-then="#question"`.
 */

const CONTROLS = "button, a[href], select, summary, input[type=radio], input[type=checkbox]";
/** What makes a control come or go, besides being put in or taken out. */
const SIGNS = ["hidden", "disabled", "open", "class", "data-manner"];

/** What had the focus last. @type {HTMLElement | null} */
let at = null;
/** All that it stood in, from the inside out, each with how many controls came before it there. @type {[HTMLElement, number][]} */
let around = [];
/** A press beside it took the focus away, on purpose. */
let left = false;
let waiting = false;

addEventListener("pointerdown", ({ target }) => left = !at?.contains(/** @type {Node} */ (target)), true);
addEventListener("focusin", ({ target }) => {
  left = false;
  at = /** @type {HTMLElement} */ (target);
  around = [];
  for (let each = at.parentElement; each; each = each.parentElement) around.push([each, before(at, each)]);
});

new MutationObserver(() => {
  if (waiting || !at) return;
  waiting = true;
  // After whoever drew this has had a word, and the browser has taken the focus from what is hidden or disabled.
  requestAnimationFrame(() => setTimeout(look));
}).observe(document.body, { subtree: true, childList: true, attributeFilter: SIGNS });

function look() {
  waiting = false;
  const now = document.activeElement;
  if (!at || now !== at && now !== document.body) return;
  if (isThere(at)) {
    // It was gone for a moment only.
    if (now !== at && !left && at.matches(CONTROLS)) give(at);
    return;
  }
  for (const [each, place] of [/** @type {const} */ ([at, 0]), ...around]) {
    const all = isThere(each) ? controlsIn(each) : [];
    const next = all.slice(place).find(isThere) ?? all.slice(0, place).findLast(isThere) ?? after(each);
    if (next) return give(next);
  }
}

/** What this names, or that names in turn, as far as it is there. @param {HTMLElement} each @returns {HTMLElement | null} */
function after(each, most = 3) {
  const then = each.dataset.then ? document.querySelector(each.dataset.then) : null;
  if (!(then instanceof HTMLElement) || isThere(then)) return /** @type {HTMLElement | null} */ (then);
  return most ? after(then, most - 1) : null;
}

/** @param {HTMLElement} next */
function give(next) {
  next.focus({ preventScroll: true });
  // Whoever goes by keyboard must see where; for a finger the page stays as it is.
  if (next.matches(":focus-visible")) next.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} control @param {HTMLElement} within */
function before(control, within) {
  const all = controlsIn(within), place = all.indexOf(control);
  if (place >= 0) return place;
  return all.filter((each) => each.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING)
    .length;
}

/** Boxes are left out: on a phone the keyboard would come up. @param {HTMLElement} within @returns {HTMLElement[]} */
function controlsIn(within) {
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(CONTROLS)]);
}

/** @param {HTMLElement} each */
const isThere = (each) =>
  each.isConnected && !each.matches(":disabled") && each.checkVisibility({ visibilityProperty: true });
