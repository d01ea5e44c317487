// @ts-check
/** Everyone files: my notes one by one, each with the piles it could go into. */

/** @import {ThemeRow, Voice} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Piece} from "./piles.js" */
/** @import {Mine, Place} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { say } from "../words.js";
import { best } from "./best.js";
import { button, byId, make } from "./dom.js";
import { notQuite } from "./not-quite.js";
import { chosen, isElsewhere, pieces, piles } from "./piles.js";

const BEST = 3;
const SECOND_TAP_MS = 700;
/** @type {Voice[]} */
const VOICES = ["for", "worry", "against"];

const begun = () => ({ all: false, naming: false, wish: "", voice: /** @type {Voice} */ ("for") });

export class Filing {
  #live;
  #outbox;
  #again;
  #section = byId("filing");
  #drawn = "";
  /** The piece that is asked about. */
  #asked = "";
  /** When it came under a thumb that was meant for another. */
  #came = -Infinity;
  /** What its author has pressed and typed for the piece that is asked about. */
  #begun = begun();
  /** A piece that its author has asked for again. */
  #reopened = "";
  /** Pieces that were in no pile once, and may be in one by now. @type {Set<string>} */
  #left = new Set();

  /** @param {Live} live @param {Outbox} outbox @param {() => void} again draw the page again */
  constructor(live, outbox, again) {
    this.#live = live;
    this.#outbox = outbox;
    this.#again = again;
  }

  /** @param {string} piece the note or part to be filed anew */
  reopen(piece) {
    this.#reopened = piece;
    this.#asked = "";
    this.#again();
    this.#section.scrollIntoView({ block: "start" });
    this.#focus();
  }

