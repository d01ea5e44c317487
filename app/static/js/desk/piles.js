// @ts-check
import { arrange, box, part, reword } from "./el.js";
import { Pile } from "./pile.js";
import { count, say } from "../words.js";

/** @import {Desk} from "./pile.js" */

/** The column of piles, and the box that makes a new one.
 * @param {Desk} desk
 */
export function pilesColumn(desk) {
  const { sorting, moves, choice } = desk;
  const list = part("#piles"), form = part("#pile-form"), title = box("#pile-title");
  /** @type {Map<string, Pile>} */
  const piles = new Map();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const named = title.value.trim(), filled = choice.size > 0;
    if (!named) return;
    // At once: what is typed meanwhile is the next name.
    title.value = "";
    if (!await moves.pile(named)) return void (title.value ||= named);
    // Whoever names piles ahead names another; whoever sorts goes on to the next note.
    if (filled) goOn();
  });
  title.addEventListener("keydown", ({ key }) => key === "Escape" && goOn());

  /** The next key is for the next note, and not for another name. */
  function goOn() {
    if (document.activeElement !== title) return;
    const note = document.querySelector("#left .pick[tabindex='0']");
    (note instanceof HTMLElement ? note : part("#pile-make")).focus({ preventScroll: true });
  }

  /** @param {import("../contract.d.ts").ThemeRow} theme */
  function pile(theme) {
    const known = piles.get(theme.id) ?? new Pile(theme, desk);
    piles.set(theme.id, known);
    return known;
  }

  function mark() {
    for (const theme of sorting.piles) piles.get(theme.id)?.mark();
    reword(
      part("#pile-make"),
      choice.size ? count("sort.pile_make_with", choice.size) : say("sort.pile_make"),
    );
  }

  const hint = part("#pile-hint");
  title.addEventListener("focus", () => (hint.hidden = false));
  title.addEventListener("blur", () => (hint.hidden = true));

  return {
    mark,
    draw() {
      list.classList.toggle("many", sorting.hasManyPiles);
      sorting.piles.forEach((theme, at) => pile(theme).draw(at));
      arrange(list, sorting.piles.map((theme) => pile(theme).item));
      for (const id of [...piles.keys()]) if (!sorting.filed.has(id)) piles.delete(id);
      reword(part("#piles-count"), String(sorting.piles.length));
      part("#piles-none").hidden = sorting.piles.length > 0;
      mark();
    },
  };
}
