// @ts-check
/** A seat in the room: the rows it may see, the asks it makes, and a connection that mends itself. */

/** @import {Line} from "./wire.js" */
/** @import {Ask, Done, FromServer, NotDone, Welcome} from "./contract.d.ts" */
import { newId } from "./ids.js";
import { Rows } from "./rows.js";
import { page } from "./words.js";
import { Wire } from "./wire.js";

/** @typedef {{ask: Ask, done: (done: Done) => void, refused: (why: NotDone) => void}} Waiting */

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;

/**
 * Events: "welcome"; "whole", when everything up to the welcome has come after an answer from the
 * beginning; "now"; "state"; "refused" (`{key, ask, code, message}`); "going" (`{code, message}`).
 */
export class Live extends EventTarget {
  rows = new Rows();
  /** @type {Welcome | null} */
  welcome = null;
  /** @type {"connecting" | "open" | "away"} */
  state = "connecting";
  /** `rows` hold what this seat may see of the log up to here. */
  seen = 0;

  #code;
  #as;
  #ticket;
  /** @type {Wire | import("./plain.js").Plain | null} */
  #way = null;
  /** @type {Map<string, Waiting>} */
  #asks = new Map();
  /** @type {{seq: number, mark: string} | null} */
  #witness = null;
  /** @type {string | null} */
  #view = null;
  #wholeAt = -1;
  #offset = 0;
  #failures = 0;
  #again = 0;
  #over = false;

  /** @param {{code: string, as: "participant" | "facilitator" | "wall", ticket?: string | null}} seat */
  constructor({ code, as, ticket = null }) {
    super();
    this.#code = code;
    this.#as = as;
    this.#ticket = ticket;
    addEventListener("online", this.#wake);
    addEventListener("offline", this.#wake);
    addEventListener("pageshow", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    this.#connect();
  }

  /** The server's clock, in UTC milliseconds, whatever this device's own says. */
  serverNow() {
    return performance.now() + this.#offset;
  }

  /**
   * Ask, and ask again with the same key until there is an answer. Rejects with `{code, message}` when refused.
   * @param {Ask} ask @param {{key?: string}} [options] @returns {Promise<Done>}
   */
  ask(ask, { key = newId() } = {}) {
    /** @type {Promise<Done>} */
    const answer = new Promise((done, refused) => this.#asks.set(key, { ask, done, refused }));
    // Whoever does not wait for the answer still hears of a refusal by the event.
    answer.catch(() => {});
    if (this.state === "open") this.#way?.send({ type: "ask", key, ask });
    return answer;
  }

  /** Leave for good: nothing is sent or heard any more. */
  close() {
    this.#over = true;
    clearTimeout(this.#again);
    removeEventListener("online", this.#wake);
    removeEventListener("offline", this.#wake);
    removeEventListener("pageshow", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#way?.close();
  }

  async #connect() {
    clearTimeout(this.#again);
    this.#again = 0;
    /** @type {Line} */
    const line = {
      code: this.#code,
      as: this.#as,
      hello: () => ({
        type: "hello",
        protocol: page.protocol ?? 1,
        as: this.#as,
        since: this.seen,
        witness: this.#witness,
        view: this.#view,
        ticket: this.#ticket,
      }),
      seen: () => this.seen,
      frame: (frame) => this.#take(frame),
      end: () => this.#ended(),
    };
    // Where a socket could not open twice in a row, every third try is plain HTTP.
    const plain = this.#failures % 3 === 2 && await import("./plain.js").catch(() => null);
    this.#way = plain ? new plain.Plain(line) : new Wire(line);
  }

  /** @param {FromServer} frame */
  #take(frame) {
    switch (frame.type) {
      case "welcome":
        return this.#welcomed(frame);
      case "change":
        return this.#change(frame);
      case "done":
        this.#saw(frame.seq, frame.mark);
        return this.#settle(frame.key)?.done(frame);
      case "refused":
        return this.#refused(frame);
      case "now":
        // The message that travelled fastest tells the time best.
        this.#offset = Math.max(this.#offset, frame.time - performance.now());
        return this.#tell("now", frame);
      case "going":
        return this.#going(frame);
    }
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.#failures = 0;
    this.welcome = welcome;
    this.#offset = welcome.time - performance.now();
    this.#wholeAt = welcome.seq;
    this.#view = welcome.view;
    this.#become("open");
    this.#tell("welcome", welcome);
    for (const [key, { ask }] of this.#asks) this.#way?.send({ type: "ask", key, ask });
  }

  /** @param {Extract<FromServer, {type: "change"}>} change */
  #change(change) {
    if (change.from !== 0 && change.from !== this.seen) return this.#way?.close();
    if (change.from === 0) this.#witness = null;
    this.rows.apply(change);
    this.seen = change.to;
    this.#saw(change.to, change.mark);
    if (this.#wholeAt >= 0 && change.to >= this.#wholeAt) {
      this.#wholeAt = -1;
      this.#tell("whole", null);
    }
  }

  /** @param {NotDone} frame */
  #refused(frame) {
    const key = frame.key;
    const asked = key ? this.#asks.get(key) : undefined;
    if (!key || !asked) return;
    if (frame.retry_ms != null) {
      const { ask } = asked;
      setTimeout(() => this.state === "open" && this.#way?.send({ type: "ask", key, ask }), frame.retry_ms);
      return;
    }
    this.#settle(key)?.refused(frame);
    this.#tell("refused", { key, ask: asked.ask, code: frame.code, message: frame.message });
  }

  /** @param {Extract<FromServer, {type: "going"}>} going */
  #going(going) {
    if (going.retry_ms == null) this.close();
    else this.#later(going.retry_ms + Math.random() * FIRST_WAIT_MS);
    this.#tell("going", going);
  }

  #ended() {
    this.#way = null;
    if (this.state !== "open") this.#failures += 1;
    this.#become("away");
    if (this.#over || this.#again) return;
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#later(Math.random() * most);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#way ? (this.#again = 0) : this.#connect(), ms);
  }

  #wake = () => {
    if (this.#over || document.visibilityState === "hidden") return;
    if (this.#way) this.#way.poke();
    else this.#connect();
  };

  /** @param {number} seq @param {string} mark */
  #saw(seq, mark) {
    if (!this.#witness || seq > this.#witness.seq) this.#witness = { seq, mark };
  }

  /** @param {string} key */
  #settle(key) {
    const asked = this.#asks.get(key);
    this.#asks.delete(key);
    return asked;
  }

  /** @param {"connecting" | "open" | "away"} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#tell("state", state);
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
