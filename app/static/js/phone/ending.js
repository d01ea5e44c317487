// @ts-check
/** What a first note has no need of: read-outs, and the list to take home. */

/** @import {SessionCard} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Mine, Moment} from "./shapes.d.ts" */
import { offerToKeep } from "./keep.js";
import { asked, drawPicks, pickUnder } from "./picks.js";

/**
 * Draws both, and gives back what stands under each note of mine.
 * @param {SessionCard} card @param {Moment} now @param {Live} live @param {Outbox} outbox
 * @returns {(note: Mine, item: HTMLElement) => void}
 */
export function drawEnding(card, now, live, outbox) {
  offerToKeep(live.rows.of("item").length > 0, now.manner === "closed" || now.manner === "late");
  const picks = asked(card, live);
  drawPicks(picks, card, live);
  return pickUnder(picks, outbox);
}
