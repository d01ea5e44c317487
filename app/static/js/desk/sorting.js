// @ts-check
/** What follows from the rows for whoever sorts: what is left, what is in which pile, which lines there are. */

import { isAside, spotsOf } from "./zones.js";

/** @import {ItemRow, NoteRow, Plan, PlaceRow, SessionCard, StepRow, ThemeRow} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */

const UNDONE = "step.undone";

export class Sorting {
  /** Notes not yet in a pile, in order of arrival. @type {NoteRow[]} */
  left = [];
  /** Piles in order, merged ones left out. @type {ThemeRow[]} */
  piles = [];
  /** The notes of each pile, merged ones included. @type {Map<string, NoteRow[]>} */
  filed = new Map();
  /** How many notes there are to sort in all. */
  total = 0;
  /** Groups that wrote or are here. */
  groups = 0;

  /** @type {string[]} */
  #zones;

  /** @param {Live} live */
  constructor(live) {
    this.live = live;
    this.rows = live.rows;
    this.card = /** @type {SessionCard} */ (live.welcome?.session);
    this.plan = this.card.plan;
    this.spots = spotsOf(this.plan);
    this.#zones = [...this.spots.keys()];
  }

  /** Look again, once a frame. */
  read() {
    this.piles = this.rows.of("theme").filter((theme) => !theme.into).sort((one, other) =>
      orderOf(one) - orderOf(other)
    );
    this.filed = new Map(this.piles.map((pile) => [pile.id, []]));
    this.left = [];
    this.total = 0;
    for (const note of this.rows.of("note")) {
      const pile = this.pileOf(note.id);
      const counts = !this.held(note.id) && !isAside(this.spots.get(note.zone));
      if (counts) this.total += 1;
      if (pile) this.filed.get(pile.id)?.push(note);
      else this.left.push(note);
    }
    // Zone by zone, as a room is sorted; inside a zone, as they came.
    this.left.sort((one, other) => this.#zoneAt(one) - this.#zoneAt(other));
  }

  /** @param {NoteRow} note */
  #zoneAt(note) {
    return this.#zones.indexOf(note.zone);
  }

  /** Notes still to be placed, without those kept off the wall or kept for another day. */
  get todo() {
    return this.left.filter((note) => !this.held(note.id) && !isAside(this.spots.get(note.zone)));
  }

  /** @param {string} note @returns {PlaceRow | undefined} */
  place(note) {
    return this.rows.one("place", `place:${note}`);
  }

  /** The pile a note is in now, wherever its own was merged into. @param {string} note */
  pileOf(note) {
    const place = this.place(note);
    return place && this.alive(place.theme);
  }

  /** @param {string} id @returns {ThemeRow | undefined} */
  alive(id) {
    let theme = this.rows.one("theme", id);
    for (let steps = 0; theme?.into && steps < 100; steps += 1) theme = this.rows.one("theme", theme.into);
    return theme;
  }

  /** @param {string} note */
  held(note) {
    return this.rows.one("origin", `origin:${note}`)?.held ?? null;
  }

  /** @param {string} note */
  group(note) {
    return this.rows.one("origin", `origin:${note}`)?.group ?? null;
  }

  /** @param {string | null} id */
  groupName(id) {
    return this.plan.groups.find((group) => group.id === id)?.name ?? "";
  }

  /** The lines of the list as they stand. @returns {ItemRow[]} */
  get lines() {
    return this.rows.of("item").sort((one, other) => one.order - other.order);
  }

  /** @param {string} pile */
  lineOf(pile) {
    const at = this.lines.findIndex((line) => line.theme !== null && this.alive(line.theme)?.id === pile);
    return at < 0 ? null : letter(at);
  }

  /** My own steps that can still be undone, the last one first. @returns {StepRow[]} */
  get mine() {
    const me = this.live.welcome?.you.id;
    return this.steps.filter((step) => step.by === me && !step.undone && step.did !== UNDONE);
  }

  /** @returns {StepRow[]} */
  get steps() {
    return this.rows.of("step").sort((one, other) => other.step - one.step);
  }
}

/** A pile keeps its place, and so its key, for as long as it is there.
 * @param {ThemeRow} theme
 */
function orderOf(theme) {
  return /** @type {{order?: number}} */ (theme).order ?? 0;
}

/** A, B ... Z, AA, AB ... @param {number} at @returns {string} */
export function letter(at) {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letter(Math.floor(at / 26) - 1) + last;
}
