// @ts-check
/** A seat in the room: the rows it may see, the asks it makes, and a connection that mends itself. */

/** @import {End, Line} from "./wire.js" */
/** @import {Ask, Done, FromServer, NotDone, Welcome} from "./contract.d.ts" */
import { newId } from "./ids.js";
import { Pending } from "./pending.js";
import { Plain } from "./plain.js";
import { Rows } from "./rows.js";
import { page } from "./words.js";
import { opens, Wire } from "./wire.js";

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 10_000;
/** Whoever stayed this long in the room was let in for good: the waits begin from the shortest again. */
const SETTLED_MS = 10_000;
const LOOK_FOR_SOCKET_MS = 3_000;
const SELDOM_MS = 600_000;

/**
 * Events: "welcome"; "whole", when everything up to the welcome has come after an answer from the
 * beginning; "now"; "state"; "refused" (`{key, ask, code, message}`); "held" (`{key, code, message}`), when an
 * ask has to wait; "going" (`{code, message}`).
 */
export class Live extends EventTarget {
  rows = new Rows();
  /** @type {Welcome | null} */
  welcome = null;
  /** @type {"connecting" | "open" | "away"} */
  state = "connecting";
  /** `rows` hold what this seat may see of the log up to here. */
  seen = 0;
  /** They were told from the beginning, and to the end. */
  whole = false;
  /** A network between us and the room wants a sign-in. */
  portal = false;
  /** There is a screen to look up at. */
  screen = false;
  /** The code of why asks wait though the room is there; "" if they do not. */
  held = "";

  #code;
  #as;
  #ticket;
  /** @type {Wire | Plain | null} */
  #way = null;
  #asks = new Pending();
  /** @type {{seq: number, mark: string} | null} */
  #witness = null;
  /** @type {string | null} */
  #view = null;
  #wholeAt = -1;
  #offset = 0;
  /** Connections in a row that did not last, and those that never got as far as a welcome. */
  #failures = 0;
  #unopened = 0;
  #again = 0;
  #settling = 0;
  #looking = 0;
  #looks = 0;
  #over = false;

