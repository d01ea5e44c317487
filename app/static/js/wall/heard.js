// @ts-check
/** How widely a line was heard: notes, people and tables, with a bar of tables; worries and against apart. */

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Sight} from "./sight.js" */
import { make, write } from "../layouts/make.js";
import { count, say } from "../words.js";

export function heard() {
  const [from, at, worried, against] = [make("span"), make("span"), make("span"), make("span")];
  const bar = make("span", "heard");
  bar.setAttribute("aria-hidden", "true");
  const element = make(
    "p",
    "line-meta count soft",
    from,
    " ",
    make("span", "line-heard", bar, at),
    " ",
    worried,
    " ",
    against,
  );
  return {
    element,
    /** @param {ItemRow} row @param {Sight} sight */
    draw(row, { card, now }) {
      const n = row.heard_at;
      const of = Math.max(n, now?.groups || (card.plan.groups?.length ?? 0));
      const twins = row.twins ?? 0, ideas = twins ? `, ${count("wall.ideas", row.notes - twins)}` : "";
      const notes = count("wall.notes", row.notes) + ideas, people = count("wall.people", row.people);
      write(from, row.notes ? say("wall.from", { notes, people }) : "");
      const widely = of > 1 && row.notes && n;
      drawBar(bar, n, widely ? of : 0);
      write(at, widely ? say("wall.heard", { n, of, groups: card.plan.noun?.many ?? "" }) : "");
      write(worried, row.worried ? count("wall.worried", row.worried) : "");
      write(against, row.against ? count("wall.against", row.against) : "");
    },
  };
}

/** @param {HTMLElement} bar @param {number} n @param {number} of */
function drawBar(bar, n, of) {
  while (bar.children.length > of) bar.lastElementChild?.remove();
  while (bar.children.length < of) bar.append(make("span", "heard-one"));
  for (const [i, one] of [...bar.children].entries()) one.classList.toggle("is-heard", i < n);
}
