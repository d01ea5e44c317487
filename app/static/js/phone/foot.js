// @ts-check
/** The foot of the phone: another table, and the way out. */

/** @import {SessionCard} from "../contract.d.ts" */
import { alertNow } from "../announce.js";
import { carry, patch, post } from "../api.js";
import { page, say } from "../words.js";
import { byId, make } from "./dom.js";

const SEAT = `/api/sessions/${page.code}`;
if (page.ticket) carry(page.ticket);

/** @param {() => void} wipe forget everything of this room that is on this phone */
export function serve(wipe) {
  byId("leave").onclick = async () => {
    await post(`${SEAT}/leave`).catch(() => null);
    wipe();
    location.replace("/");
  };
  byId("group-choice").onchange = async (/** @type {Event} */ { target }) => {
    const choice = /** @type {HTMLSelectElement} */ (target);
    await patch(`${SEAT}/me`, { group: choice.value || null }).catch(({ message }) => alertNow(message));
  };
}

/** @param {SessionCard} card @param {string} mine @param {boolean} open */
export function offerGroups({ plan: { groups = [], noun } }, mine, open) {
  const choice = byId("group-choice");
  const field = byId("group-field");
  field.hidden = !groups.length || !open;
  if (field.hidden || choice.dataset.mine === mine) return;
  choice.dataset.mine = mine;
  field.querySelector("label").textContent = say("phone.your_group", { group: noun?.one ?? "" });
  choice.replaceChildren(
    ...groups.map(({ id, name }) => make("option", { value: id, textContent: name, selected: id === mine })),
    make("option", { value: "", textContent: say("phone.no_group"), selected: !mine }),
  );
}
