// @ts-check
/** *People can see this screen*: this page is then sent no more than the wall, and so cannot show it. */

import { box, part } from "../desk/el.js";
import { page } from "../words.js";

const SEEN = `seen:${page.kept_by}`;

/** Whether this page was told so, in this window, or by the page it was opened from. Storage may be blocked; then it
 * lasts as long as the page. */
export function isSeen() {
  const told = new URLSearchParams(location.search).has("seen");
  try {
    if (told) sessionStorage.setItem(SEEN, "yes");
    return sessionStorage.getItem(SEEN) !== null;
  } catch {
    return told;
  }
}

/** The switch. Another seat is another page: what was sent to this one must not stay in it. */
export function offerToBeSeen() {
  const choice = box("#seen");
  choice.checked = isSeen();
  part("#notes-filter").hidden = choice.checked;
  document.body.classList.toggle("seen", choice.checked);
  // The list is read out from this screen: then it is the room's copy of it.
  if (choice.checked) {
    part("#to-list").setAttribute("href", `/s/${page.code}/list?copy=room`);
    // Also in a tab of its own, which would know nothing of this one.
    part("#to-sort").setAttribute("href", `/s/${page.code}/sort?seen`);
    for (const file of document.querySelectorAll(`a[download][href^="/s/${page.code}/list."]`)) {
      file.setAttribute("href", `${file.getAttribute("href")}?copy=room`);
    }
  }
  choice.addEventListener("change", () => {
    try {
      if (choice.checked) sessionStorage.setItem(SEEN, "yes");
      else sessionStorage.removeItem(SEEN);
    } catch {
      choice.checked = false;
      return;
    }
    location.replace(location.pathname);
  });
}
