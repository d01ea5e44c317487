// @ts-check
/** Start a workshop: choose a plan, say what it is about, open the room. */

import { post } from "../api.js";
import { box, part } from "../desk/el.js";
import { trouble, wordsFor } from "../facilitate/asking.js";
import { enter } from "../facilitate/enter.js";
import { aim } from "../start/aim.js";
import { bestThree } from "../start/best.js";
import { draft } from "../start/draft.js";
import { edit, ready } from "../start/edit.js";
import { groups } from "../start/groups.js";
import { showMade } from "../start/made.js";
import { page } from "../words.js";

/** @import {Plan} from "../contract.d.ts" */
/** @import {Open} from "../start/edit.js" */

/** The plan of an earlier workshop, among the choices; no file can have this name. */
const AGAIN = "*", AIM = 400;

// A secret in the address is swapped first; the page then comes again, knowing who asks.
enter().then((entered) => {
  if (entered) location.reload();
  else if (page.organiser) start();
}, (refusal) => trouble(wordsFor(refusal)));

/** Two days: who was there on a Thursday has Friday and the weekend. */
const LATE_HOURS = 48;

function start() {
  const form = /** @type {HTMLFormElement} */ (part("#start"));
  /** Each plan's own copy, so that going to another plan and back loses nothing. @type {Map<string, Open<Plan>>} */
  const copies = new Map(
    page.plans.map((/** @type {Open<Plan>} */ plan) => [plan.id, structuredClone(plan)]),
  );
  if (page.again) copies.set(AGAIN, page.again.plan);
  const kept = draft(form, copies);
  const plan = () => /** @type {Open<Plan>} */ (copies.get(String(new FormData(form).get("plan"))));
  const title = box("#title"), host = box("#host"), contact = box("#contact");
  const open = /** @type {HTMLButtonElement} */ (part("#open"));
  const about = aim(() => plan().aim), who = groups(), best = bestThree(form, who);

  /** What was said here holds whichever plan is chosen. @type {Partial<Pick<Plan, "expected" | "hold" | "late_hours">>} */
  const said = {};
  const expected = box("#expected");
  const sayExpected = () =>
    said.expected = Math.min(10_000, Math.max(0, Math.round(Number(expected.value) || 0)));
  const hold = /** @type {HTMLSelectElement} */ (part("#hold"));
  const sayHold = () => said.hold = /** @type {Plan["hold"]} */ (hold.value);
  expected.addEventListener("input", sayExpected);
  hold.addEventListener("change", sayHold);

  const late = box("#late");
  late.addEventListener("change", () => said.late_hours = late.checked ? LATE_HOURS : 0);

  function choose() {
    edit(plan());
    late.checked = Boolean(said.late_hours ?? plan().late_hours);
    hold.value = said.hold ?? plan().hold;
    who.take(plan());
    about.draw();
  }

  for (const choice of form.querySelectorAll('input[name="plan"]')) choice.addEventListener("change", choose);
  title.addEventListener("input", () => missing(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!title.value.trim()) return missing(true);
    open.disabled = true;
    try {
      const made = await post("/api/sessions", {
        plan: { ...best.asked(ready(plan())), ...said, groups: [] },
        title: title.value.trim(),
        aim: about.composed(),
        host: host.value.trim(),
        contact: contact.value.trim(),
        groups: who.listed(),
        noun: who.called(),
        language: plan().language,
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      });
      trouble("");
      kept.forget();
      showMade(made, title.value.trim());
    } catch (refusal) {
      trouble(wordsFor(refusal));
    } finally {
      open.disabled = false;
    }
  });

  /** @param {boolean} on */
  function missing(on) {
    part("#title-problem").hidden = !on;
    if (on) {
      title.setAttribute("aria-invalid", "true");
      title.focus();
    } else title.removeAttribute("aria-invalid");
  }

  choose();
  if (page.again) sayAgain();
  kept.fill();
  if (expected.value) sayExpected();
  if (hold.value !== plan().hold) sayHold();
  about.draw();
  who.draw();
  best.draw();

  /** What was said of an earlier workshop. */
  function sayAgain() {
    const before = page.again;
    title.value = before.title;
    host.value = before.host;
    contact.value = before.contact;
    // Whole, in the first box: what it was put together from is not known any more.
    const aimed = box("#aim-what");
    aimed.maxLength = AIM;
    aimed.value = before.aim;
    expected.value = before.plan.expected || "";
    who.seat(before.plan);
  }
}
