// @ts-check
/** Asks that have no answer yet, and when to ask again those that were told to wait. */

/** @import {Ask, Done, NotDone} from "./contract.d.ts" */

/** @typedef {{ask: Ask, done: (done: Done) => void, refused: (why: NotDone) => void, tries: number, again: number}} Asked */

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 10_000;

export class Pending {
  /** @type {Map<string, Asked>} */
  #asks = new Map();

  get size() {
    return this.#asks.size;
  }

  get keys() {
    return [...this.#asks.keys()];
  }

  /** @param {string} key @param {Ask} ask @param {number} [within] ms, after which nobody wants it @returns {Promise<Done>} */
  add(key, ask, within) {
    /** @type {Promise<Done>} */
    const answer = new Promise((done, refused) =>
      this.#asks.set(key, { ask, done, refused, tries: 0, again: 0 })
    );
    // Whoever does not wait for the answer still hears of a refusal by the event.
    answer.catch(() => {});
    const given = { type: /** @type {const} */ ("refused"), key, code: "no.answer", message: "" };
    if (within) setTimeout(() => this.settle(key)?.refused(given), within);
    return answer;
  }

  /** What is to be sent now, if it has no answer yet. @param {string} key */
  due(key) {
    const asked = this.#asks.get(key);
    clearTimeout(asked?.again);
    return asked?.ask;
  }

  /** It has its answer: whom to tell. @param {string} key */
  settle(key) {
    const asked = this.#asks.get(key);
    clearTimeout(asked?.again);
    this.#asks.delete(key);
    return asked;
  }

  /**
   * Not now, but soon: ever more seldom, and not all phones of a room at once. False if nobody waits for it.
   * @param {string} key @param {number} least ms @param {(key: string) => void} again
   */
  hold(key, least, again) {
    const asked = this.#asks.get(key);
    if (!asked) return false;
    const most = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** asked.tries);
    asked.tries += 1;
    clearTimeout(asked.again);
    asked.again = setTimeout(() => again(key), least + Math.random() * most);
    return true;
  }

  /** Ask nothing again by itself. */
  rest() {
    for (const { again } of this.#asks.values()) clearTimeout(again);
  }
}
