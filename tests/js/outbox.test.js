import assert from "node:assert/strict";
import { Outbox } from "../../app/static/js/outbox.js";
import { memory } from "../../app/static/js/phone/store.js";

/** A store that outlives the page, as a browser's does. */
function disk() {
  const kept = new Map();
  return {
    safe: true,
    all: () => Promise.resolve([...kept.values()].map((entry) => structuredClone(entry))),
    put: (entry) => Promise.resolve(void kept.set(entry.key, structuredClone(entry))),
    drop: (keys) => Promise.resolve(keys.forEach((key) => kept.delete(key))),
    kept,
  };
}

/** A room that takes asks in order, once a key, until told to refuse or to be silent. */
class Room {
  taken = [];
  refusing = null;
  silent = false;

  ask(ask, { key }) {
    if (this.silent) return new Promise(() => {});
    if (this.refusing) return Promise.reject({ code: this.refusing, message: "No." });
    if (!this.taken.some((each) => each.key === key)) this.taken.push({ key, ask });
    return Promise.resolve({ key, seq: this.taken.length, mark: "m" });
  }
}

const add = (id, text = id) => ({ type: "note.add", id, zone: "matrix.social", text });
const settled = () => new Promise((done) => setTimeout(done, 20));
const states = (outbox) => outbox.entries.map(({ state }) => state);

Deno.test("what was asked for before the room could be reached is sent later, in its order", async () => {
  const outbox = await new Outbox("KXRMTPWGD", disk()).load();
  await outbox.add(add("a"));
  await outbox.add({ type: "note.edit", id: "a", text: "fixed" });
  assert.deepEqual(states(outbox), ["waiting", "waiting"]);
  const room = new Room();
  outbox.serve(room, "me");
  await settled();
  assert.deepEqual(room.taken.map(({ ask }) => ask.type), ["note.add", "note.edit"]);
  assert.deepEqual(states(outbox), ["kept", "kept"]);
});

Deno.test("a dead tab loses nothing, and the same key is sent again", async () => {
  const store = disk();
  const first = await new Outbox("KXRMTPWGD", store).load();
  const room = new Room();
  room.silent = true;
  first.serve(room, "me");
  const { key } = await first.add(add("a"));
  const second = await new Outbox("KXRMTPWGD", store).load();
  const awake = new Room();
  second.serve(awake, "me");
  await settled();
  assert.deepEqual(awake.taken.map((each) => each.key), [key]);
});

Deno.test("another room's asks are left alone", async () => {
  const store = disk();
  await (await new Outbox("BBBBBBBBB", store).load()).add(add("a"));
  assert.equal((await new Outbox("KXRMTPWGD", store).load()).entries.length, 0);
  assert.equal(store.kept.size, 1);
});

Deno.test("a refused note keeps its words, with the changes that waited behind it", async () => {
  const outbox = await new Outbox("KXRMTPWGD", disk()).load();
  await outbox.add(add("a"));
  await outbox.add({ type: "note.edit", id: "a", text: "better" });
  const room = new Room();
  room.refusing = "zone.locked";
  outbox.serve(room, "me");
  await settled();
  assert.equal(outbox.entries.length, 1);
  assert.deepEqual([outbox.entries[0].state, outbox.entries[0].ask.text, outbox.entries[0].message], [
    "refused",
    "better",
    "No.",
  ]);
});

Deno.test("a refused note that was taken back meanwhile is simply gone", async () => {
  const outbox = await new Outbox("KXRMTPWGD", disk()).load();
  await outbox.add(add("a"));
  await outbox.add({ type: "note.take_back", id: "a" });
  const room = new Room();
  room.refusing = "session.closed";
  outbox.serve(room, "me");
  await settled();
  assert.equal(outbox.entries.length, 0);
});

Deno.test("what the server lost is offered again under its old key, and what was taken back is not", async () => {
  const outbox = await new Outbox("KXRMTPWGD", disk()).load();
  const room = new Room();
  outbox.serve(room, "me");
  const { key } = await outbox.add(add("a"));
  await outbox.add(add("b"));
  await outbox.add({ type: "note.take_back", id: "b" });
  await outbox.add(add("c"));
  await settled();
  room.taken = [];
  outbox.offerAgain((note) => note === "c" ? { zone: "matrix.social", text: "c" } : undefined);
  await settled();
  assert.deepEqual(room.taken.map((each) => each.key), [key]);
  assert.deepEqual(states(outbox), ["kept", "kept", "kept", "kept"]);
});

Deno.test("the last answer to a must-have is offered again where the server lost it, and no older one", async () => {
  const outbox = await new Outbox("KXRMTPWGD", disk()).load();
  const room = new Room();
  outbox.serve(room, "me");
  const answer = (id, essential, more) => outbox.add({ type: "essential.answer", id, essential, ...more });
  await answer("one", "late", { answer: "do" });
  await answer("two", "late", { answer: "could" });
  await answer("three", "first", { answer: "do" });
  await answer("four", "early", { answer: "do" });
  await answer("five", "early", {});
  await settled();
  room.taken = [];
  outbox.offerAgain(() => undefined, (essential) => ({ late: "one", first: "three" })[essential]);
  await settled();
  assert.deepEqual(room.taken.map(({ ask }) => ask.id), ["two"]);
  room.taken = [];
  outbox.offerAgain(
    () => undefined,
    (essential) => ({ late: "two", first: "three", early: "four" })[essential],
  );
  await settled();
  assert.deepEqual(room.taken.map(({ ask }) => ask.id), ["five"]);
});

