// @ts-check
/** Into the room: which group, and in. */

import { post } from "../api.js";
import "../bigger.js";
import { byId, tell } from "../phone/dom.js";
import { page, say } from "../words.js";

const form = byId("form");
const here = `/s/${page.code}`;

if (form) {
  form.onsubmit = join;
  form.onchange = () => {
    const several = writing() !== "one";
    if (several && byId("so-many").hidden) setTimeout(() => byId("people").focus());
    byId("so-many").hidden = !several;
  };
}
if (byId("elsewhere")) {
  byId("elsewhere").onclick = () => {
    byId("seated").hidden = true;
    byId("groups").hidden = false;
    form.querySelector("input[name=group]:checked").focus();
  };
}

// From the facilitator's page: straight to what somebody at this table sees.
if (page.rehearsal && location.hash === "#see") enter(page.group, 1).catch(failed);

const writing = () => form.querySelector("input[name=writing]:checked").value;

/** @param {Event} event */
async function join(event) {
  event.preventDefault();
  const chosen = form.querySelector("input[name=group]:checked");
  if (byId("groups") && !chosen) {
    tell(byId("problem"), say("join.choose", { group: page.session.noun.one }));
    form.querySelector("input").focus();
    return;
  }
  const alone = writing() === "one";
  const people = alone ? 1 : Number(byId("people").value);
  if (!alone && (!Number.isInteger(people) || people < 2 || people > 60)) {
    tell(byId("problem"), say("join.how_many"));
    byId("people").focus();
    return;
  }
  const button = byId("join");
  button.disabled = true;
  tell(byId("problem"), "");
  await enter(chosen?.value || null, people, writing() === "others").catch(failed);
  button.disabled = false;
}

/** @param {string | null} group @param {number} people @param {boolean} [scribe] */
async function enter(group, people, scribe = false) {
  const seat = { group, people, scribe, language: page.lang };
  const { ticket } = await post(`/api/sessions/${page.code}/join`, seat);
  if (cookiesWork()) location.assign(here);
  else await (await import("../join/stay.js")).stay(here, ticket);
}

/** @param {import("../api.js").Failure} failure */
function failed(failure) {
  tell(byId("problem"), failure.message ?? say("common.no_answer"));
}

/** `navigator.cookieEnabled` says yes even where they are blocked, so try one. */
function cookiesWork() {
  try {
    document.cookie = "try=1; SameSite=Lax; path=/j";
    const works = document.cookie.includes("try=1");
    document.cookie = "try=; Max-Age=0; SameSite=Lax; path=/j";
    return works;
  } catch {
    return false;
  }
}
