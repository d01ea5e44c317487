// @ts-check
/** Read-outs: what each table sends up, in their order, shown big one after another. */

import { arrange, button, el, part, reword, spoken } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** @param {Room} room @param {Asking} ask */
export function readouts(room, ask) {
  const place = part("#readouts"), next = part("#readouts-next");
  /** @type {string | null} */
  let last = null;

  next.addEventListener("click", () => {
    const of = following()?.note ?? null;
    last = of;
    ask({ type: "spotlight.set", of });
  });

  /** Every note that is sent up, table by table. */
  function sentUp() {
    const stage = room.stage?.id ?? "";
    return room.plan.groups.flatMap(({ id, name }) =>
      (room.rows.one("pick", `pick:${stage}:${id}`)?.notes ?? []).map((note) => ({ note, name }))
    );
  }

  /** The one after that which is on the screens, or was the last there; none when all were read. */
  function following() {
    const all = sentUp(), at = all.findIndex(({ note }) => note === (room.focus.of ?? last));
    return all[at + 1];
  }

  return function draw() {
    place.hidden = !(room.stageRow.picks ?? room.stage?.picks) || room.closed ||
      room.plan.groups.length === 0;
    if (place.hidden) return;
    const all = sentUp(), wrote = new Set(room.rows.of("origin").map(({ group }) => group));
    const came = room.plan.groups.filter(({ id, name }) =>
      wrote.has(id) || all.some((one) => one.name === name)
    );
    const missing = came.filter(({ name }) => !all.some((one) => one.name === name)).map(({ name }) => name);
    const told = { one: room.plan.noun.one, many: room.plan.noun.many, names: missing.join(", ") };
    reword(
      part("#readouts-who"),
      missing.length
        ? count("facilitate.readouts_missing", missing.length, told)
        : came.length
        ? say("facilitate.readouts_all")
        : say("facilitate.readouts_none", told),
    );
    const now = following();
    next.hidden = all.length === 0;
    reword(
      next,
      now
        ? say("facilitate.readouts_next", { name: now.name })
        : say(room.focus.of ? "facilitate.readouts_end" : "facilitate.readouts_again"),
    );
    drawList(all);
  };

  /** @param {{note: string, name: string}[]} all */
  function drawList(all) {
    const list = part("#readouts-list");
    const look = JSON.stringify([
      all,
      room.focus.of,
      all.map(({ note }) => room.rows.one("note", note)?.text),
    ]);
    if (list.dataset.look === look) return;
    list.dataset.look = look;
    const had = document.activeElement instanceof HTMLElement && list.contains(document.activeElement)
      ? document.activeElement.dataset.note
      : "";
    arrange(list, all.map(line));
    if (had) /** @type {HTMLElement | null} */ (list.querySelector(`[data-note="${had}"]`))?.focus();
  }

  /** @param {{note: string, name: string}} one */
  function line({ note, name }) {
    const row = room.rows.one("note", note), text = row?.text ?? "", isUp = room.focus.of === note;
    const show = button("plain-button", () => {
      last = note;
      ask({ type: "spotlight.set", of: isUp ? null : note });
    }, say(isUp ? "facilitate.big_end" : "facilitate.show_big"));
    show.dataset.note = note;
    show.setAttribute("aria-label", say("facilitate.show_big_label", { show: show.textContent ?? "", text }));
    const item = el("li", { class: "readout note" }, spoken("b", name), spoken("p", text), show);
    item.dataset.colour = row ? room.spots.get(row.zone)?.zone.colour ?? "plain" : "plain";
    return item;
  }
}
