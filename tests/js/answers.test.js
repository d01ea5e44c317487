import assert from "node:assert/strict";
import { answersOf, outdated } from "../../app/static/js/phone/answers.js";
import { Rows } from "../../app/static/js/rows.js";

function rows(...put) {
  const rows = new Rows();
  rows.apply({ type: "change", from: 0, to: 9, mark: "m", put, drop: [] });
  return rows;
}
const row = (essential, answer, because = "") => ({
  kind: "answer",
  id: `answer:${essential}`,
  seq: 1,
  essential,
  given: "g",
  answer,
  because,
  hands: null,
});
const entry = (key, state, ask, more = {}) => ({
  key,
  state,
  ask: { type: "essential.answer", id: key, ...ask },
  seq: 0,
  stored: true,
  ...more,
});

Deno.test("what the room has stands, and what this phone has asked for since lies over it", () => {
  const said = answersOf(
    rows(row("late", "do"), row("first", "could")),
    [
      entry("a", "kept", { essential: "late", answer: "could" }, { seq: 4 }),
      entry("b", "waiting", { essential: "late", answer: "not_here", because: "Let on Tuesdays" }),
      entry("c", "refused", { essential: "first", answer: "do" }),
    ],
    5,
  );
  assert.deepEqual([said.get("late").answer, said.get("late").standing], ["not_here", "waiting"]);
  assert.equal(said.get("late").because, "Let on Tuesdays");
  assert.deepEqual([said.get("first").answer, said.get("first").standing], ["could", "saved"]);
});

Deno.test("an answer that was kept later than the rows are known is the one that stands", () => {
  const kept = entry("a", "kept", { essential: "late", answer: "could" }, { seq: 7 });
  assert.equal(answersOf(rows(row("late", "do")), [kept], 6).get("late").answer, "could");
  assert.equal(answersOf(rows(row("late", "do")), [kept], 7).get("late").answer, "do");
});

Deno.test("taken back, it waits as such, and is gone once that is saved", () => {
  const back = (state, seq) => [entry("a", state, { essential: "late" }, { seq })];
  const waiting = answersOf(rows(row("late", "do")), back("waiting", 0), 5).get("late");
  assert.deepEqual([waiting.answer, waiting.standing], [null, "waiting"]);
  assert.equal(answersOf(rows(row("late", "do")), back("kept", 6), 5).has("late"), false);
});

Deno.test("of several saved answers to one must-have only the last stays on this phone", () => {
  const entries = [
    entry("a", "kept", { essential: "late", answer: "do" }),
    entry("b", "kept", { essential: "first", answer: "do" }),
    entry("c", "kept", { essential: "late", answer: "could" }),
    entry("d", "waiting", { essential: "first", answer: "could" }),
  ];
  assert.deepEqual(outdated(entries), ["a"]);
});
