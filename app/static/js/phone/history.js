// @ts-check
/** What asks make of notes, one after the other. Pure. */

/** @import {Ask} from "../contract.d.ts" */

import { says } from "./answers.js";

/** What is known of a note from some asks; the rest was asked before. @typedef {{zone?: string, text?: string, gone?: boolean}} Note */

/** @param {Ask[]} asks in their order @returns {Map<string, Note>} */
export function fold(asks) {
  /** @type {Map<string, Note>} */
  const notes = new Map();
  for (const ask of asks) {
    if (!("id" in ask)) continue;
    const note = notes.get(ask.id) ?? {};
    if (ask.type === "note.add") notes.set(ask.id, { zone: ask.zone, text: ask.text, gone: false });
    if (ask.type === "note.edit") notes.set(ask.id, { ...note, text: ask.text });
    if (ask.type === "note.move") notes.set(ask.id, { ...note, zone: ask.zone });
    if (ask.type === "note.take_back") notes.set(ask.id, { ...note, gone: true });
    if (ask.type === "note.put_back") notes.set(ask.id, { ...note, gone: false });
  }
  return notes;
}

/**
 * The notes, and the answers, that are not as these asks left them.
 * @param {Ask[]} asks @param {(note: string) => {zone: string, text: string} | undefined} known
 * @param {(essential: string) => string | undefined} [given]
 */
export function lost(asks, known, given) {
  const different = new Set();
  /** The last word on each must-have. @type {Map<string, string>} */
  const answers = new Map();
  for (const ask of asks) if (ask.type === "essential.answer" && given) answers.set(ask.essential, ask.id);
  for (const ask of asks) {
    if (ask.type !== "essential.answer" || answers.get(ask.essential) !== ask.id) continue;
    if (given?.(ask.essential) !== (says(ask) ? ask.id : undefined)) different.add(ask.id);
  }
  for (const [id, { zone, text, gone }] of fold(asks)) {
    const note = known(id);
    const isThere = note !== undefined;
    // Of a note that was asked for before, all that is known is that nobody took it back.
    if (gone === undefined && !isThere) continue;
    if (isThere === (gone ?? false)) different.add(id);
    else if (note && (differs(zone, note.zone) || differs(text, note.text))) different.add(id);
  }
  return different;
}

/** @param {string | undefined} asked @param {string} there */
const differs = (asked, there) => asked !== undefined && asked.normalize("NFC").trim() !== there;
