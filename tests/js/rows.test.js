import assert from "node:assert/strict";
import { Rows } from "../../app/static/js/rows.js";

const note = (id, text = id) => ({ kind: "note", id, zone: "matrix.social", text, seq: 1 });
const change = (from, to, put, drop = []) => ({ type: "change", from, to, mark: "m", put, drop });
const told = () => new Promise((done) => setTimeout(done, 300));

Deno.test("rows are found by id and by kind, in order of first arrival", () => {
  const rows = new Rows();
  rows.apply(
    change(0, 1, [note("b"), note("a"), { kind: "clock", id: "clock", ends: null, left: null, seq: 1 }]),
  );
  rows.apply(change(1, 2, [note("b", "fixed"), note("c")]));
  assert.deepEqual(rows.of("note").map(({ text }) => text), ["fixed", "a", "c"]);
  assert.equal(rows.get("clock").kind, "clock");
  assert.equal(rows.one("note", "clock"), undefined);
  assert.equal(rows.size, 4);
});

Deno.test("an answer from the beginning replaces everything, and what stays keeps its place", async () => {
  const rows = new Rows();
  rows.apply(change(0, 3, [note("a"), note("b"), note("c")]));
  await told();
  const heard = [];
  rows.onchange((news) => heard.push(news));
  rows.apply(change(0, 9, [note("c"), note("a"), note("d")]));
  await told();
  assert.deepEqual(rows.of("note").map(({ id }) => id), ["a", "c", "d"]);
  assert.equal(heard.length, 1);
  assert.equal(heard[0].all, true);
  assert.deepEqual(heard[0].gone.map(({ id }) => id), ["b"]);
});

Deno.test("many changes are told once, with only what is true in the end", async () => {
  const rows = new Rows();
  const heard = [];
  const stop = rows.onchange((news) => heard.push(news));
  rows.apply(change(0, 1, [note("a")]));
  rows.apply(change(1, 2, [note("a", "again"), note("b")]));
  rows.apply(change(2, 3, [], ["b", "never-there"]));
  await told();
  assert.equal(heard.length, 1);
  assert.deepEqual(heard[0].put.map(({ text }) => text), ["again"]);
  assert.deepEqual(heard[0].gone.map(({ id }) => id), ["b"]);
  stop();
  rows.apply(change(3, 4, [note("c")]));
  await told();
  assert.equal(heard.length, 1);
});
