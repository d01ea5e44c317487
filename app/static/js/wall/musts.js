// @ts-check
/** The picture of the must-haves: what the host added, what the room said before, and what it says now. */

/** @import {EssentialRow} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fitClosely, overflows } from "../layouts/size.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";
import { pagesOf } from "./sight.js";

const ANSWERS = /** @type {const} */ (["do", "could", "not_here"]);

export class EssentialsView {
  #heading = heading();
  #list = make("ul", "essentials");
  /** @type {Map<string, ReturnType<typeof must>>} */
  #cards = new Map();
  #told = "";
  pages = 1;

  constructor() {
    this.element = make("div", "must-haves", this.#heading.element, this.#list);
  }

  /** @param {Sight} sight */
  update(sight) {
    const { rows, stage } = sight;
    this.pages = pagesOf(sight);
    this.#heading.write(stage?.title ?? "", stage?.prompt);
    const essentials = rows.of("essential").sort((one, other) => one.order - other.order);
    this.#list.dataset.many = essentials.length > 4 ? "yes" : "no";
    const most = Math.max(1, ...rows.of("answers").flatMap((each) => ANSWERS.map((answer) => each[answer])));
    for (const row of essentials) {
      const card = this.#cards.get(row.id) ?? must(row);
      if (!this.#cards.has(row.id)) this.#list.append(card.item);
      this.#cards.set(row.id, card);
      card.draw(rows, most);
    }
    // Words that come or go may no longer fit; a bar that grows always does.
    const told = [...this.#cards.values()].map(({ shape }) => shape()).join();
    if (told !== this.#told) this.resize();
    this.#told = told;
  }

  resize() {
    if (this.#list.isConnected) {
      fitClosely(
        this.element,
        this.#list,
        [48, 44, 40, 36, 32, 28, 24],
        () => [...this.#cards.values()].some(({ item }) => overflows(item)),
      );
    }
  }
}

/** @param {EssentialRow} row */
function must({ id, text, why }) {
  const essential = id.slice(id.indexOf(":") + 1);
  const said = make("p", "essential-said", ""), answers = make("ul", "essential-answers");
  const bars = ANSWERS.map((answer) => {
    const n = make("span", "essential-n count", "");
    const bar = make("span", "essential-bar");
    answers.append(make("li", "", make("span", "", say(`common.must_${answer}`)), bar, n));
    return { answer, n, bar };
  });
  const item = make(
    "li",
    "essential",
    make("p", "essential-mark", say("common.must_have_by_host")),
    quote("p", "essential-text", text),
    quote("p", "essential-why soft", why),
    said,
    answers,
  );

  /** @param {Rows} rows @param {number} most one measure for every bar, so that must-haves compare */
  function draw(rows, most) {
    const notes = rows.one("said", `said:${essential}`)?.notes ?? 0;
    write(said, notes ? count("common.must_said", notes) : say("common.must_nobody"));
    said.classList.toggle("soft", notes === 0);
    const told = rows.one("answers", `answers:${essential}`);
    answers.hidden = !told;
    for (const { answer, n, bar } of told ? bars : []) {
      write(n, String(told?.[answer] ?? 0));
      bar.style.setProperty("--share", String((told?.[answer] ?? 0) / most));
    }
  }
  return { item, draw, shape: () => `${answers.hidden} ${said.classList.contains("soft")}` };
}
