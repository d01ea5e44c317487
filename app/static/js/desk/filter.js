// @ts-check
import { box, option, part } from "./el.js";

/** @import {Slip, Sorting} from "./sorting.js" */

const TYPING_MS = 150;

/** Which notes to look at: by tool, zone, group and words. */
export class Filter {
  #sorting;
  #where = /** @type {HTMLSelectElement} */ (part("#filter-where"));
  #group = /** @type {HTMLSelectElement} */ (part("#filter-group"));
  #text = box("#filter-text");

  /** @param {Sorting} sorting @param {() => void} changed */
  constructor(sorting, changed) {
    this.#sorting = sorting;
    const { boards, groups } = sorting.plan;
    for (const board of boards) {
      const of = document.createElement("optgroup");
      of.label = board.title;
      if (boards.length > 1) of.append(option(board.title, board.id));
      for (const zone of board.zones) of.append(option(zone.title, `${board.id}.${zone.id}`));
      this.#where.append(of);
    }
    for (const group of groups) this.#group.append(option(group.name, group.id));
    part("#filter-group-field").hidden = groups.length < 2;
    let timer = 0;
    this.#where.addEventListener("change", changed);
    this.#group.addEventListener("change", changed);
    this.#text.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(changed, TYPING_MS);
    });
  }

  get active() {
    return Boolean(this.#where.value || this.#group.value || this.#text.value.trim());
  }

  /** @param {Slip} slip */
  lets(slip) {
    const where = this.#where.value, group = this.#group.value, zone = slip.note.zone;
    const words = this.#text.value.trim().toLocaleLowerCase();
    if (group && this.#sorting.group(slip) !== group) return false;
    const said = `${slip.text}\n${this.#sorting.meaning(slip)}`.toLocaleLowerCase();
    if (words && !said.includes(words)) return false;
    if (where === "sent") return this.#sorting.isSentUp(slip);
    if (where === "held") return this.#sorting.held(slip) !== null;
    if (where === "aside") return this.#sorting.isAside(slip);
    if (where === "disputed") return Boolean(this.#sorting.filing(slip.id)?.word);
    if (where) return zone === where || zone.startsWith(`${where}.`);
    return true;
  }

  /** Kept off the wall or kept for another day: not among what is left to sort unless asked for. @param {Slip} slip */
  leavesOut(slip) {
    const asked = ["held", "aside", slip.note.zone].includes(this.#where.value);
    return !asked && (this.#sorting.held(slip) !== null || this.#sorting.isAside(slip));
  }
}
