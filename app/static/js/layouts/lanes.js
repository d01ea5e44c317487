// @ts-check
/** A place, in wide bands: the sky one sees, the hills one hears over, the ground where one stands. */

/** @import {Zone} from "../contract.d.ts" */
import { make } from "./make.js";
import { hill } from "./signs.js";
import { ZoneView } from "./zone.js";

const LINES = [
  "M0 8C10 7 16 1.5 27 1.500S44 8 54 7.5 70 2.5 80 2.5 94 6 100 5",
  "M0 3C9 1.5 18 2 30 5S56 9 70 6.5 90 1 100 2.5",
];

/** @param {Zone[]} zones @returns {{element: HTMLElement, views: Map<string, ZoneView>}} views by the zone's id */
export function lanes(zones) {
  const views = new Map(zones.map((zone) => [zone.id, new ZoneView(zone)]));
  const element = make("div", "lanes", ...[...views.values()].map((view) => view.element));
  element.dataset.bands = zones.length > 3 ? "many" : `${zones.length}`;
  for (const [i, view] of [...views.values()].entries()) {
    if (i > 0) view.element.prepend(hill(LINES[(i - 1) % LINES.length] ?? ""));
  }
  return { element, views };
}
