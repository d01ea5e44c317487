import assert from "node:assert/strict";
import {
  behind,
  caughtUp,
  givenBack,
  minutesOf,
  momentOf,
  stopOf,
  toCome,
  toggled,
  withMinutes,
} from "../../app/static/js/facilitate/agenda.js";

const MINUTE = 60_000;
const BEGAN = 1_000_000 * MINUTE;
const STAGES = [["talk", 3], ["write", 6], ["sort", 7], ["list", 4], ["end", 2]].map(([id, minutes]) => ({
  id,
  minutes,
  title: id,
}));
const PLAN = { stages: STAGES };
const agenda = (more = {}) => ({ began: BEGAN, stop: null, minutes: [], left_out: [], ...more });

Deno.test("we stop when the plan's minutes are over, or when it was said", () => {
  assert.equal(stopOf(agenda(), PLAN, 0), BEGAN + 22 * MINUTE);
  assert.equal(stopOf(agenda({ began: null }), PLAN, 5 * MINUTE), 27 * MINUTE);
  assert.equal(stopOf(agenda({ stop: 7 }), PLAN, 0), 7);
  assert.equal(stopOf(agenda(), { ...PLAN, spare: 2 }, 0), BEGAN + 24 * MINUTE);
});

Deno.test("behind is what is left of this stage and of those to come, against the stop", () => {
  const on_time = BEGAN + 3 * MINUTE;
  assert.equal(behind(agenda(), PLAN, 1, 6 * MINUTE, on_time), 0);
  assert.equal(behind(agenda(), PLAN, 1, 6 * MINUTE, on_time + 5 * MINUTE), 5);
  assert.equal(behind(agenda(), PLAN, 1, -2 * MINUTE, on_time + 5 * MINUTE), -1);
  assert.equal(behind(agenda({ left_out: ["sort"] }), PLAN, 1, 6 * MINUTE, on_time), -7);
});

Deno.test("minutes are taken from the longest first, and no stage is cut out", () => {
  assert.deepEqual(caughtUp(agenda(), STAGES, 1, 4).map(({ stage, from, to }) => [stage.id, from, to]), [[
    "sort",
    7,
    3,
  ]]);
  assert.deepEqual(
    caughtUp(agenda(), STAGES, 1, 100).map(({ stage, to }) => [stage.id, to]),
    [["sort", 2], ["list", 2]],
  );
  assert.deepEqual(caughtUp(agenda(), STAGES, 4, 5), []);
  assert.deepEqual(caughtUp(agenda({ left_out: ["sort", "list"] }), STAGES, 1, 5), []);
});

Deno.test("catching up takes exactly what is asked for, if there is as much", () => {
  for (let wanted = 0; wanted <= 7; wanted += 1) {
    const taken = caughtUp(agenda(), STAGES, 1, wanted).reduce((sum, { from, to }) => sum + from - to, 0);
    assert.equal(taken, wanted);
  }
});

Deno.test("minutes taken stand beside what was changed before", () => {
  const before = agenda({ minutes: [{ stage: "list", minutes: 9 }], left_out: ["end"], stop: 7 });
  const asked = withMinutes(before, caughtUp(before, STAGES, 1, 2));
  assert.deepEqual(asked, {
    type: "agenda.set",
    stop: 7,
    minutes: [{ stage: "list", minutes: 7 }],
    left_out: ["end"],
  });
  assert.equal(minutesOf(asked, STAGES[3]), 7);
});

Deno.test("a part that is left out is not to come, and is put back by the same press", () => {
  const out = toggled(agenda(), "sort");
  assert.deepEqual(toCome(out, STAGES, 1).map(({ id }) => id), ["list", "end"]);
  assert.deepEqual(toggled(out, "sort").left_out, []);
});

Deno.test("a time of day is the moment nearest to now, over midnight too", () => {
  const late = new Date(2026, 10, 22, 23, 50).getTime();
  assert.equal(momentOf("00:10", late), late + 20 * MINUTE);
  assert.equal(momentOf("23:30", late), late - 20 * MINUTE);
  const early = new Date(2026, 10, 22, 0, 5).getTime();
  assert.equal(momentOf("23:55", early), early - 10 * MINUTE);
});

Deno.test("minutes are given back where nobody has changed them since, and nothing else is undone", () => {
  const taken = caughtUp(agenda(), STAGES, 1, 7);
  const now = agenda({
    ...withMinutes(agenda(), taken),
    minutes: [{ stage: "sort", minutes: 2 }, { stage: "list", minutes: 9 }],
    left_out: ["end"],
    stop: 7,
  });
  const back = givenBack(now, taken);
  assert.deepEqual(back.minutes, [{ stage: "sort", minutes: 7 }, { stage: "list", minutes: 9 }]);
  assert.deepEqual([back.left_out, back.stop], [["end"], 7]);
});
