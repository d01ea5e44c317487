// @ts-check
/** My notes on the page: each with its state in a sentence, to be changed, moved or taken back. */

/** @import {Outbox} from "../outbox.js" */
/** @import {Mine, Place} from "./shapes.d.ts" */
import { alertNow, announce } from "../announce.js";
import { newId } from "../ids.js";
import { count, page, say } from "../words.js";
import { button, byId, make, tell } from "./dom.js";

// Not needed for a first note, and here in time for a second thought.
import("./fix.js").catch(() => {});

const UNDO_MS = 30_000;

/** @typedef {{item: HTMLElement, text: HTMLElement, means: HTMLElement, state: HTMLElement, change: HTMLButtonElement, mean: HTMLButtonElement, note: Mine}} Drawn */

export class MyNotes {
  #outbox;
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** What was written on this page and is not told of yet. @type {Set<string>} */
  wrote = new Set();
  /** What was taken back on this page, as it was. @type {Map<string, Mine>} */
  taken = new Map();
  /** Of those, the ones that can still be put back. @type {Set<string>} */
  #undoable = new Set();

  /** Its writer may take notes back, and change none. */
  #muted = false;

  /** @param {Outbox} outbox */
  constructor(outbox) {
    this.#outbox = outbox;
  }

  /**
   * @param {Mine[]} notes oldest first @param {(note: Mine) => string} sentence
   * @param {Map<string, Place>} places @param {{open: boolean, muted: boolean}} now not open: nothing can be changed any more
   * @param {(note: Mine, item: HTMLElement) => void} [under] what else stands under a note
   */
  draw(notes, sentence, places, { open, muted }, under) {
    this.#places = places;
    this.#muted = muted;
    if (!open) this.#undoable.clear();
    const here = new Set(notes.map(({ id }) => id));
    for (const [id, { item }] of this.#drawn) {
      if (here.has(id) || this.#undoable.has(id)) continue;
      item.remove();
      this.#drawn.delete(id);
    }
    for (const note of notes) {
      const drawn = this.#drawn.get(note.id) ?? this.#begin(note);
      this.#update(drawn, note, sentence(note));
      drawn.change.hidden = !open;
      under?.(note, drawn.item);
      drawn.mean.hidden = !open || page.lang === "en" || note.meaning !== "" || note.standing === "refused";
    }
    tell(byId("mine-title"), count("phone.my_notes", notes.length));
    byId("mine").hidden = !this.#drawn.size;
  }

  /** @param {Mine} note @returns {Drawn} */
  #begin(note) {
    const text = make("p", { dir: "auto", className: "words" });
    const means = make("p", { dir: "auto", className: "means", hidden: true });
    const state = make("p", { className: "state" });
    const change = button("phone.change", () => this.#fix(drawn), "plain-button");
    const mean = button("common.meaning", () => this.#fix(drawn, "details textarea"), "plain-button mean");
    const item = make("li", { className: "mine" }, text, means, state, change, mean);
    item.dataset.note = note.id;
    const drawn = { item, text, means, state, change, mean, note };
    byId("notes").prepend(item);
    this.#drawn.set(note.id, drawn);
    return drawn;
  }

  /** @param {Drawn} drawn @param {Mine} note @param {string} sentence */
  #update(drawn, note, sentence) {
    const { item, text, means, state, change, mean } = drawn;
    this.#undoable.delete(note.id);
    item.querySelector(".taken")?.remove();
    // A quick answer may come before the waiting was ever drawn.
    const news = drawn.note.standing === "waiting" || this.wrote.has(note.id);
    if (note.standing === "saved" && news) announce(sentence);
    if (note.standing !== "waiting") this.wrote.delete(note.id);
    drawn.note = note;
    item.dataset.colour = this.#places.get(note.zone)?.colour ?? "plain";
    item.dataset.standing = note.mine?.state === "held" ? "held" : note.standing;
    tell(text, note.text);
    tell(means, note.meaning && `${say("common.in_english")} ${note.meaning}`);
    mean.ariaLabel = `${say("common.meaning")}: ${note.text}`;
    change.ariaLabel = say("phone.change_this", { text: note.text });
    tell(state, sentence);
  }

  /** @param {Drawn} drawn @param {string} [first] what is written in first */
  async #fix(drawn, first = "textarea") {
    const { fix } = await import("./fix.js");
    const from = this.#places.get(drawn.note.zone);
    const others = this.#muted
      ? []
      : [...this.#places.values()].filter(({ board, address, locked }) =>
        board.id === from?.board.id && address !== from.address && !locked
      );
    const close = () => {
      form.remove();
      drawn.item.classList.remove("open");
      drawn.change.focus();
    };
    const form = fix(drawn.note, others, {
      change: this.#muted ? null : (to) => this.#change(drawn.note, to),
      takeBack: () => this.#takeBack(drawn),
      close,
    });
    drawn.item.classList.add("open");
    drawn.item.append(form);
    /** @type {HTMLElement | null} */
    const box = form.querySelector(first);
    const folded = box?.closest("details");
    if (folded) folded.open = true;
    box?.focus();
  }

  /** Change a note, or offer it again if it was never taken. @param {Mine} note @param {{text?: string, zone?: string, meaning?: string}} to */
  #change(note, to) {
    const { id, zone, text, meaning, entry } = { ...note, ...to };
    if (this.#outbox.full) return alertNow(say("phone.full"));
    if (entry) this.#outbox.drop([entry.key]);
    if (entry?.ask.type === "note.add") this.#outbox.add({ ...entry.ask, zone, text });
    else {
      if (text !== note.text || entry) this.#outbox.add({ type: "note.edit", id, text });
      if (zone !== note.zone) this.#outbox.add({ type: "note.move", id, zone });
    }
    if (meaning !== note.meaning) this.#outbox.add({ type: "note.mean", id, text: meaning });
  }

  /** @param {Drawn} drawn */
  #takeBack({ note, item }) {
    const { id, zone, text, entry } = note;
    const never = entry?.ask.type === "note.add" ? entry.ask : null;
    const undo = button("common.undo", () => {
      this.#outbox.add(never ? { ...never, id: newId(), zone, text } : { type: "note.put_back", id });
      end();
    });
    const end = () => {
      this.#undoable.delete(id);
      this.#outbox.dispatchEvent(new Event("change"));
    };
    this.taken.set(id, note);
    this.#undoable.add(id);
    item.append(make("p", { className: "taken" }, say("phone.taken_back"), " ", undo));
    undo.focus();
    announce(say("phone.taken_back"));
    if (!never) this.#outbox.add({ type: "note.take_back", id });
    if (entry) this.#outbox.drop([entry.key]);
    setTimeout(end, UNDO_MS);
  }
}
