// @ts-check
/** What this phone has asked for, kept until the server has it and a while longer, in case the server forgets. */

/** @import {Ask, Done, NotDone} from "./contract.d.ts" */
/** @import {Asking, Entry, News, Others, Store} from "./phone/shapes.d.ts" */
import { newId } from "./ids.js";
import { fold, lost } from "./phone/history.js";

const KEPT_MS = 24 * 3_600_000;
const SLOW_STORE_MS = 2_000;
const MOST_WAITING = 200;
const MOST_BYTES = 256 * 1024;
/** What another tab asked for is first of all that tab's to send. */
const OTHERS_FIRST_MS = 2_000;

/**
 * Tabs of one phone share what they store, and tell each other. Each sends what waits, under the key it was given
 * once: whoever comes second gets the same answer.
 * Events: "change", whenever an entry came, went, or got its answer; "refused"; "handed-on", in another tab.
 */
export class Outbox extends EventTarget {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  #code;
  #store;
  #others;
  /** @type {Asking | null} */
  #live = null;
  #sending = false;
  #person = "";
  #last = 0;
  #failing = false;
  /** Not to be sent before they are stored, or it is clear that they cannot be. @type {Set<string>} */
  #storing = new Set();
  /** Another tab's, for the moment. @type {Set<string>} */
  #theirs = new Set();
  /** What was dropped stays so, also if a store or a tab that knows no better still tells of it. @type {Set<string>} */
  #dropped = new Set();

