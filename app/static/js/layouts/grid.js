// @ts-check
/** A matrix: rows; or rows by columns, with headings; or as many levels as there are. */

/** @import {Zone} from "../contract.d.ts" */
import { make, quote } from "./make.js";
import { sign } from "./signs.js";
import { ZoneView } from "./zone.js";

/** @param {Zone[]} zones @returns {{element: HTMLElement, views: Map<string, ZoneView>}} views by the zone's id */
export function grid(zones) {
  const columns = [...new Set(zones.map((zone) => zone.column ?? ""))].filter(Boolean);
  return columns.length > 1 ? cells(zones, columns) : rows(zones);
}

/** @param {Zone[]} zones */
function rows(zones) {
  const views = new Map(zones.map((zone) => [zone.id, new ZoneView(zone)]));
  const element = make("div", "grid", ...[...views.values()].map((view) => view.element));
  element.dataset.rows = zones.length > 4 ? "many" : `${zones.length}`;
  return { element, views };
}

/** @param {Zone[]} zones @param {string[]} columns */
function cells(zones, columns) {
  /** @type {Map<string, ZoneView>} */
  const views = new Map();
  const heads = make("div", "grid-columns", ...columns.map((column) => quote("p", "grid-column", column)));
  // A cell's own title says as much to those who listen.
  heads.setAttribute("aria-hidden", "true");
  const element = make("div", "grid has-columns", heads);
  element.style.setProperty("--columns", `${columns.length}`);
  for (const row of new Set(zones.map((zone) => zone.row))) {
    const level = row ? "h3" : "h2";
    const line = make("div", row ? "grid-row" : "grid-row is-whole");
    const here = zones.filter((each) => each.row === row);
    if (row) line.append(head(row, here[0]?.sign ?? ""));
    for (const zone of here) {
      const view = new ZoneView(zone, { level });
      views.set(zone.id, view);
      line.append(view.element);
    }
    element.append(line);
  }
  return { element, views };
}

/** @param {string} row @param {string} signed */
function head(row, signed) {
  const title = quote("h2", "grid-head", row);
  const drawn = sign(signed);
  if (drawn) title.prepend(drawn);
  return title;
}
