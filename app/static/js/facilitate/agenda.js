// @ts-check
/** Minutes against the clock: when we stop, how far behind we are, and where minutes can be taken from. Pure. */

/** @import {AgendaRow, Stage} from "../contract.d.ts" */

/** `spare`: minutes that no stage has. @typedef {{stages: readonly Stage[], spare?: number}} Planned */
/** @typedef {{stage: Stage, from: number, to: number}} Shorter minutes of a stage to come, before and after */

const MINUTE_MS = 60_000;
/** A stage is cut short, never cut out: leaving one out is for the facilitator to say. */
const LEAST = 2;

/** How long a stage takes today. @param {AgendaRow} agenda @param {Stage} stage */
export function minutesOf(agenda, stage) {
  return agenda.minutes.find((each) => each.stage === stage.id)?.minutes ?? stage.minutes ?? 0;
}

/** The stages that are still to come, without those left out. @param {AgendaRow} agenda @param {readonly Stage[]} stages @param {number} at */
export function toCome(agenda, stages, at) {
  return stages.slice(at + 1).filter(({ id }) => !agenda.left_out.includes(id));
}

/**
 * When we want to stop, UTC ms: as was said, or as the plan has it from when we began (or from now).
 * @param {AgendaRow} agenda @param {Planned} plan @param {number} now
 */
export function stopOf(agenda, { stages, spare = 0 }, now) {
  const planned = stages.reduce((sum, stage) => sum + (stage.minutes ?? 0), spare);
  return agenda.stop ?? (agenda.began ?? now) + planned * MINUTE_MS;
}

/**
 * How many minutes too late we would stop, if all goes on as it stands; below zero there are some to spare.
 * @param {AgendaRow} agenda @param {Planned} plan @param {number} at
 * @param {number} left what is left of this stage, ms @param {number} now
 */
export function behind(agenda, plan, at, left, now) {
  const minutes = toCome(agenda, plan.stages, at).reduce((sum, stage) => sum + minutesOf(agenda, stage), 0);
  const done = now + Math.max(0, left) + minutes * MINUTE_MS;
  return Math.round((done - stopOf(agenda, plan, now)) / MINUTE_MS);
}

/**
 * Take minutes from stages to come, one after another from whichever has the most.
 * @param {AgendaRow} agenda @param {readonly Stage[]} stages @param {number} at @param {number} wanted
 * @returns {Shorter[]} only those that would change
 */
export function caughtUp(agenda, stages, at, wanted) {
  const lines = toCome(agenda, stages, at).map((stage) => {
    const minutes = minutesOf(agenda, stage);
    return { stage, from: minutes, to: minutes };
  });
  for (let taken = 0; taken < wanted; taken += 1) {
    const longest = lines.reduce((best, line) => line.to > best.to ? line : best, { to: LEAST });
    if (longest.to <= LEAST) break;
    longest.to -= 1;
  }
  return lines.filter(({ from, to }) => to < from);
}

/** The agenda with these minutes in it, as an ask. @param {AgendaRow} agenda @param {Shorter[]} shorter */
export function withMinutes(agenda, shorter) {
  const changed = new Map(agenda.minutes.map(({ stage, minutes }) => [stage, minutes]));
  for (const { stage, to } of shorter) changed.set(stage.id, to);
  return asked({ ...agenda, minutes: [...changed].map(([stage, minutes]) => ({ stage, minutes })) });
}

/** The same with these minutes given back, where nobody has changed them since. @param {AgendaRow} agenda @param {Shorter[]} shorter */
export function givenBack(agenda, shorter) {
  const still = shorter.filter(({ stage, to }) => minutesOf(agenda, stage) === to);
  return withMinutes(agenda, still.map(({ stage, from, to }) => ({ stage, from: to, to: from })));
}

/** A stage left out, or put back. @param {AgendaRow} agenda @param {string} stage */
export function toggled(agenda, stage) {
  const others = agenda.left_out.filter((id) => id !== stage);
  return asked({ ...agenda, left_out: others.length < agenda.left_out.length ? others : [...others, stage] });
}

/** The ask that leads to this agenda. @param {Pick<AgendaRow, "stop" | "minutes" | "left_out">} agenda */
export function asked({ stop, minutes, left_out }) {
  return { type: /** @type {const} */ ("agenda.set"), stop, minutes, left_out };
}

/**
 * The moment that a time of day means: the one nearest to now.
 * @param {string} time "14:15" @param {number} now UTC ms
 */
export function momentOf(time, now) {
  const [hours, minutes] = time.split(":").map(Number);
  const day = new Date(now);
  day.setHours(hours ?? 0, minutes ?? 0, 0, 0);
  const half = 12 * 60 * MINUTE_MS, whole = 2 * half;
  const at = day.getTime();
  return at - now > half ? at - whole : now - at > half ? at + whole : at;
}
