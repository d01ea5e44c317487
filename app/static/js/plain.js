// @ts-check
/** The same conversation over plain HTTP, for venues that block sockets. */

/** @import {FromDevice, FromServer} from "./contract.d.ts" */
/** @import {Failure} from "./api.js" */
/** @import {End, Line} from "./wire.js" */
import { carry, portal, request } from "./api.js";
import { isFrame } from "./frames.js";

const MOST_ASKS = 64;
/** A long poll is answered within 25 s and a slow network; everything else at once. */
const POLL_MS = 35_000;
const ANSWER_MS = 15_000;
const POKE_MS = 5_000;
/** Ends that a device comes back from by itself. */
const COMES_BACK = ["view.changed", "server.going", "storage.broken"];

export class Plain {
  #line;
  /** @type {{key: string, ask: unknown}[]} */
  #asks = [];
  #posting = false;
  #poking = false;
  #stop = new AbortController();

  /** @param {Line} line */
  constructor(line) {
    this.#line = line;
    this.#listen().catch((failure) => this.#fail(failure));
  }

  /** @param {FromDevice} frame */
  send(frame) {
    if (frame.type !== "ask") return;
    this.#asks.push({ key: frame.key, ask: frame.ask });
    this.#post().catch((failure) => this.#fail(failure));
  }

  /** Back from sleep or from no network: a long poll may be dead without knowing, so ask what is answered at once. */
  poke() {
    if (this.#poking) return;
    this.#poking = true;
    this.#get("hello=1", POKE_MS).then(() => this.#poking = false, (failure) => this.#fail(failure));
  }

  /** @param {End} [why] */
  close(why = "") {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#line.end(why);
  }

  async #listen() {
    const { view: known, ticket } = this.#line.hello();
    if (ticket) carry(ticket);
    let view = known;
    this.#frame((await this.#get("hello=1", ANSWER_MS)).body, "welcome");
    while (!this.#stop.signal.aborted) {
      const { status, headers, body } = await this.#get(this.#since(view ?? null), POLL_MS);
      // An empty answer that is not ours would be asked for again and again without a pause.
      if (!headers.has("X-View")) throw portal();
      view = headers.get("X-View");
      if (status !== 204) this.#frame(body, "change");
    }
  }

  /** @param {string | null} view */
  #since(view) {
    const { witness } = this.#line.hello();
    const query = new URLSearchParams({ since: String(this.#line.seen()) });
    if (view) query.set("view", view);
    if (witness) query.set("witness", `${witness.seq}-${witness.mark}`);
    return query.toString();
  }

  /** @param {string} query @param {number} within */
  #get(query, within) {
    return this.#request("GET", `changes?as=${this.#line.as}&${query}`, undefined, within);
  }

  async #post() {
    if (this.#posting) return;
    this.#posting = true;
    while (this.#asks.length) {
      const asks = this.#asks.splice(0, MOST_ASKS);
      const { body } = await this.#request("POST", `asks?as=${this.#line.as}`, { asks }, ANSWER_MS);
      if (!Array.isArray(body?.replies)) throw portal();
      for (const reply of body.replies) this.#frame(reply, "done", "refused");
    }
    this.#posting = false;
  }

  /** @param {string} method @param {string} path @param {unknown} body @param {number} within ms, or nobody is there */
  async #request(method, path, body, within) {
    const late = setTimeout(() => this.close("hung"), within);
    try {
      return await request(method, `/api/sessions/${this.#line.code}/${path}`, body, this.#stop.signal);
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {unknown} frame @param {FromServer["type"][]} types */
  #frame(frame, ...types) {
    if (this.#stop.signal.aborted) return;
    if (!isFrame(frame) || !types.includes(frame.type)) throw portal();
    this.#line.frame(frame);
  }

  /** Told no (401, 403, 404) is an end like any other on the socket. @param {Failure} failure */
  #fail({ status, code, message, retry_ms }) {
    if (this.#stop.signal.aborted) return;
    if (status >= 400 && status < 500 && !COMES_BACK.includes(code)) {
      this.#line.frame({ type: "going", code, message, ...(retry_ms ? { retry_ms } : {}) });
    }
    this.close(code === "portal" ? "portal" : "");
  }
}
