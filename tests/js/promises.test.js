/** Whatever happens to tabs, stores and answers: saved is saved, and words are never lost. */

import assert from "node:assert/strict";
import { Clock, settle } from "./street.js";
import { page } from "../../app/static/js/words.js";

const clock = new Clock();
const { Outbox } = await import("../../app/static/js/outbox.js");
const { fold } = await import("../../app/static/js/phone/history.js");
const { standing, myNotes } = await import("../../app/static/js/phone/reading.js");
const { Rows } = await import("../../app/static/js/rows.js");

const HISTORIES = 150;
const STEPS = 40;
const TABS = 3;
const ROADS = ["open", "away", "held", "over"];
const WAITING = [...ROADS.map((road) => `waits_${road}`), "only_here"].map((key) => `phone.${key}`);
for (const key of [...WAITING, "phone.saved"]) page.words[key] = key;

/** The same numbers for the same seed. @param {number} seed */
function dice(seed) {
  let state = seed * 2654435761 >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * sides);
  };
}

/** A browser's database: it takes a moment, may hang, and may be full. */
class Disk {
  safe = true;
  kept = new Map();
  mood = "well";

  async all() {
    await this.#moment();
    return [...this.kept.values()].map((entry) => structuredClone(entry));
  }

  async put(entry) {
    await this.#moment();
    this.kept.set(entry.key, structuredClone(entry));
  }

  async drop(keys) {
    await this.#moment();
    for (const key of keys) this.kept.delete(key);
  }

  #moment() {
    if (this.mood === "hangs") return new Promise(() => {});
    if (this.mood === "full") return Promise.reject(new Error("quota"));
    return new Promise((done) => setTimeout(done, 3));
  }
}

/** A room as the contract has it: once a key, in order, and the same answer again. */
class Room {
  log = [];
  /** Keys that were ever answered `done`. */
  promised = new Set();
  mood = "well";

  /** What is answered, if anything is. */
  take(key, ask) {
    if (this.mood === "silent") return null;
    let seq = this.log.findIndex((fact) => fact.key === key) + 1;
    if (!seq && this.mood === "refuses") return { refused: { code: "zone.locked", message: "Locked." } };
    if (!seq && ask.type !== "note.add" && !this.#has(ask.id)) {
      return { refused: { code: "note.gone", message: "Gone." } };
    }
    if (!seq) seq = this.log.push({ key, ask });
    if (this.mood === "deaf") return null;
    this.promised.add(key);
    return { done: { key, seq, mark: `m${seq}` } };
  }

  #has(id) {
    return this.log.some(({ ask }) => ask.type === "note.add" && ask.id === id);
  }

  note = (id) => {
    const note = fold(this.log.map(({ ask }) => ask)).get(id);
    return note && !note.gone ? { zone: note.zone, text: note.text } : undefined;
  };
}

/** A page: an outbox, and a seat that asks again on each new connection. */
class Tab {
  asks = new Map();
  alive = true;
  others = { postMessage: (news) => this.#tell(structuredClone(news)), onmessage: null };

  constructor(world) {
    this.world = world;
    this.outbox = new Outbox("KXRMTPWGD", this.#disk(), this.others);
  }

  async open() {
    await this.outbox.load();
    this.outbox.serve(this, "me");
    this.outbox.offerAgain(this.world.room.note);
  }

  ask(ask, { key }) {
    if (!this.alive) return new Promise(() => {});
    const { illness, disk } = this.world;
    assert.ok(illness || disk.kept.has(key), "sent before it was stored");
    const answer = new Promise((done, refused) => this.asks.set(key, { ask, done, refused }));
    this.knock(key);
    return answer;
  }

  knock(key) {
    const { ask, done, refused } = this.asks.get(key);
    const answer = this.world.room.take(key, ask);
    if (!answer) return;
    this.asks.delete(key);
    if (answer.done) done(answer.done);
    else refused(answer.refused);
  }

  /** A tab that is dead writes no more. */
  #disk() {
    const { disk } = this.world;
    const mine = (act) => (...words) => this.alive ? disk[act](...words) : new Promise(() => {});
    return { safe: true, all: mine("all"), put: mine("put"), drop: mine("drop") };
  }

  #tell(data) {
    if (!this.alive) return;
    for (const tab of this.world.tabs) {
      if (tab !== this) queueMicrotask(() => tab.alive && tab.others.onmessage({ data }));
    }
  }
}

