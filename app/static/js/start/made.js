// @ts-check
import { box, part, reword } from "../desk/el.js";
import { paperPack } from "../facilitate/pack.js";
import { connectScreen, selectable } from "../facilitate/screens.js";
import { tryFirst } from "../rehearsal/try.js";
import { say } from "../words.js";

/** @typedef {{id: string, code: string, join_url: string, facilitate_url: string, wall_url: string}} Made */

/** The room is open: what people need to come in, and what the facilitator keeps.
 * @param {Made} made @param {string} title
 */
export function showMade(made, title) {
  const code = made.code.replaceAll(" ", "");
  const join = new URL(made.join_url, location.href);
  part("#start").hidden = true;
  part("#made").hidden = false;
  reword(part("#start-title"), say("start.is_open"));
  reword(part("#made-title"), title);
  reword(part("#made-code"), code.match(/.{1,3}/g)?.join(" ") ?? code);
  reword(part("#made-address"), join.host + join.pathname);
  part("#made-qr").setAttribute("src", `/s/${code}/qr.svg`);
  const link = box("#made-link");
  link.value = new URL(made.facilitate_url, location.href).href;
  selectable(link);
  reword(part("#screen-address"), `${join.host}/wall`);
  part("#made-wall").setAttribute("href", made.wall_url);
  part("#made-go").setAttribute("href", made.facilitate_url);
  connectScreen(code);
  paperPack(code);
  part(".try-first").dataset.code = code;
  tryFirst();
  scrollTo(0, 0);
  part("#made-title").focus();
}