  /** What stands under each of my notes on where it is. @param {boolean} open @returns {(note: Mine, item: HTMLElement) => void} */
  under(open) {
    const { rows, seen } = this.#live;
    const now = { rows, said: chosen(rows, this.#outbox.entries, seen), outbox: this.#outbox, open };
    return (note, item) => notQuite(note, item, now, (id) => this.reopen(id));
  }

  /** @param {Mine[]} notes @param {Map<string, Place>} places @param {boolean} asked everyone is asked to file now */
  draw(notes, places, asked) {
    const { rows, seen } = this.#live;
    const all = pieces(notes, rows), known = piles(rows), said = chosen(rows, this.#outbox.entries, seen);
    const own = all.filter((piece) => !isElsewhere(piece, said));
    // A part whose note went somewhere may lie there too: it waits for what lies nowhere.
    const open = own.filter(({ id, pile }) => !said.has(id) || this.#left.has(id) && !pile)
      .sort((a, b) => Number(a.pile !== "") - Number(b.pile !== ""));
    const now = all.find(({ id }) => id === this.#reopened) ??
      all.find(({ id }) => id === this.#asked && this.#hasBegun && !said.has(id)) ?? open[0];
    this.#section.hidden = !all.length || !asked && !this.#reopened;
    const likely = now ? best(now.id, known, this.#again) : [];
    const none = all.filter(({ id, pile }) => said.get(id) === "none" && !pile && !this.#left.has(id));
    const place = { n: Math.min(own.length - open.length + 1, own.length), of: own.length };
    const title = now && !now.part && known.find(({ id }) => id === now.pile)?.title;
    const where = title ? say("phone.filed", { pile: title }) : say("phone.filing_place", place);
    const elsewhere = own.length < all.length;
    const look = JSON.stringify([
      now,
      known.map(({ id, title }) => [id, title]),
      likely,
      where,
      none,
      elsewhere,
    ]);
    if (look === this.#drawn) return;
    this.#drawn = look;
    const at = document.activeElement, hadFocus = this.#section.contains(at);
    const same = this.#asked === now?.id ? at : null;
    if (this.#asked && !same) this.#came = performance.now();
    this.#asked = now?.id ?? "";
    this.#section.replaceChildren(
      ...(!known.length
        ? [make("p", { textContent: say("phone.filing_no_piles") })]
        : now
        ? this.#card(now, known, likely, where, places)
        : this.#done(none, elsewhere)),
    );
    if (hadFocus) this.#focus(same);
  }

  /** A typist is not moved, and what was said of one note is not said of another. */
  get #hasBegun() {
    const { all, naming, voice } = this.#begun;
    return all || naming || voice !== "for";
  }

  /** @param {Element | null} [same] what had it, while the same piece is asked about */
  #focus(same) {
    const again = same &&
      [...this.#section.querySelectorAll("button, input, select")].find((each) =>
        each.tagName === same.tagName && each.textContent === same.textContent && each.getClientRects().length
      );
    /** @type {HTMLElement | null} */ (again || this.#section.querySelector("[tabindex]"))?.focus();
  }

  /** @param {Piece} piece @param {ThemeRow[]} known @param {string[]} likely @param {string} where @param {Map<string, Place>} places */
  #card(piece, known, likely, where, places) {
    const note = make("p", { className: "note", dir: "auto", textContent: piece.text, tabIndex: -1 });
    note.dataset.colour = places.get(piece.zone)?.colour ?? "plain";
    const likelier = likely.flatMap((id) => known.find((pile) => pile.id === id) ?? []);
    const inOrder = [...new Set([...likelier, ...known])];
    const first = inOrder.slice(0, BEST), rest = inOrder.slice(BEST);
    const into = (/** @type {ThemeRow} */ { id, title }) =>
      make("button", {
        type: "button",
        className: "choice pile-choice",
        dir: "auto",
        textContent: title,
        onclick: () => this.#file(piece, id, title),
      });
    const others = make("div", { className: "stack", hidden: !this.#begun.all }, ...rest.map(into));
    const more = button("phone.filing_all_piles", () => {
      others.hidden = this.#begun.all;
      this.#begun.all = !others.hidden;
      more.ariaExpanded = String(this.#begun.all);
    });
    more.ariaExpanded = String(this.#begun.all);
    more.hidden = !rest.length;
    return [
      make("p", { className: "soft", textContent: where }),
      note,
      this.#voices(),
      make(
        "div",
        { className: "stack", role: "group", ariaLabel: say("phone.filing_which") },
        ...first.map(into),
      ),
      more,
      others,
      make(
        "div",
        { className: "row" },
        button("phone.filing_none", () => this.#file(piece, null, "")),
        ...this.#missing(piece),
      ),
    ];
  }

  /** What the note says of its pile. It is for it, unless its author says otherwise. */
  #voices() {
    const choice = make(
      "select",
      { onchange: () => this.#begun.voice = /** @type {Voice} */ (choice.value) },
      ...VOICES.map((voice) =>
        make("option", { value: voice, textContent: say(`phone.filing_voice_${voice}`) })
      ),
    );
    choice.value = this.#begun.voice;
    return make(
      "label",
      { className: "voices" },
      make("span", { textContent: say("phone.filing_voice") }),
      choice,
    );
  }

  /** A pile that is missing: what would it be called? @param {Piece} piece */
  #missing(piece) {
    const { naming, wish } = this.#begun;
    const name = make("input", {
      type: "text",
      maxLength: 80,
      dir: "auto",
      autocomplete: "off",
      value: wish,
      oninput: () => this.#begun.wish = name.value,
    });
    const form = make(
      "form",
      { className: "field", hidden: !naming, noValidate: true },
      make("label", {}, make("span", { textContent: say("phone.filing_new_name") }), name),
      make("button", { className: "button", textContent: say("phone.filing_new_send") }),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      if (name.value.trim()) this.#file(piece, null, "", name.value.trim());
      else name.focus();
    };
    const open = button("phone.filing_new", () => {
      form.hidden = this.#begun.naming;
      this.#begun.naming = !form.hidden;
      open.ariaExpanded = String(!form.hidden);
      if (!form.hidden) name.focus();
    });
    open.ariaExpanded = String(naming);
    return [open, form];
  }

  /** @param {Piece} piece @param {string | null} theme @param {string} title @param {string} [wish] */
  #file({ id }, theme, title, wish = "") {
    // The desk filed the note that was tapped, and another stood in its place.
    if (performance.now() - this.#came < SECOND_TAP_MS) return;
    const { voice } = this.#begun;
    this.#reopened = this.#asked = "";
    this.#begun = begun();
    this.#left.delete(id);
    announce(
      theme
        ? say("phone.filed", { pile: title })
        : say(wish ? "phone.filing_wished" : "phone.filing_in_none"),
    );
    this.#outbox.add({ type: "note.file", id, theme, voice, ...(wish ? { wish } : {}) });
    this.#again();
    this.#focus();
  }

  /** @param {Piece[]} none pieces for which there was no pile @param {boolean} elsewhere others lie where the desk put them */
  #done(none, elsewhere) {
    const thanks = make("p", {
      className: "filing-done",
      tabIndex: -1,
      textContent: say(elsewhere ? "phone.filing_done_by_host" : "phone.filing_done"),
    });
    if (!none.length) return [thanks];
    const again = button("phone.filing_look_again", () => {
      for (const { id } of none) this.#left.add(id);
      this.#again();
      this.#focus();
    });
    return [thanks, make("p", { textContent: say("phone.filing_left_over") }), again];
  }
}
