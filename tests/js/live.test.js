import assert from "node:assert/strict";
import { change, done, json, now, refused, settle, Street, welcome } from "./street.js";

const street = new Street();
const { post } = await import("../../app/static/js/api.js");
const { Live } = await import("../../app/static/js/live.js");
const ask = { type: "note.add", id: "n", zone: "m.a", text: "words" };
const MINUTE_MS = 60_000;

/** A phone on a street as it was at first, and the end of it afterwards. */
function phone(name, test) {
  Deno.test(name, async () => {
    Object.assign(street, { sockets: "open", tried: [], sent: [], requests: [], ...FAIR });
    document.visibilityState = "visible";
    const live = new Live({ code: "KXRMTPWGD", as: "participant" });
    await settle();
    try {
      await test(live);
    } finally {
      live.close();
      await settle();
    }
  });
}

const FAIR = { answer: street.answer, web: street.web };

phone("a line on which nothing comes any more is dead within 35 seconds, whenever it died", async (live) => {
  for (const after of [0, 1, 7_000, 14_999, 15_001, 29_000, 44_000]) {
    await street.clock.pass(after);
    assert.equal(live.state, "open");
    street.sockets = "deaf";
    const { tried: { length }, clock: { now: died } } = street;
    while (live.state === "open") await street.clock.pass(500);
    assert.ok(street.clock.now - died <= 35_500, `${street.clock.now - died} ms`);
    street.sockets = "open";
    await street.clock.pass(MINUTE_MS);
    assert.equal(live.state, "open");
    assert.ok(street.tried.length > length);
  }
});

phone("it beats every 15 seconds and says how far it has seen", async (live) => {
  street.socket.say(change(0, 7));
  await street.clock.pass(MINUTE_MS);
  const beats = street.sent.filter(({ type }) => type === "beat");
  assert.equal(beats.length, 4);
  assert.deepEqual(beats.map(({ seen }) => seen), [7, 7, 7, 7]);
  assert.equal(live.state, "open");
  assert.equal(street.tried.length, 1);
});

for (
  const [news, tell] of [
    ["online", () => globalThis.dispatchEvent(new Event("online"))],
    ["pageshow", () => globalThis.dispatchEvent(new Event("pageshow"))],
    ["visibilitychange", () => document.dispatchEvent(new Event("visibilitychange"))],
    ["resume", () => document.dispatchEvent(new Event("resume"))],
  ]
) {
  phone(
    `at ${news} it connects at once, and finds out within 5 seconds that a line is dead`,
    async (live) => {
      street.sockets = "closed";
      street.socket.end();
      await street.clock.pass(2 * MINUTE_MS);
      assert.equal(live.state, "away");
      street.sockets = "open";
      tell();
      await settle();
      assert.equal(live.state, "open");
      street.sockets = "deaf";
      tell();
      await street.clock.pass(5_001);
      assert.equal(live.state, "away");
      street.sockets = "open";
      await street.clock.pass(MINUTE_MS);
      // Thawed with a socket that was closed in its sleep, without anybody having said so.
      street.socket.readyState = 3;
      tell();
      await street.clock.pass(1_000);
      assert.equal(live.state, "open");
    },
  );
}

phone("woken twice while it connects, it has one line", async () => {
  street.sockets = "closed";
  street.socket.end();
  await street.clock.pass(3 * MINUTE_MS);
  street.sockets = "open";
  const before = street.tried.length + street.requests.length;
  for (let i = 0; i < 5; i += 1) globalThis.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(street.tried.length + street.requests.length, before + 1);
});

phone("while nobody answers it tries again within 10 seconds, and never in a storm", async () => {
  street.sockets = "closed";
  street.socket.end();
  await street.clock.pass(10 * MINUTE_MS);
  const tries = [...street.tried, ...street.requests].map(({ at }) => at).sort((a, b) => a - b);
  const waits = tries.slice(1).map((at, i) => at - tries[i]);
  assert.ok(Math.max(...waits) <= 10_001, `${Math.max(...waits)} ms`);
  assert.ok(tries.length < 300, `${tries.length} tries in ten minutes`);
  // Full jitter: as likely soon as late.
  const late = waits.slice(10);
  assert.ok(Math.min(...late) < 3_000 && Math.max(...late) > 7_000, late.join(" "));
});

