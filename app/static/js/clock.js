// @ts-check
/** How long is left, by the server's clock. */

/** @import {ClockRow} from "./contract.d.ts" */
import { count, say } from "./words.js";

/** Milliseconds left, below zero when time is up, null when no clock is set. @param {ClockRow | undefined} row @param {number} now */
export function left(row, now) {
  if (row?.ends != null) return row.ends - now;
  return row?.left ?? null;
}

/** "About 4 minutes left": no ticking seconds to race against. @param {ClockRow | undefined} row @param {number} now */
export function about(row, now) {
  const ms = left(row, now);
  if (ms === null) return "";
  if (row?.ends == null) return say("common.clock_paused");
  if (ms <= 0) return say("common.clock_over");
  if (ms < 45_000) return say("common.clock_last");
  return count("common.clock_about", Math.round(ms / 60_000) || 1);
}

/** Minutes and seconds, as on a wall: 4:12. @param {ClockRow | undefined} row @param {number} now */
export function digits(row, now) {
  const seconds = Math.max(0, Math.ceil((left(row, now) ?? 0) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Call `draw` now, and again whenever the words may have changed.
 * @param {() => void} draw @param {number} [everyMs]
 */
export function ticking(draw, everyMs = 1_000) {
  draw();
  const timer = setInterval(draw, everyMs);
  return () => clearInterval(timer);
}
