// @ts-check
import { button, el, reword, spoken } from "./el.js";
import { say } from "../words.js";

/** @import {Choice} from "./choice.js" */
/** @import {Slip, Sorting} from "./sorting.js" */

/** A note on the desk, or a part of one: one element for its whole life, wherever it lies. */
export class Card {
  #number = el("b", { class: "slip-number count", hidden: true });
  #words = spoken("span", "", { class: "slip-words" });
  #whole = spoken("span", "", { class: "slip-whole", hidden: true });
  #means = spoken("span", "", { class: "slip-whole", hidden: true });
  #from = spoken("span", "", { class: "slip-from" });
  #said = spoken("span", "", { class: "slip-said" });
  #twins = el("ul", { class: "twins" });
  #sorting;
  #choice;
  #slip;
  #apart;

  /**
   * @param {Slip} slip @param {Sorting} sorting @param {Choice} choice
   * @param {(slip: string, event: MouseEvent) => void} pick @param {(slip: string) => unknown} apart
   */
  constructor(slip, sorting, choice, pick, apart) {
    this.#apart = apart;
    this.#sorting = sorting;
    this.#choice = choice;
    this.#slip = slip;
    this.pick = el(
      "button",
      {
        type: "button",
        class: "pick",
        "aria-pressed": "false",
        tabindex: "-1",
        onclick: (/** @type {MouseEvent} */ event) => pick(slip.id, event),
        onfocus: () => choice.at(slip.id),
      },
      this.#number,
      this.#words,
      this.#means,
      this.#whole,
      this.#from,
      this.#said,
    );
    this.item = el("li", { class: "slip note", "data-note": slip.id }, this.pick, this.#twins);
  }

  /** @param {Slip} [slip] */
  draw(slip = this.#slip) {
    this.#slip = slip;
    const zone = this.#sorting.spots.get(slip.note.zone)?.zone;
    const place = this.#sorting.pileOf(slip.id) && this.#sorting.place(slip.id);
    const held = this.#sorting.held(slip);
    this.item.dataset.colour = zone?.colour ?? "plain";
    reword(this.#words, slip.text);
    const meaning = this.#sorting.meaning(slip);
    reword(this.#means, meaning && `${say("common.in_english")} ${meaning}`);
    this.#means.hidden = !meaning;
    reword(this.#whole, slip.part ? say("sort.part_of", { text: slip.note.text }) : "");
    this.#whole.hidden = !slip.part;
    const from = [zone?.title, this.#sorting.groupName(this.#sorting.group(slip))];
    if (place && place.voice !== "for") from.unshift(say(`sort.voice_${place.voice}`));
    if (this.#sorting.isSentUp(slip)) from.unshift(say("sort.sent_up"));
    if (held) from.unshift(say("sort.held"));
    reword(this.#from, from.filter(Boolean).join(" · "));
    const { word = "", wish = "" } = this.#sorting.filing(slip.id) ?? {};
    const said = word ? say("sort.said_word", { word }) : wish ? say("sort.said_wish", { wish }) : "";
    reword(this.#said, said);
    this.#said.hidden = !said;
    this.#drawTwins();
    this.item.classList.toggle("held", held !== null);
    this.item.classList.toggle("doubt", Boolean(place && place.voice !== "for"));
    this.mark();
  }

  /** Whoever says the same can be read, and taken out again. */
  #drawTwins() {
    const twins = this.#sorting.twins.get(this.#slip.id) ?? [];
    const look = JSON.stringify(twins.map(({ id, text }) => [id, text]));
    if (this.#twins.dataset.look === look) return;
    this.#twins.dataset.look = look;
    this.#twins.hidden = !twins.length;
    this.#twins.replaceChildren(...twins.map(({ id, text }) => {
      const apart = button("plain-button", () => this.#apart(id), say("sort.apart"));
      apart.setAttribute("aria-label", say("sort.apart_label", { text }));
      return el("li", { class: "spread" }, spoken("span", `= ${text}`), apart);
    }));
  }

  /** Show whether it is picked, whether the desk is at it, and its number on the wall. */
  mark() {
    const n = this.#sorting.numbers.get(this.#slip.id);
    reword(this.#number, n ? `${n}` : "");
    this.#number.hidden = !n;
    const picked = String(this.#choice.has(this.#slip.id));
    if (this.pick.getAttribute("aria-pressed") !== picked) this.pick.setAttribute("aria-pressed", picked);
    this.item.classList.toggle("current", this.#choice.cursor === this.#slip.id);
  }
}
