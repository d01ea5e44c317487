// @ts-check
/** *People can see this screen*: this page is then sent no more than the wall, and so cannot show it. */

import { box, part } from "../desk/el.js";
import { page } from "../words.js";

const SEEN = `seen:${page.kept_by}`;

/** Whether this page was told so, in this window. Storage may be blocked; then it lasts as long as the page. */
export function isSeen() {
  try {
    return sessionStorage.getItem(SEEN) !== null;
  } catch {
    return false;
  }
}

/** The switch. Another seat is another page: what was sent to this one must not stay in it. */
export function offerToBeSeen() {
  const choice = box("#seen");
  choice.checked = isSeen();
  part("#notes-filter").hidden = choice.checked;
  document.body.classList.toggle("seen", choice.checked);
  // The list is read out from this screen: then it is the room's copy of it.
  if (choice.checked) part("#to-list").setAttribute("href", `/s/${page.code}/list?copy=room`);
  choice.addEventListener("change", () => {
    try {
      if (choice.checked) sessionStorage.setItem(SEEN, "yes");
      else sessionStorage.removeItem(SEEN);
    } catch {
      choice.checked = false;
      return;
    }
    location.reload();
  });
}
