// @ts-check
import { arrange, option, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";
import { Slip } from "./slip.js";

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {News} from "../rows.js" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

const FIRST = matchMedia("(max-width: 900px)").matches ? 12 : 60;
const STILL_MS = 4_000;

/** Notes as they come, newest first, and never under a finger: while somebody reads or taps here, new ones wait.
 * @param {Room} room @param {Asking} ask
 */
export function notes(room, ask) {
  const list = part("#notes"), place = part("#notes-column");
  const fresh = part("#notes-fresh"), more = part("#notes-more");
  const choice = /** @type {HTMLSelectElement} */ (part("#notes-zone"));
  /** @type {Map<string, Slip>} */
  const slips = new Map();
  /** Ids that are drawn, so that the rest can wait. @type {Set<string>} */
  let drawn = new Set();
  let shown = FIRST, touched = 0, over = false, timer = 0;

  for (const board of room.plan.boards) {
    const group = document.createElement("optgroup");
    group.label = board.title;
    for (const zone of board.zones) group.append(option(zone.title, `${board.id}.${zone.id}`));
    choice.append(group);
  }

  place.addEventListener("pointerdown", () => (touched = Date.now()));
  list.addEventListener("pointerenter", (event) => (over = event.pointerType === "mouse"));
  list.addEventListener("pointerleave", () => {
    over = false;
    draw();
  });
  list.addEventListener("focusout", () => setTimeout(draw));
  fresh.addEventListener("click", () => draw(true));
  choice.addEventListener("change", () => {
    shown = FIRST;
    draw(true);
  });
  more.addEventListener("click", () => {
    shown += FIRST;
    draw(true);
  });

  const notesLeft = () => room.rows.of("note").filter((note) => !room.isBinned(note)).length;
  const busy = () => over || list.contains(document.activeElement) || Date.now() - touched < STILL_MS;

  function wanted() {
    const rows = room.rows.of("note").reverse().filter((note) => !room.isBinned(note));
    if (choice.value === "") return rows;
    return rows.filter((note) =>
      choice.value === "held" ? room.origin(note)?.held : note.zone === choice.value
    );
  }

  /** @param {NoteRow} note */
  function slip(note) {
    const known = slips.get(note.id) ?? new Slip(room, ask, note);
    slips.set(note.id, known);
    return known.item;
  }

  function draw(now = false) {
    clearTimeout(timer);
    const all = wanted(), wait = !now && busy() && drawn.size > 0;
    const shownNow = wait ? all.filter((note) => drawn.has(note.id)) : all.slice(0, shown);
    const behind = wait ? all.slice(0, shown).filter((note) => !drawn.has(note.id)).length : 0;
    if (!wait) drawn = new Set(shownNow.map((note) => note.id));
    arrange(list, shownNow.map(slip));
    reword(fresh, count("facilitate.fresh", behind));
    fresh.hidden = behind === 0;
    more.hidden = all.length <= shown;
    part("#notes-none").hidden = all.length > 0;
    reword(part("#notes-count"), count("facilitate.notes", notesLeft()));
    const held = room.held;
    reword(part("#notes-held"), say("facilitate.held_count", { n: held }));
    if (wait) timer = setTimeout(draw, STILL_MS);
  }

  /** @param {News} news */
  return function drawNews(news) {
    for (const row of news.put) {
      if (row.kind === "note") slips.get(row.id)?.write(row);
      if (row.kind === "origin" || row.kind === "meaning") slips.get(row.note)?.mark();
    }
    for (const row of news.gone) if (row.kind === "note") slips.delete(row.id);
    draw();
  };
}
