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
import { chosen, pieces, piles } from "./piles.js";

const BEST = 3;
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
    const open = all.filter(({ id }) => !said.has(id) || this.#left.has(id));
    const now = all.find(({ id }) => id === this.#reopened) ?? open[0];
    this.#section.hidden = !all.length || !asked && !this.#reopened;
    const likely = now ? best(now.id, known, this.#again) : [];
    const place = all.length - open.length + 1;
    const none = all.filter(({ id }) => said.get(id) === "none" && !this.#left.has(id));
    const look = JSON.stringify([
      now,
      known.map(({ id, title }) => [id, title]),
      likely,
      place,
      all.length,
      none,
    ]);
    if (look === this.#drawn) return;
    this.#drawn = look;
    const at = document.activeElement, hadFocus = this.#section.contains(at);
    const same = this.#asked === now?.id ? at : null;
    this.#asked = now?.id ?? "";
    this.#section.replaceChildren(
      ...(!known.length ? [make("p", { textContent: say("phone.filing_no_piles") })] : now
        ? this.#card(
          now,
          known,
          likely,
          say("phone.filing_place", { n: Math.min(place, all.length), of: all.length }),
          places,
        )
        : this.#done(none)),
    );
    if (hadFocus) this.#focus(same);
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
    const { voice } = this.#begun;
    this.#reopened = "";
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

  /** @param {Piece[]} none pieces for which there was no pile */
  #done(none) {
    const thanks = make("p", {
      className: "filing-done",
      tabIndex: -1,
      textContent: say("phone.filing_done"),
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
