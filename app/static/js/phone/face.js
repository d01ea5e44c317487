// @ts-check
/** The face of the phone: what is asked now, for how long, and who will see it. */

/** @import {SessionCard} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Moment, Writing} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { about } from "../clock.js";
import { say } from "../words.js";
import { byId, tell } from "./dom.js";

export class Face {
  #live;
  #composer;
  /** What the page shows: behind the room's moment while somebody finishes a note. @type {Moment | null} */
  #shown = null;
  #cameUp = "";

  /** @param {Live} live @param {Writing} composer @param {() => void} redraw */
  constructor(live, composer, redraw) {
    this.#live = live;
    this.#composer = composer;
    byId("later").onclick = () => {
      this.goOn();
      redraw();
    };
    byId("came-up").onclick = () => {
      this.#cameUp = this.#shown?.id ?? "";
      redraw();
    };
  }

  /** The moment that the page shows. */
  get shown() {
    return this.#shown;
  }

  /** The note is finished, or left for later. */
  goOn() {
    this.#shown = null;
  }

  /** @param {Moment} now @param {SessionCard} card */
  draw(now, card) {
    const group = card.plan.groups?.find(({ id }) => id === this.#live.welcome?.you.group);
    tell(byId("title"), card.title);
    tell(byId("group"), group?.name ?? "");
    const stay = this.#shown !== null && this.#shown.id !== now.id && this.#isBusy(now);
    if (stay) this.#hurry(now);
    byId("moved").hidden = !stay;
    if (!stay) this.#show(now);
    this.#composer.light(now.lit);
    this.#hint(card);
    this.#big();
    this.clock();
  }

  /** Whoever is in the middle of a note is told what the others do now. @param {Moment} now */
  #hurry(now) {
    // The same part of the plan goes on afterwards: nobody has moved on.
    const only = now.id === `${this.#shown?.id} look-up`;
    const words = say(only ? "phone.look_up_first" : "phone.moved_on");
    if (byId("moved").hidden || byId("moved-words").textContent !== words) announce(words);
    tell(byId("moved-words"), words);
  }

  /** What the host shows big stands on every screen. */
  #big() {
    const { rows } = this.#live;
    const of = rows.one("focus", "focus")?.of;
    const must = of ? rows.one("essential", of) : undefined;
    const words = of ? (rows.one("note", of) ?? rows.one("item", of) ?? must)?.text ?? "" : "";
    tell(byId("big").children[0], say(must ? "phone.big_by_host" : "phone.big"));
    if (words && byId("big").hidden) announce(words);
    byId("big").hidden = !words;
    tell(byId("big-words"), words);
  }

  clock() {
    const row = this.#live.rows.one("clock", "clock");
    tell(byId("clock"), this.#shown?.manner === "closed" ? "" : about(row, this.#live.serverNow()));
  }

  /** Somebody is in the middle of a note that the new moment has no box for. @param {Moment} now */
  #isBusy({ manner, places }) {
    if (!this.#composer.isBusy(!byId("moved").hidden) || manner === "closed") return false;
    return manner !== "write" || !places.some(({ address }) => address === this.#composer.zone);
  }

  /** @param {Moment} now */
  #show(now) {
    const { id, manner, places } = now, at = document.activeElement;
    if (this.#shown && this.#shown.id !== id) announce(now.question);
    this.#shown = now;
    document.body.dataset.manner = now.asks ? "choose" : manner;
    tell(byId("question"), now.question || say(`phone.${manner === "late" ? "closed" : manner}`));
    const opens = manner === "talk" || manner === "late";
    const cameUp = opens && this.#cameUp === id;
    byId("came-up").hidden = !opens || cameUp || !places.length || this.#composer.stopped;
    byId("came-up").textContent = say(manner === "late" ? "phone.add_late" : "phone.came_up");
    this.#composer.offer(places, manner === "write" || cameUp);
    byId("list").hidden = !this.#live.rows.of("item").length;
    keepFocus(at);
  }

  /** Who will see a note is said as it is now, also to somebody still in an earlier moment. @param {SessionCard} card */
  #hint({ aim, plan }) {
    const { manner, places, files, asks, until } = /** @type {Moment} */ (this.#shown);
    const zone = this.#live.rows.one("zone", this.#composer.zone || (places[0]?.address ?? ""));
    const sees = zone ? say(`phone.sees_${zone.sees}`, { group: plan.noun?.one ?? "" }) : "";
    const over = asks === "dots" && this.#live.rows.one("votes", "votes")?.revealed;
    const words = over
      ? ""
      : asks
      ? say(`phone.hint_${asks}`)
      : manner === "write"
      ? sees
      : manner === "before"
      ? aim
      : manner === "look-up"
      ? this.#up()
      : say(`phone.hint_${manner}`, { until: whenOf(until) });
    tell(byId("hint"), files ? this.#filing() : words);
  }

  /** Who cannot be asked which pile is told why not. */
  #filing() {
    const { rows } = this.#live;
    if (!rows.of("theme").some(({ into }) => !into)) return say("phone.filing_no_piles");
    return rows.of("mine").length ? "" : this.#up();
  }

  /** On a call, or in a park, there is no screen to look at. */
  #up() {
    return say(this.#live.screen ? "phone.hint_look-up" : "phone.hint_look-up_here");
  }
}

/** What had the focus may have gone with its moment: then it is at the zones that came instead, or at the question. @param {Element | null} at */
function keepFocus(at) {
  const isGone = at?.closest("#composer, #came-up") && !at.getClientRects().length;
  if (!isGone || document.activeElement !== at && document.activeElement !== document.body) return;
  const zone = byId("zones").querySelector("button:enabled");
  (zone?.getClientRects().length ? zone : byId("question")).focus();
}

/** A day and a time, as one says them. @param {number | null} at UTC ms */
function whenOf(at) {
  if (at === null) return "";
  const format = /** @type {const} */ ({
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return new Date(at).toLocaleString(document.documentElement.lang, format);
}
