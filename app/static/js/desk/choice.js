// @ts-check
/** The notes in hand: those that were picked, or else the one the desk is at. */

export class Choice extends EventTarget {
  /** @type {Set<string>} */
  #picked = new Set();
  /** The note the desk is at. @type {string | null} */
  cursor = null;
  /** Notes that an undo is bringing back: whoever undid it goes on with them. @type {string[]} */
  awaited = [];

  /** @param {string} note */
  has(note) {
    return this.#picked.has(note);
  }

  get size() {
    return this.#picked.size;
  }

  /** @returns {string[]} */
  get inHand() {
    if (this.#picked.size) return [...this.#picked];
    return this.cursor ? [this.cursor] : [];
  }

  /** @param {string} note */
  toggle(note) {
    if (!this.#picked.delete(note)) this.#picked.add(note);
    this.#changed();
  }

  /** @param {string[]} notes */
  add(notes) {
    for (const note of notes) this.#picked.add(note);
    this.#changed();
  }

  /** @param {string} note */
  at(note) {
    if (this.cursor === note) return;
    this.cursor = note;
    this.#changed();
  }

  clear() {
    if (!this.#picked.size) return;
    this.#picked.clear();
    this.#changed();
  }

  /** What is gone can be held no longer. @param {string} note */
  forget(note) {
    if (this.#picked.delete(note)) this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
