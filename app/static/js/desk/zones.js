// @ts-check
/** @import {Board, Plan, Zone} from "../contract.d.ts" */

/** @typedef {{address: string, board: Board, zone: Zone}} Spot a zone where the plan put it */

/** Every zone of a plan by its address.
 * @param {Plan} plan
 * @returns {Map<string, Spot>}
 */
export function spotsOf(plan) {
  const spots = new Map();
  for (const board of plan.boards) {
    for (const zone of board.zones) {
      const address = `${board.id}.${zone.id}`;
      spots.set(address, { address, board, zone });
    }
  }
  return spots;
}

/** Zones kept for another day stand aside and are not sorted with the rest.
 * @param {Spot | undefined} spot
 */
export function isAside(spot) {
  return spot?.zone.where === "aside";
}
