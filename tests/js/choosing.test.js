import assert from "node:assert/strict";
import { isWaiting, lines, myDots, myFeelings, myOffers } from "../../app/static/js/phone/chosen.js";
import { inOrder, suggested } from "../../app/static/js/facilitate/ballot.js";
import { newId } from "../../app/static/js/ids.js";
import { Rows } from "../../app/static/js/rows.js";

function rows(...put) {
  const rows = new Rows();
  rows.apply({ type: "change", from: 0, to: 9, mark: "m", put, drop: [] });
  return rows;
}
const votes = (round) => ({
  kind: "votes",
  id: "votes",
  round,
  items: ["a", "b"],
  budget: 2,
  open: true,
  revealed: false,
});
const ballot = (round, ...dots) => ({ kind: "ballot", id: "ballot:x", round, dots });
const asked = (ask, state = "waiting", seq = 0) => ({ key: newId(), ask, state, seq, message: "" });
const cast = (item, dots, round = 1) => ({ type: "vote.cast", item, dots, round });
const item = (id, order, theme = null) => ({ kind: "item", id, text: `all of ${id}`, order, theme });

Deno.test("dots are those the room knows of, and over them what was asked for since", () => {
  const known = rows(votes(1), ballot(1, { item: "a", dots: 2 }, { item: "b", dots: 1 }));
  const entries = [
    asked(cast("a", 3), "kept", 4), // the rows tell of it already, and of something later
    asked(cast("a", 1), "kept", 12),
    asked(cast("b", 3), "refused"),
    asked(cast("b", 0)),
  ];
  assert.deepEqual([...myDots(known, entries, 9)], [["a", 1], ["b", 0]]);
  assert.deepEqual([...myDots(known, [], 9)], [["a", 2], ["b", 1]]);
});

Deno.test("what was meant for the last vote is no dot in this one", () => {
  const known = rows(votes(2), ballot(1, { item: "a", dots: 2 }));
  assert.deepEqual([...myDots(known, [asked(cast("b", 1, 1))], 9)], []);
  assert.deepEqual([...myDots(rows(), [], 9)], []);
});

Deno.test("what was said of a line is the last thing said", () => {
  const known = rows({ kind: "feeling", id: "feeling:1", item: "a", feel: "worry", why: "Cost", hands: 1 });
  const again = asked({ type: "line.feel", id: "2", item: "a", feel: "live" });
  assert.deepEqual(myFeelings(known, [], 9).get("a"), { id: "1", feel: "worry", why: "Cost", hands: 1 });
  assert.deepEqual(myFeelings(known, [again], 9).get("a"), { id: "2", feel: "live", why: "", hands: 1 });
});

Deno.test("an offer is there until it is taken back, also while the line is down", () => {
  const known = rows({ kind: "helping", id: "helping:1", item: "a", name: "Sam", agree: true });
  const more = asked({ type: "line.help", id: "2", item: "b", name: "" });
  const back = asked({ type: "help.take_back", id: "1" });
  assert.deepEqual(myOffers(known, [more], 9).get("a"), { id: "1", name: "Sam", agree: true });
  assert.deepEqual([...myOffers(known, [more, back], 9).keys()], ["b"]);
  assert.ok(isWaiting([back], ["line.help", "help.take_back"]));
  assert.ok(!isWaiting([{ ...back, state: "kept" }], ["help.take_back"]));
});

Deno.test("a line goes by the name of its pile, and by its own words where it has none", () => {
  const known = rows(item("b", 2), item("a", 1, "t"), { kind: "theme", id: "t", title: "Walk", order: 0 });
  assert.deepEqual(lines(known).map(({ name }) => name), ["Walk", "all of b"]);
  assert.deepEqual(inOrder(known).map(({ letter, name }) => letter + name), ["AWalk", "Ball of b"]);
});

Deno.test("a third of the lines is suggested, at least one dot and at most five", () => {
  assert.deepEqual([1, 2, 4, 5, 7, 9, 12, 15, 40].map(suggested), [1, 1, 1, 2, 2, 3, 4, 5, 5]);
});
