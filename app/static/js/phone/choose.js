// @ts-check
/** What a stage asks of people besides words: dots, worries, a hand. Loaded when a stage first asks. */

/** @import {Live} from "../live.js" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Moment, Road} from "./shapes.d.ts" */
import { say } from "../words.js";
import { isWaiting, lines } from "./chosen.js";
import { Consent } from "./consent.js";
import { byId, make, tell } from "./dom.js";
import { Dots } from "./dots.js";
import { Help } from "./help.js";

/** @typedef {ReturnType<typeof lines>[number]} Line */
/** @typedef {{live: Live, outbox: Outbox, letters: Map<string, string>, lines: Line[], open: boolean, people: number}} Now */

const KINDS = { dots: Dots, consent: Consent, help: Help };

await dressed();

export class Choose {
  #live;
  #outbox;
  #place = byId("choose");
  #state = make("p", { className: "state" });
  #moved = make("p", { className: "problem", textContent: say("phone.moved_on"), hidden: true });
  /** @type {Dots | Consent | Help | null} */
  #kind = null;
  #asks = "";

  /** @param {Live} live @param {Outbox} outbox */
  constructor(live, outbox) {
    this.#live = live;
    this.#outbox = outbox;
  }

  /** Somebody is in the middle of a reason or a name. */
  get isBusy() {
    return this.#kind?.isBusy ?? false;
  }

  /** @param {Moment} now @param {Road} road @param {() => Map<string, string>} letters */
  draw(now, road, letters) {
    const asks = now.manner === "closed" ? "" : now.asks;
    const stay = this.isBusy && asks !== this.#asks && now.manner !== "closed";
    this.#moved.hidden = !stay;
    if (!stay && asks !== this.#asks) this.#become(asks);
    this.#place.hidden = !this.#asks;
    if (!this.#kind) return;
    const { rows, welcome } = this.#live;
    this.#kind.draw({
      live: this.#live,
      outbox: this.#outbox,
      letters: letters(),
      lines: lines(rows),
      open: now.manner !== "closed",
      people: welcome?.you.people ?? 1,
    });
    const { entries } = this.#outbox;
    const waits = isWaiting(entries, this.#kind.types);
    const stored = entries.every(({ stored, state }) => stored || state !== "waiting");
    tell(
      this.#state,
      waits
        ? say(stored ? `phone.waits_${road}` : "phone.only_here")
        : this.#kind.any
        ? say("phone.saved")
        : "",
    );
  }

  /** @param {string} asks */
  #become(asks) {
    this.#asks = asks;
    const Kind = KINDS[/** @type {keyof typeof KINDS} */ (asks)];
    this.#kind = Kind ? new Kind() : null;
    // Another question is asked: one begins with it.
    if (this.#kind) this.#kind.element.dataset.then = "#question";
    this.#place.replaceChildren(...this.#kind ? [this.#moved, this.#kind.element, this.#state] : []);
  }
}

/** The look comes with the code, so that nobody sees the one without the other. */
function dressed() {
  const sheet = make("link", {
    rel: "stylesheet",
    href: new URL("../../css/choose.css", import.meta.url).href,
  });
  const here = new Promise((done) => sheet.onload = sheet.onerror = done);
  document.head.append(sheet);
  return here;
}
