// @ts-check
/** One connection by WebSocket, from opening to end. It carries frames and knows nothing of what they mean. */

/** @import {FromDevice, FromServer} from "./contract.d.ts" */

/**
 * What a connection is given: a way to greet, to hand on what it hears, and to say that it is over.
 * @typedef {{
 *   code: string, as: string,
 *   hello: () => Extract<FromDevice, {type: "hello"}>,
 *   seen: () => number,
 *   frame: (frame: FromServer) => void,
 *   end: () => void
 * }} Line
 */

const BEAT_MS = 15_000;
const MISSES = 2;
const POKE_MS = 5_000;
const OPENING_MS = 10_000;

export class Wire {
  #line;
  #socket;
  #unheard = 0;
  #beating;
  #deadline;
  #over = false;

  /** @param {Line} line */
  constructor(line) {
    this.#line = line;
    const url = new URL(`/live/${line.code}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = this.#socket = new WebSocket(url);
    socket.onopen = () => this.send(line.hello());
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = () => this.close();
    // Counts beats, not time: a phone's clock jumps, and its timers stop while it sleeps.
    this.#deadline = setTimeout(() => this.close(), OPENING_MS);
    this.#beating = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** @param {FromDevice} frame */
  send(frame) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Back from sleep or from no network: is anyone still there? */
  poke() {
    if (this.#deadline) return;
    this.send({ type: "beat", seen: this.#line.seen() });
    this.#deadline = setTimeout(() => this.close(), POKE_MS);
  }

  close() {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beating);
    clearTimeout(this.#deadline);
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#line.end();
  }

  /** @param {string} data */
  #hear(data) {
    this.#unheard = 0;
    clearTimeout(this.#deadline);
    this.#deadline = 0;
    this.#line.frame(JSON.parse(data));
  }

  #beat() {
    if (this.#unheard >= MISSES) return this.close();
    this.#unheard += 1;
    this.send({ type: "beat", seen: this.#line.seen() });
  }
}
