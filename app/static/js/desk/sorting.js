// @ts-check
/** What follows from the rows for whoever sorts: what is left, what is in which pile, which lines there are. */

import { letter } from "../letter.js";
import { inOrder } from "../order.js";
import { DoneHere } from "./done-here.js";
import { isAside, spotsOf } from "./zones.js";

/** @import {Ask, ItemRow, NoteRow, PartRow, Plan, PlaceRow, SessionCard, StepRow, ThemeRow} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */

/** @typedef {{id: string, text: string, note: NoteRow, part: boolean}} Slip what is sorted: a note, or one part of it */

/** So many piles lie beside each other with the notes on top. */
const FEW_PILES = 6;
const UNDONE = "step.undone";
/** More than any number that is called out, and than a plan has zones. */
const NUMBERED = 10_000;
const LOOKS = 15, LOOK_MS = 20;

export class Sorting {
  /** Everything that is sorted, by its id, in order of arrival. @type {Map<string, Slip>} */
  slips = new Map();
  /** What is not yet in a pile, zone by zone. @type {Slip[]} */
  left = [];
  /** Piles in order, merged ones left out. @type {ThemeRow[]} */
  piles = [];
  /** What is in each pile, merged ones included. @type {Map<string, Slip[]>} */
  filed = new Map();
  /** The lines of the list as they stand. @type {ItemRow[]} */
  lines = [];
  /** How many notes and parts there are to sort in all. */
  total = 0;
  /** Who says the same as a note: those under each headline. @type {Map<string, Slip[]>} */
  twins = new Map();
  /** Notes that their groups sent up, and from which. @type {Map<string, string>} */
  sentUp = new Map();
  /** What the wall shows by number, for the room to call out. @type {Map<string, number>} */
  numbers = new Map();
  /** Groups that wrote or are here. */
  groups = 0;
  /** How many people came. */
  people = 0;

  /** People can see this screen: then it knows no steps but its own. */
  seen = false;
  #here = new DoneHere();
  #underWay = 0;
  /** Whom to tell that a step of this page was done. @type {() => void} */
  ondone = () => {};

  /** @type {string[]} */
  #zones;
  /** @type {Map<string, string>} */
  #letters = new Map();

  /** @param {Live} live */
  constructor(live) {
    this.live = live;
    this.rows = live.rows;
    this.card = /** @type {SessionCard} */ (live.welcome?.session);
    this.plan = this.card.plan;
    this.spots = spotsOf(this.plan);
    this.#zones = [...this.spots.keys()];
    this.seen = live.welcome?.you.role === "presenter";
  }

  /** Ask the room, and remember what was done from here. @param {Ask} ask */
  async ask(ask) {
    this.#underWay += 1;
    try {
      const done = await this.live.ask(ask);
      if (this.seen) this.#here.take(ask, done.seq, this.live.welcome?.you.id ?? "");
      else await this.#follow(done.seq);
      return done;
    } finally {
      this.#underWay -= 1;
      this.ondone();
    }
  }

  /** All that was asked from here is answered, and its steps are known. */
  get settled() {
    return this.#underWay === 0;
  }

