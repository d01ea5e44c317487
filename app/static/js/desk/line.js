// @ts-check
import { button, el, reword, spoken } from "./el.js";
import { details } from "./details.js";
import { heardAt, marksOf, settledOf } from "./facts.js";
import { heardBar } from "./heard.js";
import { menu } from "./menu.js";
import { veryWords } from "./voices.js";
import { count, say } from "../words.js";

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Desk} from "./pile.js" */

const FITS_ITSELF = CSS.supports("field-sizing", "content");

/** One line of the list, worded in place; it opens to the very words, and to what organisers know of it. */
export class Line {
  #letter = el("span", { class: "letter" });
  #text = el("textarea", { class: "line-text", rows: "1", maxlength: "500", dir: "auto" });
  #pile = spoken("p", "", { class: "hint line-pile" });
  #meta = el("p", { class: "hint line-waits" });
  #marks = el("p", { class: "line-marks" });
  #settled = spoken("p", "", { class: "hint" });
  #bar = heardBar();
  #body;
  #more;
  #fold;
  #desk;
  /** The wording as the room has it. */
  #worded = "";

  /** @param {ItemRow} row @param {Desk} desk @param {(line: string, by: -1 | 1) => void} step */
  constructor({ id }, desk, step) {
    this.#desk = desk;
    this.#more = menu(say("sort.more_line"), [
      { text: say("sort.line_up"), key: "Alt ↑", act: () => step(id, -1) },
      { text: say("sort.line_down"), key: "Alt ↓", act: () => step(id, 1) },
      { text: say("sort.drop_line"), act: () => desk.moves.dropLine(id) },
    ]);
    this.#fold = {
      words: folding(() => veryWords(desk)),
      details: folding(() => details(id, desk)),
    };
    this.#text.addEventListener("change", () => this.#save(id));
    this.#text.addEventListener("input", () => this.#fit());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#text.value = this.#worded;
      else if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      // On to what comes after it, and out of the box: letters are keys again.
      known.act.focus();
    });
    const { words, details: known } = this.#fold;
    this.#body = el(
      "div",
      { class: "line-body" },
      this.#text,
      this.#bar.element,
      this.#meta,
      words.act,
      this.#marks,
      this.#settled,
      el("div", { class: "line-acts" }, this.#pile, known.act, this.#more.element),
    );
    words.onopen = (panel) => (words.act.after(panel), this.#redraw());
    known.onopen = (panel) => (this.#body.append(panel), this.#redraw());
    this.item = el("li", { class: "line", "data-line": id }, this.#letter, this.#body);
    this.item.addEventListener("keydown", (event) => {
      const by = event.altKey && event.key === "ArrowUp"
        ? -1
        : event.altKey && event.key === "ArrowDown"
        ? 1
        : 0;
      if (!by) return;
      event.preventDefault();
      step(id, by);
    });
  }

  #redraw = () => {};

  /** @param {ItemRow} row @param {string} named @param {{first: boolean, last: boolean}} at */
  draw(row, named, at) {
    this.#redraw = () => this.draw(row, named, at);
    const { sorting } = this.#desk;
    this.#worded = row.text;
    if (document.activeElement !== this.#text && this.#text.value !== row.text) this.#text.value = row.text;
    reword(this.#letter, named);
    relabel(this.#text, say("sort.line_label", { letter: named }));
    reword(
      /** @type {Element} */ (this.#more.summary.lastElementChild),
      say("sort.more_line", { letter: named }),
    );
    const [up, down] = this.#more.buttons;
    if (up) up.disabled = at.first;
    if (down) down.disabled = at.last;
    const title = row.theme && sorting.rows.one("theme", row.theme)?.title || "";
    reword(this.#pile, title && title !== row.text ? say("sort.line_pile", { title }) : "");
    const slips = row.theme && sorting.filed.get(row.theme) || [];
    // The counts are of notes on the wall: before the reveal a line has none, and says why.
    const waits = row.notes === 0 && slips.length > 0;
    const heard = heardAt(row, sorting);
    reword(this.#meta, waits ? say("sort.line_waits") : slips.length ? "" : heard);
    this.#bar.draw(row.heard_at, waits ? 0 : Math.max(sorting.groups, row.heard_at));
    const marks = marksOf(row);
    if (this.#marks.dataset.shown !== JSON.stringify(marks)) {
      this.#marks.dataset.shown = JSON.stringify(marks);
      this.#marks.replaceChildren(
        ...marks.map(({ text, kind }) => el("span", { class: `chip ${kind}`, text })),
      );
    }
    reword(this.#settled, settledOf(row));
    for (const place of [this.#pile, this.#meta, this.#marks, this.#settled]) {
      place.hidden = place.textContent === "";
    }
    const { words, details: known } = this.#fold;
    const notes = waits ? count("sort.notes", new Set(slips.map((slip) => slip.note)).size) : heard;
    words.name(notes, say("sort.line_words_label", { letter: named, notes }));
    words.act.hidden = slips.length === 0;
    words.shown?.draw(slips);
    known.name(
      say("sort.line_details"),
      say("sort.line_details_label", { letter: named, details: say("sort.line_details") }),
    );
    known.shown?.draw(row);
    this.#fit();
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
    requestAnimationFrame(() => {
      this.#text.style.blockSize = "auto";
      this.#text.style.blockSize = `${this.#text.scrollHeight + 2}px`;
    });
  }
}

/** A button that opens a panel, which is not made before somebody wants it.
 * @template {{element: HTMLElement}} Panel
 * @param {() => Panel} make
 */
function folding(make) {
  const act = button("plain-button line-act", () => {
    const opens = act.getAttribute("aria-expanded") !== "true";
    act.setAttribute("aria-expanded", String(opens));
    if (opens) fold.onopen((panel ??= make()).element);
    else panel?.element.remove();
  });
  act.setAttribute("aria-expanded", "false");
  /** @type {Panel | undefined} */
  let panel;
  const fold = {
    act,
    get shown() {
      return act.getAttribute("aria-expanded") === "true" ? panel : undefined;
    },
    onopen: (/** @type {HTMLElement} */ _panel) => {},
    /** @param {string} text @param {string} label */
    name(text, label) {
      reword(act, text);
      relabel(act, label);
    },
  };
  return fold;
}

/** @param {Element} element @param {string} label */
function relabel(element, label) {
  if (element.getAttribute("aria-label") !== label) element.setAttribute("aria-label", label);
}
