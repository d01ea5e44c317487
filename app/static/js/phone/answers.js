// @ts-check
/** What I say to each must-have, from what the room has of it and what this phone has asked for since. Pure. */

/** @import {Answer, AnswerEssential, Hands} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Entry} from "./shapes.d.ts" */

/**
 * @typedef {{
 *   answer: Answer | null, because: string, hands: Hands | null, standing: "saved" | "waiting", stored: boolean
 * }} Said
 */

/**
 * By must-have. `seen`: rows are complete up to here, so what was kept later still has to come.
 * @param {Rows} rows @param {Entry[]} entries @param {number} seen @returns {Map<string, Said>}
 */
export function answersOf(rows, entries, seen) {
  /** @type {Map<string, Said>} */
  const said = new Map();
  for (const { essential, answer, because, hands } of rows.of("answer")) {
    said.set(essential, { answer, because, hands, standing: "saved", stored: true });
  }
  for (const { ask, state, seq, stored } of entries) {
    if (ask.type !== "essential.answer" || state === "refused" || (state === "kept" && seq <= seen)) continue;
    const { essential, answer = null, because = "", hands = null } = ask;
    const standing = state === "kept" ? "saved" : "waiting";
    if (standing === "saved" && !says(ask)) said.delete(essential);
    else said.set(essential, { answer, because, hands, standing, stored });
  }
  return said;
}

/** The keys of answers that a later one stands for: their reasons need not stay on this phone. @param {Entry[]} entries */
export function outdated(entries) {
  /** @type {Set<string>} */
  const later = new Set();
  const keys = [];
  for (const { key, ask, state } of [...entries].reverse()) {
    if (ask.type !== "essential.answer" || state !== "kept") continue;
    if (later.has(ask.essential)) keys.push(key);
    later.add(ask.essential);
  }
  return keys;
}

/** An answer, or none after all. @param {AnswerEssential} ask */
export const says = ({ answer, hands }) =>
  Boolean(answer) || Boolean(hands && (hands.do || hands.could || hands.not_here));
