// @ts-check
/** What this device holds of the board: rows by id, and one word a frame to whoever draws them. */

/** @import {Row, Change} from "./contract.d.ts" */

/** @typedef {{put: Row[], gone: Row[], all: boolean}} News `all`: answered from the beginning. */
/**
 * @template {Row["kind"]} K
 * @typedef {Extract<Row, {kind: K}>} Of
 */

const LATEST_MS = 250;

export class Rows {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Map<string, Map<string, Row>>} */
  #kinds = new Map();
  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** @type {Map<string, Row>} */
  #put = new Map();
  /** @type {Map<string, Row>} */
  #gone = new Map();
  #all = false;
  #frame = 0;
  #timer = 0;

  /** @param {string} id @returns {Row | undefined} */
  get(id) {
    return this.#rows.get(id);
  }

  /** The row of that id, if it is of that kind. @template {Row["kind"]} K @param {K} kind @param {string} id @returns {Of<K> | undefined} */
  one(kind, id) {
    return /** @type {any} */ (this.#kinds.get(kind)?.get(id));
  }

  /** In order of first arrival. @template {Row["kind"]} K @param {K} kind @returns {Of<K>[]} */
  of(kind) {
    return /** @type {any} */ ([...(this.#kinds.get(kind)?.values() ?? [])]);
  }

  get size() {
    return this.#rows.size;
  }

  /** @param {(news: News) => void} listener */
  onchange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Change} change */
  apply(change) {
    const put = /** @type {Row[]} */ (change.put);
    if (change.from === 0) {
      this.#all = true;
      // What comes again keeps its place in the order.
      const again = new Set(put.map((row) => row.id));
      for (const id of [...this.#rows.keys()]) if (!again.has(id)) this.#drop(id);
    }
    for (const row of put) this.#set(row);
    for (const id of change.drop) this.#drop(id);
    this.#tellSoon();
  }

  /** @param {Row} row */
  #set(row) {
    this.#rows.set(row.id, row);
    const kin = this.#kinds.get(row.kind);
    if (kin) kin.set(row.id, row);
    else this.#kinds.set(row.kind, new Map([[row.id, row]]));
    this.#put.set(row.id, row);
    this.#gone.delete(row.id);
  }

  /** @param {string} id */
  #drop(id) {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    this.#kinds.get(row.kind)?.delete(id);
    this.#put.delete(id);
    this.#gone.set(id, row);
  }

  #tellSoon() {
    if (this.#timer) return;
    // A hidden tab gets no animation frames, and must not fall behind for ever.
    this.#timer = setTimeout(this.#tell, LATEST_MS);
    this.#frame = globalThis.requestAnimationFrame?.(this.#tell) ?? 0;
  }

  #tell = () => {
    clearTimeout(this.#timer);
    globalThis.cancelAnimationFrame?.(this.#frame);
    this.#timer = 0;
    const news = { put: [...this.#put.values()], gone: [...this.#gone.values()], all: this.#all };
    this.#put.clear();
    this.#gone.clear();
    this.#all = false;
    for (const listener of this.#listeners) listener(news);
  };
}
