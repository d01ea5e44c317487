// @ts-check
import { part, reword } from "../desk/el.js";
import { say } from "../words.js";
import { minutesOf, toCome } from "./agenda.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

const TICK_MS = 250;
const MINUTE_MS = 60_000;

/** The clock of the stage and what one can do with it.
 * @param {Room} room @param {Asking} ask
 */
export function clock(room, ask) {
  const face = part("#clock-face"), until = part("#clock-until"), rest = part("#clock-rest");
  const start = part("#clock-start"), add = part("#clock-add"), pause = part("#clock-pause");
  const resume = part("#clock-resume"), off = part("#clock-off");

  start.addEventListener("click", () => ask({ type: "timer.set", seconds: minutes() * 60 }));
  add.addEventListener("click", () => ask({ type: "timer.add", seconds: 60 }));
  pause.addEventListener("click", () => ask({ type: "timer.pause" }));
  resume.addEventListener("click", () => ask({ type: "timer.resume" }));
  off.addEventListener("click", () => ask({ type: "timer.set", seconds: 0 }));

  const minutes = () => (room.stage ? minutesOf(room.agenda, room.stage) : 0) || 5;

  function draw() {
    const { ends, left } = room.clock;
    const running = ends !== null, paused = left !== null;
    start.hidden = running || paused || !room.stage || room.closed;
    add.hidden = off.hidden = !(running || paused);
    pause.hidden = !running;
    resume.hidden = !paused;
    reword(start, say("facilitate.clock_start", { minutes: minutes() }));
    tick();
  }

  function tick() {
    const { ends, left } = room.clock;
    const now = room.live.serverNow();
    const remaining = ends !== null ? ends - now : left;
    reword(face, remaining === null ? "" : faceOf(remaining));
    face.hidden = remaining === null;
    face.classList.toggle("over", remaining !== null && remaining < 0);
    reword(until, untilOf(now));
    reword(rest, restOf(now));
  }

  /** @param {number} now */
  function untilOf(now) {
    const { ends, left } = room.clock;
    if (room.closed) return "";
    if (left !== null) return say("facilitate.clock_paused");
    if (ends !== null) {
      return say(ends < now ? "facilitate.clock_over" : "facilitate.clock_stop", { time: timeOf(ends) });
    }
    const { opened } = room.stageRow;
    const planned = room.stage ? minutesOf(room.agenda, room.stage) : 0;
    if (!planned || opened === null) return "";
    return say("facilitate.clock_planned", { time: timeOf(opened + planned * MINUTE_MS) });
  }

  /** @param {number} now */
  function restOf(now) {
    if (room.closed) return "";
    const coming = toCome(room.agenda, room.plan.stages, room.at);
    const minutes = coming.reduce((sum, stage) => sum + minutesOf(room.agenda, stage), 0);
    return say("facilitate.clock_rest", { time: timeOf(now + leftOf(room) + minutes * MINUTE_MS) });
  }

  setInterval(tick, TICK_MS);
  return draw;
}

/** What is left of the stage by its clock or, without one, by the plan; ms, never below zero. @param {Room} room */
export function leftOf(room) {
  const { ends, left } = room.clock, { opened } = room.stageRow;
  const now = room.live.serverNow();
  if (left !== null) return left;
  if (ends !== null) return Math.max(0, ends - now);
  const planned = room.stage ? minutesOf(room.agenda, room.stage) : 0;
  return opened === null ? 0 : Math.max(0, opened + planned * MINUTE_MS - now);
}

/** Minutes and seconds, with a minus when time is over.
 * @param {number} ms
 */
function faceOf(ms) {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  const sign = ms < 0 && seconds > 0 ? "−" : "";
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {number} at */
export function timeOf(at) {
  const format = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return new Date(at).toLocaleTimeString(document.documentElement.lang, format);
}
