// @ts-check
import { arrange, button, el, part, reword, spoken } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** What is put away under the notes: the bin, and the writers who may add no more.
 * @param {Room} room @param {Asking} ask
 */
export function kept(room, ask) {
  const bin = folded("#bin", "#bin-notes", (id) => binned(room, ask, id));
  const muted = folded("#muted", "#muted-writers", (id) => stopped(room, ask, id));
  return function draw() {
    const origins = room.rows.of("origin").filter(({ held }) => held === "bin").map(({ note }) => note);
    reword(part("#bin-title"), count("facilitate.in_bin", bin(origins)));
    const writers = room.rows.of("muted").map(({ note }) => note);
    reword(part("#muted-title"), count("facilitate.muted_title", muted(writers)));
  };
}

/** @typedef {{item: HTMLElement, draw: () => void}} Line */

/** @param {string} place @param {string} list @param {(id: string) => Line} made */
function folded(place, list, made) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  return (/** @type {string[]} */ ids) => {
    const fold = part(place), within = part(list), here = new Set(ids);
    const before = [...within.children],
      at = before.findIndex((each) => each.contains(document.activeElement));
    for (const id of lines.keys()) if (!here.has(id)) lines.delete(id);
    for (const id of ids) {
      if (!lines.has(id)) lines.set(id, made(id));
      lines.get(id)?.draw();
    }
    arrange(within, ids.flatMap((id) => lines.get(id)?.item ?? []));
    fold.hidden = ids.length === 0;
    // Its neighbour takes the focus of a line that went, or what follows the fold.
    if (at >= 0 && !within.contains(document.activeElement)) {
      const next = within.children[Math.min(at, ids.length - 1)]?.querySelector("button");
      (next ?? part("#notes-title")).focus();
    }
    return ids.length;
  };
}

/** @param {Room} room @param {Asking} ask @param {string} id @returns {Line} */
function binned(room, ask, id) {
  const words = spoken("p", "", { class: "slip-words" }), from = spoken("p", "", { class: "slip-from" });
  const back = button("plain-button", () => ask({ type: "note.show", id }), say("facilitate.put_back"));
  const foot = el("div", { class: "slip-foot" }, from, back);
  const item = el("li", { class: "slip note held", "data-note": id }, words, foot);
  return {
    item,
    draw() {
      const note = room.rows.one("note", id), zone = note && room.spots.get(note.zone)?.zone;
      item.dataset.colour = zone?.colour ?? "plain";
      reword(words, note?.text ?? "");
      const changed = room.rows.one("origin", `origin:${id}`)?.changed;
      reword(from, changed ? say("facilitate.changed") : zone?.title ?? "");
    },
  };
}

/** Known by one note alone: whose they are, nobody is told. @param {Room} room @param {Asking} ask @param {string} note @returns {Line} */
function stopped(room, ask, note) {
  const whose = spoken("span", "");
  const free = button(
    "button quiet",
    () => ask({ type: "author.unmute", note }),
    say("facilitate.unmute"),
  );
  return {
    item: el("li", { class: "spread" }, whose, free),
    draw() {
      const text = room.rows.one("note", note)?.text;
      reword(
        whose,
        text === undefined ? say("facilitate.muted_of_gone") : say("facilitate.muted_of", { text }),
      );
    },
  };
}
