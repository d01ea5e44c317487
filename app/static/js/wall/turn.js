// @ts-check
/** What comes after what the wall shows now, and before it: its pages, and the list read back line by line. */

/** @import {ShowWall} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Scene, Sight} from "./sight.js" */
import { inOrder } from "../order.js";

/** The ask that turns to the next page or line (1) or to the one before (-1); null where there is none.
 * @param {Sight} sight @param {Scene} scene @param {number} pages of what is shown @param {1 | -1} step
 * @returns {ShowWall | null}
 */
export function turned({ rows, page: now }, scene, pages, step) {
  const { manner = "whole", of = null } = rows.one("screen", "screen") ?? {};
  if (scene === "line" || scene === "big" && rows.one("item", of ?? "")) {
    return lineAfter(rows, of, step) ?? WHOLE;
  }
  // Under what is shown big the wall stands as it was left.
  if (scene === "big") return { type: "wall.show", manner, of, page: now };
  const from = Math.min(now, pages - 1), page = Math.max(0, Math.min(pages - 1, from + step));
  if (page !== from) return { type: "wall.show", manner, of, page };
  return scene === "list" && step > 0 ? lineAfter(rows, null, step) : null;
}

/** @type {ShowWall} */
export const WHOLE = { type: "wall.show", manner: "whole", of: null, page: 0 };

/** The whole list, A, B and so on, and the whole list again. @param {Rows} rows @param {string | null} of @param {1 | -1} step
 * @returns {ShowWall | null}
 */
export function lineAfter(rows, of, step) {
  const items = rows.of("item").sort(inOrder);
  const at = items.findIndex(({ id }) => id === of);
  const next = at < 0 ? items.at(step > 0 ? 0 : -1) : items[at + step];
  return next ? { type: "wall.show", manner: "read", of: next.id, page: 0 } : null;
}
