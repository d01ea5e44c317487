// @ts-check
/** What was typed on this page, kept for this tab until the room is open: a reload loses none of it. */

/** @import {Plan} from "../contract.d.ts" */
/** @import {Open} from "./edit.js" */

/** @typedef {{fields: Record<string, string>, chosen: Record<string, string>, plans: Record<string, Open<Plan>>}} Draft */

const SOON_MS = 300;
const CONTROLS = "input[id], select[id], textarea[id]";

/**
 * `plans`: each plan's own copy, which is written on; those that were changed are kept.
 * @param {HTMLFormElement} form @param {Map<string, Open<Plan>>} plans
 */
export function draft(form, plans) {
  // Beside the draft of another beginning: an earlier workshop used again is one of its own.
  const key = `eutopia-start${location.search}`;
  const asServed = new Map([...plans].map(([id, plan]) => [id, JSON.stringify(plan)]));
  let timer = 0;

  const before = read(key);
  for (const [id, plan] of Object.entries(before?.plans ?? {})) if (plans.has(id)) plans.set(id, plan);
  for (const [name, value] of Object.entries(before?.chosen ?? {})) {
    for (const radio of radios(form)) if (radio.name === name && radio.value === value) radio.checked = true;
  }

  function keep() {
    timer = 0;
    /** @type {Draft} */
    const now = { fields: {}, chosen: {}, plans: {} };
    for (const control of controls(form)) now.fields[control.id] = control.value;
    for (const radio of radios(form)) if (radio.checked) now.chosen[radio.name] = radio.value;
    for (const [id, plan] of plans) if (JSON.stringify(plan) !== asServed.get(id)) now.plans[id] = plan;
    write(key, JSON.stringify(now));
  }

  function soon() {
    timer ||= setTimeout(keep, SOON_MS);
  }

  function atOnce() {
    if (!timer) return;
    clearTimeout(timer);
    keep();
  }

  // Buttons change the plan too, and no box tells of it.
  const news = ["input", "change", "click"];
  for (const each of news) form.addEventListener(each, soon);
  addEventListener("pagehide", atOnce);

  return {
    /** Put back what stood in the boxes. */
    fill() {
      for (const control of controls(form)) {
        const value = before?.fields[control.id];
        if (value !== undefined) control.value = value;
      }
    },
    /** The room is open. */
    forget() {
      for (const each of news) form.removeEventListener(each, soon);
      removeEventListener("pagehide", atOnce);
      clearTimeout(timer);
      write(key, null);
    },
  };
}

/** @param {HTMLFormElement} form @returns {NodeListOf<HTMLInputElement>} */
const controls = (form) => form.querySelectorAll(CONTROLS);

/** @param {HTMLFormElement} form @returns {NodeListOf<HTMLInputElement>} */
const radios = (form) => form.querySelectorAll("input[type=radio]");

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

// Storage may be blocked; then a reload begins anew, as everywhere else.
/** @param {string} key @param {string | null} value */
function write(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // As above.
  }
}
