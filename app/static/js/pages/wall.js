// @ts-check
/** The wall's page: take the secret out of the link, then show the room. */

import { post } from "../api.js";
import { Live } from "../live.js";
import { Screen } from "../wall/screen.js";
import { page } from "../words.js";

const secret = location.hash.slice(1);
if (secret) {
  history.replaceState(null, "", location.pathname + location.search);
  await post("/api/enter", { secret }).catch(() => null);
}

const main = document.querySelector("main");
if (main) new Screen(new Live({ code: page.code, as: "wall" }), main);
