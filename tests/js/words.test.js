import assert from "node:assert/strict";
import { count, page, say } from "../../app/static/js/words.js";

Object.assign(page.words, {
  "phone.listed": "On our list: line {letter}.",
  "phone.notes.one": "{n} note",
  "phone.notes.other": "{n} notes",
});

Deno.test("places are filled in, once, and people's braces stay text", () => {
  assert.equal(say("phone.listed", { letter: "B" }), "On our list: line B.");
  assert.equal(say("phone.listed", { letter: "{letter} $& {n}" }), "On our list: line {letter} $& {n}.");
});

Deno.test("a key without words shows itself, and a place without a value stays", () => {
  assert.equal(say("phone.nowhere"), "phone.nowhere");
  assert.equal(say("phone.listed"), "On our list: line {letter}.");
});

Deno.test("counts choose their form and group their thousands", () => {
  assert.equal(count("phone.notes", 1), "1 note");
  assert.equal(count("phone.notes", 0), "0 notes");
  assert.equal(count("phone.notes", 1234), "1,234 notes");
});
