// @ts-check
/** What a line says of itself in few words: where it was heard, what was settled, and who doubts. */

import { count, page, say } from "../words.js";

/** @import {ItemRow} from "../contract.d.ts" */
/** @import {Sorting} from "./sorting.js" */

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

/** "23 notes from 14 people, at 3 of 5 tables". @param {ItemRow} row @param {Sorting} sorting */
export function heardAt(row, { groups, people, plan }) {
  if (row.notes === 0) return say("sort.line_no_notes");
  const twins = row.twins ?? 0, ideas = twins ? `, ${count("sort.ideas", row.notes - twins)}` : "";
  const notes = count("sort.notes", row.notes) + ideas, of = Math.max(groups, row.heard_at);
  if (of < 2 && people > row.people) {
    return say("sort.line_of", { notes, n: row.people, people: count("sort.people", people) });
  }
  const from = say("sort.line_from", { notes, people: count("sort.people", row.people) });
  return of < 2 ? from : from + say("sort.line_heard", { n: row.heard_at, of, many: plan.noun.many });
}

/** Short marks: worried, against, must-have, quick win. @param {ItemRow} row @returns {{text: string, kind: string}[]} */
export function marksOf(row) {
  const marks = [];
  if (row.worried) marks.push({ text: count("sort.n_worry", row.worried), kind: "doubt" });
  if (row.against) marks.push({ text: count("sort.n_against", row.against), kind: "doubt" });
  if (row.essential) marks.push({ text: say("sort.field_essential"), kind: "flag" });
  if (row.quick) marks.push({ text: say("sort.field_quick"), kind: "flag" });
  return marks;
}

/** "Sam · review on 14 March 2027". @param {ItemRow} row */
export function settledOf(row) {
  const said = [];
  if (row.owner) said.push(row.owner);
  if (row.review) said.push(say("sort.review_on", { date: dayOf(row.review) }));
  if (row.help) said.push(say("sort.help_needed"));
  return said.join(" · ");
}

/** A date as people say it; other words stay as they are. @param {string} text */
function dayOf(text) {
  const found = ISO.exec(text);
  if (!found) return text;
  const [, year = "", month = "", day = ""] = found;
  const name = page.words[`common.month_${Number(month)}`];
  return name ? say("common.day", { day: String(Number(day)), month: name, year }) : text;
}
