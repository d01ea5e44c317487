// @ts-check
/** The pictures that are mostly words: arrival, talking, one thing shown big, the end. */

/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fit, overflows } from "../layouts/size.js";
import { count, page, say } from "../words.js";
import { colourOf } from "./sight.js";

/** The address without the code, for people who type it: 10.0.0.5:8000/j */
export const address = () => String(page.join_url ?? "").replace(/\/[^/]*$/, "");

export class ArrivalView {
  #title = quote("h1", "arrival-title", "");
  #host = quote("p", "arrival-host soft", "");
  #here = make("p", "arrival-here count");
  #late = make("p", "arrival-late soft");
  #join;
  #square = square();

  constructor() {
    const code = make("p", "arrival-code");
    code.append(make("span", "code", String(page.code_shown ?? page.code)));
    this.#join = make(
      "div",
      "arrival-join",
      make("p", "", say("wall.scan")),
      make("p", "soft", say("wall.or_type")),
    );
    this.#join.append(ltr("arrival-address", address()), make("p", "soft", say("wall.and_code")), code);
    const here = make("div", "", this.#here, this.#late);
    const words = make("div", "arrival-words", make("div", "", this.#title, this.#host), this.#join, here);
    this.element = make("div", "arrival", words, this.#square);
  }

  /** @param {Sight} sight */
  update({ card, now, rows }) {
    // A way in that leads to a locked door only annoys.
    const locked = rows.one("door", "door")?.locked ?? false;
    this.element.classList.toggle("is-locked", locked);
    this.#join.hidden = this.#square.hidden = locked;
    write(this.#late, say(locked ? "wall.locked" : "wall.no_phone"));
    write(this.#title, card.title);
    this.#title.dataset.long = card.title.length > 40 ? "yes" : "no";
    write(this.#host, card.host);
    const { expected = 0 } = card.plan, n = now?.joined ?? 0;
    write(
      this.#here,
      expected && n <= expected
        ? say("wall.joined_of", { n, of: expected })
        : n
        ? count("wall.joined", n)
        : "",
    );
  }
}

/** A stage without a board: its title, its prompt, and the way in for those who come late. */
export class TalkView {
  #title = quote("p", "talk-title soft", "");
  #prompt = quote("h1", "talk-prompt", "");
  #aim = quote("p", "talk-aim", "");
  #square = square();

  constructor() {
    const words = make("div", "talk-words", this.#title, this.#prompt, this.#aim);
    this.element = make("div", "talk", words, this.#square);
  }

  /** @param {Sight} sight */
  update({ card, rows, stage }) {
    this.#square.hidden = rows.one("door", "door")?.locked ?? false;
    write(this.#title, stage?.prompt ? stage.title : "");
    write(this.#prompt, stage?.prompt || stage?.title || "");
    write(this.#aim, card.aim);
    this.#aim.hidden = !card.aim;
  }
}

/** One note, line or must-have, as large as it fits. */
export class BigView {
  #of;
  #mark = make("p", "essential-mark", say("common.must_have_by_host"));
  #words = quote("h1", "big-words", "");

  /** @param {string} of */
  constructor(of) {
    this.#of = of;
    this.element = make("div", "big", this.#mark, this.#words);
  }

  /** @param {Sight} sight */
  update({ card, rows }) {
    const note = rows.one("note", this.#of), must = rows.one("essential", this.#of);
    write(this.#words, (note ?? rows.one("item", this.#of) ?? must)?.text ?? "");
    this.#mark.hidden = !must;
    this.element.classList.toggle("by-host", must !== undefined);
    this.element.dataset.colour = note ? colourOf(card, note) : "plain";
    this.resize();
  }

  resize() {
    if (this.element.isConnected) {
      fit(this.element, [160, 132, 104, 88, 76, 64, 56, 48, 40], () => overflows(this.element));
    }
  }
}

export class ClosedView {
  constructor() {
    const list = `${String(page.join_url ?? "").replace(/\/j\/[^/]*$/, "")}/s/${page.code}/list`;
    this.element = make(
      "div",
      "closed",
      make("h1", "closed-title", say("wall.thanks")),
      make("p", "", say("wall.list_at")),
    );
    this.element.append(ltr("closed-address", list));
  }

  update() {}
}

/** An address reads from left to right in every language. @param {string} className @param {string} words */
function ltr(className, words) {
  const element = make("p", className, words);
  element.dir = "ltr";
  return element;
}

function square() {
  const image = make("img", "qr");
  image.src = String(page.qr ?? "");
  image.alt = say("wall.qr");
  return image;
}
