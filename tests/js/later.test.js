import assert from "node:assert/strict";
import { later } from "../../app/static/js/phone/later.js";

const settled = () => new Promise((done) => setTimeout(done));

Deno.test("what comes later is sent for once, and whoever waits is told when it is there", async () => {
  let sent = 0, told = 0;
  const foot = later(() => Promise.resolve(`foot ${++sent}`), () => told += 1);
  assert.deepEqual([foot(), foot()], [null, null]);
  await settled();
  assert.deepEqual([foot(), foot(), sent, told], ["foot 1", "foot 1", 1, 1]);
});

Deno.test("where the line broke it is sent for again, and not by itself", async () => {
  let sent = 0, told = 0;
  const broken = () => ++sent < 3 ? Promise.reject(new TypeError("no line")) : Promise.resolve("here");
  const piles = later(broken, () => told += 1);
  for (const sofar of [1, 2, 3]) {
    assert.equal(piles(), null);
    await settled();
    await settled();
    assert.equal(sent, sofar);
  }
  assert.deepEqual([piles(), sent, told], ["here", 3, 1]);
});
