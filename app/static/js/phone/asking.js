// @ts-check
/** A list of lines, each of which opens where it stands to be answered. */

/** @import {Line, Now} from "./choose.js" */
import { announce } from "../announce.js";
import { make, tell } from "./dom.js";

/** `typed`: there are words in it that would be lost. @typedef {{form: HTMLFormElement, first: HTMLElement, typed: () => boolean}} Opened */
/** @typedef {{item: HTMLElement, letter: HTMLElement, name: HTMLElement, said: HTMLElement, open: HTMLButtonElement, line: Line}} Drawn */

export class Asking {
  #form;
  #list = make("ol", { className: "choices" });
  element = make("div", {}, this.#list);
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  /** @type {Now | null} */
  #now = null;
  /** @type {(Opened & {id: string}) | null} */
  #opened = null;

  /** @param {(line: Line, now: Now, close: () => void) => Opened} form */
  constructor(form) {
    this.#form = form;
  }

  get isBusy() {
    return this.#opened?.typed() ?? false;
  }

  /** @param {Now} now @param {(line: Line) => string} saying what I said of a line */
  draw(now, saying) {
    this.#now = now;
    const here = new Set(now.lines.map(({ id }) => id));
    for (const [id, { item }] of this.#drawn) {
      if (here.has(id)) continue;
      if (this.#opened?.id === id) this.#opened = null;
      item.remove();
      this.#drawn.delete(id);
    }
    for (const [place, line] of now.lines.entries()) {
      const drawn = this.#drawn.get(line.id) ?? this.#begin(line);
      drawn.line = line;
      drawn.letter.textContent = now.letters.get(line.id) ?? "";
      tell(drawn.name, line.name);
      const said = saying(line);
      // News of one's own, and not what stood here before one came.
      if (drawn.item.isConnected && said && drawn.said.textContent !== said) announce(said);
      tell(drawn.said, said);
      drawn.item.classList.toggle("chosen", said !== "");
      if (this.#list.children[place] !== drawn.item) {
        this.#list.insertBefore(drawn.item, this.#list.children[place] ?? null);
      }
    }
  }

  /** @param {Line} line @returns {Drawn} */
  #begin(line) {
    const letter = make("span", { className: "letter" });
    const name = make("span", { className: "choice-name", dir: "auto" });
    const said = make("span", { className: "choice-said", dir: "auto" });
    const open = make(
      "button",
      { type: "button", className: "choice", ariaExpanded: "false" },
      letter,
      name,
      said,
    );
    const item = make("li", { className: "choice-row" }, open);
    const drawn = { item, letter, name, said, open, line };
    open.onclick = () => this.#opened?.id === drawn.line.id ? this.#close() : this.#open(drawn);
    this.#drawn.set(line.id, drawn);
    return drawn;
  }

  /** @param {Drawn} drawn */
  #open(drawn) {
    this.#close();
    if (!this.#now) return;
    const opened = this.#form(drawn.line, this.#now, () => {
      this.#close();
      drawn.open.focus();
    });
    this.#opened = { ...opened, id: drawn.line.id };
    drawn.open.ariaExpanded = "true";
    drawn.item.append(opened.form);
    opened.first.focus();
  }

  #close() {
    if (!this.#opened) return;
    const drawn = this.#drawn.get(this.#opened.id);
    this.#opened.form.remove();
    this.#opened = null;
    if (drawn) drawn.open.ariaExpanded = "false";
  }
}
