// @ts-check
/** The room chooses: lines with letters and who has chosen; then, all together, the dots. */

/** @import {Sight} from "./sight.js" */
import { make, quote, write } from "../layouts/make.js";
import { fitClosely, isPicture, overflows } from "../layouts/size.js";
import { letter } from "../letter.js";
import { inOrder } from "../order.js";
import { count, say } from "../words.js";
import { heading } from "./heading.js";

const PER_PAGE = 12;
const SIZES = [56, 52, 48, 44, 41, 38, 36, 34, 32, 30, 28, 26, 24];

/** @typedef {{item: HTMLElement, mark: HTMLElement, name: HTMLElement, bar: HTMLElement, said: HTMLElement}} Drawn */

export class ChooseView {
  #heading = heading();
  #turnout = make("p", "choose-turnout count");
  #list = make("ol", "choose-lines");
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  #laid = "";
  pages = 1;
  #asks;

  /** @param {string} asks what the room was asked, where that is not what its stage asks */
  constructor(asks) {
    this.#asks = asks;
    this.#turnout.dir = "auto";
    this.#heading.element.append(this.#turnout);
    this.element = make("div", "choosing", this.#heading.element, this.#list);
  }

  /** @param {Sight} sight */
  update({ card, rows, stage: open, now, page: wanted }) {
    // Dots may be shown when the room has gone on: then what was asked of it stands over them.
    const stage = this.#asks ? card.plan.stages.find((each) => each.asks === this.#asks) : open;
    const asks = this.#asks || (open?.asks ?? ""), votes = rows.one("votes", "votes");
    const items = rows.of("item").sort(inOrder)
      .map((item, i) => ({ item, mark: letter(i) }))
      .filter(({ item }) => asks !== "dots" || !votes || votes.items.includes(item.id));
    this.pages = isPicture() ? Math.max(1, Math.ceil(items.length / PER_PAGE)) : 1;
    const page = Math.min(wanted, this.pages - 1);
    const here = isPicture() ? items.slice(page * PER_PAGE, (page + 1) * PER_PAGE) : items;
    this.#heading.write(
      stage?.prompt || stage?.title || say("wall.chosen"),
      items.length ? this.#under(asks, votes) : say("wall.no_lines"),
    );
    const n = rows.one("turnout", "turnout")?.people ?? 0;
    const of = Math.max(n, now?.joined ?? 0);
    write(
      this.#turnout,
      asks === "dots" && votes && of
        ? say("wall.chosen_of", { n, of })
        : this.pages > 1
        ? say("wall.page", { n: page + 1, of: this.pages })
        : "",
    );

    const most = Math.max(1, ...rows.of("tally").map(({ dots }) => dots));
    const ids = new Set(here.map(({ item }) => item.id));
    for (const [id, { item }] of this.#drawn) {
      if (ids.has(id)) continue;
      item.remove();
      this.#drawn.delete(id);
    }
    for (const [i, { item: row, mark }] of here.entries()) {
      const line = this.#drawn.get(row.id) ?? this.#begin(row.id);
      write(line.mark, mark);
      write(line.name, (row.theme && rows.one("theme", row.theme)?.title) || row.text);
      const tally = asks === "dots" ? rows.one("tally", `tally:${row.id}`) : undefined;
      line.bar.hidden = !tally;
      line.bar.style.setProperty("--share", `${(tally?.dots ?? 0) / most}`);
      write(line.said, tally ? count("wall.dots", tally.dots) : this.#said(asks, row.id, rows));
      if (this.#list.children[i] !== line.item) {
        this.#list.insertBefore(line.item, this.#list.children[i] ?? null);
      }
    }
    // The same from the start as at the end: no line moves when the bars come.
    this.#list.dataset.shown = asks;
    const laid = [...this.#drawn.values()].map(({ item }) => item.textContent).join("\n");
    if (laid !== this.#laid) {
      this.#laid = laid;
      this.resize();
    }
  }

  resize() {
    if (this.#list.isConnected) fitClosely(this.element, this.#list, SIZES, () => overflows(this.#list));
  }

  /** @param {string} asks @param {import("../contract.d.ts").VotesRow | undefined} votes */
  #under(asks, votes) {
    if (asks !== "dots") return say(`wall.${asks}_how`);
    if (!votes) return say("wall.vote_soon");
    if (votes.revealed) return say("wall.vote_shown");
    return votes.open ? count("wall.vote_open", votes.budget) : say("wall.vote_closed");
  }

  /** @param {string} asks @param {string} item @param {import("../rows.js").Rows} rows */
  #said(asks, item, rows) {
    if (asks === "help") {
      return rows.of("offer").filter((offer) => offer.item === item && offer.name).map(({ name }) => name)
        .sort().join(", ");
    }
    const felt = asks === "consent" ? rows.one("felt", `felt:${item}`) : undefined;
    if (!felt) return "";
    const said = [
      felt.worried ? count("wall.felt_worried", felt.worried) : "",
      felt.stop ? count("wall.felt_stop", felt.stop) : "",
    ];
    return said.filter(Boolean).join(" · ");
  }

  /** @param {string} id @returns {Drawn} */
  #begin(id) {
    const mark = make("span", "line-letter"), name = quote("p", "choose-name", "");
    const bar = make("span", "choose-bar", make("span")), said = quote("p", "choose-said count", "");
    bar.setAttribute("aria-hidden", "true");
    const item = make("li", "choose-line appear", mark, name, bar, said);
    const drawn = { item, mark, name, bar, said };
    this.#drawn.set(id, drawn);
    return drawn;
  }
}
