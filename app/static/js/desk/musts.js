// @ts-check
import { arrange, button, el, part, reword, spoken } from "./el.js";
import { pickPile } from "./pick.js";
import { count, say } from "../words.js";

/** @import {EssentialRow} from "../contract.d.ts" */
/** @import {Desk} from "./pile.js" */

/** The must-haves that the host brought, and whether the room said them too.
 * @param {Desk} desk
 */
export function mustHaves({ sorting, moves }) {
  /** @type {Map<string, {item: HTMLElement, draw: (row: EssentialRow) => void}>} */
  const known = new Map();

  /** @param {EssentialRow} row */
  function must({ id, text }) {
    const key = id.slice(id.indexOf(":") + 1);
    const words = spoken("h4", ""), state = spoken("p", "", { class: "must-state" });
    const link = button("plain-button must-link", async () => {
      const linked = sorting.rows.one("link", `link:${key}`) !== undefined;
      const pile = await pickPile(
        say("sort.must_question", { text }),
        sorting.piles,
        linked ? { out: say("sort.must_none") } : {},
      );
      if (pile !== undefined) moves.link(key, pile);
    });
    const item = el(
      "li",
      { class: "must", "data-essential": key },
      el("span", { class: "essential-mark", text: say("sort.must_mark") }),
      words,
      state,
      link,
    );
    /** @param {EssentialRow} now */
    const draw = (now) => {
      const row = sorting.rows.one("link", `link:${key}`), pile = row && sorting.alive(row.theme);
      const line = pile && sorting.lineOf(pile.id);
      const said = sorting.rows.one("said", `said:${key}`)?.notes ?? 0;
      // Notes matched by hand may lie anywhere.
      const some = row && pile && said > row.notes ? "sort.must_some" : "sort.must";
      const where = say(`${some}_${line ? "line" : "pile"}`, {
        n: row?.notes ?? 0,
        letter: line ?? "",
        title: pile?.title ?? "",
      });
      reword(words, now.text);
      const told = said ? count("common.must_said", said) : say("common.must_nobody");
      reword(state, pile ? `${told} ${where}` : `${told}.`);
      item.classList.toggle("said", said > 0 || pile !== undefined);
      reword(link, say(pile ? "sort.must_relink" : "sort.must_link"));
      link.hidden = !sorting.shows("themes");
      link.setAttribute("aria-label", say("sort.must_link_label", { text: now.text }));
    };
    return { item, draw };
  }

  return function draw() {
    const rows = sorting.rows.of("essential").sort((one, other) => one.order - other.order);
    for (const row of rows) {
      if (!known.has(row.id)) known.set(row.id, must(row));
      known.get(row.id)?.draw(row);
    }
    arrange(part("#musts"), rows.flatMap((row) => known.get(row.id)?.item ?? []));
    part("#musts-section").hidden = rows.length === 0;
  };
}