phone("a room that lets it in and throws it out again is not stormed either", async () => {
  street.answer = (frame, socket) => {
    queueMicrotask(() => queueMicrotask(() => socket.end()));
    return frame.type === "hello" ? [welcome()] : [];
  };
  street.socket.end();
  await street.clock.pass(10 * MINUTE_MS);
  assert.ok(street.tried.length < 300, `${street.tried.length} tries in ten minutes`);
});

phone(
  "told to come again, an ask comes again with its key, ever more seldom, until it is done",
  async (live) => {
    let full = true;
    street.answer = (frame) => {
      if (frame.type === "ask") return [full ? refused(frame.key, "storage.full", 0) : done(frame.key)];
      return FAIR.answer(frame);
    };
    const held = [];
    live.addEventListener("held", ({ detail }) => held.push(detail.code));
    const answer = live.ask(ask, { key: "k" });
    await street.clock.pass(2 * MINUTE_MS);
    const times = street.asks("k").map(({ at }) => at);
    const waits = times.slice(1).map((at, i) => at - times[i]);
    assert.ok(waits[0] <= 200 && Math.max(...waits) <= 10_001, waits.join(" "));
    assert.ok(times.length > 12 && times.length < 90, `${times.length}`);
    assert.equal(live.held, "storage.full");
    assert.equal(held.length, times.length);
    full = false;
    await street.clock.pass(10_001);
    assert.equal((await answer).seq, 1);
    assert.equal(live.held, "");
  },
);

phone("what is not worth doing late is given up, and not sent when the line is back", async (live) => {
  street.sockets = "closed";
  street.socket.end();
  await settle();
  let refusal = null;
  live.ask(ask, { key: "late", within: 3_000 }).catch((why) => refusal = why);
  live.ask(ask, { key: "kept" });
  await street.clock.pass(2_999);
  assert.equal(refusal, null);
  await street.clock.pass(1);
  assert.equal(refusal?.code, "no.answer");
  street.sockets = "open";
  await street.clock.pass(MINUTE_MS);
  assert.equal(street.asks("late").length, 0);
  assert.equal(street.asks("kept").length, 1);
});

phone("it waits at least as long as it was told to", async (live) => {
  street.answer = (frame) =>
    frame.type === "ask" ? [refused(frame.key, "slow.down", 5_000)] : FAIR.answer(frame);
  live.ask(ask, { key: "k" });
  await street.clock.pass(4_999);
  assert.equal(street.asks("k").length, 1);
  await street.clock.pass(1_000);
  assert.equal(street.asks("k").length, 2);
});

phone("what is not ours is no answer: nothing is settled by it, and nothing breaks", async (live) => {
  let settled = false;
  live.ask(ask, { key: "k" }).then(() => settled = true, () => settled = true);
  for (
    const said of [
      "<html>Sign in</html>",
      "",
      "null",
      "[1]",
      "{}",
      { type: "done" },
      { type: "done", key: "k", seq: "1", mark: "m" },
      { type: "done", key: "k", seq: 1 },
      { type: "refused", key: "k" },
      { type: "change", from: 0, to: 1, mark: "m", put: [null], drop: [] },
      { type: "change", from: 0, to: 1, mark: "m", put: {}, drop: [] },
      { type: "welcome" },
      { type: "__proto__" },
      { type: "constructor", code: "a", message: "b" },
    ]
  ) {
    const before = street.socket;
    before.say(said);
    await settle();
    // A word that we do not know is a newer server's, and no harm; nonsense ends the line.
    if (!["__proto__", "constructor"].includes(said.type)) {
      assert.equal(live.state, "away", JSON.stringify(said));
    }
    await street.clock.pass(MINUTE_MS);
    assert.equal(live.state, "open", JSON.stringify(said));
  }
  street.socket.onmessage({ data: new ArrayBuffer(2) });
  await street.clock.pass(MINUTE_MS);
  assert.equal(settled, false);
  assert.ok(street.asks("k").length > 5);
  street.socket.say(done("k"));
  await settle();
  assert.equal(settled, true);
});

