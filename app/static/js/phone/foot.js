// @ts-check
/** The foot of the phone: another table, more people, another language, the next person, and the way out. */

/** @import {SessionCard, You} from "../contract.d.ts" */
import "../neighbour.js";
import { alertNow, announce } from "../announce.js";
import { carry, patch, post } from "../api.js";
import { page, say } from "../words.js";
import { byId, make } from "./dom.js";
export * as handing from "./next.js";

const SEAT = `/api/sessions/${page.code}`;
if (page.ticket) carry(page.ticket);

/** @param {() => Promise<void>} wipe forget everything of this room that is on this phone */
export function serve(wipe) {
  byId("leave").onclick = async () => {
    await post(`${SEAT}/leave`).catch(() => null);
    await wipe();
    location.replace("/");
  };
  byId("group-choice").onchange = () => change({ group: byId("group-choice").value || null });
  byId("people").onchange = async () => {
    const people = Number(byId("people").value);
    if (!byId("people").checkValidity() || !people) return alertNow(say("phone.how_many"));
    if (await change({ people })) announce(say("phone.people_saved", { n: people }));
  };
  // Loaded anew in that language; where only this page's memory holds the way in, there is no loading anew.
  byId("language-field").hidden = Boolean(page.ticket);
  const language = byId("language");
  language.onchange = async () => {
    if (await change({ language: language.value })) location.reload();
  };
  // It may have been chosen before this was here to hear of it.
  if (language.value !== document.documentElement.lang) language.onchange();
}

/** @param {{group?: string | null, people?: number, language?: string}} me */
const change = (me) => patch(`${SEAT}/me`, me).then(() => true, ({ message }) => (alertNow(message), false));

/** @param {SessionCard} card @param {You} you @param {string | null} asks what the stage asks besides words; null when all is over */
export function offer({ plan: { groups = [], noun } }, you, asks) {
  const people = byId("people"), open = asks !== null;
  const handing = byId("handing");
  handing.hidden = !open;
  // Whoever has chosen hands the phone on: right under the ballot, until the next one is asked something else.
  const before = byId(asks ? "choose" : "language-field");
  if (before.nextElementSibling !== handing && !handing.contains(document.activeElement)) {
    before.after(handing);
  }
  // One is what it is when nothing is said.
  const many = you.people ?? 1;
  byId("people-field").hidden = !open || many === 1 && !you.scribe;
  if (people.dataset.now !== `${many}`) people.value = people.dataset.now = `${many}`;
  const choice = byId("group-choice");
  const field = byId("group-field");
  const mine = you.group ?? "";
  field.hidden = !groups.length || !open;
  if (field.hidden || choice.dataset.mine === mine) return;
  choice.dataset.mine = mine;
  field.querySelector("label").textContent = say("phone.your_group", { group: noun?.one ?? "" });
  choice.replaceChildren(
    ...groups.map(({ id, name }) => make("option", { value: id, textContent: name, selected: id === mine })),
    make("option", { value: "", textContent: say("phone.no_group"), selected: !mine }),
  );
}
