import assert from "node:assert/strict";
import { about, digits, left } from "../../app/static/js/clock.js";
import { page } from "../../app/static/js/words.js";

Object.assign(page.words, {
  "common.clock_about.one": "About {n} minute left",
  "common.clock_about.other": "About {n} minutes left",
  "common.clock_last": "Less than a minute left",
  "common.clock_over": "Time is up",
  "common.clock_paused": "The clock is paused",
});

const NOW = 1_000_000_000_000;
const row = (ends, paused = null) => ({ kind: "clock", id: "clock", seq: 1, ends, left: paused });

Deno.test("time is told in minutes, to the nearest, without seconds to race", () => {
  assert.equal(about(row(NOW + 250_000), NOW), "About 4 minutes left");
  assert.equal(about(row(NOW + 60_000), NOW), "About 1 minute left");
  assert.equal(about(row(NOW + 44_000), NOW), "Less than a minute left");
  assert.equal(about(row(NOW), NOW), "Time is up");
});

Deno.test("no clock, no words; a paused one says so", () => {
  assert.equal(about(undefined, NOW), "");
  assert.equal(about(row(null), NOW), "");
  assert.equal(about(row(null, 90_000), NOW), "The clock is paused");
  assert.equal(left(row(null, 90_000), NOW), 90_000);
});

Deno.test("a wall shows minutes and seconds, and never less than nothing", () => {
  assert.equal(digits(row(NOW + 252_000), NOW), "4:12");
  assert.equal(digits(row(NOW - 5), NOW), "0:00");
});
