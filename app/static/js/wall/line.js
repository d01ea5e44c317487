// @ts-check
/** One line read back to the room, with a sentence or two that it was made of: did we get it right? */

/** @import {ItemRow, NoteRow} from "../contract.d.ts" */
/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fit, isPicture, overflows } from "../layouts/size.js";
import { letter } from "../letter.js";
import { say } from "../words.js";
import { heading } from "./heading.js";
import { heard } from "./heard.js";
import { colourOf, inOrder, slipOf } from "./sight.js";

const SIZES = [96, 84, 72, 64, 56, 49, 44, 40, 36, 32];
const QUOTE_SIZES = [54, 49, 44, 40, 36, 32, 28, 24];
/** Letters that are easy to read aloud. */
const EASY = 60;
const MOST = 2;

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
    const quotes = quotesOf(sight, item);
    const laid = JSON.stringify([item.text, quotes.map(({ id, text }) => [id, text])]);
    if (laid === this.#laid) return;
    this.#laid = laid;
    this.#said.replaceChildren(...quotes.map((note) => {
      const said = quote("li", "note", note.text);
      said.dataset.colour = colourOf(card, note);
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

/** What stands for a line on paper too: in favour, easy to read aloud, of two questions, each idea once.
 * @param {Sight} sight @param {ItemRow} item @returns {NoteRow[]}
 */
function quotesOf({ rows }, item) {
  // A list may be open without its piles: then a note still says where it lies.
  const said = rows.of("place").filter(({ theme }) => theme === item.theme)
    .flatMap(({ note }) => slipOf(rows, note) ?? []);
  const voice = (/** @type {NoteRow} */ { id }) => rows.one("place", `place:${id}`)?.voice !== "for";
  const length = (/** @type {NoteRow} */ { text }) => Math.abs([...text].length - EASY);
  const heads = said.filter(({ id }) => !rows.one("twin", `twin:${id}`)?.headline);
  const shown = (heads.length ? heads : said).sort((one, other) =>
    Number(voice(one)) - Number(voice(other)) || length(one) - length(other) ||
    (one.text < other.text ? -1 : 1)
  );
  const elsewhere = shown.find(({ zone }) => zone !== shown[0]?.zone) ?? shown[1];
  return [shown[0], elsewhere].flatMap((note) => note ?? []).slice(0, MOST);
}
