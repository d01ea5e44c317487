// @ts-check
import { arrange, part, reword } from "./el.js";
import { rove, tabStop } from "./roving.js";
import { count, say } from "../words.js";

/** @import {Cards} from "./cards.js" */
/** @import {Choice} from "./choice.js" */
/** @import {Filter} from "./filter.js" */
/** @import {Sorting} from "./sorting.js" */

/** The column of what is left: the note the desk is at stands large, the next ones wait below it.
 * @param {Sorting} sorting @param {Choice} choice @param {Filter} filter @param {Cards} cards
 */
export function leftColumn(sorting, choice, filter, cards) {
  const list = part("#left");
  /** @type {string[]} */
  let order = [];
  rove(list);

  /** Where the desk is once its note has gone from here: at the first of its parts, or at what took its place.
   * @param {string[]} before the notes as they stood
   * @returns {boolean} whether it is at a note that an undo brought back
   */
  function follow(before) {
    const at = choice.cursor, here = new Set(order);
    const back = choice.awaited.find((id) => here.has(id) && !before.includes(id));
    if (back) {
      choice.awaited = [];
      choice.cursor = back;
      return true;
    }
    if (at && (here.has(at) || (sorting.slips.has(at) && isAtAPile(cards.of(at).pick)))) return false;
    const was = Math.max(0, before.indexOf(at ?? ""));
    choice.cursor = order.find((id) => sorting.slips.get(id)?.note.id === at) ??
      before.slice(was).find((id) => here.has(id)) ?? order[was] ?? order.at(-1) ?? null;
    return false;
  }

  /** After the last note of this column the keys act on nothing. @param {Element} pick */
  function isAtAPile(pick) {
    return document.activeElement === pick && !list.contains(pick);
  }

  return {
    /** @param {string} from @param {string} to the notes between two, for a pick with Shift */
    between(from, to) {
      const ends = [order.indexOf(from), order.indexOf(to)].sort((one, other) => one - other);
      return ends[0] === -1 ? [to] : order.slice(ends[0], (ends[1] ?? 0) + 1);
    },

    /** On to the next note or back to the one before, from the one the desk is at. @param {1 | -1} by */
    go(by) {
      const at = order.indexOf(choice.cursor ?? "");
      const to = at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + by));
      const next = order[to];
      if (next) cards.of(next).pick.focus();
    },

    draw() {
      const hadFocus = list.contains(document.activeElement) || part("#left-none") === document.activeElement;
      const before = order;
      order = sorting.left.filter((slip) => filter.lets(slip) && !filter.leavesOut(slip)).map(({ id }) => id);
      const isBack = follow(before);
      arrange(list, order.map((id) => cards.of(id).item));
      const current = choice.cursor !== null && order.includes(choice.cursor)
        ? cards.of(choice.cursor).pick
        : list.querySelector(".pick");
      tabStop(list, current);
      const todo = sorting.todo.length;
      reword(part("#left-count"), say("sort.left_count", { n: todo, of: sorting.total }));
      reword(part("#left-match"), filter.active ? count("sort.matches", order.length) : "");
      part("#left-none").hidden = order.length > 0;
      reword(
        part("#left-none"),
        say(filter.active ? "sort.none_match" : sorting.total ? "sort.all_placed" : "sort.no_notes"),
      );
      // The note that had the focus was filed: its neighbour takes it, so the keys go on, or what says that
      // there is none. One that came back takes it from its neighbour.
      if (hadFocus && (isBack || !list.contains(document.activeElement))) {
        /** @type {HTMLElement} */ (current ?? part("#left-none")).focus();
      }
    },
  };
}
