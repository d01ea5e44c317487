// @ts-check
/** What the wall knows at this moment, and which of its pictures that calls for. */

import { pictureOf } from "./picture.js";

/** @import {Board, NoteRow, Now, PartRow, SessionCard, Stage, ThemeRow, Zone} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */

/**
 * @typedef {object} Sight
 * @property {SessionCard} card
 * @property {Rows} rows
 * @property {Now | null} now
 * @property {Stage | null} stage
 * @property {number} page
 */
/** @typedef {"arrival" | "closed" | "board" | "read" | "piles" | "list" | "essentials" | "talk" | "big" | "choose" | "line" | "left"} Scene */
/**
 * A picture of the wall: one element, and how it takes in what is new. `pages` as it stands.
 * @typedef {{element: HTMLElement, update(sight: Sight): void, resize?(): void, pages?: number}} View
 */

/** @param {Sight} sight @returns {{scene: Scene, of: string}} `of`: the board, zone, pile, line or question, where the scene has one */
export function choose({ card, rows, stage, page }) {
  if (rows.one("stage", "stage")?.closed) return { scene: "closed", of: "" };
  if (!stage) return { scene: "arrival", of: "" };
  const big = rows.one("focus", "focus")?.of;
  if (big && (rows.one("note", big) || rows.one("item", big) || rows.one("essential", big))) {
    return { scene: "big", of: big };
  }
  const screen = rows.one("screen", "screen");
  if (screen?.manner === "read" && screen.of && (zoneOf(card, screen.of) || pileOf(rows, screen.of))) {
    return { scene: "read", of: screen.of };
  }
  if (screen?.manner === "read" && screen.of && rows.one("item", screen.of)) {
    return { scene: "line", of: screen.of };
  }
  if (screen?.manner === "left") return { scene: "left", of: "" };
  if (screen?.manner === "votes" && rows.one("votes", "votes")?.revealed && stage.asks !== "dots") {
    return { scene: "choose", of: "dots" };
  }
  if (stage.asks) return { scene: "choose", of: "" };
  const picture = pictureOf(stage);
  if (picture === "join") return { scene: "arrival", of: "" };
  if (picture === "list" || picture === "piles") return { scene: picture, of: "" };
  const first = isEssentials(stage, rows) ? 1 : 0;
  if (first && page === 0) return { scene: "essentials", of: "" };
  const boards = boardsOf(card, stage);
  const board = boards[Math.min(page - first, boards.length - 1)];
  return board ? { scene: "board", of: board.id } : { scene: "talk", of: stage.id };
}

/** Does this stage begin with the must-haves? Its boards are the pages after them. @param {Stage} stage @param {Rows} rows */
const isEssentials = (stage, rows) => pictureOf(stage) === "musts" && rows.of("essential").length > 0;

/** How many pages the whole of a stage has. @param {Sight} sight */
export const pagesOf = ({ card, rows, stage }) =>
  stage ? boardsOf(card, stage).length + (isEssentials(stage, rows) ? 1 : 0) : 1;

/** The boards of a stage, in its order. @param {SessionCard} card @param {Stage} stage @returns {Board[]} */
export function boardsOf(card, stage) {
  return (stage.boards ?? []).flatMap((id) => card.plan.boards.filter((board) => board.id === id));
}

/** @param {SessionCard} card @param {string} address @returns {Zone | undefined} */
export function zoneOf(card, address) {
  const [id, zone] = address.split(".");
  return card.plan.boards.find((board) => board.id === id)?.zones.find((each) => each.id === zone);
}

/** A pile as it stands: of those that were merged only the one they went into. @param {Rows} rows @param {string} id @returns {ThemeRow | undefined} */
export function pileOf(rows, id) {
  let theme = rows.one("theme", id);
  // A merge never makes a ring, but a wall must not hang if one did.
  for (let i = 0; theme?.into && i < 100; i += 1) theme = rows.one("theme", theme.into);
  return theme;
}

/** Shown notes by the zone's address. @param {Rows} rows @returns {Map<string, NoteRow[]>} */
export function notesByZone(rows) {
  /** @type {Map<string, NoteRow[]>} */
  const zones = new Map();
  for (const note of rows.of("note")) {
    const notes = zones.get(note.zone);
    if (notes) notes.push(note);
    else zones.set(note.zone, [note]);
  }
  return zones;
}

/** What the desk sorts: of a note that was split, its parts; nothing of what is for another day, or about today.
 * @param {SessionCard} card @param {Rows} rows @returns {Map<string, NoteRow>}
 */
export function slipsOf(card, rows) {
  /** @type {Map<string, PartRow[]>} */
  const parts = new Map();
  for (const part of rows.of("part")) parts.set(part.note, [...parts.get(part.note) ?? [], part]);
  const slips = rows.of("note").filter((note) => isSorted(card, note)).flatMap((note) =>
    parts.get(note.id)?.map(({ id, text }) => ({ ...note, id, text })) ?? [note]
  );
  return new Map(slips.map((slip) => [slip.id, slip]));
}

/** @param {SessionCard} card @param {NoteRow} note */
function isSorted(card, { zone }) {
  const board = card.plan.boards.find(({ id }) => id === zone.split(".")[0]);
  return !board?.reflects && zoneOf(card, zone)?.where !== "aside";
}

/** Notes, and parts of notes, that wait for a pile and are shown by number: those that are still there.
 * @param {Rows} rows @returns {Map<string, {n: number, note: NoteRow}>} by id
 */
export function leftOver(rows) {
  const numbered = rows.one("screen", "screen")?.left ?? [];
  return new Map(numbered.flatMap((id, at) => {
    const note = slipOf(rows, id);
    return note ? [[id, { n: at + 1, note }]] : [];
  }));
}

/** A note or, under its own id and words, a part of one. @param {Rows} rows @param {string} id @returns {NoteRow | undefined} */
export function slipOf(rows, id) {
  const part = rows.one("part", id), whole = rows.one("note", part?.note ?? id);
  return whole && part ? { ...whole, id: part.id, text: part.text } : whole;
}

/** Shown notes, and parts of notes, by the pile they lie in. @param {Rows} rows @returns {Map<string, NoteRow[]>} */
export function notesByPile(rows) {
  /** @type {Map<string, NoteRow[]>} */
  const piles = new Map();
  for (const place of rows.of("place")) {
    const note = slipOf(rows, place.note);
    const pile = pileOf(rows, place.theme)?.id;
    if (!note || !pile) continue;
    const notes = piles.get(pile);
    if (notes) notes.push(note);
    else piles.set(pile, [note]);
  }
  return piles;
}

/** The colour a note was written on. @param {SessionCard} card @param {NoteRow} note */
export const colourOf = (card, note) => zoneOf(card, note.zone)?.colour ?? "plain";
