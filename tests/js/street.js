/** What surrounds a phone, held in the hand of a test: time, the page's events, and who answers its network. */

const real = { setImmediate: globalThis.setImmediate };
const turn = () => new Promise((done) => real.setImmediate(done));

/** Time that passes when told to. Real promises and imports are given their turn in between. */
export class Clock {
  now = 1_700_000_000_000;
  #timers = new Map();
  #last = 0;

  constructor() {
    globalThis.setTimeout = (act, ms = 0) => this.#set(act, ms);
    globalThis.setInterval = (act, ms) => this.#set(act, ms, ms);
    globalThis.clearTimeout = globalThis.clearInterval = (id) => void this.#timers.delete(id);
    Date.now = () => this.now;
    performance.now = () => this.now - 1_700_000_000_000;
  }

  async pass(ms) {
    const until = this.now + ms;
    await settle();
    for (let next = this.#next(); next && next.at <= until; next = this.#next()) {
      this.now = Math.max(this.now, next.at);
      if (next.every) next.at += next.every;
      else this.#timers.delete(next.id);
      next.act();
      await settle();
    }
    this.now = until;
  }

  #set(act, ms, every = 0) {
    this.#last += 1;
    this.#timers.set(this.#last, { id: this.#last, at: this.now + ms, act, every });
    return this.#last;
  }

  #next() {
    return [...this.#timers.values()].sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }
}

/** Let everything happen that needs no time. */
export async function settle() {
  for (let i = 0; i < 3; i += 1) await turn();
}

class Page extends EventTarget {
  visibilityState = "visible";
  documentElement = { lang: "en" };

  getElementById() {
    return null;
  }
}

/**
 * `sockets`: "open", "closed" (each is closed at once), "hung" (nothing ever comes back), "deaf" (open, and from
 * then on nothing comes back). `web(path, init)`: what a request is answered.
 */
export class Street {
  clock = new Clock();
  sockets = "open";
  /** Every socket that was tried, with when. */
  tried = [];
  /** Every frame that devices sent, with when. */
  sent = [];
  requests = [];
  web = () => Promise.reject(new TypeError("no network"));
  /** What the server says to a frame, as a list of frames or texts. */
  answer = (frame) =>
    frame.type === "hello" ? [welcome()] : frame.type === "beat" ? [now(this.clock.now)] : [];

  constructor() {
    // deno-lint-ignore no-this-alias
    const street = this;
    globalThis.document = new Page();
    globalThis.location = new URL("http://127.0.0.1/s/KXRMTPWGD");
    globalThis.fetch = (path, init) => {
      street.requests.push({ path, init, at: street.clock.now });
      return Promise.race([
        street.web(path, init),
        new Promise((_, gone) =>
          init.signal?.addEventListener("abort", () => gone(new DOMException("", "AbortError")))
        ),
      ]);
    };
    globalThis.WebSocket = class Socket {
      static OPEN = 1;
      readyState = 0;
      onopen = null;
      onmessage = null;
      onclose = null;

      constructor(url) {
        this.url = String(url);
        this.at = street.clock.now;
        street.tried.push(this);
        if (street.sockets === "closed") queueMicrotask(() => this.end());
        else if (street.sockets !== "hung") {
          queueMicrotask(() => {
            if (this.readyState !== 0) return;
            this.readyState = 1;
            this.onopen?.();
          });
        }
      }

      send(text) {
        const frame = JSON.parse(text);
        street.sent.push({ ...frame, at: street.clock.now });
        if (street.sockets !== "open") return;
        for (const said of street.answer(frame, this)) queueMicrotask(() => this.say(said));
      }

      /** From the server. */
      say(said) {
        if (this.readyState === 1) {
          this.onmessage?.({ data: typeof said === "string" ? said : JSON.stringify(said) });
        }
      }

      /** By the network. */
      end() {
        if (this.readyState === 3) return;
        this.readyState = 3;
        this.onclose?.();
      }

      close() {
        if (this.readyState < 2) this.readyState = 2;
        queueMicrotask(() => this.end());
      }
    };
  }

  get socket() {
    return this.tried.at(-1);
  }

  asks(key) {
    return this.sent.filter((frame) => frame.type === "ask" && frame.key === key);
  }
}

export const welcome = (more = {}) => ({
  type: "welcome",
  protocol: 1,
  seq: 0,
  time: Date.now(),
  view: "v",
  you: {},
  session: {},
  ...more,
});
export const now = (time) => ({ type: "now", time });
export const done = (key, seq = 1) => ({ type: "done", key, seq, mark: `m${seq}` });
export const refused = (key, code, retry_ms) => ({ type: "refused", key, code, message: "No.", retry_ms });
export const change = (from, to, put = []) => ({ type: "change", from, to, mark: `m${to}`, put, drop: [] });

/** An answer over plain HTTP. */
export const json = (value, { status = 200, ...headers } = {}) =>
  Promise.resolve(
    new Response(status === 204 ? null : JSON.stringify(value), {
      status,
      headers: { "Content-Type": "application/json", ...headers },
    }),
  );
