// @ts-check
/** The same conversation over plain HTTP, for venues that block sockets. */

/** @import {FromDevice, FromServer} from "./contract.d.ts" */
/** @import {Line} from "./wire.js" */
import { carry, request } from "./api.js";

const MOST_ASKS = 64;

export class Plain {
  #line;
  /** @type {{key: string, ask: unknown}[]} */
  #asks = [];
  #posting = false;
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

  /** Nothing to do: a long poll that died ends by itself, and the next one begins where it stood. */
  poke() {}

  close() {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#line.end();
  }

  async #listen() {
    const { view: known, ticket } = this.#line.hello();
    if (ticket) carry(ticket);
    let view = known;
    this.#line.frame(await (await this.#get("hello=1")).json());
    while (!this.#stop.signal.aborted) {
      const answer = await this.#get(
        `since=${this.#line.seen()}${view ? `&view=${encodeURIComponent(view)}` : ""}`,
      );
      view = answer.headers.get("X-View") ?? view;
      if (answer.status !== 204) this.#line.frame(await answer.json());
    }
  }

  /** @param {string} query */
  #get(query) {
    const path = `/api/sessions/${this.#line.code}/changes?as=${this.#line.as}&${query}`;
    return request("GET", path, undefined, this.#stop.signal);
  }

  async #post() {
    if (this.#posting) return;
    this.#posting = true;
    while (this.#asks.length) {
      const asks = this.#asks.splice(0, MOST_ASKS);
      const path = `/api/sessions/${this.#line.code}/asks?as=${this.#line.as}`;
      const answer = await request("POST", path, { asks }, this.#stop.signal);
      for (const reply of (await answer.json()).replies) this.#line.frame(reply);
    }
    this.#posting = false;
  }

  /** Told no (401, 403, 404) is an end like any other on the socket. @param {import("./api.js").Failure} failure */
  #fail({ status, code, message, retry_ms }) {
    if (this.#stop.signal.aborted) return;
    const forGood = status >= 400 && status < 429;
    if (forGood) this.#line.frame({ type: "going", code, message, ...(retry_ms ? { retry_ms } : {}) });
    this.close();
  }
}
