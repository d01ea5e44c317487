// @ts-check
/** Which of my notes, or parts of them, I have still to put into a pile. Pure. */

/** @import {ThemeRow} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Entry, Mine} from "./shapes.d.ts" */
import { inOrder } from "../order.js";

/** A note, or one idea of it. `pile`: where it lies; of a part only that its note went somewhere is known.
 * @typedef {{id: string, text: string, zone: string, pile: string, part: boolean}} Piece
 */
/** What its author said of a piece: a pile's id, "none", or nothing yet. @typedef {Map<string, string>} Chosen */

/** Piles that stand, in their order. @param {Rows} rows @returns {ThemeRow[]} */
export const piles = (rows) => rows.of("theme").filter(({ into }) => !into).sort(inOrder);

/** @param {Mine[]} notes @param {Rows} rows @returns {Piece[]} */
export function pieces(notes, rows) {
  const parts = rows.of("part");
  // What the host put in the bin goes into no pile.
  const filed = notes.filter(({ standing, mine }) => standing === "saved" && mine?.why !== "bin");
  return filed.flatMap(({ id, text, zone, mine }) => {
    const own = parts.filter(({ note }) => note === id), part = own.length > 0;
    return (part ? own : [{ id, text }]).map((piece) => ({
      id: piece.id,
      text: piece.text,
      zone,
      pile: mine?.pile ?? "",
      part,
    }));
  });
}

/** Somebody else put it into a pile before its author was asked. @param {Piece} piece @param {Chosen} said */
export const isElsewhere = ({ id, pile, part }, said) => pile !== "" && !part && !said.has(id);

/**
 * What I chose: as the room has it, and over that what still waits on this phone.
 * @param {Rows} rows @param {Entry[]} entries @param {number} seen @returns {Chosen}
 */
export function chosen(rows, entries, seen) {
  const mine = new Map(rows.of("filing").flatMap(({ note, chose }) => chose ? [[note, chose]] : []));
  for (const { ask, state, seq } of entries) {
    const isLater = state === "waiting" || state === "kept" && seq > seen;
    if (ask.type === "note.file" && isLater) mine.set(ask.id, ask.theme ?? "none");
  }
  return mine;
}
