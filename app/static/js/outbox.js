// @ts-check
/** What this phone has asked for, kept until the server has it and a while longer, in case the server forgets. */

/** @import {Ask, Done, NotDone} from "./contract.d.ts" */
/** @import {Asking, Entry, Store} from "./phone/shapes.d.ts" */
import { newId } from "./ids.js";

const KEPT_MS = 24 * 3_600_000;
const SLOW_STORE_MS = 2_000;
const MOST_WAITING = 200;

/** Event: "change", whenever an entry came, went, or got its answer. */
export class Outbox extends EventTarget {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  #code;
  #store;
  /** @type {Asking | null} */
  #live = null;
  #sending = false;
  #person = "";
  #last = 0;
  /** False: what waits here is lost with the page, and the person must be told. */
  safe;

  /** @param {string} code @param {Store} store */
  constructor(code, store) {
    super();
    this.#code = code;
    this.#store = store;
    this.safe = store.safe;
  }

  /** Take up what an earlier page of this room left. */
  async load() {
    const all = await this.#store.all().catch(() => []);
    const old = all.filter(({ state, at }) => state === "kept" && Date.now() - at > KEPT_MS);
    this.#forget(old.map(({ key }) => key));
    const ours = all.filter((entry) => entry.code === this.#code && !old.includes(entry));
    for (const entry of ours.sort((a, b) => a.at - b.at)) {
      this.#entries.set(entry.key, entry);
      this.#last = Math.max(this.#last, entry.at);
    }
    this.#changed();
    return this;
  }

  /** In the order they were made. */
  get entries() {
    return [...this.#entries.values()];
  }

  get full() {
    return this.entries.filter(({ state }) => state === "waiting").length >= MOST_WAITING;
  }

  /** Store an ask, then send it as soon as the room can be reached. @param {Ask} ask */
  async add(ask) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    /** @type {Entry} */
    const entry = {
      key: newId(),
      code: this.#code,
      person: this.#person,
      at: this.#last,
      ask,
      state: "waiting",
      seq: 0,
      message: "",
    };
    // Some browsers' databases hang. A note must not wait for one.
    await Promise.race([this.#keep(entry), new Promise((go) => setTimeout(go, SLOW_STORE_MS))]);
    this.#changed();
    this.#send();
    return entry;
  }

  /** Forget entries, once the person has seen them or said so. @param {string[]} keys */
  drop(keys) {
    for (const key of keys) this.#entries.delete(key);
    this.#forget(keys);
    this.#changed();
  }

  /** A shared phone: nothing of this room stays. */
  wipe() {
    this.drop([...this.#entries.keys()]);
  }

  /** Send through this seat from now on, as this person. @param {Asking} live @param {string} person */
  serve(live, person) {
    this.#live = live;
    this.#person = person;
    const strangers = this.entries.filter((entry) => entry.state === "kept" && entry.person !== person);
    if (strangers.length) this.drop(strangers.map(({ key }) => key));
    this.#send();
  }

  /**
   * Offer again what was saved once and is not there any more: the server lost it.
   * @param {(note: string) => boolean} known whether the room has this note
   */
  async offerAgain(known) {
    const lost = missing(this.entries.filter(({ state }) => state === "kept"), known);
    for (const entry of this.entries) {
      if (entry.state !== "kept" || !("id" in entry.ask) || !lost.has(entry.ask.id)) continue;
      entry.state = "waiting";
      await this.#keep(entry);
    }
    this.#changed();
    this.#send();
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    // One at a time, so that a fix can never overtake the note it fixes.
    for (let next = this.#next(); next && this.#live; next = this.#next()) {
      const { key, ask } = next;
      await this.#live.ask(ask, { key }).then(
        (done) => this.#done(key, done),
        (why) => this.#refused(key, why),
      );
      this.#changed();
    }
    this.#sending = false;
  }

  #next() {
    return this.entries.find(({ state }) => state === "waiting");
  }

  /** @param {string} key @param {Done} done */
  #done(key, { seq }) {
    const entry = this.#entries.get(key);
    if (entry) return this.#keep({ ...entry, state: "kept", seq, person: this.#person });
  }

  /** @param {string} key @param {NotDone} why */
  #refused(key, { code, message }) {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const refused = { ...entry, state: /** @type {const} */ ("refused"), message };
    if (entry.ask.type === "note.add") {
      const { ask, gone } = this.#folded(entry.ask);
      if (gone) return this.drop([key]);
      refused.ask = ask;
    }
    this.dispatchEvent(new CustomEvent("refused", { detail: { ...refused, reason: code } }));
    return this.#keep(refused);
  }

  /** A note that was never taken, with the changes that were waiting behind it. @param {Extract<Ask, {type: "note.add"}>} add */
  #folded(add) {
    const later = this.entries.filter(({ state, ask }) =>
      state === "waiting" && ask !== add && "id" in ask && ask.id === add.id
    );
    let ask = add;
    let gone = false;
    for (const { ask: change } of later) {
      if (change.type === "note.edit") ask = { ...ask, text: change.text };
      if (change.type === "note.move") ask = { ...ask, zone: change.zone };
      gone = change.type === "note.take_back" || (gone && change.type !== "note.put_back");
    }
    if (later.length) this.drop(later.map(({ key }) => key));
    return { ask, gone };
  }

  /** @param {Entry} entry */
  #keep(entry) {
    this.#entries.set(entry.key, entry);
    return this.#store.put(entry).catch(() => this.#unsafe());
  }

  /** @param {string[]} keys */
  #forget(keys) {
    if (keys.length) this.#store.drop(keys).catch(() => this.#unsafe());
  }

  #unsafe() {
    this.safe = false;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * The notes that entries made, did not take back, and that the room does not know.
 * @param {Entry[]} entries @param {(note: string) => boolean} known
 */
function missing(entries, known) {
  /** @type {Set<string>} */
  const lost = new Set();
  for (const { ask } of entries) {
    if (ask.type === "note.take_back") lost.delete(ask.id);
    else if ((ask.type === "note.add" || ask.type === "note.put_back") && !known(ask.id)) lost.add(ask.id);
  }
  return lost;
}
