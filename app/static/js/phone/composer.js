// @ts-check
/** Where a note is written: the zones as choices, the box as a coloured card, and *Add*. */

/** @import {Drafts} from "./drafts.js" */
/** @import {Place} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { say } from "../words.js";
import { byId, make, tell } from "./dom.js";
import { lettersLeft, lettersSentence } from "./drafts.js";

/** Long enough for the press that took the focus away to land where it was meant to. */
const UNFOLD_MS = 300;

const form = byId("composer");
const zones = byId("zones");
const sheet = byId("sheet");
const letters = byId("letters");
/** @type {HTMLTextAreaElement} */
const box = byId("box");

export class Composer {
  #drafts;
  #add;
  /** @type {Place[]} */
  #places = [];
  #drawn = "";
  /** The address of the zone being written into. */
  zone = "";
  stopped = false;

  /** @param {Drafts} drafts @param {(zone: string, text: string) => Promise<unknown> | null} add null: there is no room for more */
  constructor(drafts, add) {
    this.#drafts = drafts;
    this.#add = add;
    box.oninput = () => this.#typed();
    box.onfocus = () => this.#fold(true);
    box.onkeydown = (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    };
    form.addEventListener("focusout", () => setTimeout(() => this.#left(), UNFOLD_MS));
    form.onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    };
    // Otherwise the keyboard goes down and Add moves away from under the thumb.
    byId("add").onmousedown = (/** @type {Event} */ event) => event.preventDefault();
    globalThis.visualViewport?.addEventListener("resize", stayInSight);
  }

  /** Somebody is in the middle of a note: also with an empty box, if it was not when we last looked. @param {boolean} before */
  isBusy(before) {
    return !form.hidden && (box.value.trim() !== "" || before && document.activeElement === box);
  }

  /** Nothing more can be added here; what is typed stays to be copied. @param {boolean} muted */
  stop(muted) {
    this.stopped = muted;
    box.readOnly = muted;
    byId("add").hidden = muted;
    byId("stopped").hidden = !muted;
  }

  /** @param {Place[]} places @param {boolean} open */
  offer(places, open) {
    const isNeeded = !this.stopped || places.some(({ address }) => this.#drafts.get(address));
    form.hidden = !open || !places.length || !isNeeded;
    if (form.hidden) this.#fold(false);
    this.#places = places;
    const now = JSON.stringify(
      places.map(({ address, title, prompt, locked }) => [address, title, prompt, locked]),
    );
    if (now !== this.#drawn) {
      this.#drawn = now;
      const focused = [...zones.children].indexOf(document.activeElement);
      zones.replaceChildren(...places.map((place) => this.#choice(place)));
      zones.children[focused]?.focus();
      const open = places.filter(({ address, locked }) => !locked || this.#drafts.get(address));
      const zone = open.length === 1 ? open[0] : open.find(({ address }) => this.#chosen(address));
      this.#choose(zone?.address ?? "");
    }
  }

  /** Coming back to a page, or to a stage: where there is something typed, that zone is open. @param {string} address */
  #chosen(address) {
    return address === this.zone || this.#drafts.get(address) !== "";
  }

  /** @param {Place} place */
  #choice({ address, title, prompt, colour, locked }) {
    const button = make(
      "button",
      { type: "button", className: "zone", value: address, disabled: locked && !this.#drafts.get(address) },
      make("b", { textContent: title, dir: "auto" }),
      make("span", { textContent: locked ? say("phone.locked") : prompt, dir: "auto" }),
    );
    button.dataset.colour = colour;
    button.onclick = () => {
      if (address === this.zone && this.#fold(false)) return;
      this.#choose(address);
      box.focus();
    };
    return button;
  }

  /** @param {string} address */
  #choose(address) {
    this.zone = address;
    for (const choice of zones.children) {
      choice.setAttribute("aria-pressed", String(choice.value === address));
    }
    const place = this.#places.find((place) => place.address === address);
    sheet.hidden = !place;
    if (!place) return;
    sheet.dataset.colour = place.colour;
    // Setting it, even to the same, would throw the cursor to the end.
    if (box.value !== this.#drafts.get(address)) box.value = this.#drafts.get(address);
    box.placeholder = say("phone.one_idea");
    this.#typed();
  }

  #typed() {
    this.#drafts.set(this.zone, box.value);
    this.#count();
  }

  #count() {
    const left = lettersLeft(box.value);
    tell(letters, lettersSentence(left));
    box.setAttribute("aria-invalid", String(left < 0));
  }

  #submit() {
    if (box.readOnly) return;
    const text = box.value.trim();
    const left = lettersLeft(text);
    if (!text) tell(letters, say("phone.empty"));
    else if (left < 0) announce(lettersSentence(left));
    else {
      const stored = this.#add(this.zone, text);
      if (!stored) return tell(letters, say("phone.full"));
      this.#drafts.sent(this.zone, stored);
      box.value = "";
      this.#count();
    }
    box.focus();
  }

  /** Mark the zone that the room talks about; the others stay open. @param {string | null} address */
  light(address) {
    for (const choice of zones.children) choice.classList.toggle("lit", choice.value === address);
  }

  #left() {
    if (!form.contains(document.activeElement)) this.#fold(false);
  }

  /** Make room for the keyboard, or unfold again; true when that changed something. @param {boolean} on */
  #fold(on) {
    const changed = document.body.classList.contains("typing") !== on;
    document.body.classList.toggle("typing", on);
    if (on && changed) scrollTo(0, 0);
    return changed;
  }
}

/** iOS lays its keyboard over the page instead of making the page smaller. */
function stayInSight() {
  const view = globalThis.visualViewport;
  if (!view || document.activeElement !== box) return;
  const over = byId("add").getBoundingClientRect().bottom - view.offsetTop - view.height;
  if (over > 0) scrollBy(0, over + 8);
}
