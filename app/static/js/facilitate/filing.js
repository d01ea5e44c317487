// @ts-check
/** How the filing goes: notes that lie in piles, as the wall counts them, and piles that are no line yet. */

import { part, reword } from "../desk/el.js";
import { notesByPile, pileOf, slipsOf } from "../wall/sight.js";
import { count, say } from "../words.js";

/** @import {Room} from "./room.js" */

/** @param {Room} room */
export function filing(room) {
  return function draw() {
    const files = Boolean(room.stage?.shows.includes("themes")) && !room.closed;
    // Who wrote is another stage's question.
    for (const id of ["#wrote-line", "#waiting-line"]) part(id).hidden = files;
    part("#filed-line").hidden = !files;
    if (files) {
      const { filed, all } = filedOf(room);
      reword(part("#filed"), String(filed));
      reword(part("#filed-words"), say("facilitate.filed", { of: all }));
    }
    const lacking = leadsToList(room) ? withoutLine(room) : 0;
    part("#next-piles").hidden = lacking === 0;
    reword(part("#next-piles"), lacking ? count("facilitate.next_unlisted", lacking) : "");
  };
}

/** Of what the room may read: the host's page knows more notes than the wall. @param {Room} room */
function filedOf({ card, rows }) {
  const inOne = new Set([...notesByPile(rows).values()].flat().map(({ id }) => id));
  const shown = [...slipsOf(card, rows).values()].filter((slip) => {
    const whole = rows.one("part", slip.id)?.note ?? slip.id;
    return rows.one("zone", slip.zone)?.sees === "room" && !rows.one("origin", `origin:${whole}`)?.held;
  });
  return { filed: shown.filter(({ id }) => inOne.has(id)).length, all: shown.length };
}

/** Is the list looked at next, or chosen from? @param {Room} room */
function leadsToList({ following, closed }) {
  return Boolean(following && (following.asks || following.shows.includes("items"))) && !closed;
}

/** Piles with notes of which no line was made. @param {Room} room */
function withoutLine(room) {
  const { rows } = room;
  // Where people can see this page it may not know yet which piles are lines.
  if (!room.knows("themes") || !room.knows("items")) return 0;
  const listed = new Set(rows.of("item").map(({ theme }) => theme && pileOf(rows, theme)?.id));
  return [...notesByPile(rows).keys()].filter((id) => !listed.has(id)).length;
}
