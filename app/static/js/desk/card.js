// @ts-check
import { el, reword, spoken } from "./el.js";
import { say } from "../words.js";

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {Choice} from "./choice.js" */
/** @import {Sorting} from "./sorting.js" */

/** A note on the desk: one element for its whole life, wherever it lies. */
export class Card {
  #words = spoken("span", "", { class: "slip-words" });
  #from = spoken("span", "", { class: "slip-from" });
  #sorting;
  #choice;
  #note;

  /** @param {NoteRow} note @param {Sorting} sorting @param {Choice} choice @param {(note: string, event: MouseEvent) => void} pick */
  constructor(note, sorting, choice, pick) {
    this.#sorting = sorting;
    this.#choice = choice;
    this.#note = note;
    this.pick = el(
      "button",
      {
        type: "button",
        class: "pick",
        "aria-pressed": "false",
        tabindex: "-1",
        onclick: (/** @type {MouseEvent} */ event) => pick(note.id, event),
        onfocus: () => choice.at(note.id),
      },
      this.#words,
      this.#from,
    );
    this.item = el("li", { class: "slip note", "data-note": note.id }, this.pick);
  }

  /** @param {NoteRow} [note] */
  draw(note = this.#note) {
    this.#note = note;
    const zone = this.#sorting.spots.get(note.zone)?.zone;
    const place = this.#sorting.pileOf(note.id) && this.#sorting.place(note.id);
    const held = this.#sorting.held(note.id);
    this.item.dataset.colour = zone?.colour ?? "plain";
    reword(this.#words, note.text);
    const from = [zone?.title, this.#sorting.groupName(this.#sorting.group(note.id))];
    if (place && place.voice !== "for") from.unshift(say(`sort.voice_${place.voice}`));
    if (held) from.unshift(say("sort.held"));
    reword(this.#from, from.filter(Boolean).join(" · "));
    this.item.classList.toggle("held", held !== null);
    this.item.classList.toggle("doubt", Boolean(place && place.voice !== "for"));
    this.mark();
  }

  /** Show whether it is picked, and whether the desk is at it. */
  mark() {
    this.pick.setAttribute("aria-pressed", String(this.#choice.has(this.#note.id)));
    this.item.classList.toggle("current", this.#choice.cursor === this.#note.id);
  }
}