phone("thrown out of a page that was opened too often, it rests until it is told to go on", async (live) => {
  let settled = false;
  live.ask(ask, { key: "k" }).then(() => settled = true);
  street.socket.say({ type: "going", code: "sockets.too_many", message: "Too many." });
  const { length } = street.tried;
  globalThis.dispatchEvent(new Event("online"));
  await street.clock.pass(5 * MINUTE_MS);
  assert.equal(street.tried.length, length);
  street.answer = (frame) => frame.type === "ask" ? [done(frame.key)] : FAIR.answer(frame);
  live.open();
  await settle();
  assert.equal(live.state, "open");
  assert.equal(settled, true);
});

const SIGN_INS = {
  "200 with HTML": () =>
    Promise.resolve(new Response("<html>", { headers: { "Content-Type": "text/html" } })),
  "a redirect": () =>
    Promise.resolve({ type: "opaqueredirect", status: 0, ok: false, headers: new Headers() }),
  "511": () => Promise.resolve(new Response("<html>", { status: 511 })),
  "our type and not our shape": () => json({ state: "captive" }),
  "our type and no JSON": () =>
    Promise.resolve(new Response("<", { headers: { "Content-Type": "application/json" } })),
  "an empty 204": () => json(null, { status: 204 }),
  "replies that are none": (path) => path.includes("asks") ? json({ replies: "yes" }) : json(welcome()),
};

for (const [kind, web] of Object.entries(SIGN_INS)) {
  phone(
    `a network that wants a sign-in (${kind}) is no answer, is told of, and is forgotten when it goes`,
    async (live) => {
      let settled = false;
      live.ask(ask, { key: "k" }).then(() => settled = true, () => settled = true);
      Object.assign(street, { sockets: "closed", web });
      street.socket.end();
      const seen = new Set();
      live.addEventListener("state", () => seen.add(live.portal));
      await street.clock.pass(2 * MINUTE_MS);
      assert.ok(seen.has(true));
      if (!kind.startsWith("replies")) assert.equal(live.portal, true);
      assert.equal(settled, false);
      assert.ok(street.requests.length < 120, `${street.requests.length} requests in two minutes`);
      street.sockets = "open";
      await street.clock.pass(25_000);
      assert.equal(live.portal, false);
      assert.equal(live.state, "open");
      assert.equal(settled, false);
    },
  );
}

phone("empty answers in place of news are no news, and are not asked for in a storm", async (live) => {
  const web = (path) => path.includes("hello") ? json(welcome()) : json(null, { status: 204 });
  Object.assign(street, { sockets: "closed", web });
  street.socket.end();
  await street.clock.pass(MINUTE_MS);
  assert.equal(live.portal, true);
  assert.ok(street.requests.length < 60, `${street.requests.length} requests in a minute`);
});

phone(
  "a form that is answered with a sign-in page fails in words, and never as if it were done",
  async () => {
    for (const web of Object.values(SIGN_INS).slice(0, 3)) {
      street.web = web;
      await assert.rejects(post("/api/sessions/KXRMTPWGD/join", {}), {
        code: "portal",
        message: "common.portal",
      });
    }
    street.web = () => json({ code: "session.closed", message: "Over." }, { status: 409 });
    await assert.rejects(post("/api/sessions/KXRMTPWGD/join", {}), {
      code: "session.closed",
      message: "Over.",
    });
    assert.ok(street.requests.every(({ init }) => init.redirect === "manual"));
  },
);

phone("no network at all, or a broken proxy, is not called a sign-in, nor an end", async (live) => {
  for (
    const web of [
      () => Promise.reject(new TypeError("no network")),
      () =>
        Promise.resolve(
          new Response("Bad Gateway", { status: 502, headers: { "Content-Type": "text/html" } }),
        ),
      () =>
        Promise.resolve(new Response("Not here", { status: 404, headers: { "Content-Type": "text/html" } })),
      () => json({ message: "Forbidden" }, { status: 403 }),
      () => json({ code: 7, message: "Forbidden" }, { status: 401 }),
    ]
  ) {
    Object.assign(street, { sockets: "closed", web });
    street.socket.end();
    await street.clock.pass(MINUTE_MS);
    assert.equal(live.portal, false);
    street.sockets = "open";
    await street.clock.pass(25_000);
    assert.equal(live.state, "open");
  }
});

