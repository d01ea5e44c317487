// @ts-check
/** What can be dragged on the desk, and where it may go. */

import { dragging } from "./drag.js";
import { part } from "./el.js";
import { told } from "./told.js";
import { count, say } from "../words.js";

/** @import {Load, Place} from "./drag.js" */
/** @import {Desk} from "./pile.js" */

const CONTROLS = "a, input, textarea, select, summary, form, .menu, button:not(.pick)";

/** @param {Desk} desk @param {{put: (line: string, before: string | null) => unknown}} lines */
export function carry(desk, lines) {
  const { sorting, choice, moves, cards } = desk;

  dragging(part("#desk"), {
    lift: (on) => on.closest(CONTROLS) ? null : notes(on) ?? pile(on) ?? line(on),
    place: (load, over, y) =>
      load.kind === "notes"
        ? forNotes(load.ids, over)
        : load.kind === "pile"
        ? forPile(load.ids[0] ?? "", over)
        : forLine(load.ids[0] ?? "", over, y),
    lifted: ({ kind, ids, words }) =>
      told(
        kind === "notes"
          ? count("sort.told_lifted", ids.length)
          : say("sort.told_lifted_one", { title: words }),
      ),
    cancelled: () => told(say("sort.told_put_back")),
  });

  /** A picked note brings the others that are picked. @param {Element} on @returns {Load | null} */
  function notes(on) {
    const id = of(on, "note"), slip = id && sorting.slips.get(id);
    if (!slip) return null;
    const ids = choice.has(id) ? choice.inHand : [id];
    const colour = sorting.spots.get(slip.note.zone)?.zone.colour ?? "plain";
    return { kind: "notes", ids, words: slip.text, colour, from: ids.map((each) => cards.of(each).item) };
  }

  /** @param {Element} on @returns {Load | null} */
  function pile(on) {
    const id = on.closest(".pile-head") && of(on, "pile");
    const row = id && sorting.rows.one("theme", id), from = on.closest("[data-pile]");
    return row && from ? { kind: "pile", ids: [row.id], words: row.title, from: [from] } : null;
  }

  /** @param {Element} on @returns {Load | null} */
  function line(on) {
    const id = on.closest(".letter") && of(on, "line");
    const row = id && sorting.rows.one("item", id), from = on.closest("[data-line]");
    return row && from ? { kind: "line", ids: [row.id], words: row.text, from: [from] } : null;
  }

  /** @param {string[]} ids @param {Element} over @returns {Place | null} */
  function forNotes(ids, over) {
    const onPile = over.closest("[data-pile]"), onLine = over.closest("[data-line]");
    const theme = of(over, "pile") ?? sorting.rows.one("item", of(over, "line") ?? "")?.theme;
    const element = onPile ?? onLine;
    if (element) {
      const there = ids.every((id) => sorting.pileOf(id)?.id === theme);
      return theme && !there ? { element, drop: () => moves.place(theme, ids) } : null;
    }
    const left = over.closest(".column-left");
    if (left && ids.some((id) => sorting.pileOf(id))) {
      return {
        element: left,
        drop: () => moves.place(null, ids),
      };
    }
    if (!over.closest(".column-piles")) return null;
    // Beside the piles: a new one, once it has a name.
    return { element: part("#pile-form"), drop: () => (choice.add(ids), part("#pile-title").focus()) };
  }

  /** @param {string} id @param {Element} over @returns {Place | null} */
  function forPile(id, over) {
    const other = over.closest("[data-pile]"), into = of(over, "pile");
    if (other && into) return into === id ? null : { element: other, drop: () => moves.merge(id, into) };
    const must = over.closest("[data-essential]"), key = of(over, "essential");
    if (must && key) return { element: must, drop: () => moves.link(key, id) };
    const list = over.closest(".column-lines"), title = sorting.rows.one("theme", id)?.title;
    return list && title && !sorting.lineOf(id) ? { element: list, drop: () => moves.line(title, id) } : null;
  }

  /** @param {string} id @param {Element} over @param {number} y @returns {Place | null} */
  function forLine(id, over, y) {
    const element = over.closest("[data-line]"), on = of(over, "line");
    if (!element || !on || on === id) return null;
    const { top, height } = element.getBoundingClientRect(), above = y < top + height / 2;
    const at = sorting.lines.findIndex((each) => each.id === on);
    const before = above ? on : sorting.lines[at + 1]?.id ?? null;
    if (before === id) return { element, edge: above ? "before" : "after", drop: () => {} };
    return { element, edge: above ? "before" : "after", drop: () => lines.put(id, before) };
  }
}

/** @param {Element} element @param {"note" | "pile" | "line" | "essential"} what */
function of(element, what) {
  return element.closest(`[data-${what}]`)?.getAttribute(`data-${what}`) ?? null;
}
