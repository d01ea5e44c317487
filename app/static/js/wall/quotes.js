// @ts-check
/** The one or two of the room's sentences that stand with a line on the wall: the same as on paper. */

/** @import {ItemRow, NoteRow} from "../contract.d.ts" */
/** @import {Rows} from "../rows.js" */
import { slipOf } from "./sight.js";

/** Letters of a sentence that is quickly read aloud, and yet says something. */
const BEST = 60;

/** Those a host has chosen, or else by rule: in favour, what most others said too, as long as is easily read
 * aloud; the second answers another question if any does.
 * @param {Rows} rows @param {ItemRow} item @returns {NoteRow[]}
 */
export function quotesOf(rows, item) {
  // A list may be open without its piles: then a note still says where it lies.
  const places = new Map(
    rows.of("place").filter(({ theme }) => theme === item.theme).map((place) => [place.note, place]),
  );
  const shown = new Map([...places.keys()].flatMap((id) => {
    const note = slipOf(rows, id);
    return note ? [[id, note]] : [];
  }));
  const row = rows.get(`quote:${item.id}`);
  const chosen = row && "notes" in row && Array.isArray(row.notes)
    ? row.notes.flatMap((id) => shown.get(id) ?? [])
    : [];
  if (chosen.length) return chosen;

  const headline = (/** @type {string} */ id) => rows.one("twin", `twin:${id}`)?.headline ?? "";
  const said = [...shown.keys()].map(headline);
  /** @param {NoteRow} note */
  const rank = ({ id, text }) => [
    Number(places.get(id)?.voice !== "for"),
    -said.filter((head) => head === id).length,
    Math.abs([...text].length - BEST),
  ];
  const mine = [...shown.values()].filter(({ id }) => !shown.has(headline(id)));
  // What the line is called says nothing more.
  const more = mine.filter(({ text }) => text.toLowerCase() !== item.text.toLowerCase());
  const ranked = (more.length ? more : mine).sort(byWords)
    .map((note) => ({ note, rank: rank(note) }))
    .sort((one, other) => one.rank.map((n, at) => n - (other.rank[at] ?? 0)).find(Boolean) ?? 0)
    .map(({ note }) => note);
  const [first, ...rest] = ranked;
  if (!first) return [];
  const others = rest.filter(({ text }) => text.toLowerCase() !== first.text.toLowerCase());
  const second = others.find(({ zone }) => zone !== first.zone) ?? others[0];
  return second ? [first, second] : [first];
}

/** By words, which tell nothing of who wrote when. @param {NoteRow} one @param {NoteRow} other */
function byWords(one, other) {
  const [a, b] = [one, other].map(({ zone, text, id }) => [zone, text.toLowerCase(), text, id].join("\n"));
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
