// @ts-check
/** One line read back to the room, with a sentence or two that it was made of: did we get it right? */

/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fit, isPicture, overflows } from "../layouts/size.js";
import { letter } from "../letter.js";
import { say } from "../words.js";
import { heading } from "./heading.js";
import { heard } from "./heard.js";
import { inOrder } from "../order.js";
import { colourOf, slipOf } from "./sight.js";

const SIZES = [96, 84, 72, 64, 56, 49, 44, 40, 36, 32];
const VOICES = new Map([["worry", "wall.voice_worry"], ["against", "wall.voice_against"]]);
const QUOTE_SIZES = [54, 49, 44, 40, 36, 32, 28, 24];

export class LineView {
  #of;
  #heading = heading();
  #page = make("p", "read-tally count");
  #mark = make("span", "line-letter");
  #words = quote("h2", "read-line-words", "");
  #heard = heard();
  #said = make("ul", "read-line-said");
  #line = make("div", "read-line-line", this.#mark, make("div", "", this.#words, this.#heard.element));
  #laid = "";

  /** @param {string} of the line's id */
  constructor(of) {
    this.#of = of;
    this.#heading.element.append(this.#page);
    const body = make("div", "read-line-body", this.#line, this.#said);
    this.element = make("div", "read-line", this.#heading.element, body);
  }

  /** @param {Sight} sight */
  update(sight) {
    const { card, rows } = sight;
    const items = rows.of("item").sort(inOrder);
    const at = items.findIndex(({ id }) => id === this.#of), item = items[at];
    if (!item) return;
    this.#heading.write(say("wall.line_right"));
    write(this.#page, say("wall.line_of", { n: at + 1, of: items.length }));
    write(this.#mark, letter(at));
    write(this.#words, item.text);
    this.#heard.draw(item, sight);
    const quotes = rows.one("quote", `quote:${item.id}`)?.notes.flatMap((id) => slipOf(rows, id) ?? []) ?? [];
    const voices = quotes.map(({ id }) => VOICES.get(rows.one("place", `place:${id}`)?.voice ?? "for"));
    const laid = JSON.stringify([item.text, voices, quotes.map(({ id, text }) => [id, text])]);
    if (laid === this.#laid) return;
    this.#laid = laid;
    this.#said.replaceChildren(...quotes.map((note, place) => {
      const said = quote("li", "note", note.text), voice = voices[place];
      said.dataset.colour = colourOf(card, note);
      // A worry that is read out with a line says that it is one.
      if (voice) said.append(make("b", "note-voice soft", say(voice)));
      return said;
    }));
    this.resize();
  }

  resize() {
    if (!isPicture() || !this.element.isConnected) return;
    fit(this.#line, SIZES, () => overflows(this.#line));
    fit(
      this.#said,
      QUOTE_SIZES,
      () => [...this.#said.children].some((each) => overflows(/** @type {HTMLElement} */ (each))),
    );
  }
}