Deno.test("kept asks of somebody else are dropped, waiting ones are sent", async () => {
  const store = disk();
  const outbox = await new Outbox("KXRMTPWGD", store).load();
  outbox.serve(new Room(), "me");
  await outbox.add(add("a"));
  await settled();
  const next = await new Outbox("KXRMTPWGD", store).load();
  const waiting = next.add(add("b"));
  const room = new Room();
  next.serve(room, "somebody else");
  await waiting;
  await settled();
  assert.deepEqual(room.taken.map(({ ask }) => ask.id), ["b"]);
  assert.deepEqual(next.entries.map(({ ask }) => ask.id), ["b"]);
});

Deno.test("kept asks are forgotten after a day, waiting ones never", async () => {
  const store = disk();
  const old = {
    key: "k",
    code: "KXRMTPWGD",
    person: "me",
    at: Date.now() - 25 * 3_600_000,
    ask: add("a"),
    seq: 1,
    message: "",
  };
  await store.put({ ...old, state: "kept" });
  await store.put({ ...old, key: "w", state: "waiting" });
  const outbox = await new Outbox("KXRMTPWGD", store).load();
  assert.deepEqual(outbox.entries.map(({ key }) => key), ["w"]);
});

Deno.test("where storage fails, notes are still sent and the page says it is not safe", async () => {
  const outbox = await new Outbox("KXRMTPWGD", { ...disk(), put: () => Promise.reject(new Error("quota")) })
    .load();
  assert.equal(outbox.safe, true);
  const room = new Room();
  outbox.serve(room, "me");
  await outbox.add(add("a"));
  await settled();
  assert.equal(outbox.safe, false);
  assert.equal(room.taken.length, 1);
  assert.equal((await new Outbox("KXRMTPWGD", memory()).load()).safe, false);
});

/** Tabs that hear each other at once. */
function tabs() {
  const all = [];
  return () => {
    const tab = {
      onmessage: null,
      postMessage: (data) => all.forEach((each) => each !== tab && each.onmessage({ data })),
    };
    all.push(tab);
    return tab;
  };
}

Deno.test("what one tab asks for waits in the others, and what is dropped in one is gone in all", async () => {
  const [store, tab] = [disk(), tabs()];
  const first = await new Outbox("KXRMTPWGD", store, tab()).load();
  const second = await new Outbox("KXRMTPWGD", store, tab()).load();
  const { key } = await first.add(add("a"));
  assert.deepEqual(second.entries.map((each) => [each.key, each.state, each.stored]), [[
    key,
    "waiting",
    true,
  ]]);
  second.drop([key]);
  await settled();
  assert.deepEqual([first.entries, [...store.kept]], [[], []]);
});

Deno.test("what was saved stays saved, also if a slower answer told another tab no", async () => {
  const [store, tab] = [disk(), tabs()];
  const first = await new Outbox("KXRMTPWGD", store, tab()).load();
  const second = await new Outbox("KXRMTPWGD", store, tab()).load();
  await first.add(add("a"));
  const answers = [];
  const slow = { ask: () => new Promise((done, refused) => answers.push({ done, refused })) };
  first.serve(slow, "me");
  second.serve(slow, "me");
  // The second tab leaves it to the first for a while.
  await new Promise((later) => setTimeout(later, 2_100));
  const [{ key }] = first.entries;
  answers[0].done({ key, seq: 1, mark: "m" });
  answers[1].refused({ key, code: "zone.locked", message: "No." });
  await settled();
  const third = await new Outbox("KXRMTPWGD", store).load();
  for (const outbox of [first, second, third]) assert.deepEqual(states(outbox), ["kept"]);

  const late = { ...first.entries[0], state: "refused" };
  const stranger = tab();
  stranger.onmessage = () => {};
  stranger.postMessage({ put: [late] });
  for (const outbox of [first, second]) assert.deepEqual(states(outbox), ["kept"]);
});

Deno.test("what no browser has on its disk is not called stored", async () => {
  const outbox = await new Outbox("KXRMTPWGD", memory()).load();
  await outbox.add(add("a"));
  assert.deepEqual(outbox.entries.map(({ stored }) => stored), [false]);
});

Deno.test("a database that opens late takes over what waits, and what an earlier page left comes with it", async () => {
  const store = disk();
  await (await new Outbox("KXRMTPWGD", store).load()).add(add("left"));
  await settled();
  let opens;
  const later = new Promise((open) => opens = () => open(store));
  const outbox = await new Outbox("KXRMTPWGD", { ...memory(), later }).load();
  await outbox.add(add("a"));
  assert.equal(outbox.safe, false);
  opens();
  await settled();
  assert.equal(outbox.safe, true);
  assert.deepEqual(outbox.entries.map(({ ask, stored }) => [ask.id, stored]), [["left", true], ["a", true]]);
});

Deno.test("200 asks, or 256 KiB of them, are all that may wait", async () => {
  const many = await new Outbox("KXRMTPWGD", disk()).load();
  for (let i = 0; i < 200; i += 1) {
    assert.equal(many.full, false);
    await many.add(add(`n${i}`));
  }
  assert.equal(many.full, true);
  const long = await new Outbox("KXRMTPWGD", disk()).load();
  while (!long.full) await long.add(add("n", "\u{1F6B6}".repeat(1_000)));
  assert.ok(long.entries.length > 60 && long.entries.length < 66, `${long.entries.length}`);
});

Deno.test("leaving wipes this room from the phone", async () => {
  const store = disk();
  const outbox = await new Outbox("KXRMTPWGD", store).load();
  await outbox.add(add("a"));
  outbox.wipe();
  await settled();
  assert.equal(store.kept.size, 0);
});
