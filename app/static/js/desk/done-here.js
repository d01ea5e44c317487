// @ts-check
/** The steps that this page took itself. On a screen that people can see nobody else's are told, nor how much they
 * touched; what was done before everyone's eyes can still be undone. */

/** @import {Ask, StepRow} from "../contract.d.ts" */

/** What is said of a step, by the ask it was. @type {Partial<Record<Ask["type"], string>>} */
const DID = {
  "theme.make": "theme.made",
  "theme.name": "theme.named",
  "theme.drop": "theme.dropped",
  "theme.merge": "theme.merged",
  "notes.place": "notes.placed",
  "notes.park": "notes.parked",
  "notes.same": "notes.matched",
  "note.apart": "note.parted",
  "note.split": "note.split",
  "item.make": "item.made",
  "item.word": "item.worded",
  "item.drop": "item.dropped",
  "item.set": "item.set",
  "item.move": "item.moved",
  "essential.link": "essential.linked",
};

export class DoneHere {
  /** @type {StepRow[]} */
  steps = [];

  /** @param {Ask} ask @param {number} seq its number in the log @param {string} by */
  take(ask, seq, by) {
    if (ask.type === "undo") {
      this.steps = this.steps.map((step) => step.step === ask.seq ? { ...step, undone: true } : step);
      return;
    }
    const did = DID[ask.type];
    if (!did) return;
    const pile = ask.type === "theme.make" ? 1 : 0;
    const touched = "notes" in ask ? pile + (ask.notes?.length ?? 0) : 1;
    this.steps.push({ kind: "step", id: `step:${seq}`, seq, step: seq, did, by, touched, undone: false });
  }
}
