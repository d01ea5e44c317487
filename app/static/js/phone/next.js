// @ts-check
/** A shared phone is handed on: who wrote so far is hidden and done with, and the next person starts afresh. */

/** @import {Live} from "../live.js" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Drafts} from "./drafts.js" */
import { alertNow } from "../announce.js";
import { post } from "../api.js";
import { count, page, say } from "../words.js";
import { byId, tell } from "./dom.js";

/** @typedef {{live: Live, outbox: Outbox, drafts: Drafts}} Phone */

let going = false;
/** The answer that says which code is today's is on its way; that somebody else writes here now may come before it. */
let asking = false, changed = false;

/** @param {() => Phone} opened asked for when the button is pressed: the foot may come before its database is open */
export function serve(opened) {
  byId("next").onclick = async () => {
    const phone = opened();
    const waits = waiting(phone);
    tell(byId("next-waits"), waits);
    if (waits) return;
    byId("next").disabled = true;
    asking = true;
    const [door, failure] = await post(`/api/sessions/${page.code}/next`).then(
      (door) => [door, null],
      (failure) => [null, failure],
    );
    asking = false;
    // Handed on already, in another tab or by an answer that was lost.
    if (door || changed || failure.code === "grant.missing") return await handOn(phone, door?.code);
    byId("next").disabled = false;
    alertNow(failure.message);
  };
}

/** What would be lost, in a sentence. @param {Phone} phone */
function waiting({ outbox, drafts }) {
  const unsaved = outbox.entries.filter(({ state }) => state !== "kept").length;
  if (unsaved) return count("phone.next_waits", unsaved);
  return drafts.zones.length ? say("phone.next_begun") : "";
}

/** Out of sight first, then out of this phone, then to the door: with the table and the language kept. @param {Phone} phone @param {string} [code] */
export async function handOn({ live, outbox, drafts }, code = live.welcome?.session.code ?? page.code) {
  changed = true;
  document.body.hidden = true;
  if (going || asking) return;
  going = true;
  const table = live.welcome?.you.group;
  live.close();
  drafts.wipe();
  await outbox.wipe({ handedOn: true });
  const seat = new URLSearchParams({ lang: page.lang, ...table ? { t: table } : {} });
  location.replace(`/j/${code}?${seat}`);
}
