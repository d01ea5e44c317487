// @ts-check
import { arrange, box, part, reword } from "./el.js";
import { Line } from "./line.js";
import { letter } from "../letter.js";
import { told } from "./told.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */

/** The shopping list as it will be printed, each line worded in place.
 * @param {Desk} desk
 */
export function linesColumn(desk) {
  const { sorting, moves } = desk;
  const form = part("#line-form"), text = box("#line-text");
  /** @type {Map<string, Line>} */
  const lines = new Map();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const worded = text.value.trim();
    if (worded && await moves.line(worded)) text.value = "";
  });

  const every = /** @type {HTMLButtonElement} */ (part("#lines-make"));
  let making = false;
  every.addEventListener("click", async () => {
    if (making) return;
    making = true;
    await moves.lines(unlisted());
    making = false;
    drawEvery();
  });

  /** Piles with notes and without a line, in the order of the piles. */
  function unlisted() {
    return sorting.piles.filter(({ id }) => sorting.filed.get(id)?.length && !sorting.lineOf(id));
  }

  /** While they are made it stays, so that the focus does. */
  function drawEvery() {
    if (making) return;
    const n = sorting.shows("items") ? unlisted().length : 0;
    every.hidden = n < 2;
    reword(every, count("sort.lines_make", n));
  }

  /** Move a line up or down by one. @param {string} id @param {-1 | 1} by */
  function step(id, by) {
    const at = sorting.lines.findIndex((line) => line.id === id), to = at + by;
    if (at < 0 || to < 0 || to >= sorting.lines.length) return;
    put(id, sorting.lines[by < 0 ? to : to + 1]?.id ?? null);
  }

  /** @param {string} id @param {string | null} before */
  async function put(id, before) {
    const from = sorting.lines.findIndex((line) => line.id === id);
    const others = sorting.lines.filter((line) => line.id !== id);
    const to = before === null ? others.length : others.findIndex((line) => line.id === before);
    if (from === to || to < 0) return;
    if (await moves.order(id, before)) {
      told(say("sort.told_ordered", { was: letter(from), letter: letter(to) }));
    }
  }

  return {
    put,
    draw() {
      const rows = sorting.lines;
      const drawn = rows.map((row, at) => {
        const line = lines.get(row.id) ?? new Line(row, desk, step);
        lines.set(row.id, line);
        line.draw(row, letter(at), { first: at === 0, last: at === rows.length - 1 });
        return line.item;
      });
      arrange(part("#lines"), drawn);
      const here = new Set(rows.map((row) => row.id));
      for (const id of [...lines.keys()]) if (!here.has(id)) lines.delete(id);
      reword(part("#lines-count"), count("sort.lines", rows.length));
      part("#lines-none").hidden = rows.length > 0;
      drawEvery();
    },
  };
}
