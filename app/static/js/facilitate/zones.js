// @ts-check
import { arrange, el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */
/** @import {Spot} from "../desk/zones.js" */

/** Each zone with its count, who sees it, and the two things one can do: show it, and stop new notes.
 * @param {Room} room @param {Asking} ask
 */
export function zones(room, ask) {
  const lines = [...room.spots.values()].map((spot) => line(room, ask, spot));
  return function draw() {
    const here = new Set(room.spotsIn(room.stage));
    for (const each of lines) each.draw();
    arrange(part("#zones-here"), lines.filter(({ spot }) => here.has(spot)).map(({ item }) => item));
    arrange(part("#zones-other"), lines.filter(({ spot }) => !here.has(spot)).map(({ item }) => item));
    // Nothing is written in this step: the boards keep to their fold.
    part("#zones-none").hidden = here.size > 0;
    part("#zones-title").classList.toggle("visually-hidden", here.size === 0);
    part("#other-boards").hidden = here.size === lines.length;
  };
}

/** @param {Room} room @param {Asking} ask @param {Spot} spot */
function line(room, ask, spot) {
  const { zone: { title, colour, aloud }, address, board } = spot;
  const notes = el("span", { class: "zone-count count" });
  const seen = el("span", { class: "hint" });
  const empty = el("p", { class: "hint zone-empty" });
  const named = { zone: title };
  const show = el("button", {
    type: "button",
    class: "button quiet",
    onclick: () => {
      if (room.heldIn(address).unread) ask({ type: "notes.release", zone: address });
      if (room.zone(address)?.sees !== "room") ask({ type: "zone.reveal", zone: address });
    },
  });
  const lock = el("button", {
    type: "button",
    class: "button quiet",
    onclick: () => ask({ type: locked() ? "zone.unlock" : "zone.lock", zone: address }),
  });
  const light = el("button", {
    type: "button",
    class: "button quiet",
    onclick: () => ask({ type: "zone.light", zone: lit() ? null : address }),
  });
  const item = el(
    "li",
    { class: "zone", "data-colour": colour },
    el("span", { class: "swatch", "aria-hidden": "true" }),
    el(
      "div",
      { class: "zone-words" },
      el("h3", { dir: "auto", text: title }),
      el("p", {}, notes, " · ", seen),
    ),
    el("div", { class: "zone-acts" }, show, light, lock),
    empty,
  );
  item.title = board.title;

  const lit = () => room.focus.lit === address;
  const locked = () => room.zone(address)?.locked ?? false;

  function draw() {
    const row = room.zone(address), n = room.count(address);
    reword(notes, count("facilitate.notes", n));
    const seenBy = say(`facilitate.sees_${row?.sees ?? "author"}`, { one: room.plan.noun.one });
    reword(seen, row?.locked ? `${seenBy} ${say("facilitate.locked")}` : seenBy);
    const { unread, kept } = room.heldIn(address), open = row?.sees === "room";
    show.hidden = open && unread === 0 || room.closed;
    const shows = showing(unread + (open ? 0 : n), kept);
    reword(show, shows);
    show.setAttribute("aria-label", say("facilitate.show_label", { show: shows, ...named }));
    light.hidden = room.closed || !room.spotsIn(room.stage).includes(spot);
    light.setAttribute("aria-pressed", String(lit()));
    reword(light, say(lit() ? "facilitate.light_end" : "facilitate.light"));
    light.setAttribute(
      "aria-label",
      say(lit() ? "facilitate.light_end_label" : "facilitate.light_label", named),
    );
    lock.hidden = room.closed;
    reword(lock, say(locked() ? "facilitate.unlock" : "facilitate.lock"));
    lock.setAttribute(
      "aria-label",
      say(locked() ? "facilitate.unlock_label" : "facilitate.lock_label", named),
    );
    const silent = n + unread + kept === 0 && room.at >= 0 && room.spotsIn(room.stage).includes(spot) &&
      !room.closed;
    empty.hidden = !silent || !aloud;
    reword(empty, silent ? say("facilitate.ask_aloud", { question: aloud }) : "");
  }

  return { spot, item, draw };
}

/** @param {number} shown @param {number} kept */
function showing(shown, kept) {
  if (!shown) return say("facilitate.show_zone");
  return kept ? say("facilitate.show_keep", { n: shown, kept }) : count("facilitate.show_notes", shown);
}
