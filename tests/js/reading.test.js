import assert from "node:assert/strict";
import { letters, moment, myNotes, standing } from "../../app/static/js/phone/reading.js";
import { lettersLeft } from "../../app/static/js/phone/drafts.js";
import { newId } from "../../app/static/js/ids.js";
import { Rows } from "../../app/static/js/rows.js";
import { page } from "../../app/static/js/words.js";

for (
  const key of [
    "waits_open",
    "waits_away",
    "only_here",
    "saved",
    "private",
    "shown",
    "held_names",
    "filing_waits",
    "change_it",
    "not_added",
  ]
) page.words[`phone.${key}`] = key;
page.words["phone.filed"] = "pile {pile}";
page.words["phone.listed"] = "line {letter}";

const HERE = { road: "open", open: true, group: "table" };

function rows(...put) {
  const rows = new Rows();
  rows.apply({ type: "change", from: 0, to: 9, mark: "m", put, drop: [] });
  return rows;
}
const note = (id, more = {}) => [
  { kind: "note", id, zone: "m.a", text: id, seq: 1 },
  {
    kind: "mine",
    id: `mine:${id}`,
    note: id,
    state: "private",
    why: null,
    pile: null,
    line: null,
    seq: 1,
    ...more,
  },
];
const asked = (ask, state = "waiting", seq = 0) => ({
  key: newId(),
  ask,
  state,
  seq,
  message: "why not",
  stored: true,
});
const item = (id, order) => ({
  kind: "item",
  id,
  order,
  text: id,
  theme: null,
  notes: 1,
  people: 1,
  groups: [],
  worried: 0,
  against: 0,
  seq: 1,
});

Deno.test("a note that waits is there at once, and says that it is only on this phone", () => {
  const waiting = asked({ type: "note.add", id: "n", zone: "m.a", text: "words" });
  const [mine] = myNotes(rows(), [waiting], 9);
  assert.equal(mine.text, "words");
  assert.equal(standing(mine, rows(), HERE), "waits_open");
  assert.equal(standing(mine, rows(), { ...HERE, road: "away" }), "waits_away");
  assert.equal(standing({ ...mine, stored: false }, rows(), HERE), "only_here");
});

Deno.test("an answer that came before its row says saved, and nothing is shown twice after it", () => {
  const kept = asked({ type: "note.add", id: "n", zone: "m.a", text: "n" }, "kept", 10);
  assert.equal(standing(myNotes(rows(), [kept], 9)[0], rows(), HERE), "saved");
  assert.equal(myNotes(rows(...note("n")), [kept], 10).length, 1);
});

Deno.test("waiting changes are laid over the row; taking back hides and putting back shows", () => {
  const taken = new Map();
  const edit = asked({ type: "note.edit", id: "n", text: "better" });
  const move = asked({ type: "note.move", id: "n", zone: "m.b" });
  const back = asked({ type: "note.take_back", id: "n" });
  const [mine] = myNotes(rows(...note("n")), [edit, move], 9);
  assert.deepEqual([mine.text, mine.zone], ["better", "m.b"]);
  assert.equal(myNotes(rows(...note("n")), [edit, back], 9, taken).length, 0);
  const again = asked({ type: "note.put_back", id: "n" });
  assert.equal(myNotes(rows(), [again], 20, taken)[0].text, "better");
});

Deno.test("the most telling sentence wins: held, then the line, then the pile, then where it can be seen", () => {
  const told = (more, ...put) => {
    const all = rows(
      ...note("n", more),
      { kind: "theme", id: "t", title: "Walk", into: null, seq: 1 },
      ...put,
    );
    return standing(myNotes(all, [], 9)[0], all, HERE);
  };
  assert.equal(told({}), "private");
  assert.equal(told({ state: "shown" }), "shown");
  assert.equal(told({ state: "shown", pile: "t" }), "pile Walk");
  assert.equal(told({ state: "shown", pile: "t", line: "i" }, item("i", 2), item("h", 1)), "line B");
  assert.equal(told({ state: "held", why: "names", pile: "t" }), "held_names change_it");
});

Deno.test("a pile that was chosen without a line is said to wait, also for one part of a note", () => {
  const put = [...note("n", { state: "shown" }), {
    kind: "part",
    id: "p",
    note: "n",
    text: "a part",
    seq: 1,
  }];
  const all = rows(...put), [mine] = myNotes(all, [], 9);
  for (const id of ["n", "p"]) {
    const entries = [asked({ type: "note.file", id, theme: "t" })];
    assert.equal(standing(mine, all, { ...HERE, entries }), "shown");
    assert.equal(standing(mine, all, { ...HERE, entries, road: "away" }), "filing_waits");
  }
  const other = [asked({ type: "note.file", id: "other", theme: "t" })];
  assert.equal(standing(mine, all, { ...HERE, entries: other, road: "away" }), "shown");
  const kept = [asked({ type: "note.file", id: "n", theme: "t" }, "kept", 4)];
  assert.equal(standing(mine, all, { ...HERE, entries: kept, road: "away" }), "shown");
});

Deno.test("lines have letters by their order: A to Z, then AA", () => {
  const all = rows(...Array.from({ length: 28 }, (_, order) => item(`i${order}`, order)).reverse());
  const named = letters(all);
  assert.deepEqual([named.get("i0"), named.get("i25"), named.get("i26"), named.get("i27")], [
    "A",
    "Z",
    "AA",
    "AB",
  ]);
});

Deno.test("no stage yet: before; closed: closed; else the stage's own manner and its boards' zones", () => {
  const board = {
    id: "m",
    tool: "t",
    title: "M",
    layout: "grid",
    question: "What helps?",
    zones: [{ id: "a", title: "A", prompt: "?" }],
  };
  const stage = { id: "alone", title: "Alone", boards: ["m"], manner: "write", shows: [], prompt: "" };
  const card = { plan: { boards: [board], stages: [stage] } };
  const at = (stage, closed = false) => ({ kind: "stage", id: "stage", stage, opened: null, closed, seq: 1 });
  const locked = { kind: "zone", id: "m.a", sees: "author", locked: true, seq: 1 };
  assert.equal(moment(card, rows(at(null))).manner, "before");
  assert.equal(moment(card, rows(at("alone", true))).manner, "closed");
  const now = moment(card, rows(at("alone"), locked));
  assert.deepEqual([now.manner, now.question, now.places[0].address, now.places[0].locked], [
    "write",
    "What helps?",
    "m.a",
    true,
  ]);
});

Deno.test("letters are counted as the server counts them: code points after NFC, without the edges", () => {
  assert.equal(lettersLeft("  " + "e\u0301".repeat(280) + "\n"), 0);
  assert.equal(lettersLeft("👍".repeat(281)), -1);
});

Deno.test("ids are 128 random bits in 22 letters that the server takes", () => {
  const ids = new Set(Array.from({ length: 500 }, newId));
  assert.equal(ids.size, 500);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{22}$/);
});
