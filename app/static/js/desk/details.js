// @ts-check
import { el } from "./el.js";
import { anyOf, oneOf, wordsField, yesOrNothing } from "./field.js";
import { say } from "../words.js";

/** @import {ItemField, ItemRow} from "../contract.d.ts" */
/** @import {Desk} from "./pile.js" */
/** @import {Choice, Field, Save} from "./field.js" */

const LEVELS = ["individual", "social", "infrastructural"];
const SENSES = ["see", "hear", "feel"];
const AUDIENCES = ["staff", "patients", "community"];
const ROUTES = ["policy", "practice", "delivery"];

/** What organisers know of a line, each thing in its own field, and all of it for later.
 * @param {string} line @param {Desk} desk
 */
export function details(line, { sorting, moves }) {
  const { boards, areas } = sorting.plan;
  /** @type {Map<ItemField, Field>} */
  const fields = new Map();
  const element = el("div", { class: "line-panel line-details" });

  /** @param {ItemField} field @param {(label: string, save: Save) => Field} make */
  function add(field, make) {
    const made = make(say(`sort.field_${field}`), (value) => moves.set(line, field, value));
    fields.set(field, made);
    element.append(made.element);
  }

  /** Levels and senses go by the titles of their zones in this plan. @param {string[]} colours @returns {Choice[]} */
  function heard(colours) {
    const zones = boards.flatMap((board) => board.zones);
    return colours.flatMap((colour) => {
      const zone = zones.find((each) => each.colour === colour);
      return zone ? [[colour, zone.title]] : [];
    });
  }

  /** @param {string} field @param {string[]} keys @returns {Choice[]} */
  const named = (field, keys) => keys.map((key) => [key, say(`sort.${field}_${key}`)]);

  const flags = el("div", { class: "line-flags-edit" });
  add("essential", yesOrNothing);
  add("quick", yesOrNothing);
  flags.append(...element.childNodes);
  element.append(flags);
  add("owner", (label, save) => wordsField(label, "text", save));
  add("first_step", (label, save) => wordsField(label, "text", save));
  add("review", (label, save) => wordsField(label, "date", save));
  add("help", (label, save) => wordsField(label, "text", save));
  add("audiences", (label, save) => anyOf(label, named("audience", AUDIENCES), save));
  add("route", (label, save) => oneOf(label, named("route", ROUTES), save));
  if (areas.length) {
    add("area", (label, save) => oneOf(label, areas.map(({ id, title }) => [id, title]), save));
  }
  for (const [field, colours] of /** @type {const} */ ([["levels", LEVELS], ["senses", SENSES]])) {
    const choices = heard([...colours]);
    if (choices.length) add(field, (label, save) => anyOf(label, choices, save));
  }

  return {
    element,
    /** @param {ItemRow} row */
    draw(row) {
      for (const [field, each] of fields) each.draw(asValue(row[field]), row.seq);
    },
  };
}

/** @param {string | boolean | readonly string[]} said */
function asValue(said) {
  if (typeof said === "boolean") return said ? "yes" : "";
  return typeof said === "string" ? said : said.join(" ");
}
