// @ts-check
/** The thin strip: where we are, how to join, how long is left. */

/** @import {Live} from "../live.js" */
/** @import {Sight} from "./sight.js" */
import { digits, left } from "../clock.js";
import { make, quote, write } from "../layouts/make.js";
import { page, say } from "../words.js";
import { address } from "./plain.js";

const LAST_MINUTE_MS = 60_000;

export class Strip {
  #where = quote("p", "strip-where", "");
  #away = make("p", "strip-away", say("common.away"));
  #clock = make("p", "strip-clock clock");
  #code = make("span", "code");
  #join;
  #locked = make("p", "strip-locked", say("wall.locked"));

  constructor() {
    const way = make("span", "strip-address", address());
    way.dir = "ltr";
    this.#away.hidden = this.#locked.hidden = true;
    this.#join = make("p", "strip-join", make("span", "soft", say("wall.join_at")), way, this.#code);
    this.element = make("header", "strip", this.#where, this.#away, this.#join, this.#locked, this.#clock);
    this.renew();
  }

  /** The code that lets people in now. */
  renew() {
    write(this.#code, String(page.code_shown ?? page.code));
  }

  /** @param {Sight} sight @param {string} board */
  update({ card, rows }, board) {
    const locked = rows.one("door", "door")?.locked ?? false;
    this.#join.hidden = locked;
    this.#locked.hidden = !locked;
    // Parts are boards that a stage works on, in the order in which the plan comes to them.
    const reflecting = new Set(card.plan.boards.filter(({ reflects }) => reflects).map(({ id }) => id));
    const all = new Set(card.plan.stages.flatMap((each) => each.boards));
    const parts = [...all].filter((id) => !reflecting.has(id));
    const n = parts.indexOf(board) + 1;
    const title = card.plan.boards.find((each) => each.id === board)?.title;
    const where = n && title ? say("wall.part", { n, of: parts.length, title }) : card.title;
    const alone = n && parts.length === 1 || reflecting.has(board);
    write(this.#where, alone && title ? title : where);
  }

  /** @param {Live} live */
  tick(live) {
    this.#away.hidden = live.state !== "away";
    const row = live.rows.one("clock", "clock");
    const ms = left(row, live.serverNow());
    this.#clock.hidden = ms === null;
    if (ms === null) return;
    const over = row?.ends != null && ms <= 0;
    write(this.#clock, over ? say("common.clock_over") : digits(row, live.serverNow()));
    this.#clock.classList.toggle("is-last", row?.ends != null && ms < LAST_MINUTE_MS);
    this.#clock.classList.toggle("is-paused", row?.ends == null);
  }
}
