// @ts-check
/** What the room said of each line: worries with their reasons, and who would help. */

import { arrange, el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Line} from "./ballot.js" */
/** @import {Room} from "./room.js" */

/** @param {Room} room @param {Asking} ask */
export function answers(room, ask) {
  const show = part("#consent-show");
  show.addEventListener("click", () => ask({ type: "feelings.show" }));

  /** @param {Line} line */
  function worry(line) {
    const felt = room.rows.one("felt", `felt:${line.id}`);
    if (!felt) return [];
    const said = [
      felt.worried ? count("facilitate.felt_worried", felt.worried) : "",
      felt.stop ? count("facilitate.felt_stop", felt.stop) : "",
    ];
    const reasons = room.rows.of("worry").filter(({ item, why }) => item === line.id && why);
    return [headed(
      line,
      said.filter(Boolean).join(", "),
      el(
        "ul",
        { class: "reasons" },
        ...reasons.map(({ why }) => el("li", { dir: "auto", text: `“${why}”` })),
      ),
    )];
  }

  /** @param {Line} line */
  function help(line) {
    const offers = room.rows.of("offer").filter(({ item }) => item === line.id);
    if (!offers.length) return [];
    const names = offers.filter(({ name }) => name).map(({ name, private: alone }) =>
      alone ? say("facilitate.help_private", { name }) : name
    ).join(", ");
    const said = count("facilitate.help_line", offers.length);
    return [headed(line, said, el("p", { dir: "auto", text: names }))];
  }

  /** @param {Line} line @param {string} said @param {HTMLElement} more */
  function headed(line, said, more) {
    const big = room.focus.of === line.id;
    return el(
      "li",
      { class: "line-answer" },
      el("b", { class: "line-mark", text: line.letter }),
      el("span", { class: "grow", dir: "auto", text: line.name }),
      el("button", {
        type: "button",
        class: "plain-button",
        "data-line": line.id,
        "aria-label": say(big ? "facilitate.big_end" : "facilitate.answer_big", { letter: line.letter }),
        onclick: () => ask({ type: "spotlight.set", of: big ? null : line.id }),
        text: say(big ? "facilitate.big_end" : "facilitate.show_big"),
      }),
      el("p", { class: "line-said count", text: said }),
      more,
    );
  }

  /** @param {string} asks @param {Line[]} lines */
  return function draw(asks, lines) {
    part("#consent").hidden = asks !== "consent";
    part("#help").hidden = asks !== "help";
    const shown = room.rows.one("consent", "consent")?.shown ?? false;
    show.hidden = shown;
    reword(part("#consent-shown"), shown ? say("facilitate.consent_shown") : "");
    if (asks === "consent") list("#consent", lines.flatMap(worry));
    if (asks === "help") list("#help", lines.flatMap(help));
  };
}

/** @param {string} place @param {HTMLElement[]} items */
function list(place, items) {
  const parent = part(`${place}-lines`);
  const now = items.map((item) => item.outerHTML).join("");
  part(`${place}-none`).hidden = items.length > 0;
  if (parent.dataset.now === now) return;
  parent.dataset.now = now;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.line : "";
  arrange(parent, items);
  if (focused) {
    const again = parent.querySelector(`[data-line="${focused}"]`);
    if (again instanceof HTMLElement) again.focus();
  }
}
