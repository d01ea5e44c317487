// @ts-check
/** Where the outbox keeps its entries: in the browser's database, or, where that is blocked, nowhere but here. */

/** @import {Entry, Others, Store} from "./shapes.d.ts" */

const SLOW_MS = 3_000;

/** @returns {Promise<Store>} */
export function openStore() {
  const store = kept();
  // Some browsers' databases hang. Nothing on the page may wait for one.
  const slow = new Promise((go) => setTimeout(() => go({ ...memory(), later: store }), SLOW_MS));
  return Promise.race([store.catch(memory), slow]);
}

/** @returns {Store} */
export const memory = () => ({
  safe: false,
  all: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  drop: () => Promise.resolve(),
});

/** The other tabs of this room on this phone, where the browser lets tabs speak. @param {string} code @returns {Others | null} */
export function otherTabs(code) {
  try {
    return new BroadcastChannel(`outbox ${code}`);
  } catch {
    return null;
  }
}

/** @returns {Promise<Store>} */
async function kept() {
  const opening = indexedDB.open("eutopia", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("asks", { keyPath: "key" });
  return new Kept(await result(opening));
}

class Kept {
  safe = true;
  #db;

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.#db = db;
  }

  /** @returns {Promise<Entry[]>} */
  async all() {
    return await result(this.#db.transaction("asks").objectStore("asks").getAll());
  }

  /** @param {Entry} entry */
  put(entry) {
    return this.#write((asks) => asks.put(entry));
  }

  /** @param {string[]} keys */
  drop(keys) {
    return this.#write((asks) => keys.forEach((key) => asks.delete(key)));
  }

  /** @param {(asks: IDBObjectStore) => void} change @returns {Promise<void>} */
  #write(change) {
    return new Promise((done, failed) => {
      // Browsers call a write complete before it is flushed unless told otherwise.
      const writing = this.#db.transaction("asks", "readwrite", { durability: "strict" });
      writing.oncomplete = () => done();
      writing.onerror = writing.onabort = () => failed(writing.error);
      change(writing.objectStore("asks"));
    });
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
