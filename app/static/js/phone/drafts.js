// @ts-check
/** What was typed and not yet added: kept for each zone through a reload, and counted as the server counts it. */

import { count } from "../words.js";

const MOST = 280;
const SAID_FROM = 40;

export class Drafts {
  #key;
  /** @type {Record<string, string>} */
  #texts = {};

  /** @param {string} code */
  constructor(code) {
    this.#key = `drafts ${code}`;
    this.#texts = this.#stored();
  }

  /** @param {string} zone */
  get(zone) {
    return this.#texts[zone] ?? "";
  }

  /** @param {string} zone @param {string} text */
  set(zone, text) {
    // Another tab's drafts of other zones stay as they are.
    const all = this.#stored();
    for (const texts of [this.#texts, all]) {
      if (text) texts[zone] = text;
      else delete texts[zone];
    }
    this.#store(all);
  }

  /** It was added: not a draft any more, though kept until it is stored as a note. @param {string} zone @param {Promise<unknown>} stored */
  async sent(zone, stored) {
    delete this.#texts[zone];
    await stored;
    this.set(zone, this.get(zone));
  }

  /** Zones with something typed. */
  get zones() {
    return Object.keys(this.#texts);
  }

  wipe() {
    this.#texts = {};
    this.#store({});
  }

  /** @returns {Record<string, string>} */
  #stored() {
    try {
      return { ...JSON.parse(localStorage.getItem(this.#key) ?? "{}") };
    } catch {
      // Storage is blocked or spoilt: drafts live as long as the page.
      return {};
    }
  }

  /** @param {Record<string, string>} texts */
  #store(texts) {
    try {
      if (Object.keys(texts).length) localStorage.setItem(this.#key, JSON.stringify(texts));
      else localStorage.removeItem(this.#key);
    } catch {
      // As above.
    }
  }
}

/** Code points of what will be sent. @param {string} text */
export const lettersLeft = (text) => MOST - [...text.normalize("NFC").trim()].length;

/** Nothing while there is plenty of room. @param {number} left */
export function lettersSentence(left) {
  if (left > SAID_FROM) return "";
  return left < 0 ? count("phone.too_many", -left) : count("phone.letters_left", left);
}