  /** An answer may be quicker than the step it made; some make none. @param {number} seq */
  async #follow(seq) {
    for (let looks = 0; this.live.seen < seq && looks < LOOKS; looks += 1) {
      await new Promise((then) => setTimeout(then, LOOK_MS));
    }
  }

  /** Whether what is made here can be seen here. @param {"themes" | "items"} what */
  shows(what) {
    return !this.seen || (this.rows.one("public", "public")?.[what] ?? false);
  }

  /** Look again, once a frame. */
  read() {
    this.piles = this.rows.of("theme").filter((theme) => !theme.into)
      .sort(inOrder);
    this.filed = new Map(this.piles.map((pile) => [pile.id, []]));
    this.slips = this.#sortable();
    this.left = [];
    this.twins = new Map();
    this.total = 0;
    for (const slip of this.slips.values()) {
      const pile = this.pileOf(slip.id);
      if (!this.held(slip) && !this.isAside(slip)) this.total += 1;
      const headline = this.headline(slip.id);
      if (headline) this.twins.set(headline, [...this.twins.get(headline) ?? [], slip]);
      if (pile) this.filed.get(pile.id)?.push(slip);
      else if (!headline) this.left.push(slip);
    }
    const numbered = this.rows.one("screen", "screen")?.left ?? [];
    this.numbers = new Map(numbered.flatMap((id, at) => id ? [[id, at + 1]] : []));
    const picks = this.rows.of("pick");
    this.sentUp = new Map(picks.flatMap(({ notes, group }) => notes.map((note) => [note, group])));
    // What is called out by number, in that order. Else what the tables sent up first; then zone by zone, as a
    // room is sorted; inside a zone, as they came.
    const at = new Map(this.#zones.map((zone, place) => [zone, place]));
    const place = (/** @type {Slip} */ slip) =>
      this.numbers.get(slip.id) ??
        NUMBERED + (at.get(slip.note.zone) ?? 0) - (this.isSentUp(slip) ? at.size : 0);
    this.left.sort((one, other) => place(one) - place(other));
    this.lines = this.rows.of("item").sort(inOrder);
    this.#letters = new Map();
    this.lines.forEach((line, place) => {
      const pile = line.theme && this.alive(line.theme)?.id;
      if (pile && !this.#letters.has(pile)) this.#letters.set(pile, letter(place));
    });
  }

  /** A note that was split is sorted by its parts; their ids were made in the order of its words. */
  #sortable() {
    /** @type {Map<string, PartRow[]>} */
    const parts = new Map();
    for (const part of this.rows.of("part")) {
      parts.set(part.note, [...parts.get(part.note) ?? [], part]);
    }
    /** @type {Map<string, Slip>} */
    const slips = new Map();
    for (const note of this.rows.of("note")) {
      // What is in the bin is nobody's to sort.
      if (this.rows.one("origin", `origin:${note.id}`)?.held === "bin") continue;
      const of = parts.get(note.id)?.sort((one, other) => one.id < other.id ? -1 : 1);
      for (const each of of ?? [note]) {
        slips.set(each.id, { id: each.id, text: each.text, note, part: of !== undefined });
      }
    }
    return slips;
  }

  /** Still to be placed, without what is kept off the wall or kept for another day. */
  get todo() {
    return this.left.filter((slip) => !this.held(slip) && !this.isAside(slip));
  }

  /** Then a pile is a line each, so that all their keys are in sight. */
  get hasManyPiles() {
    return this.piles.length > FEW_PILES;
  }

  /** @param {string} slip @returns {PlaceRow | undefined} */
  place(slip) {
    return this.rows.one("place", `place:${slip}`);
  }

  /** The note that says the same and stands for both. @param {string} slip */
  headline(slip) {
    const headline = this.rows.one("twin", `twin:${slip}`)?.headline;
    return headline && this.slips.has(headline) ? headline : null;
  }

  /** What its author said of where it belongs. @param {string} slip */
  filing(slip) {
    return this.rows.one("filing", `filing:${slip}`);
  }

  /** The pile a slip is in now, wherever its own was merged into. @param {string} slip */
  pileOf(slip) {
    const place = this.place(slip);
    return place && this.alive(place.theme);
  }

  /** @param {string} id @returns {ThemeRow | undefined} */
  alive(id) {
    let theme = this.rows.one("theme", id);
    for (let steps = 0; theme?.into && steps < 100; steps += 1) theme = this.rows.one("theme", theme.into);
    return theme;
  }

  /** @param {Slip} slip */
  held(slip) {
    return this.rows.one("origin", `origin:${slip.note.id}`)?.held ?? null;
  }

  /** Its group chose it from all it wrote. @param {Slip} slip */
  isSentUp(slip) {
    return this.sentUp.has(slip.note.id);
  }

  /** Does the wall show the last notes by number? */
  get callsOut() {
    return this.rows.one("screen", "screen")?.manner === "left";
  }

  /** Everybody may read it. @param {Slip} slip */
  isOnWall(slip) {
    return !this.held(slip) && this.rows.one("zone", slip.note.zone)?.sees === "room";
  }

  /** It can be kept for another day: whole, and where everybody could read it. @param {string} id */
  canWait(id) {
    const slip = this.slips.get(id);
    if (!slip || slip.part) return false;
    return this.isAside(slip) || this.rows.one("zone", slip.note.zone)?.sees === "room";
  }

  /** What it means in English, where somebody said so. @param {Slip} slip */
  meaning(slip) {
    return this.rows.one("meaning", `meaning:${slip.note.id}`)?.text ?? "";
  }

  /** @param {Slip} slip */
  group(slip) {
    return this.rows.one("origin", `origin:${slip.note.id}`)?.group ?? null;
  }

  /** @param {string | null} id */
  groupName(id) {
    return this.plan.groups.find((group) => group.id === id)?.name ?? "";
  }

  /** @param {Slip} slip */
  isAside(slip) {
    return isAside(this.spots.get(slip.note.zone));
  }

  /** The letter of a pile's line. @param {string} pile */
  lineOf(pile) {
    return this.#letters.get(pile) ?? null;
  }

  /** My own steps that can still be undone, the last one first. @returns {StepRow[]} */
  get mine() {
    const me = this.live.welcome?.you.id;
    return this.steps.filter((step) => step.by === me && !step.undone && step.did !== UNDONE);
  }

  /** @returns {StepRow[]} */
  get steps() {
    const steps = this.seen ? [...this.#here.steps] : this.rows.of("step");
    return steps.sort((one, other) => other.step - one.step);
  }
}