  /** @param {{code: string, as: import("./contract.d.ts").Role, ticket?: string | null}} seat */
  constructor({ code, as, ticket = null }) {
    super();
    this.#code = code;
    this.#as = as;
    this.#ticket = ticket;
    for (const news of ["online", "offline", "pageshow"]) addEventListener(news, this.#wake);
    for (const news of ["visibilitychange", "resume"]) document.addEventListener(news, this.#wake);
    this.#connect();
  }

  /** The server's clock, in UTC milliseconds, whatever this device's own says. */
  serverNow() {
    return performance.now() + this.#offset;
  }

  /**
   * Ask, and ask again with the same key until there is an answer, or, if it is said `within` how many ms, until
   * then. Rejects with `{code, message}` when refused.
   * @param {Ask} ask @param {{key?: string, within?: number}} [options] @returns {Promise<Done>}
   */
  ask(ask, { key = newId(), within } = {}) {
    const answer = this.#asks.add(key, ask, within);
    this.#send(key);
    return answer;
  }

  /** Nothing is sent or heard any more, until `open`. */
  close() {
    this.#over = true;
    clearTimeout(this.#again);
    this.#asks.rest();
    this.#way?.close();
  }

  /** Go on after an end, with all that waits. */
  open() {
    if (!this.#over) return;
    this.#over = false;
    this.#failures = 0;
    this.#become("connecting");
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#again);
    this.#again = 0;
    if (this.#way) return;
    // Where a socket could not open twice in a row, every third try is plain HTTP.
    const plain = this.#unopened % 3 === 2;
    try {
      this.#way = plain ? new Plain(this.#line()) : new Wire(this.#line());
    } catch {
      return this.#ended("");
    }
    if (plain) this.#lookForSocket(this.#way);
  }

  /** @returns {Line} */
  #line() {
    return {
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
      end: (why) => this.#ended(why),
    };
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
        this.held = "";
        return this.#asks.settle(frame.key)?.done(frame);
      case "refused":
        return this.#refused(frame);
      case "now":
        // The message that travelled fastest tells the time best.
        this.#offset = Math.max(this.#offset, frame.time - performance.now());
        this.screen = frame.screen ?? false;
        return this.#tell("now", frame);
      case "going":
        return this.#going(frame);
    }
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.#unopened = 0;
    if (this.#way instanceof Wire) this.#looks = 0;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#failures = 0, SETTLED_MS);
    this.#behindPortal(false);
    this.welcome = welcome;
    this.screen = welcome.screen ?? false;
    this.#offset = welcome.time - performance.now();
    this.#wholeAt = welcome.seq;
    // Another view is told from the beginning, also if this line ends before its first word.
    if (welcome.view !== this.#view) this.seen = 0;
    this.#view = welcome.view;
    this.#become("open");
    this.#tell("welcome", welcome);
    for (const key of this.#asks.keys) this.#send(key);
  }

  /** @param {string} key */
  #send(key) {
    const ask = this.state === "open" && this.#asks.due(key);
    if (ask) this.#way?.send({ type: "ask", key, ask });
  }

  /** @param {Extract<FromServer, {type: "change"}>} change */
  #change(change) {
    if (change.from !== 0 && change.from !== this.seen) return this.#way?.close();
    if (change.from === 0) {
      this.#witness = null;
      this.whole = false;
    }
    this.rows.apply(change);
    this.seen = change.to;
    this.#saw(change.to, change.mark);
    if (this.#wholeAt >= 0 && change.to >= this.#wholeAt) {
      this.#wholeAt = -1;
      this.whole = true;
      this.#tell("whole", null);
    }
  }

  /** @param {NotDone} frame */
  #refused({ key, code, message, retry_ms, ...frame }) {
    if (!key) return;
    if (retry_ms != null) {
      if (!this.#asks.hold(key, retry_ms, (key) => this.#send(key))) return;
      this.held = code;
      return this.#tell("held", { key, code, message });
    }
    const asked = this.#asks.settle(key);
    if (!asked) return;
    this.held = "";
    asked.refused({ ...frame, key, code, message });
    this.#tell("refused", { key, ask: asked.ask, code, message });
  }

  /** @param {Extract<FromServer, {type: "going"}>} going */
  #going(going) {
    if (going.retry_ms == null) this.close();
    else this.#later(going.retry_ms + Math.random() * FIRST_WAIT_MS);
    this.#tell("going", going);
  }

  /** @param {End} why */
  #ended(why) {
    const wasSocket = this.#way instanceof Wire;
    this.#way = null;
    clearTimeout(this.#settling);
    clearTimeout(this.#looking);
    // One that hung took long enough to be the second that failed.
    if (this.state !== "open" || why === "spoilt") this.#unopened += why === "hung" ? 2 : 1;
    this.held = "";
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#become("away");
    // A socket that fails does not say who answered in the room's place; plain HTTP does.
    if (!wasSocket) this.#behindPortal(why === "portal");
    if (!this.#over && !this.#again) this.#later(Math.random() * most);
  }

  /**
   * Plain HTTP costs the room more, so go back to a socket once one opens: soon, if the server was only away, and
   * ever more seldom where sockets are blocked.
   * @param {unknown} way
   */
  #lookForSocket(way) {
    const wait = Math.min(SELDOM_MS, LOOK_FOR_SOCKET_MS * 4 ** this.#looks) * (1 + Math.random());
    this.#looking = setTimeout(async () => {
      this.#looks += 1;
      const found = await opens(this.#code);
      if (this.#way !== way) return;
      if (found && !this.#asks.size) this.#way?.close();
      else this.#lookForSocket(way);
    }, wait);
  }

  /** @param {number} ms */
  #later(ms) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#way ? (this.#again = 0) : this.#connect(), ms);
  }

  #wake = () => {
    if (this.#over || document.visibilityState === "hidden") return;
    if (this.#way) return this.#way.poke();
    // Perhaps it is another network by now, and that lets sockets through.
    this.#unopened = 0;
    this.#connect();
  };

  /** @param {number} seq @param {string} mark */
  #saw(seq, mark) {
    if (!this.#witness || seq > this.#witness.seq) this.#witness = { seq, mark };
  }

  /** @param {"connecting" | "open" | "away"} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.#tell("state", state);
  }

  /** @param {boolean} yes */
  #behindPortal(yes) {
    if (this.portal === yes) return;
    this.portal = yes;
    this.#tell("state", this.state);
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