class World {
  disk = new Disk();
  room = new Room();
  tabs = [];
  /** Notes by id, as their writer last saw them go into the outbox; and in which order, by tab. */
  wrote = new Map();
  order = new Map();
  #texts = new Map();
  #takenBack = new Map();
  #count = 0;

  constructor(roll) {
    this.roll = roll;
  }

  pick(list) {
    return list[this.roll(list.length)];
  }

  async step() {
    const tab = this.tabs.length ? this.pick(this.tabs) : null;
    const moves = {
      add: () => tab && this.#add(tab),
      change: () => tab && this.#change(tab),
      takeBack: () => tab && this.#takeBack(tab),
      open: () => this.tabs.length < TABS && this.open(),
      kill: () => this.kill(tab),
      room: () => this.room.mood = this.pick(["well", "well", "silent", "refuses", "deaf"]),
      disk: () => this.disk.mood = this.illness && this.pick(["well", "well", "hangs", "full"]) || "well",
      reconnect: () => this.reconnect(),
      restore: () => this.room.log.length && this.restore(),
      time: () => clock.pass(this.pick([100, 2_100, 60_000])),
      sleepless: () => tab?.outbox.load(),
    };
    const likely = ["add", "add", "add", "add", "change", "change", "time", "time", "reconnect"];
    const move = this.pick([...likely, ...Object.keys(moves)]);
    await Promise.race([moves[move](), settle()]);
    await clock.pass(1);
    return move;
  }

  async open() {
    const tab = new Tab(this);
    this.tabs.push(tab);
    await tab.open();
  }

  kill(tab) {
    if (!tab) return;
    tab.alive = false;
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  reconnect() {
    for (const tab of this.tabs) for (const key of [...tab.asks.keys()]) tab.knock(key);
  }

  restore() {
    this.room.log.length = this.roll(this.room.log.length);
    for (const tab of this.tabs) tab.outbox.offerAgain(this.room.note);
  }

  async #add(tab) {
    const id = `note ${this.#count += 1}`;
    await this.#put(tab, { type: "note.add", id, zone: "m.a", text: `${id}, first` });
  }