/** A room behind plain HTTP, whose long polls are answered by `news`. */
function room(news, polls = []) {
  return (path, init) => {
    const url = new URL(path, "http://127.0.0.1");
    if (init.method === "POST") {
      const { asks } = JSON.parse(init.body);
      return json({ replies: asks.map(({ key }) => done(key, 3)) });
    }
    if (url.searchParams.get("hello")) return json(welcome({ seq: 2 }));
    polls.push(Object.fromEntries(url.searchParams));
    return news.length ? json(news.shift(), { "X-View": "v" }) : new Promise(() => {});
  };
}

phone("over plain HTTP it shows its highest pair, and is told of loss as on a socket", async (live) => {
  const polls = [];
  Object.assign(street, { sockets: "closed", web: room([change(0, 2)], polls) });
  street.socket.end();
  await street.clock.pass(20_000);
  assert.equal(live.state, "open");
  await live.ask(ask, { key: "k" });
  assert.deepEqual(polls.at(-1), { as: "participant", since: "2", view: "v", witness: "2-m2" });
  let whole = 0;
  live.addEventListener("whole", () => whole += 1);
  street.web = room([change(0, 2)], polls);
  globalThis.dispatchEvent(new Event("online"));
  await street.clock.pass(40_000);
  assert.equal(polls.find(({ witness }) => witness === "3-m3")?.since, "2");
  assert.ok(whole >= 1);
});

phone("a long poll into nothing is given up, at once when woken", async (live) => {
  Object.assign(street, { sockets: "closed", web: room([change(0, 2)]) });
  street.socket.end();
  await street.clock.pass(20_000);
  assert.equal(live.state, "open");
  street.web = () => new Promise(() => {});
  globalThis.dispatchEvent(new Event("online"));
  await street.clock.pass(5_001);
  assert.equal(live.state, "away");
  street.web = room([change(0, 2)]);
  await street.clock.pass(MINUTE_MS);
  assert.equal(live.state, "open");
  street.web = () => new Promise(() => {});
  await street.clock.pass(36_000);
  assert.notEqual(live.state, "open");
});

phone("where sockets hang it takes one of them to find plain HTTP", async (live) => {
  Object.assign(street, { sockets: "hung", web: room([change(0, 2)]) });
  street.socket.end();
  await street.clock.pass(11_000);
  assert.equal(live.state, "open");
});

phone(
  "from plain HTTP it goes back to a socket once one opens, and not in the middle of an ask",
  async (live) => {
    Object.assign(street, { sockets: "closed", web: room([change(0, 2)]) });
    street.socket.end();
    await street.clock.pass(2 * MINUTE_MS);
    const { length } = street.requests;
    street.sockets = "open";
    street.answer = (frame) => frame.type === "hello" ? [welcome({ seq: 2 })] : [now(street.clock.now)];
    await street.clock.pass(5 * MINUTE_MS);
    assert.equal(street.socket.readyState, 1);
    assert.equal(street.sent.filter(({ type }) => type === "hello").at(-1).since, 2);
    assert.equal(live.state, "open");
    assert.ok(street.requests.length <= length + 2);
  },
);

phone("a place that has changed is come back from over plain HTTP too", async (live) => {
  let ended;
  live.addEventListener("going", ({ detail }) => ended = detail);
  const fair = room([change(0, 2)]);
  let changed = true;
  const web = (path, init) => {
    if (path.includes("hello") || !changed) return fair(path, init);
    changed = false;
    return json({ code: "view.changed", message: "One moment." }, { status: 409 });
  };
  Object.assign(street, { sockets: "closed", web });
  street.socket.end();
  await street.clock.pass(MINUTE_MS);
  assert.equal(changed, false);
  assert.equal(live.state, "open");
  assert.equal(ended, undefined);
});
