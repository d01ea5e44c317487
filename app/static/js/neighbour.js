// @ts-check
/** Where what had the focus has gone, its nearest neighbour takes it: nobody begins again at the top of the page. */

const CONTROLS = "button, a[href], select, summary, input[type=radio], input[type=checkbox]";

/** What had the focus last, and all that it stood in, from the inside out. @type {HTMLElement[]} */
let path = [];
/** Which of its neighbours' places it had. */
let place = 0;
let waiting = false;

addEventListener("focusin", ({ target }) => {
  path = [];
  for (let each = /** @type {HTMLElement | null} */ (target); each; each = each.parentElement) {
    path.push(each);
  }
  const [at, ...around] = path;
  place = at ? controlsIn(around.find((each) => controlsIn(each).length > 1)).indexOf(at) : 0;
});

// A press beside all controls takes the focus away on purpose: then what had it is still there.
new MutationObserver(() => {
  if (waiting || document.activeElement !== document.body || !path.length) return;
  waiting = true;
  // After whoever drew this has had a word.
  requestAnimationFrame(() => setTimeout(look));
}).observe(document.body, {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["hidden", "disabled"],
});

function look() {
  waiting = false;
  const [at, ...around] = path;
  if (document.activeElement !== document.body || !at || isThere(at)) return;
  for (const each of around) {
    const controls = isThere(each) ? controlsIn(each) : [];
    if (controls.length) {
      return controls[Math.min(Math.max(place, 0), controls.length - 1)]?.focus({ preventScroll: true });
    }
  }
}

/** Boxes are left out: on a phone the keyboard would come up. @param {HTMLElement | undefined} within @returns {HTMLElement[]} */
function controlsIn(within) {
  if (!within || within === document.body) return [];
  return /** @type {HTMLElement[]} */ ([...within.querySelectorAll(CONTROLS)]).filter(isThere);
}

/** @param {HTMLElement} each */
const isThere = (each) =>
  each.isConnected && each.checkVisibility() && !(/** @type {HTMLButtonElement} */ (each).disabled);
