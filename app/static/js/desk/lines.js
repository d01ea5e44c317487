// @ts-check
import { arrange, box, el, part, reword } from "./el.js";
import { letter } from "./sorting.js";
import { heardBar } from "./heard.js";
import { count, say } from "../words.js";

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Desk} from "./pile.js" */

const FITS_ITSELF = CSS.supports("field-sizing", "content");

/** The shopping list as it will be printed, each line worded in place.
 * @param {Desk} desk
 */
export function linesColumn(desk) {
  const { sorting, moves } = desk;
  const form = part("#line-form"), text = box("#line-text");
  /** @type {Map<string, Line>} */
  const lines = new Map();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const worded = text.value.trim();
    if (worded && await moves.line(worded)) text.value = "";
  });

  return {
    draw() {
      const rows = sorting.lines;
      const drawn = rows.map((row, at) => {
        const line = lines.get(row.id) ?? new Line(row.id, desk);
        lines.set(row.id, line);
        line.draw(row, letter(at));
        return line.item;
      });
      arrange(part("#lines"), drawn);
      for (const id of [...lines.keys()]) if (!rows.some((row) => row.id === id)) lines.delete(id);
      reword(part("#lines-count"), count("sort.lines", rows.length));
      part("#lines-none").hidden = rows.length > 0;
    },
  };
}

class Line {
  #letter = el("span", { class: "letter" });
  #text = el("textarea", { class: "line-text", rows: "1", maxlength: "500", dir: "auto" });
  #meta = el("p", { class: "hint count" });
  #bar = heardBar();
  #drop;
  #desk;
  /** The wording as the room has it. */
  #worded = "";

  /** @param {string} id @param {Desk} desk */
  constructor(id, desk) {
    this.#desk = desk;
    this.#drop = el("button", {
      type: "button",
      class: "plain-button line-drop",
      text: say("sort.drop_line"),
      onclick: () => desk.moves.dropLine(id),
    });
    this.#text.addEventListener("change", () => this.#save(id));
    this.#text.addEventListener("input", () => this.#fit());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) event.preventDefault(), this.#text.blur();
      if (event.key === "Escape") this.#text.value = this.#worded, this.#text.blur();
    });
    this.item = el(
      "li",
      { class: "line" },
      this.#letter,
      el(
        "div",
        { class: "line-body" },
        this.#text,
        this.#bar.element,
        el("div", { class: "line-foot" }, this.#meta, this.#drop),
      ),
    );
  }

  /** @param {ItemRow} row @param {string} named */
  draw(row, named) {
    this.#worded = row.text;
    if (document.activeElement !== this.#text && this.#text.value !== row.text) this.#text.value = row.text;
    reword(this.#letter, named);
    this.#text.setAttribute("aria-label", say("sort.line_label", { letter: named }));
    this.#drop.setAttribute("aria-label", say("sort.drop_line_label", { letter: named }));
    const { sorting } = this.#desk;
    const of = Math.max(sorting.groups, row.groups.length);
    // The counts are of notes on the wall: before the reveal a line has none, and says why.
    const waits = row.notes === 0 && row.theme !== null && (sorting.filed.get(row.theme)?.length ?? 0) > 0;
    reword(this.#meta, waits ? say("sort.line_waits") : metaOf(row, of, sorting.plan.noun.many));
    this.#bar.draw(row.groups.length, waits ? 0 : of);
    requestAnimationFrame(() => this.#fit());
  }

  /** @param {string} id */
  async #save(id) {
    const text = this.#text.value.trim();
    if (!text || text === this.#worded) this.#text.value = this.#worded;
    else if (!await this.#desk.moves.word(id, text)) this.#text.focus();
    this.#fit();
  }

  /** As high as its words, so that the list reads like the page it becomes. */
  #fit() {
    if (FITS_ITSELF) return;
    this.#text.style.blockSize = "auto";
    this.#text.style.blockSize = `${this.#text.scrollHeight + 2}px`;
  }
}

/** @param {ItemRow} row @param {number} of @param {string} many */
function metaOf(row, of, many) {
  const said = [
    say("sort.line_from", {
      notes: count("sort.notes", row.notes),
      people: count("sort.people", row.people),
    }),
  ];
  if (of > 1) said.push(say("sort.heard", { n: row.groups.length, of, many }));
  if (row.worried) said.push(count("sort.n_worry", row.worried));
  if (row.against) said.push(count("sort.n_against", row.against));
  return said.join(" · ");
}