  async #change(tab) {
    const own = tab.outbox.entries.filter(({ ask, state }) => ask.type === "note.add" && state !== "refused");
    if (own.length) {
      await this.#put(tab, {
        type: "note.edit",
        id: this.pick(own).ask.id,
        text: `changed ${this.#count += 1}`,
      });
    }
  }

  async #takeBack(tab) {
    const own = tab.outbox.entries.filter(({ ask, state }) => ask.type === "note.add" && state !== "refused");
    if (!own.length) return;
    const { id } = this.pick(own).ask;
    // From now on nobody promises anything of it.
    this.wrote.delete(id);
    this.#texts.delete(id);
    const { key } = await tab.outbox.add({ type: "note.take_back", id });
    if (tab.alive && this.disk.kept.has(key)) this.#takenBack.set(id, key);
  }

  /** It is a promise from when the phone says so: on its disk, or held by a page that is still open. */
  async #put(tab, ask) {
    if (ask.type === "note.add") this.#texts.set(ask.id, []);
    const texts = this.#texts.get(ask.id);
    texts?.push(ask.text);
    const { key, at } = await tab.outbox.add(ask);
    if (!tab.alive) return;
    const stored = this.disk.kept.has(key);
    if (ask.type === "note.add" && this.#texts.has(ask.id)) this.wrote.set(ask.id, { texts, tab, stored });
    this.order.set(tab, [...this.order.get(tab) ?? [], { key, at }]);
  }

  /** What holds at every moment. */
  check() {
    for (const { outbox } of this.tabs) {
      for (const entry of outbox.entries) {
        assert.ok(["waiting", "refused", "kept"].includes(entry.state));
        if (entry.state === "kept") assert.ok(this.room.promised.has(entry.key), "kept without a done");
      }
      for (const note of myNotes(new Rows(), outbox.entries, 0)) {
        const road = this.pick(ROADS);
        const words = standing(note, new Rows(), { road, open: true, group: "" });
        const states = { saved: ["phone.saved"], waiting: WAITING, refused: ["Locked.", "Gone."] };
        assert.ok(states[note.standing].includes(words), `${note.standing}: ${words}`);
        if (words === `phone.waits_${road}`) {
          const waiting = outbox.entries.filter(({ ask, state }) =>
            ask.id === note.id && state === "waiting"
          );
          assert.ok(
            waiting.every(({ key }) => this.disk.kept.has(key)),
            "said to be on the phone, and is not",
          );
        }
      }
    }
    for (const [id, { texts, tab, stored }] of this.wrote) {
      if (!stored && !tab.alive) continue;
      assert.ok(this.#somewhere(id, texts), `${id} is nowhere`);
    }
  }

  #somewhere(id, texts) {
    const here = [...this.disk.kept.values(), ...this.tabs.flatMap(({ outbox }) => outbox.entries)];
    return this.room.note(id) !== undefined ||
      here.some(({ ask }) => ask.id === id && texts.includes(ask.text));
  }

  /** After all trouble: one page, a room and a disk that work. */
  async heal() {
    this.room.mood = this.disk.mood = "well";
    this.reconnect();
    await clock.pass(60_000);
    while (this.tabs.length) this.kill(this.tabs[0]);
    this.open();
    await clock.pass(60_000);
  }

  checkHealed() {
    const [{ outbox }] = this.tabs;
    assert.deepEqual(outbox.entries.filter(({ state }) => state === "waiting"), []);
    const adds = this.room.log.filter(({ ask }) => ask.type === "note.add").map(({ ask }) => ask.id);
    assert.equal(new Set(adds).size, adds.length, "a note is there twice");
    const keys = this.room.log.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    for (const made of this.order.values()) {
      const pressed = made.sort((a, b) => a.at - b.at).map(({ key }) => key);
      const came = pressed.filter((key) => keys.includes(key));
      const sorted = [...came].sort((a, b) => keys.indexOf(a) - keys.indexOf(b));
      if (!this.disordered) assert.deepEqual(came, sorted, "one tab's asks out of order");
    }
    for (const [id, { texts, tab, stored }] of this.wrote) {
      if (!stored && !tab.alive && !this.room.note(id)) continue;
      const refused = outbox.entries.some(({ ask, state }) => ask.id === id && state === "refused");
      assert.ok(refused || texts.includes(this.room.note(id)?.text), `${id} is neither saved nor refused`);
    }
    for (const [id, key] of this.#takenBack) {
      const refused = outbox.entries.some((entry) => entry.key === key && entry.state === "refused");
      assert.ok(refused || !this.room.note(id), `${id} was taken back, and is there again`);
    }
  }
}

Deno.test("three states and never a fourth: saved only once it is, words never lost, notes never doubled", async () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const world = new World(dice(seed));
    world.illness = seed % 2 === 0;
    const moves = [];
    world.open();
    await clock.pass(10);
    try {
      for (let step = 0; step < STEPS; step += 1) {
        const move = await world.step();
        moves.push(move);
        // A server or a disk that lost something lost the order with it.
        world.disordered ||= move === "restore" || world.disk.mood !== "well";
        world.check();
      }
      await world.heal();
      world.checkHealed();
    } catch (error) {
      error.message += ` (seed ${seed}: ${moves.join(" ")})`;
      throw error;
    }
  }
});
