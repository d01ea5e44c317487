// @ts-check
/** What the presenter may do at the wall: turn pages, read one zone, pile or line, blank. A clicker does the same. */

/** @import {Sight} from "./sight.js" */
import { make } from "../layouts/make.js";
import { letter } from "../letter.js";
import { say } from "../words.js";
import { inOrder } from "../order.js";
import { boardsOf, notesByPile } from "./sight.js";

const QUIET_MS = 3_000;
const KEYS_OFF = "wall-keys-off";

/** @typedef {{turn(step: 1 | -1): void, show(of: string | null): void, blank(): void}} Acts */

export class Presenter {
  #acts;
  #choice = make("select", "presenter-choice");
  #keys = make("input", "");
  #offered = "";
  #timer = 0;

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
    this.#choice.setAttribute("aria-label", say("wall.choose"));
    this.#choice.addEventListener("change", () => {
      acts.show(this.#choice.value || null);
      // After a choice by hand the next key is the clicker's, and must turn pages rather than options.
      if (!this.#choice.matches(":focus-visible")) this.#choice.blur();
    });
    this.#keys.type = "checkbox";
    this.#keys.checked = !remembered();
    this.#keys.addEventListener("change", () => remember(!this.#keys.checked));
    this.element = make(
      "aside",
      "presenter",
      this.#choice,
      button("wall.back", () => acts.turn(-1)),
      button("wall.next", () => acts.turn(1)),
      button("wall.blank", () => acts.blank()),
      button("wall.full", () => document.documentElement.requestFullscreen?.().catch(() => {})),
      make("label", "presenter-keys", this.#keys, say("wall.keys")),
    );
    this.element.setAttribute("aria-label", say("wall.presenter"));
    addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pointermove", () => this.#wake());
    addEventListener("pointerdown", () => this.#wake());
  }

  /** @param {Sight} sight @param {string} of what is read now, if anything */
  update({ card, rows, stage }, of) {
    const zones = stage
      ? boardsOf(card, stage).flatMap((board) =>
        board.zones.map((zone) => [`${board.id}.${zone.id}`, zone.title])
      )
      : [];
    const piles = [...notesByPile(rows).keys()].map((id) => [id, rows.one("theme", id)?.title ?? ""]);
    const lines = rows.of("item").sort(inOrder).map(({ id, text }, at) => [id, `${letter(at)} · ${text}`]);
    const offers = [["", say("wall.whole")], ...zones, ...piles, ...lines];
    const offered = JSON.stringify(offers);
    if (offered !== this.#offered) {
      this.#offered = offered;
      this.#choice.replaceChildren(...offers.map(([value, title]) => new Option(title, value)));
    }
    if (document.activeElement !== this.#choice) this.#choice.value = of;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#keys.checked) return;
    if (event.target instanceof HTMLSelectElement) return;
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    if (["PageDown", "ArrowDown", forward].includes(event.key)) this.#acts.turn(1);
    else if (["PageUp", "ArrowUp", backward].includes(event.key)) this.#acts.turn(-1);
    else if (["b", "B", "."].includes(event.key)) this.#acts.blank();
    else return;
    event.preventDefault();
  }

  #wake() {
    document.body.classList.add("is-handled");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => document.body.classList.remove("is-handled"), QUIET_MS);
  }
}

/** @param {string} key @param {() => void} act */
function button(key, act) {
  const element = make("button", "button quiet", say(key));
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

// Storage may be blocked; then the choice lasts as long as the page.
function remembered() {
  try {
    return localStorage.getItem(KEYS_OFF) !== null;
  } catch {
    return false;
  }
}

/** @param {boolean} off */
function remember(off) {
  try {
    if (off) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch {
    // As above.
  }
}
