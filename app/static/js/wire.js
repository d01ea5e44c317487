// @ts-check
/** One connection by WebSocket, from opening to end. It carries frames and knows nothing of what they mean. */

/** @import {FromDevice, FromServer} from "./contract.d.ts" */
import { isFrame, isNews, parse } from "./frames.js";

/**
 * Why a connection ended, where that is known: it hung; somebody else answered; a network wants a sign-in.
 * @typedef {"" | "hung" | "spoilt" | "portal"} End
 */

/**
 * What a connection is given: a way to greet, to hand on what it hears, and to say that it is over.
 * @typedef {{
 *   code: string, as: string,
 *   hello: () => Extract<FromDevice, {type: "hello"}>,
 *   seen: () => number,
 *   frame: (frame: FromServer) => void,
 *   end: (why: End) => void
 * }} Line
 */

const BEAT_MS = 15_000;
const MISSES = 2;
/** How long an answer may take that costs nothing to give. With two beats missed: 35 s until a line is dead. */
const ANSWER_MS = 5_000;
export const OPENING_MS = 10_000;

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
    const socket = this.#socket = new WebSocket(address(line.code));
    socket.onopen = () => this.send(line.hello());
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = () => this.close();
    // Counts beats, not time: a phone's clock jumps, and its timers stop while it sleeps.
    this.#deadline = setTimeout(() => this.close("hung"), OPENING_MS);
    this.#beating = setInterval(() => this.#beat(), BEAT_MS);
  }

  /** @param {FromDevice} frame */
  send(frame) {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Back from sleep or from no network: is anyone still there? */
  poke() {
    if (this.#socket.readyState > WebSocket.OPEN) return this.close();
    if (!this.#deadline) this.#ask();
  }

  /** @param {End} [why] */
  close(why = "") {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#beating);
    clearTimeout(this.#deadline);
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#line.end(why);
  }

  /** @param {unknown} data */
  #hear(data) {
    const frame = typeof data === "string" ? parse(data) : undefined;
    if (isNews(frame)) return;
    if (!isFrame(frame)) return this.close("spoilt");
    this.#unheard = 0;
    clearTimeout(this.#deadline);
    this.#deadline = 0;
    this.#line.frame(frame);
  }

  #beat() {
    this.#unheard += 1;
    if (this.#unheard < MISSES) this.send({ type: "beat", seen: this.#line.seen() });
    else if (!this.#deadline) this.#ask();
  }

  #ask() {
    this.send({ type: "beat", seen: this.#line.seen() });
    this.#deadline = setTimeout(() => this.close(), ANSWER_MS);
  }
}

/** Whether a socket can be opened from here. @param {string} code @returns {Promise<boolean>} */
export function opens(code) {
  return new Promise((done) => {
    const socket = new WebSocket(address(code));
    /** @param {boolean} answer */
    const end = (answer) => {
      clearTimeout(deadline);
      socket.close();
      done(answer);
    };
    const deadline = setTimeout(() => end(false), OPENING_MS);
    socket.onopen = () => end(true);
    socket.onclose = () => end(false);
  });
}

/** @param {string} code */
function address(code) {
  const url = new URL(`/live/${code}`, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url;
}
