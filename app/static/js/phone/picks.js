// @ts-check
/** Read-outs: what my table sends up, and the way to choose one of my notes for it. */

/** @import {SessionCard} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Mine} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { count, say } from "../words.js";
import { zoneOf } from "../wall/sight.js";
import { button, byId, make, takeAway, tell } from "./dom.js";

/** @typedef {{most: number, group: string, noun: string, notes: readonly string[]}} Asked */

/**
 * What this moment asks of my table; null when it asks for nothing.
 * @param {SessionCard} card @param {Live} live @returns {Asked | null}
 */
export function asked(card, live) {
  const row = live.rows.one("stage", "stage");
  const stage = card.plan.stages.find(({ id }) => id === row?.stage);
  const group = live.welcome?.you.group;
  const most = row?.picks ?? stage?.picks;
  if (!stage || !most || !group || row?.closed) return null;
  const notes = live.rows.one("pick", `pick:${stage.id}:${group}`)?.notes ?? [];
  return { most, group, noun: card.plan.noun?.one ?? "", notes };
}

/** What our table has chosen, for everybody who sits at it. @param {Asked | null} now @param {SessionCard} card @param {Live} live */
export function drawPicks(now, card, live) {
  const section = byId("picks"), list = byId("picked");
  section.hidden = !now;
  if (!now) return;
  const { most, noun, notes } = now;
  const rows = notes.flatMap((id) => live.rows.one("note", id) ?? []);
  const words = rows.map(({ text }) => text);
  tell(
    byId("picks-title"),
    count(words.length ? "phone.pick_some" : "phone.pick_none", most, { group: noun }),
  );
  if (list.dataset.told === JSON.stringify(words)) return;
  list.dataset.told = JSON.stringify(words);
  list.replaceChildren(
    ...rows.map(({ text, zone }) => {
      const item = make("li", { className: "note", dir: "auto", textContent: text });
      item.dataset.colour = zoneOf(card, zone)?.colour ?? "plain";
      return item;
    }),
  );
}

/**
 * Under a note of mine that my table can read: the way to choose it, or to leave it.
 * @param {Asked | null} now @param {Outbox} outbox
 * @returns {(note: Mine, item: HTMLElement) => void}
 */
export function pickUnder(now, outbox) {
  return (note, item) => {
    const past = /** @type {HTMLElement | null} */ (item.querySelector(".pick"));
    const read = note.standing === "saved" && (note.mine?.state === "shown" || note.mine?.state === "group");
    if (!now || !read) return past && takeAway(past);
    const chosen = now.notes.includes(note.id);
    const here = past ?? begin(note.id, item, outbox);
    const { group, act } = /** @type {{group: HTMLElement, act: HTMLButtonElement}} */ ({
      group: here.firstElementChild,
      act: here.lastElementChild,
    });
    tell(group, chosen ? say(now.most > 1 ? "phone.picked_up" : "phone.picked", { group: now.noun }) : "");
    const words = say(chosen ? "phone.pick_end" : now.most > 1 ? "phone.pick_up" : "phone.pick_one", {
      group: now.noun,
    });
    tell(act, words);
    act.dataset.on = String(!chosen);
    act.ariaLabel = say("phone.pick_label", { pick: words, text: note.text });
  };
}

/** @param {string} id @param {HTMLElement} item @param {Outbox} outbox */
function begin(id, item, outbox) {
  const act = button("phone.pick_one", () => {
    const on = act.dataset.on === "true";
    outbox.add({ type: "note.pick", id, on });
    if (on) announce(act.textContent ?? "");
  }, "plain-button");
  const here = make("div", { className: "pick" }, make("p", { className: "soft", hidden: true }), act);
  item.append(here);
  return here;
}
