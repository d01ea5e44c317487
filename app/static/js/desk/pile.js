// @ts-check
import { arrange, button, el, reword, spoken } from "./el.js";
import { menu } from "./menu.js";
import { pickPile } from "./pick.js";
import { renaming } from "./rename.js";
import { rove, tabStop } from "./roving.js";
import { count, say } from "../words.js";

/** @import {ThemeRow} from "../contract.d.ts" */
/** @import {Cards} from "./cards.js" */
/** @import {Choice} from "./choice.js" */
/** @import {Filter} from "./filter.js" */
/** @import {Moves} from "./moves.js" */
/** @import {Slip, Sorting} from "./sorting.js" */

/** @typedef {{sorting: Sorting, choice: Choice, filter: Filter, moves: Moves, cards: Cards}} Desk */

const SHOWN = 3;
const KEYS = 9;
/** Letters that two lines hold for certain; a folded pile shows no more of a note. */
const TWO_LINES = 40;

/** One pile: its name, how much is in it, the notes on top, and what one can do with it. */
export class Pile {
  #desk;
  #id;
  #open = false;
  #key = el("kbd", { class: "pile-key" });
  #title = spoken("h3", "");
  #meta = el("p", { class: "hint count" });
  #notes = el("ul", { class: "slips" });
  #put;
  #line;
  #all;

  /** @param {ThemeRow} theme @param {Desk} desk */
  constructor(theme, desk) {
    this.#desk = desk;
    this.#id = theme.id;
    const { moves } = desk;
    this.#put = button("button", () => moves.place(this.#id));
    // With the last note in hand goes its use: on to the next note.
    this.#put.dataset.then = "#left .pick[tabindex='0']";
    this.#line = button("button quiet", () => moves.line(this.#name, this.#id), say("sort.make_line"));
    this.#all = button("plain-button", () => {
      this.#open = !this.#open;
      this.draw();
    });
    const rename = renaming(
      (title) => moves.name(this.#id, title),
      () => more.summary.focus(),
    );
    const more = menu(say("sort.more"), [
      { text: say("sort.rename"), act: () => rename.open(this.#name) },
      { text: say("sort.merge"), act: () => this.#merge() },
      { text: say("sort.drop_pile"), act: () => moves.drop(this.#id) },
    ]);
    this.item = el(
      "li",
      { class: "card pile", "data-pile": theme.id },
      el("div", { class: "pile-head" }, this.#key, this.#title, more.element),
      rename.form,
      this.#meta,
      el("div", { class: "pile-acts" }, this.#put, this.#line),
      this.#notes,
      this.#all,
    );
    rove(this.#notes);
  }

  get #name() {
    return this.#desk.sorting.rows.one("theme", this.#id)?.title ?? "";
  }

  /** @param {number} [at] its place among the piles: the first nine have a key */
  draw(at) {
    const { sorting, filter, cards } = this.#desk;
    const slips = sorting.filed.get(this.#id) ?? [];
    const looked = slips.filter((slip) => filter.lets(slip) && !this.#isUnderAnother(slip));
    const all = this.#open || filter.active;
    const top = sorting.hasManyPiles ? 0 : SHOWN;
    const shown = all ? looked : looked.slice(looked.length - Math.min(top, looked.length));
    const hadFocus = this.#notes.contains(document.activeElement);
    arrange(this.#notes, shown.map((slip) => cards.of(slip.id).item));
    tabStop(this.#notes, this.#notes.querySelector(".pick:focus") ?? this.#notes.querySelector(".pick"));
    if (hadFocus && !this.#notes.contains(document.activeElement)) this.#put.focus();
    if (at !== undefined) {
      reword(this.#key, at < KEYS ? String(at + 1) : "");
      this.#key.hidden = at >= KEYS;
    }
    reword(this.#title, this.#name);
    reword(this.#meta, this.#metaOf(slips));
    this.item.classList.toggle("folded", !all);
    const cut = looked.some((slip) => slip.text.length > TWO_LINES);
    this.#all.hidden = filter.active || (looked.length <= top && !cut);
    reword(this.#all, this.#open ? say("sort.show_fewer") : count("sort.show_all", looked.length));
    const line = sorting.lineOf(this.#id);
    this.#line.hidden = line !== null || !sorting.shows("items");
    this.mark();
    this.item.classList.toggle("listed", line !== null);
    this.item.classList.toggle("emptied", slips.length === 0);
  }

  /** Say how many notes *Put here* would take. */
  mark() {
    const { choice } = this.#desk;
    const n = choice.inHand.filter((id) => this.#desk.sorting.pileOf(id)?.id !== this.#id).length;
    const put = n ? count("sort.put", n) : say("sort.put_none");
    if (this.#put.textContent !== put) this.#put.textContent = put;
    const label = say("sort.put_label", { put, title: this.#name });
    if (this.#put.getAttribute("aria-label") !== label) this.#put.setAttribute("aria-label", label);
    this.#put.disabled = n === 0;
    this.#put.classList.toggle("quiet", choice.size === 0);
  }

  /** Read on the card of its headline, if that lies here. @param {Slip} slip */
  #isUnderAnother(slip) {
    const { sorting } = this.#desk, headline = sorting.headline(slip.id);
    return headline !== null && sorting.pileOf(headline)?.id === this.#id;
  }

  /** @param {Slip[]} slips */
  #metaOf(slips) {
    const { sorting } = this.#desk;
    const said = [count("sort.notes", new Set(slips.map((slip) => slip.note)).size)];
    const line = sorting.lineOf(this.#id);
    if (line) said.push(say("sort.is_line", { letter: line }));
    for (const voice of /** @type {const} */ (["worry", "against"])) {
      const n = slips.filter((slip) => sorting.place(slip.id)?.voice === voice).length;
      if (n) said.push(count(`sort.n_${voice}`, n));
    }
    const groups = new Set(
      slips.filter((slip) => !sorting.held(slip)).map((slip) => sorting.group(slip)).filter(Boolean),
    );
    const of = Math.max(sorting.groups, groups.size);
    if (of > 1 && groups.size) {
      said.push(say("sort.heard", { n: groups.size, of, many: sorting.plan.noun.many }));
    }
    return said.join(" · ");
  }

  async #merge() {
    const others = this.#desk.sorting.piles.filter((pile) => pile.id !== this.#id);
    const into = await pickPile(say("sort.merge_question", { title: this.#name }), others);
    if (into) this.#desk.moves.merge(this.#id, into);
  }
}
