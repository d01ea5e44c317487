// @ts-check
/** The wall's page: take the secret out of the link, then show the room; back to the letters when it is let in no more. */

import { post } from "../api.js";
import { Live } from "../live.js";
import { Screen } from "../wall/screen.js";
import { watchWayIn } from "../wayin.js";
import { page } from "../words.js";

/** Ends after which this screen shows letters again, and says why. @type {Record<string, string>} */
const OUT = {
  "grant.ended": "ended",
  "grant.missing": "missing",
  "session.deleted": "deleted",
  "code.unknown": "deleted",
};

const secret = location.hash.slice(1);
if (secret) {
  history.replaceState(null, "", location.pathname + location.search);
  await post("/api/enter", { secret }).catch(() => null);
}

const main = document.querySelector("main");
if (main) {
  const live = new Live({ code: page.code, as: "wall" });
  live.addEventListener("going", (event) => {
    const was = OUT[/** @type {CustomEvent<{code: string}>} */ (event).detail.code];
    if (was) location.replace(`/wall?was=${was}`);
  });
  const screen = new Screen(live, main);
  watchWayIn(live, () => screen.renew());
}
