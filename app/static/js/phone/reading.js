// @ts-check
/** What the rows mean to this phone: what is asked of it now, and how its notes stand. Pure. */

/** @import {Board, SessionCard} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Entry, Mine, Moment, Place, Road} from "./shapes.d.ts" */
import { letter } from "../letter.js";
import { inOrder } from "../order.js";
import { say } from "../words.js";

/** @param {SessionCard} card @param {Rows} rows @param {number} [at] server time, UTC ms @returns {Moment} */
export function moment(card, rows, at = Date.now()) {
  const row = rows.one("stage", "stage");
  const stage = card.plan.stages.find(({ id }) => id === row?.stage);
  const nothing = {
    question: "",
    places: [],
    lit: null,
    mustHaves: false,
    files: false,
    asks: /** @type {const} */ (""),
    until: null,
  };
  if (row?.closed) return over(card, rows, row.late_until ?? null, at, nothing);
  if (!stage) return { id: "", manner: "before", ...nothing };
  const { look_up = false, lit = null } = rows.one("focus", "focus") ?? {};
  const boards = card.plan.boards.filter(({ id }) => stage.boards?.includes(id));
  return {
    // Looking up is a moment of its own: whoever is in the middle of a note finishes it first.
    id: look_up ? `${stage.id} look-up` : stage.id,
    manner: look_up ? "look-up" : stage.manner ?? "write",
    question: stage.prompt || boards[0]?.question || stage.title,
    places: boards.flatMap((board) => places(board, rows)),
    lit,
    until: null,
    mustHaves: stage.shows?.includes("essentials") ?? false,
    files: !look_up && (stage.shows?.includes("themes") ?? false),
    asks: look_up ? "" : stage.asks ?? "",
  };
}

/**
 * After the end: thanks, and for some hours a way to write what came to mind on the way home.
 * @param {SessionCard} card @param {Rows} rows @param {number | null} until @param {number} at @param {Omit<Moment, "id" | "manner">} nothing
 * @returns {Moment}
 */
function over(card, rows, until, at, nothing) {
  if (until === null || at > until) return { id: "", manner: "closed", ...nothing };
  const open = card.plan.boards.flatMap((board) => places(board, rows)).filter(({ where }) =>
    where !== "aside"
  );
  return { id: "late", manner: "late", ...nothing, places: open, until };
}

/** Every zone of the plan, by address. @param {SessionCard} card @param {Rows} rows @returns {Map<string, Place>} */
export function allPlaces(card, rows) {
  const all = card.plan.boards.flatMap((board) => places(board, rows));
  return new Map(all.map((place) => [place.address, place]));
}

/** @param {Board} board @param {Rows} rows @returns {Place[]} */
function places(board, rows) {
  return board.zones.map((zone) => {
    const address = `${board.id}.${zone.id}`;
    return { ...zone, board, address, locked: rows.one("zone", address)?.locked ?? false };
  });
}

/**
 * My notes, from what the room says of them and what this phone has asked for since; oldest first. `seen`: rows are complete up to here, so what was kept later still has to come.
 * `taken` remembers, from one call to the next, what was taken back.
 * @param {Rows} rows @param {Entry[]} entries @param {number} seen @param {Map<string, Mine>} [taken]
 */
export function myNotes(rows, entries, seen, taken = new Map()) {
  /** @type {Map<string, Mine>} */
  const notes = new Map();
  for (const mine of rows.of("mine")) {
    const note = rows.one("note", mine.note);
    if (!note) continue;
    const meaning = rows.one("meaning", `meaning:${note.id}`)?.text ?? "";
    const slip = mine.slip == null ? {} : { slip: { group: mine.group ?? null, slip: mine.slip } };
    notes.set(note.id, { ...note, mine, standing: "saved", stored: true, entry: null, meaning, ...slip });
  }
  for (const entry of entries) {
    if (entry.state === "kept" && entry.seq <= seen) continue;
    lay(entry, entry.state === "kept" ? "saved" : entry.state, notes, taken);
  }
  return [...notes.values()];
}

/**
 * @param {Entry} entry @param {Mine["standing"]} standing
 * @param {Map<string, Mine>} notes @param {Map<string, Mine>} taken
 */
function lay(entry, standing, notes, taken) {
  const { ask } = entry;
  const refused = standing === "refused";
  if (ask.type === "note.add") {
    if (notes.has(ask.id)) return;
    const { id, zone, text } = ask;
    notes.set(id, {
      id,
      zone,
      text,
      mine: null,
      standing,
      stored: entry.stored,
      entry: refused ? entry : null,
      meaning: "",
      ...ask.slip === undefined ? {} : { slip: { group: ask.group ?? null, slip: ask.slip } },
    });
    return;
  }
  if (!("id" in ask)) return;
  const note = notes.get(ask.id);
  // Safe on this phone is what is wholly so.
  const stored = entry.stored && (note?.stored ?? true);
  if (ask.type === "note.edit" && note) {
    notes.set(ask.id, { ...note, text: ask.text, standing, stored, entry: refused ? entry : null });
  } else if (ask.type === "note.mean" && note && !refused) {
    notes.set(ask.id, { ...note, meaning: ask.text, standing, stored });
  } else if (ask.type === "note.move" && note && !refused) {
    notes.set(ask.id, { ...note, zone: ask.zone, standing, stored });
  } else if (ask.type === "note.take_back" && note && !refused) {
    taken.set(ask.id, note);
    notes.delete(ask.id);
  } else if (ask.type === "note.put_back" && !refused) {
    const back = taken.get(ask.id);
    if (back) notes.set(ask.id, { ...back, standing, stored });
  }
}

/**
 * Where a note stands, in a sentence: saved, not taken, or waiting on this phone.
 * @param {Mine} note @param {Rows} rows
 * @param {{road: Road, open: boolean, muted?: boolean, group: string, entries?: Entry[]}} now
 */
export function standing(note, rows, { road, open, muted = false, group, entries = [] }) {
  if (note.standing === "refused") return note.entry?.message ?? say("phone.not_added");
  if (note.standing === "waiting") return say(note.stored ? `phone.waits_${road}` : "phone.only_here");
  const { mine } = note;
  if (!mine) return say("phone.saved");
  if (mine.state === "held") {
    return say(`phone.held_${mine.why ?? "other"}`) +
      (open && !muted && mine.why !== "waiting" && mine.why !== "bin" ? ` ${say("phone.change_it")}` : "");
  }
  if (road !== "open" && isFiling(note.id, rows, entries)) return say("phone.filing_waits");
  const letter = mine.line && letters(rows).get(mine.line);
  if (letter) return say("phone.listed", { letter });
  const pile = mine.pile && rows.one("theme", mine.pile);
  if (pile) return say("phone.filed", { pile: pile.title });
  return say(`phone.${mine.state}`, { group });
}

/** Its author has chosen a pile, for it or for a part of it, and the room does not know. @param {string} note @param {Rows} rows @param {Entry[]} entries */
const isFiling = (note, rows, entries) =>
  entries.some(({ state, ask }) =>
    state === "waiting" && ask.type === "note.file" &&
    (ask.id === note || rows.one("part", ask.id)?.note === note)
  );

/** The letters of the list's lines: A to Z, then AA. @param {Rows} rows @returns {Map<string, string>} */
export function letters(rows) {
  const lines = rows.of("item").sort(inOrder);
  return new Map(lines.map((line, index) => [line.id, letter(index)]));
}

/** What is written there is sorted: it is not about today, and not for another day. @param {Place | undefined} place */
export const isIdea = (place) => !place?.board.reflects && place?.where !== "aside";
