import assert from "node:assert/strict";
import { propose } from "../../app/static/js/desk/proposing.js";

Deno.test("a note is cut at the plainest sign it has, and a new line is plainer than a plus or an and", () => {
  assert.deepEqual(propose("walk\nbikes and a pump"), ["walk", "bikes and a pump"]);
  assert.deepEqual(propose("bike racks + a pump and a map"), ["bike racks", "a pump and a map"]);
  assert.deepEqual(propose("benches / shade"), ["benches", "shade"]);
  assert.deepEqual(propose("walk and talk AND rest"), ["walk", "talk", "rest"]);
});

Deno.test("words that only hold a sign inside them stay whole, with an empty part to fill", () => {
  for (const text of ["a band in the park", "and/or", "50+ club", "", "ارام سے چلیں"]) {
    assert.deepEqual(propose(text), [text, ""]);
  }
});

Deno.test("six parts at most, and nothing is lost", () => {
  const lines = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
  const parts = propose(lines.join("\n"));
  assert.equal(parts.length, 6);
  assert.equal(parts.at(-1), "six\nseven\neight");
});
