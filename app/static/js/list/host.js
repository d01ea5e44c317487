// @ts-check
/** What a host can do on the list itself: show a line on every screen, choose the sentences that stand with it, and
 * say who takes on what is for another day. */

import { button, el, reword } from "../desk/el.js";
import { isAside, spotsOf } from "../desk/zones.js";
import { owning } from "../facilitate/another-day.js";
import { asking } from "../facilitate/asking.js";
import { inOrder } from "../facilitate/ballot.js";
import { Live } from "../live.js";
import "../neighbour.js";
import { quotes } from "./quotes.js";
import { page, say } from "../words.js";

/** @import {SessionCard} from "../contract.d.ts" */
/** @import {Asking} from "../facilitate/asking.js" */
/** @import {Rows} from "../rows.js" */

export function forHosts() {
  const live = new Live({ code: page.code, as: "facilitator" });
  live.addEventListener("welcome", () => open(live), { once: true });
}

/** @param {Live} live */
function open(live) {
  const { rows } = live, ask = asking(live);
  const spots = spotsOf(/** @type {SessionCard} */ (live.welcome?.session).plan);
  const lines = [...document.querySelectorAll(".paper-line")].map((item, at) => line(item, at, rows, ask));
  const words = [...document.querySelectorAll("#later .word")];
  /** Who takes on each of the notes, by the place where they stand. @type {Map<Element, {id: string, draw: () => void}>} */
  const owners = new Map();

  function pair() {
    const taken = new Set([...owners.values()].map(({ id }) => id));
    const parked = rows.of("note").filter(({ id, zone }) => isAside(spots.get(zone)) && !taken.has(id));
    for (const item of words.filter((each) => !owners.has(each))) {
      // A part of a note has no owner of its own: it stands in words that are no note's.
      const at = parked.findIndex(({ text }) => text === item.querySelector("q")?.textContent);
      const [note] = at < 0 ? [] : parked.splice(at, 1);
      if (note) owners.set(item, { id: note.id, draw: owner(live, item, note.id) });
    }
  }

  function draw() {
    pair();
    for (const each of lines) each();
    for (const each of owners.values()) each.draw();
  }
  live.rows.onchange(draw);
  draw();
  quotes(live);
}

/** The page stands as it was made, and the list may have changed since: then this line has no button.
 * @param {Element} item @param {number} at @param {Rows} rows @param {Asking} ask
 */
function line(item, at, rows, ask) {
  const text = item.querySelector("h3")?.textContent ?? "";
  const id = () => {
    const all = inOrder(rows).filter(({ id }) => rows.one("item", id)?.text === text);
    return (all.find(({ id }) => id === inOrder(rows)[at]?.id) ?? all[0])?.id ?? null;
  };
  const isUp = () => rows.one("focus", "focus")?.of === id();
  const show = button("plain-button show-big no-print", () => {
    ask({ type: "spotlight.set", of: isUp() ? null : id() });
  });
  show.hidden = true;
  item.querySelector(".paper-line-body")?.append(show);

  return () => {
    // A line can be shown big once the room may read it.
    show.hidden = !id() || !rows.one("public", "public")?.items ||
      (rows.one("stage", "stage")?.closed ?? false);
    reword(show, say(isUp() ? "facilitate.big_end" : "facilitate.show_big"));
    show.setAttribute("aria-label", say("facilitate.show_big_label", { show: show.textContent ?? "", text }));
  };
}

/** A box on the screen, and the words of it on paper. @param {Live} live @param {Element} item @param {string} id */
function owner(live, item, id) {
  const text = item.querySelector("q")?.textContent ?? "";
  const { field, said, draw } = owning(live, id);
  const told = item.querySelector(".owned") ?? el("span", { class: "owned", dir: "auto" });
  if (!told.isConnected) item.querySelector("q")?.after(told);
  told.classList.add("only-print");
  item.append(el("div", { class: "own no-print" }, field, said));
  return () => {
    draw(text);
    const name = live.rows.one("owner", `owner:${id}`)?.owner ?? "";
    reword(told, name && say("list.owned", { owner: name }));
  };
}
