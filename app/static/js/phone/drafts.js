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
    try {
      this.#texts = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
    } catch {
      // Storage is blocked or spoilt: drafts live as long as the page.
    }
  }

  /** @param {string} zone */
  get(zone) {
    return this.#texts[zone] ?? "";
  }

  /** @param {string} zone @param {string} text */
  set(zone, text) {
    if (text) this.#texts[zone] = text;
    else delete this.#texts[zone];
    this.#save();
  }

  /** Zones with something typed. */
  get zones() {
    return Object.keys(this.#texts);
  }

  wipe() {
    this.#texts = {};
    this.#save();
  }

  #save() {
    try {
      if (this.zones.length) localStorage.setItem(this.#key, JSON.stringify(this.#texts));
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
