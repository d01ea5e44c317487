// @ts-check
/** What this phone has chosen, from what the room says of it and what was asked for since. Pure. */

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Entry} from "./shapes.d.ts" */
import { inOrder } from "../order.js";

export const ON_ONE = 3;

/** @typedef {"live" | "worry" | "stop"} Feel */
/** @typedef {{id: string, feel: Feel, why: string, hands: number}} Said */
/** @typedef {{id: string, name: string, agree: boolean}} Offer */

/** Asks that the rows do not tell of yet. @param {Entry[]} entries @param {number} seen */
const later = (entries, seen) =>
  entries.filter(({ state, seq }) => state === "waiting" || (state === "kept" && seq > seen));

/** The lines of the list in their order, each with its short name. @param {Rows} rows */
export function lines(rows) {
  return rows.of("item").sort(inOrder)
    .map((item) => ({ ...item, name: shortName(item, rows) }));
}

/** A line goes by the name of its pile. @param {ItemRow} item @param {Rows} rows */
const shortName = (item, rows) => (item.theme && rows.one("theme", item.theme)?.title) || item.text;

/** Dots by line. @param {Rows} rows @param {Entry[]} entries @param {number} seen @returns {Map<string, number>} */
export function myDots(rows, entries, seen) {
  const round = rows.one("votes", "votes")?.round;
  const dots = new Map();
  const [ballot] = rows.of("ballot");
  if (ballot?.round === round) { for (const { item, dots: n } of ballot?.dots ?? []) dots.set(item, n); }
  for (const { ask } of later(entries, seen)) {
    if (ask.type === "vote.cast" && ask.round === round) dots.set(ask.item, ask.dots);
  }
  return dots;
}

/** What I said of each line. @param {Rows} rows @param {Entry[]} entries @param {number} seen @returns {Map<string, Said>} */
export function myFeelings(rows, entries, seen) {
  const said = new Map();
  for (const { id, item, feel, why, hands } of rows.of("feeling")) {
    said.set(item, { id: id.replace("feeling:", ""), feel, why, hands });
  }
  for (const { ask } of later(entries, seen)) {
    if (ask.type !== "line.feel") continue;
    said.set(ask.item, { id: ask.id, feel: ask.feel, why: ask.why ?? "", hands: ask.hands ?? 1 });
  }
  return said;
}

/** Lines I would help with. @param {Rows} rows @param {Entry[]} entries @param {number} seen @returns {Map<string, Offer>} */
export function myOffers(rows, entries, seen) {
  const offers = new Map();
  for (const { id, item, name, agree } of rows.of("helping")) {
    offers.set(item, { id: id.replace("helping:", ""), name, agree });
  }
  for (const { ask } of later(entries, seen)) {
    if (ask.type === "line.help") {
      offers.set(ask.item, { id: ask.id, name: ask.name ?? "", agree: ask.agree ?? false });
    }
    if (ask.type === "help.take_back") {
      for (const [item, { id }] of offers) if (id === ask.id) offers.delete(item);
    }
  }
  return offers;
}

/** Of what was chosen here, whether some still waits on this phone. @param {Entry[]} entries @param {string[]} types */
export const isWaiting = (entries, types) =>
  entries.some(({ state, ask }) => state === "waiting" && types.includes(ask.type));
