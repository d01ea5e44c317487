// @ts-check
/** What counts as an answer. Between a phone and its room stand machines that answer in the room's place. */

/** @import {FromServer} from "./contract.d.ts" */

/** @typedef {(value: unknown) => boolean} Test */

/** @type {Test} */
const text = (value) => typeof value === "string";
/** @type {Test} */
const number = (value) => typeof value === "number";
/** @type {Test} */
const thing = (value) => typeof value === "object" && value !== null;
/** @type {Test} */
const rows = (value) => Array.isArray(value) && value.every((row) => thing(row) && text(row.id));
/** @type {Test} */
const texts = (value) => Array.isArray(value) && value.every(text);

/** @type {Record<FromServer["type"], Record<string, Test>>} */
const SHAPES = {
  welcome: { protocol: number, seq: number, time: number, view: text, you: thing, session: thing },
  change: { from: number, to: number, mark: text, put: rows, drop: texts },
  done: { key: text, seq: number, mark: text },
  refused: { code: text, message: text },
  now: { time: number },
  going: { code: text, message: text },
};

/**
 * Ours, down to its fields: nothing less may ever make a note *Saved*.
 * @param {unknown} value @returns {value is FromServer}
 */
export function isFrame(value) {
  const frame = /** @type {Record<string, unknown>} */ (value);
  if (!thing(value) || !Object.hasOwn(SHAPES, String(frame.type))) return false;
  const shape = SHAPES[/** @type {FromServer["type"]} */ (frame.type)];
  return Object.entries(shape).every(([name, test]) => test(frame[name]));
}

/** From a server that is newer than this page: no harm, and no use. @param {unknown} value */
export function isNews(value) {
  const type = thing(value) && /** @type {Record<string, unknown>} */ (value).type;
  return typeof type === "string" && !Object.hasOwn(SHAPES, type);
}

/** What a text says in JSON; undefined if it is none. @param {string} text @returns {unknown} */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
