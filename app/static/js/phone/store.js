// @ts-check
/** Where the outbox keeps its entries: in the browser's database, or, where that is blocked, nowhere but here. */

/** @import {Entry, Store} from "./shapes.d.ts" */

/** @returns {Promise<Store>} */
export async function openStore() {
  try {
    const opening = indexedDB.open("eutopia", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("asks", { keyPath: "key" });
    return new Kept(await result(opening));
  } catch {
    return memory();
  }
}

/** @returns {Store} */
export const memory = () => ({
  safe: false,
  all: () => Promise.resolve([]),
  put: () => Promise.resolve(),
  drop: () => Promise.resolve(),
});

class Kept {
  safe = true;
  #db;

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.#db = db;
  }

  /** @returns {Promise<Entry[]>} */
  all() {
    return result(this.#db.transaction("asks").objectStore("asks").getAll());
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
