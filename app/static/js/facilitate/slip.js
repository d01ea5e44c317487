// @ts-check
import { el, reword, spoken } from "../desk/el.js";
import { say } from "../words.js";
import { handle } from "./handle.js";
import { meaning } from "./meaning.js";

/** @import {NoteRow, Why} from "../contract.d.ts" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

const WHYS = /** @type {const} */ (["names", "rude", "other"]);

/** One note in the facilitator's hand: its words, and the way to keep it off the wall and back. */
export class Slip {
  #room;
  #ask;
  #id;
  #words = spoken("p", "", { class: "slip-words" });
  #means = spoken("p", "", { class: "slip-means", hidden: true });
  #from = spoken("p", "", { class: "slip-from" });
  #whys;
  #hide;
  #show;
  #big;
  #handOver = false;

  /** @param {Room} room @param {Asking} ask @param {NoteRow} note */
  constructor(room, ask, note) {
    this.#room = room;
    this.#ask = ask;
    this.#id = note.id;
    this.#hide = el("button", {
      type: "button",
      class: "plain-button",
      "aria-expanded": "false",
      text: say("facilitate.hide"),
      onclick: () => this.#choose(),
    });
    this.#show = el("button", {
      type: "button",
      class: "plain-button",
      text: say("facilitate.show_again"),
      hidden: true,
      onclick: () => {
        this.#handOver = true;
        ask({ type: "note.show", id: this.#id });
      },
    });
    this.#big = el("button", {
      type: "button",
      class: "plain-button show-note",
      text: say("facilitate.show_big"),
      hidden: true,
      onclick: () => ask({ type: "spotlight.set", of: this.#id }),
    });
    this.#whys = el(
      "div",
      { class: "row", role: "group", "aria-label": say("facilitate.hide_why"), hidden: true },
      ...WHYS.map((why) =>
        el("button", {
          type: "button",
          class: "button quiet",
          text: say(`facilitate.why_${why}`),
          onclick: () => this.#keepOff(why),
        })
      ),
    );
    const { opener, fold } = handle(ask, this.#id);
    const means = meaning(note.id, ask, () => this.#meaning());
    this.item = el(
      "li",
      { class: "slip note", "data-note": this.#id },
      this.#words,
      this.#means,
      el("div", { class: "slip-foot" }, this.#from, means.open, this.#big, this.#hide, this.#show, opener),
      means.form,
      this.#whys,
      fold,
    );
    this.write(note);
  }

  /** @param {NoteRow} note */
  write(note) {
    const zone = this.#room.spots.get(note.zone)?.zone;
    this.item.dataset.colour = zone?.colour ?? "plain";
    reword(this.#words, note.text);
    this.mark(note);
  }

  /** Say where it came from and whether it is kept off the wall. @param {NoteRow} [note] */
  mark(note = this.#room.rows.one("note", this.#id)) {
    if (!note) return;
    const origin = this.#room.origin(note);
    const zone = this.#room.spots.get(note.zone)?.zone.title ?? "";
    const held = origin?.held ?? null;
    this.#big.hidden = held !== null || this.#room.zone(note.zone)?.sees !== "room" || this.#room.closed;
    const late = note.late ? say("facilitate.late") : "";
    const paper = origin?.slip ? say("facilitate.from_paper", { n: origin.slip }) : "";
    const from = [zone, this.#room.groupName(origin?.group), paper, late].filter(Boolean).join(" · ");
    const means = this.#meaning();
    reword(this.#means, means && `${say("common.in_english")} ${means}`);
    this.#means.hidden = !means;
    const why = held && say(origin?.hinted ? `facilitate.waits_${held}` : "facilitate.held", {
      why: say(`facilitate.why_${held}`),
    });
    reword(this.#from, origin?.changed ? `${why} ${say("facilitate.changed")}` : why || from);
    reword(this.#show, say(origin?.hinted ? "facilitate.show_it" : "facilitate.show_again"));
    if (this.item.classList.toggle("held", held !== null) === this.#show.hidden) this.#swap(held !== null);
  }

  #meaning() {
    return this.#room.rows.one("meaning", `meaning:${this.#id}`)?.text ?? "";
  }

  /** The button that was pressed goes away: the one that undoes it takes the focus. @param {boolean} held */
  #swap(held) {
    const had = this.#handOver &&
      (this.item.contains(document.activeElement) || document.activeElement === document.body);
    this.#handOver = false;
    this.#hide.hidden = held;
    this.#show.hidden = !held;
    this.#open(false);
    if (had) (held ? this.#show : this.#hide).focus();
  }

  #choose() {
    this.#open(this.#whys.hidden === true);
    if (!this.#whys.hidden) this.#whys.querySelector("button")?.focus();
  }

  /** @param {boolean} open */
  #open(open) {
    this.#whys.hidden = !open;
    this.#hide.setAttribute("aria-expanded", String(open));
  }

  /** @param {Why} why */
  #keepOff(why) {
    this.#handOver = true;
    this.#ask({ type: "note.hide", id: this.#id, why });
  }
}
