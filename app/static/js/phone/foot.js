// @ts-check
/** The foot of the phone: another table, and the way out. */

/** @import {SessionCard} from "../contract.d.ts" */
import { alertNow } from "../announce.js";
import { page, say } from "../words.js";
import { byId, make } from "./dom.js";

/** @param {() => void} wipe forget everything of this room that is on this phone */
export function serve(wipe) {
  byId("leave").onclick = async () => {
    await tellServer("POST", "leave", {});
    wipe();
    location.replace("/");
  };
  byId("group-choice").onchange = async (/** @type {Event} */ { target }) => {
    const choice = /** @type {HTMLSelectElement} */ (target);
    const answer = await tellServer("PATCH", "me", { group: choice.value || null });
    if (!answer?.ok) alertNow(say("common.no_answer"));
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

/** @param {string} method @param {string} path @param {object} body */
function tellServer(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json" };
  if (page.ticket) headers.Authorization = `Bearer ${page.ticket}`;
  return fetch(`/api/sessions/${page.code}/${path}`, { method, headers, body: JSON.stringify(body) }).catch(
    () => null,
  );
}
