// @ts-check
/** What the facilitator's page knows of the room: the plan, the rows, and what follows from both. */

import { spotsOf } from "../desk/zones.js";
import { toCome } from "./agenda.js";

/** @import {AgendaRow, NoteRow, Now, Plan, SessionCard, Shows, Stage} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Spot} from "../desk/zones.js" */

/** @type {AgendaRow} */
const NO_AGENDA = {
  kind: "agenda",
  id: "agenda",
  seq: 0,
  began: null,
  stop: null,
  minutes: [],
  left_out: [],
};

export class Room {
  /** @param {Live} live */
  constructor(live) {
    this.live = live;
    this.rows = live.rows;
    this.card = /** @type {SessionCard} */ (live.welcome?.session);
    this.plan = this.card.plan;
    this.spots = spotsOf(this.plan);
    /** The numbers of the last `now`. */
    this.now =
      /** @type {Now} */ ({ type: "now", time: 0, joined: 0, here: 0, done: 0, waiting: 0, groups: 0 });
  }

  get stageRow() {
    return this.rows.one("stage", "stage") ?? { stage: null, opened: null, closed: false, picks: null };
  }

  /** Where in the plan we are; -1 while people arrive. */
  get at() {
    return this.plan.stages.findIndex((stage) => stage.id === this.stageRow.stage);
  }

  /** @returns {Stage | undefined} */
  get stage() {
    return this.plan.stages[this.at];
  }

  get closed() {
    return this.stageRow.closed;
  }

  get clock() {
    return this.rows.one("clock", "clock") ?? { ends: null, left: null };
  }

  /** When we stop, and what is not as planned. */
  get agenda() {
    return this.rows.one("agenda", "agenda") ?? NO_AGENDA;
  }

  /** Where everybody shall look. */
  get focus() {
    return this.rows.one("focus", "focus") ?? { look_up: false, of: null, lit: null };
  }

  /** The next stage that is not left out. */
  get following() {
    return toCome(this.agenda, this.plan.stages, this.at)[0];
  }

  get screen() {
    return this.rows.one("screen", "screen") ?? { blank: false, manner: "whole", of: null, page: 0 };
  }

  /** What the room may read by now. @param {Shows} what */
  isPublic(what) {
    return this.rows.one("public", "public")?.[what] ?? false;
  }

  /** On a screen that people can see there is no telling what they may not read yet. @param {Shows} what */
  knows(what) {
    return this.live.welcome?.you.role === "facilitator" || this.isPublic(what);
  }

  /** The line that the wall reads back. */
  get line() {
    const { manner, of } = this.screen;
    return manner === "read" && of && !this.closed ? this.rows.one("item", of) : undefined;
  }

  /** Nobody new may come in. */
  get locked() {
    return this.rows.one("door", "door")?.locked ?? false;
  }

  /** @param {string} address */
  zone(address) {
    return this.rows.one("zone", address);
  }

  /** Notes that are on the wall or will be: the number the wall itself shows.
   * @param {string} address
   */
  count(address) {
    return this.rows.one("count", `count:${address}`)?.notes ?? 0;
  }

  /** @param {NoteRow} note */
  origin(note) {
    return this.rows.one("origin", `origin:${note.id}`);
  }

  /** Kept off the wall; what is in the bin is counted by itself. */
  get held() {
    return this.rows.of("origin").filter(isKept).length;
  }

  /** @param {NoteRow} note */
  isBinned(note) {
    return this.origin(note)?.held === "bin";
  }

  /** Notes of a zone that wait to be read first, and those that are kept back for a reason.
   * @param {string} address
   */
  heldIn(address) {
    const here = this.rows.of("origin").filter((origin) =>
      isKept(origin) && this.rows.one("note", origin.note)?.zone === address
    );
    const unread = here.filter(({ held }) => held === "waiting").length;
    return { unread, kept: here.length - unread };
  }

  /** Notes in zones that only their writers, or their groups, can see so far. */
  get waiting() {
    const closed = [...this.spots.keys()].filter((address) => this.zone(address)?.sees !== "room");
    return closed.reduce((sum, address) => sum + this.count(address), 0);
  }

  /** The zones of a stage's boards.
   * @param {Stage | undefined} stage
   * @returns {Spot[]}
   */
  spotsIn(stage) {
    return [...this.spots.values()].filter((spot) => stage?.boards.includes(spot.board.id));
  }

  /** How many notes opening this stage would bring onto the wall.
   * @param {Stage} stage
   */
  wouldShow(stage) {
    if (stage.sees !== "room") return 0;
    const hidden = this.spotsIn(stage).filter((spot) => this.zone(spot.address)?.sees !== "room");
    return hidden.reduce((sum, spot) => sum + this.count(spot.address), 0);
  }

  /** @param {string | null | undefined} id */
  groupName(id) {
    return this.plan.groups.find((group) => group.id === id)?.name ?? "";
  }
}

/** @param {import("../contract.d.ts").OriginRow} origin */
const isKept = ({ held }) => held !== null && held !== "bin";
