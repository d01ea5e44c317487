// @ts-check
/** This phone's seat. A script of its own, so that it knocks at the room while the rest of the page still arrives. */

import { Live } from "../live.js";
import { page } from "../words.js";

export const live = new Live({ code: page.code, as: "participant", ticket: page.ticket ?? null });
