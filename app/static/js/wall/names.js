// @ts-check
/** The names of the piles, small, beside what the room sorts: so that it can call one out. */

/** @import {Rows} from "../rows.js" */
import { make, quote } from "../layouts/make.js";
import { fit, isPicture, overflows } from "../layouts/size.js";
import { inOrder } from "../order.js";
import { count, say } from "../words.js";

const MOST = 20;
const SIZES = [40, 37, 34, 32, 30, 28, 26, 24];
/** So many lines a name may take: as many as it wants or, where that is too much for all of them, two, or one. */
const LINES = ["", "2", "1"];

export class PileNames {
  #list = make("ul", "pile-names-list");
  #drawn = "";
  element = make(
    "section",
    "pile-names",
    make("h2", "pile-names-title soft", say("wall.left_piles")),
    this.#list,
  );

  /** @param {Rows} rows @param {boolean} wanted @returns {boolean} whether it takes another place than before */
  update(rows, wanted) {
    const piles = wanted ? rows.of("theme").filter((theme) => !theme.into).sort(inOrder) : [];
    const names = piles.slice(0, isPicture() ? MOST : piles.length).map(({ title }) => title);
    const more = piles.length - names.length;
    const look = JSON.stringify([names, more]);
    if (look === this.#drawn) return false;
    this.#drawn = look;
    const was = this.element.hidden;
    this.element.hidden = names.length === 0;
    this.#list.replaceChildren(
      ...names.map((name) => quote("li", "pile-name", name)),
      ...(more ? [make("li", "pile-name soft", count("wall.left_piles_more", more))] : []),
    );
    this.resize();
    return was !== this.element.hidden;
  }

  resize() {
    if (!this.#list.isConnected) return;
    for (const lines of LINES) {
      this.#list.dataset.lines = lines;
      fit(this.#list, SIZES, () => overflows(this.#list));
      if (!isPicture() || !overflows(this.#list)) return;
    }
  }
}