  /** @param {string} code @param {Store} store @param {Others | null} [others] */
  constructor(code, store, others = null) {
    super();
    this.#code = code;
    this.#store = store;
    this.#others = others;
    if (others) others.onmessage = ({ data }) => this.#heard(data);
    store.later?.then((better) => this.#move(better), () => {});
  }

  /** Take up what an earlier page of this room left, or what other tabs did while this one was asleep. */
  async load() {
    this.#others?.postMessage({ hello: true });
    const all = await soon(this.#store.all()).catch(() => this.#unsafe()) ?? [];
    const old = all.filter(({ state, at }) => state === "kept" && Date.now() - at > KEPT_MS);
    this.#forget(old.map(({ key }) => key));
    const here = new Set(all.map(({ key }) => key));
    // Dropped elsewhere; but what still waits is worth more than the word of a store that was cleared.
    for (const { key, state, stored } of this.entries) {
      if (stored && state !== "waiting" && !here.has(key)) this.#entries.delete(key);
    }
    for (const entry of all) if (entry.code === this.#code && !old.includes(entry)) this.#learn(entry);
    this.#changed();
    this.#send();
    return this;
  }

  /** In the order they were made. */
  get entries() {
    return [...this.#entries.values()].sort((a, b) => a.at - b.at);
  }

  get #waiting() {
    return this.entries.filter(({ state }) => state === "waiting");
  }

  /** No more words are taken. What is taken back always may be. */
  get full() {
    const waiting = this.#waiting.map(({ ask }) => ask);
    return waiting.length >= MOST_WAITING || bytes(waiting) >= MOST_BYTES;
  }

  /** False: what waits here is lost with the page, and the person must be told. */
  get safe() {
    return this.#store.safe && !this.#failing;
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
      stored: false,
    };
    // What could not be stored before may be by now, and comes first.
    for (const each of this.#waiting) if (!each.stored && !this.#storing.has(each.key)) this.#keep(each);
    this.#storing.add(entry.key);
    await soon(this.#keep(entry)).catch(() => this.#unsafe());
    this.#storing.delete(entry.key);
    this.#changed();
    this.#send();
    return entry;
  }

  /** Forget entries, once the person has seen them or said so. @param {string[]} keys */
  drop(keys) {
    this.#lose(keys);
    if (keys.length) this.#others?.postMessage({ drop: keys });
    this.#changed();
    return this.#forget(keys);
  }

  /** A shared phone: nothing of this room stays, once this is done. Other tabs are told of a next person. */
  wipe({ handedOn = false } = {}) {
    if (handedOn) this.#others?.postMessage({ handedOn });
    return this.drop([...this.#entries.keys()]);
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
   * Offer again what was saved once and is not there any more: the server lost it. What it has after all, it knows
   * by its key.
   * @param {(note: string) => {zone: string, text: string} | undefined} known the note as the room has it
   * @param {(essential: string) => string | undefined} [given] the id of the answer the room has
   */
  offerAgain(known, given) {
    const kept = this.entries.filter(({ state }) => state === "kept");
    const gone = lost(kept.map(({ ask }) => ask), known, given);
    for (const entry of kept) {
      if ("id" in entry.ask && gone.has(entry.ask.id)) this.#keep({ ...entry, state: "waiting" });
    }
    this.#changed();
    this.#send();
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    // One at a time, so that a fix can never overtake the note it fixes.
    for (let next = this.#next(); next && this.#live; next = this.#next()) {
      const sent = next;
      await this.#live.ask(sent.ask, { key: sent.key }).then(
        (done) => this.#done(sent, done),
        (why) => this.#refused(sent.key, why),
      );
      this.#changed();
    }
    this.#sending = false;
  }

  #next() {
    const theirs = new Set();
    for (const entry of this.#waiting) {
      const note = "id" in entry.ask ? entry.ask.id : "";
      // Whatever is held up holds up what this tab asked for after it: its asks arrive in their order.
      if (this.#storing.has(entry.key) || theirs.has(note)) return undefined;
      if (!this.#theirs.has(entry.key)) return entry;
      theirs.add(note);
    }
    return undefined;
  }

  /** @param {Entry} sent @param {Done} done */
  #done({ key, ask }, { seq }) {
    const entry = this.#entries.get(key);
    if (entry) return void this.#keep({ ...entry, state: "kept", seq, person: this.#person });
    if (ask.type !== "note.add") return;
    // Given up in another tab while it was on its way from here: nobody would ever take it back.
    const isWanted = this.entries.some(({ ask: other }) => "id" in other && other.id === ask.id);
    if (!isWanted) this.add({ type: "note.take_back", id: ask.id });
  }

  /** @param {string} key @param {NotDone} why */
  #refused(key, { code, message }) {
    const entry = this.#entries.get(key);
    // Another tab was luckier with the same key.
    if (!entry || entry.state === "kept") return;
    const refused = { ...entry, state: /** @type {const} */ ("refused"), message };
    if (entry.ask.type === "note.add") {
      const { ask, gone } = this.#folded(entry.ask);
      if (gone) return this.drop([key]);
      refused.ask = ask;
    }
    this.#keep(refused);
    this.dispatchEvent(new CustomEvent("refused", { detail: { ...refused, reason: code } }));
  }

  /** A note that was never taken, with the changes that were waiting behind it. @param {Extract<Ask, {type: "note.add"}>} add */
  #folded(add) {
    const later = this.#waiting.filter(({ ask }) => ask !== add && "id" in ask && ask.id === add.id);
    if (later.length) this.drop(later.map(({ key }) => key));
    const note = fold([add, ...later.map(({ ask }) => ask)]).get(add.id);
    return { ask: { ...add, zone: note?.zone ?? add.zone, text: note?.text ?? add.text }, gone: note?.gone };
  }

  /** @param {Entry} entry */
  #keep(entry) {
    this.#entries.set(entry.key, entry);
    // At once, and once more when it is stored: no tab may send what was asked for later before this.
    this.#others?.postMessage({ put: [entry] });
    const stored = { ...entry, stored: this.#store.safe };
    return this.#store.put(stored).then(() => this.#isStored(entry, stored), () => this.#unsafe());
  }

  /** @param {Entry} entry as it was @param {Entry} stored */
  #isStored(entry, stored) {
    this.#failing = false;
    if (this.#entries.get(entry.key) !== entry) return;
    this.#entries.set(entry.key, stored);
    this.#others?.postMessage({ put: [stored] });
    this.#changed();
  }

  /** @param {string[]} keys */
  #lose(keys) {
    for (const key of keys) this.#entries.delete(key), this.#dropped.add(key);
  }

  /** @param {string[]} keys */
  #forget(keys) {
    return keys.length ? soon(this.#store.drop(keys)).catch(() => this.#unsafe()) : Promise.resolve();
  }

  /** @param {News} news */
  #heard({ put = [], drop = [], hello = false, handedOn = false }) {
    if (handedOn) this.dispatchEvent(new Event("handed-on"));
    // Where the store fails, a new tab can only learn from here what comes before its own.
    if (hello) this.#others?.postMessage({ put: this.#waiting });
    this.#lose(drop);
    for (const entry of put) {
      if (!this.#entries.has(entry.key)) this.#leave(entry.key);
      this.#learn(entry);
    }
    this.#changed();
    this.#send();
  }

  /** @param {Entry} entry as it is in another tab, or in the store */
  #learn(entry) {
    if (this.#dropped.has(entry.key)) return;
    const mine = this.#entries.get(entry.key);
    // What was saved stays saved, whatever a slower answer said to another tab.
    if (mine?.state === "kept" && entry.state === "refused") this.#keep(mine);
    if (mine?.state === "kept" && entry.state !== "kept") return;
    this.#entries.set(entry.key, entry);
    this.#last = Math.max(this.#last, entry.at);
  }

  /** Let the tab that made it send it; if that is gone by then, it is ours. @param {string} key */
  #leave(key) {
    this.#theirs.add(key);
    setTimeout(() => {
      this.#theirs.delete(key);
      this.#send();
    }, OTHERS_FIRST_MS);
  }

  /** The phone's database has opened after all. @param {Store} store */
  async #move(store) {
    this.#store = store;
    for (const entry of this.#entries.values()) this.#keep(entry);
    await this.load();
  }

  #unsafe() {
    this.#failing = true;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {Ask[]} asks */
const bytes = (asks) => asks.length ? new TextEncoder().encode(JSON.stringify(asks)).length : 0;

/** @template T @param {Promise<T>} promise @returns {Promise<T>} rejects where a browser's database hangs */
function soon(promise) {
  /** @type {number} */
  let timer;
  /** @type {Promise<never>} */
  const slow = new Promise((_, late) => timer = setTimeout(() => late(new Error("slow")), SLOW_STORE_MS));
  return Promise.race([promise, slow]).finally(() => clearTimeout(timer));
}
