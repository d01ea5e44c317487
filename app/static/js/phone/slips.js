// @ts-check
/** Writing for others: slip after slip, with nothing to press but Enter. */

/** @import {Plan, SessionCard} from "../contract.d.ts" */
/** @import {Drafts} from "./drafts.js" */
/** @import {Mine, Place, Slip, Writing} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { say } from "../words.js";
import { byId, make, tell } from "./dom.js";
import { lettersLeft, lettersSentence } from "./drafts.js";

/** What is being typed is kept under this name; no zone has it. */
const DRAFT = "slip";
const MOST = 9_999;
/** Long enough for the press that took the focus away to land where it was meant to. */
const UNFOLD_MS = 300;

/** @implements {Writing} */
export class Slips {
  #drafts;
  #add;
  #group = make("select", { id: "slip-group" });
  #zone = make("select", { id: "slip-zone" });
  #number = make("input", {
    id: "slip-number",
    type: "number",
    inputMode: "numeric",
    min: "1",
    max: String(MOST),
  });
  #box = make("textarea", { id: "slip-box", className: "note", dir: "auto", rows: 3, enterKeyHint: "done" });
  #letters = make("p", { id: "slip-letters" });
  #form = make("form", { id: "slips", noValidate: true, hidden: true });
  /** @type {Plan["groups"]} */
  #groups = [];
  /** @type {Place[]} */
  #places = [];
  /** Group -> the number of its next slip. @type {Map<string, number>} */
  #next = new Map();
  #drawn = "";
  stopped = false;
  #send = make("button", { className: "button", textContent: say("slips.add") });

  /** @param {Drafts} drafts @param {(zone: string, text: string, slip: Slip) => Promise<unknown> | null} add null: there is no room for more */
  constructor(drafts, add) {
    this.#drafts = drafts;
    this.#add = add;
    this.#box.value = drafts.get(DRAFT);
    this.#box.setAttribute("aria-describedby", "slip-how slip-letters");
    this.#box.oninput = () => {
      drafts.set(DRAFT, this.#box.value);
      this.#count();
    };
    this.#box.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    };
    this.#box.onfocus = () => fold(true);
    this.#form.addEventListener(
      "focusout",
      () => setTimeout(() => this.#form.contains(document.activeElement) || fold(false), UNFOLD_MS),
    );
    this.#group.onchange = () => this.#turn();
    this.#zone.onchange = () => this.#colour();
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    // Otherwise the keyboard of a phone goes down between two slips.
    this.#send.onmousedown = (event) => event.preventDefault();
    this.#form.append(
      make("h2", { textContent: say("slips.about") }),
      make(
        "div",
        { className: "row" },
        field("slips.group", this.#group),
        field("slips.number", this.#number),
      ),
      field("slips.zone", this.#zone),
      make("label", { className: "visually-hidden", htmlFor: "slip-box", textContent: say("slips.words") }),
      this.#box,
      make("p", { id: "slip-how", className: "soft", textContent: say("slips.how") }),
      make("div", { className: "ready" }, this.#letters, this.#send),
    );
    document.body.classList.add("scribe");
    // The box keeps the focus between two slips: what is asked of those already in stands under it.
    byId("composer").after(this.#form, byId("filing"));
  }

  /** What is typed stays to be copied. @param {boolean} muted */
  stop(muted) {
    this.stopped = muted;
    this.#box.readOnly = muted;
    this.#send.hidden = muted;
  }

  get zone() {
    return this.#zone.value;
  }

  /** Paper is read at any time: no stage moves it, and none is in its way. */
  isBusy() {
    return false;
  }

  offer() {}

  light() {}

  /** @param {SessionCard} card @param {Place[]} places every zone there is @param {string | null} mine where I sit @param {boolean} open */
  know({ plan }, places, mine, open) {
    this.#form.hidden = !open;
    this.#places = places;
    const now = JSON.stringify([
      mine,
      plan.groups,
      places.map(({ address, title, locked }) => [address, title, locked]),
    ]);
    if (now === this.#drawn) return;
    const chosen = this.#drawn ? this.#group.value : mine ?? "";
    this.#drawn = now;
    this.#groups = plan.groups ?? [];
    const label = /** @type {HTMLElement} */ (this.#group.parentElement);
    label.hidden = !this.#groups.length;
    /** @type {HTMLElement} */ (label.firstElementChild).textContent = say("slips.group", {
      group: plan.noun?.one ?? "",
    });
    this.#group.replaceChildren(
      ...this.#groups.map(({ id, name }) => make("option", { value: id, textContent: name })),
      // Without a table of its own a slip counts for the scribe's.
      ...mine ? [] : [make("option", { value: "", textContent: say("slips.no_group") })],
    );
    this.#group.value = chosen;
    this.#offerZones();
    this.#turn();
    this.#count();
  }

  /** "Oak, slip 14", of a note that was read from one. @param {Mine} note */
  of({ slip }) {
    if (!slip) return "";
    const group = this.#groups?.find(({ id }) => id === slip.group)?.name ?? "";
    this.#counts(slip);
    if (!slip.slip) return group;
    return group ? say("slips.of", { group, n: slip.slip }) : say("slips.of_none", { n: slip.slip });
  }

  #offerZones() {
    const chosen = this.#zone.value;
    const boards = new Map(this.#places.map(({ board }) => [board.id, board]));
    this.#zone.replaceChildren(...[...boards.values()].map(({ id, title }) => {
      const zones = this.#places.filter(({ board }) => board.id === id).map(({ address, title, locked }) =>
        make("option", { value: address, textContent: title, disabled: locked })
      );
      return make("optgroup", { label: title }, ...zones);
    }));
    if (this.#places.some(({ address, locked }) => address === chosen && !locked)) this.#zone.value = chosen;
    this.#colour();
  }

  #colour() {
    const place = this.#places.find(({ address }) => address === this.#zone.value);
    this.#form.dataset.colour = place?.colour ?? "plain";
    this.#box.placeholder = place?.prompt ?? "";
  }

  /** The pile of another table has numbers of its own. */
  #turn() {
    this.#number.value = String(this.#next.get(this.#group.value) ?? 1);
  }

  /** Slips that were entered before this page was opened count too. @param {Slip} slip */
  #counts({ group, slip }) {
    const key = group ?? "";
    if (slip < (this.#next.get(key) ?? 1)) return;
    const untouched = this.#number.value === String(this.#next.get(key) ?? 1);
    this.#next.set(key, Math.min(slip + 1, MOST));
    if (key === this.#group.value && untouched) this.#turn();
  }

  #count() {
    const left = lettersLeft(this.#box.value);
    tell(this.#letters, lettersSentence(left));
    this.#box.setAttribute("aria-invalid", String(left < 0));
  }

  #submit() {
    const text = this.#box.value.trim();
    const left = lettersLeft(text);
    const number = Number(this.#number.value);
    if (!text) tell(this.#letters, say("phone.empty"));
    else if (left < 0) announce(lettersSentence(left));
    else if (!this.#number.checkValidity()) return this.#number.focus();
    else this.#enter(text, { group: this.#group.value || null, slip: number });
    this.#box.focus();
  }

  /** @param {string} text @param {Slip} slip */
  #enter(text, slip) {
    const stored = this.#add(this.#zone.value, text, slip);
    if (!stored) return tell(this.#letters, say("phone.full"));
    this.#drafts.sent(DRAFT, stored);
    this.#box.value = "";
    this.#count();
    if (!slip.slip) return;
    this.#next.set(slip.group ?? "", Math.min(slip.slip + 1, MOST));
    this.#turn();
  }
}

/** Make room for the keyboard of a phone. @param {boolean} on */
function fold(on) {
  if (on && !document.body.classList.contains("typing")) scrollTo(0, 0);
  document.body.classList.toggle("typing", on);
}

/** @param {string} words @param {HTMLElement} control */
function field(words, control) {
  return make(
    "div",
    { className: "field" },
    make("label", { htmlFor: control.id, textContent: say(words) }),
    control,
  );
}
