// @ts-check
import { announce } from "../announce.js";
import { arrange, part, reword, stand } from "../desk/el.js";
import { page, say } from "../words.js";
import { must } from "./must.js";
import { proposing } from "./proposals.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** The must-haves: whether the room said them before, and what it says to them.
 * @param {Room} room @param {Asking} ask
 */
export function mustHaves(room, ask) {
  const section = part("#musts"), list = part("#musts-list");
  const fold = /** @type {HTMLDetailsElement} */ (part("#musts-fold"));
  /** @type {Map<string, ReturnType<typeof must>>} */
  const known = new Map();
  /** What the host said no to, on this page. @type {Set<string>} */
  const declined = new Set();
  const proposed = proposing(page.code, draw);
  let stage = "";

  fold.addEventListener("toggle", draw);
  // Letters act only while the focus is in here.
  section.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const key = event.key.toLowerCase();
    if (key !== "y" && key !== "n") return;
    const at = event.target instanceof Element && event.target.closest("[data-essential]");
    const here = at ? known.get(`essential:${at.getAttribute("data-essential")}`) : undefined;
    const asking = here?.asks() ? here : [...known.values()].find((each) => each.asks());
    if (!asking) return;
    event.preventDefault();
    asking.decide(key === "y");
  });

  /** The answer to one question leads to the next: the focus goes with it. @param {string} from */
  function next(from) {
    draw();
    const rest = [...known.values()], at = rest.findIndex((each) => each.essential === from);
    const following = [...rest.slice(at), ...rest.slice(0, at)].find((each) => each.asks());
    (following ?? rest[at])?.focus();
  }

  function draw() {
    const rows = room.rows.of("essential").sort((one, other) => one.order - other.order);
    section.hidden = rows.length === 0;
    if (!rows.length) return;
    const here = room.stage?.shows.includes("essentials") ? room.stage.id : "";
    if (here && here !== stage) fold.open = true;
    stage = here;
    // What is talked about now comes first; before and after, it waits below the wall.
    stand(section, part(here ? "#people-here" : "#wall-card"));
    const said = rows.filter((row) => room.rows.one("said", row.id.replace("essential:", "said:"))?.notes);
    reword(part("#musts-sum"), say("facilitate.musts_sum", { said: said.length, of: rows.length }));
    if (!fold.open) return;
    const notes = room.rows.of("note");
    proposed.follow(`${notes.length} ${notes.reduce((last, note) => Math.max(last, note.seq), 0)}`);
    for (const row of rows) {
      const one = known.get(row.id) ?? must(room, ask, row, { proposed, declined, next, tell: announce });
      known.set(row.id, one);
      one.draw(row);
    }
    arrange(list, rows.flatMap((row) => known.get(row.id)?.item ?? []));
  }

  return draw;
}
