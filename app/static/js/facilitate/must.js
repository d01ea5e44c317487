// @ts-check
import { arrange, button, el, reword, spoken } from "../desk/el.js";
import { count, say } from "../words.js";
import { pickNotes } from "./pick.js";
import { voicesOf } from "./voices.js";

/** @import {EssentialRow, NoteRow} from "../contract.d.ts" */
/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/**
 * @typedef {{
 *   proposed: {of: (essential: string) => string[]}, declined: Set<string>,
 *   next: (essential: string) => void, tell: (words: string) => void
 * }} Around
 */

/** One must-have: the notes that say it too, the next that may, and what people answer.
 * @param {Room} room @param {Asking} ask @param {EssentialRow} row @param {Around} around
 */
export function must(room, ask, row, { proposed, declined, next, tell }) {
  const essential = row.id.slice(row.id.indexOf(":") + 1), rows = room.rows;
  const words = spoken("h3", ""), why = spoken("p", "", { class: "hint" });
  const said = el("b"), more = el("span", { class: "hint" });
  const notes = el("ul", { class: "must-notes", hidden: true });
  const read = button("plain-button", () => unfold(notes.hidden === true), say("facilitate.must_read"));
  const maybe = spoken("p", "", { class: "note" });
  const yes = button("button", () => decide(true)), no = button("button quiet", () => decide(false));
  yes.append(say("facilitate.must_yes"), " ", el("kbd", { text: "Y" }));
  no.append(say("facilitate.must_no"), " ", el("kbd", { text: "N" }));
  const same = el(
    "div",
    { class: "must-same", hidden: true },
    el("p", { text: say("facilitate.must_same") }),
    maybe,
    el("div", { class: "row" }, yes, no),
  );
  const pick = button("plain-button", choose, say("facilitate.must_pick"));
  const big = button(
    "plain-button",
    () => ask({ type: "spotlight.set", of: row.id }),
    say("facilitate.show_big"),
  );
  const voices = voicesOf(room, essential);
  const item = el(
    "li",
    { class: "essential must", "data-essential": essential },
    el("p", { class: "essential-mark", text: say("common.must_have_by_host") }),
    words,
    why,
    el("div", { class: "must-said" }, said, more, read),
    notes,
    same,
    voices.element,
    el("div", { class: "row" }, pick, big),
  );
  /** The note that is asked about. */
  let asked = "";

  /** @param {boolean} open */
  function unfold(open) {
    notes.hidden = !open;
    read.setAttribute("aria-expanded", String(open));
  }

  /** Matched by hand. */
  const matched = () => new Set(rows.one("match", `match:${essential}`)?.notes ?? []);

  /** And with them those of its pile. */
  function all() {
    const found = matched(), pile = rows.one("link", `link:${essential}`)?.theme;
    for (const place of pile ? rows.of("place") : []) {
      if (place.theme === pile) found.add(rows.one("part", place.note)?.note ?? place.note);
    }
    return found;
  }

  /** @param {string[]} ids @param {boolean} on */
  async function match(ids, on) {
    if (!await ask({ type: "essential.match", essential, notes: ids, on })) return false;
    if (on) tell(say("facilitate.told_matched"));
    return true;
  }

  /** @param {boolean} is the same */
  async function decide(is) {
    const note = asked;
    if (!note) return;
    if (is && !await match([note], true)) return;
    // Not asked again, should it be taken out by hand.
    declined.add(`${essential} ${note}`);
    next(essential);
  }

  function choose() {
    pickNotes(
      room,
      say("facilitate.must_pick_question", { text: words.textContent ?? "" }),
      all,
      (note) => match([note], true),
    );
  }

  /** @param {NoteRow} note @param {boolean} byHand */
  function line(note, byHand) {
    const pile = rows.one("theme", rows.one("link", `link:${essential}`)?.theme ?? "")?.title ?? "";
    const from = [
      room.spots.get(note.zone)?.zone.title,
      isUp(note) ? "" : say("facilitate.must_unseen"),
      byHand ? "" : say("facilitate.must_in_pile", { title: pile }),
    ];
    const not = byHand
      ? button(
        "plain-button",
        () => match([note.id], false).then(() => read.focus()),
        say("facilitate.must_not"),
      )
      : null;
    not?.setAttribute("aria-label", say("facilitate.must_not_label", { text: note.text }));
    return el(
      "li",
      { class: "must-note note", "data-colour": room.spots.get(note.zone)?.zone.colour ?? "plain" },
      spoken("p", note.text),
      not,
      el("p", { class: "slip-from", text: from.filter(Boolean).join(" · ") }),
    );
  }

  /** @param {NoteRow} note */
  const isUp = (note) => room.zone(note.zone)?.sees === "room" && !room.origin(note)?.held;

  let told = "";
  function drawNotes() {
    const byHand = matched();
    const found = [...all()].flatMap((id) => rows.one("note", id) ?? []);
    const n = rows.one("said", `said:${essential}`)?.notes ?? 0,
      unseen = found.filter((note) => !isUp(note)).length;
    reword(said, n ? count("common.must_said", n) : say("common.must_nobody"));
    reword(more, unseen ? count(n ? "facilitate.must_more" : "facilitate.must_more_only", unseen) : "");
    read.hidden = found.length === 0;
    if (!found.length) unfold(false);
    const now = JSON.stringify(found.map((note) => [note.id, note.text, isUp(note), byHand.has(note.id)]));
    if (now === told) return;
    told = now;
    arrange(notes, found.map((note) => line(note, byHand.has(note.id))));
  }

  function drawQuestion() {
    const not = all();
    const likely = proposed.of(essential).map((id) => rows.one("part", id)?.note ?? id);
    const open = likely.find((id) =>
      !not.has(id) && !declined.has(`${essential} ${id}`) && rows.one("note", id)
    );
    const note = open ? rows.one("note", open) : undefined;
    asked = note?.id ?? "";
    same.hidden = !note;
    if (!note) return;
    reword(maybe, note.text);
    maybe.dataset.colour = room.spots.get(note.zone)?.zone.colour ?? "plain";
    yes.setAttribute("aria-label", say("facilitate.must_yes_label", { text: note.text }));
    no.setAttribute("aria-label", say("facilitate.must_no_label", { text: note.text }));
  }

  return {
    essential,
    item,
    decide,
    asks: () => asked !== "",
    focus: () => (asked ? yes : pick).focus(),
    /** @param {EssentialRow} now */
    draw(now) {
      reword(words, now.text);
      reword(why, now.why);
      read.setAttribute("aria-label", say("facilitate.must_read_label", { text: now.text }));
      pick.setAttribute("aria-label", say("facilitate.must_pick_label", { text: now.text }));
      big.setAttribute("aria-label", say("facilitate.must_big_label", { text: now.text }));
      big.hidden = room.closed || !isOpen(room);
      drawNotes();
      drawQuestion();
      voices.draw();
    },
  };
}

/** Must-haves come into the open with the first stage that shows them, and stay there. @param {Room} room */
function isOpen(room) {
  const shows = room.plan.stages.map((stage) => stage.shows.includes("essentials"));
  return room.at >= 0 && shows.slice(0, room.at + 1).includes(true);
}
