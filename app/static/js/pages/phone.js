// @ts-check
/** The phone: one question, one box, my notes. */

/** @import {SessionCard} from "../contract.d.ts" */
/** @import {Mine, Moment, Road, Slip} from "../phone/shapes.d.ts" */
import { live } from "../phone/seat.js";
import { alertNow } from "../announce.js";
import "../bigger.js";
import { ticking } from "../clock.js";
import { newId } from "../ids.js";
import { Outbox } from "../outbox.js";
import { answersOf, outdated } from "../phone/answers.js";
import { Composer } from "../phone/composer.js";
import { byId, make, tell } from "../phone/dom.js";
import { Drafts } from "../phone/drafts.js";
import { Face } from "../phone/face.js";
import { later } from "../phone/later.js";
import { MyNotes } from "../phone/mine.js";
import { allPlaces, isIdea, letters, moment, myNotes, standing } from "../phone/reading.js";
import { openStore, otherTabs } from "../phone/store.js";
import { page, say } from "../words.js";

const foot = later(async () => {
  const loaded = await import("../phone/foot.js");
  loaded.serve(wipe);
  loaded.handing.serve(() => ({ live, outbox, drafts }));
  return loaded;
}, soon);
/** Read-outs, and keeping the list. */
const ending = later(() => import("../phone/ending.js"), soon);
const filing = later(async () => new (await import("../phone/filing.js")).Filing(live, outbox, soon), soon);
const musts = later(async () => (await import("../phone/musts.js")).mustHaves(outbox), soon);
const choosing = later(async () => new (await import("../phone/choose.js")).Choose(live, outbox), soon);

const AWAY_MS = 3_000;
const CLOCK_MS = 5_000;

const { kept_by: keep, ticket = null } = page;
const outbox = await new Outbox(keep, await openStore(), otherTabs(keep)).load();
const drafts = new Drafts(keep);
const mine = new MyNotes(outbox);
/** @param {string} zone @param {string} text @param {Slip} [slip] */
const add = (zone, text, slip) => {
  if (outbox.full) return null;
  const id = newId();
  mine.wrote.add(id);
  face.goOn();
  return outbox.add({ type: "note.add", id, zone, text, ...slip });
};
const slips = page.scribe ? new (await import("../phone/slips.js")).Slips(drafts, add) : null;
const composer = slips ?? new Composer(drafts, add);
const face = new Face(live, composer, soon);

/** Why this page was sent out of the room, and whether it may go on here. */
let ended = "";
let mayGoOn = false;
/** Whose page this was, when it came back out of the browser's memory; until the room says so again. */
let unsure = "";
let awaySince = performance.now();
let due = false;
let endOfLate = 0;
/** Whether anything was ever chosen here, and filed: from then on it is drawn, if only to go away. */
let asked = false, piled = false;
/** The way to choose a note of mine to be read out. @type {((note: Mine, item: HTMLElement) => void) | null} */
let pickUnder = null;

live.addEventListener("welcome", welcomed);
live.addEventListener("whole", whole);
live.addEventListener("state", () => {
  awaySince = performance.now();
  setTimeout(soon, AWAY_MS);
  soon();
});
live.addEventListener("going", (event) => {
  const { code, message, retry_ms } = /** @type {CustomEvent} */ (event).detail;
  if (code === "person.changed") return void handOn();
  const ours =
    { "grant.ended": "phone.out", "sockets.too_many": "phone.too_often" }[/** @type {string} */ (code)];
  if (retry_ms == null) ended = ours ? say(ours) : message;
  if (page.rehearsal && code === "session.deleted") over();
  mayGoOn = code === "sockets.too_many";
  soon();
});
for (const news of ["held", "now"]) live.addEventListener(news, soon);
live.rows.onchange(soon);
outbox.addEventListener("change", soon);
outbox.addEventListener("refused", refused);
ticking(() => face.clock(), CLOCK_MS);
byId("go-on").onclick = () => {
  ended = "";
  live.open();
};
outbox.addEventListener("handed-on", handOn);
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  // Somebody else may have this phone by now: nothing is shown before the room has said whose it is.
  unsure = live.welcome?.you.id ?? "";
  byId("mine").hidden = true;
  outbox.load();
});
foot();
// Both may have come while the database was being opened.
if (live.welcome) welcomed();
if (live.whole) whole();

function welcomed() {
  foot();
  ending();
  const id = live.welcome?.you.id;
  if (id && unsure && id !== unsure) return void handOn();
  unsure = "";
  if (id) outbox.serve(live, id);
  soon();
}

function whole() {
  outbox.offerAgain(
    (note) => live.rows.get(`mine:${note}`) && live.rows.one("note", note),
    (essential) => live.rows.of("answer").find((row) => row.essential === essential)?.given,
  );
}

/** A note that was refused stays with its words; any other ask is news and over. @param {Event} event */
function refused(event) {
  const { key, ask, message } = /** @type {CustomEvent} */ (event).detail;
  alertNow(message);
  if (ask.type === "note.add" || ask.type === "note.edit") return;
  const late = ask.type === "note.put_back" && mine.taken.get(ask.id);
  if (late) outbox.add({ type: "note.add", id: newId(), zone: late.zone, text: late.text });
  queueMicrotask(() => outbox.drop([key]));
}

function wipe() {
  live.close();
  drafts.wipe();
  return outbox.wipe();
}

async function handOn() {
  // Whoever has it next sees nothing of the last one, whatever can be loaded.
  document.body.hidden = true;
  const next = await import("../phone/next.js").catch(() => null);
  if (next) next.handOn({ live, outbox, drafts });
  else location.reload();
}

/** Nothing of a rehearsal stays on a phone. */
function over() {
  wipe();
  document.body.classList.add("over");
  byId("asked").before(make("h1", { className: "last-words", textContent: say("rehearsal.over") }));
  alertNow(say("rehearsal.over"));
}

function soon() {
  if (!due) requestAnimationFrame(draw);
  due = true;
}

function draw() {
  due = false;
  const away = live.state !== "open" && performance.now() - awaySince >= AWAY_MS;
  tell(byId("weather"), ended || weather(away));
  const out = document.body.classList.toggle("is-out", Boolean(ended) && !mayGoOn);
  byId("again").hidden = !out;
  byId("go-on").hidden = !ended || !mayGoOn;
  const card = live.welcome?.session;
  if (!card) return;
  const now = moment(card, live.rows, live.serverNow());
  if (now.until) lateUntil(now.until);
  const muted = live.rows.of("muted").length > 0;
  tell(byId("muted"), muted && !isOver(now) ? say("phone.muted") : "");
  composer.stop(muted);
  const open = !isOver(now);
  slips?.know(card, [...allPlaces(card, live.rows).values()], live.welcome?.you.group ?? null, open);
  face.draw(now, card);
  if (out) tell(byId("question"), card.title);
  choose(face.shown ?? now);
  const { asks } = face.shown ?? now;
  if (live.welcome) foot()?.offer(card, live.welcome.you, open ? asks : null);
  pickUnder = ending()?.drawEnding(card, now, live, outbox) ?? null;
  drawMusts();
  listNotes(card, now);
}

/** @param {Moment} now */
const isOver = ({ manner }) => manner === "closed" || manner === "late";

/** The last late note is taken then, and not a word of it a moment later. @param {number} until */
function lateUntil(until) {
  clearTimeout(endOfLate);
  endOfLate = setTimeout(soon, Math.max(0, until - live.serverNow()) + CLOCK_MS);
}

function drawMusts() {
  const shown = face.shown?.mustHaves ? live.rows.of("essential").sort((a, b) => a.order - b.order) : [];
  const section = byId("must-haves");
  section.hidden = !shown.length;
  if (!shown.length) return;
  const late = outdated(outbox.entries);
  if (late.length) outbox.drop(late);
  const answers = answersOf(live.rows, outbox.entries, live.seen);
  musts()?.(shown, live.rows, answers, { road: road(), people: live.welcome?.you.people ?? 1 });
}

/** Only in a stage that asks for it, and then for good. @param {Moment} now */
function choose(now) {
  asked ||= Boolean(now.asks);
  if (asked) choosing()?.draw(now, road(), () => letters(live.rows));
}

/** What a person must know of the connection and of this phone. @param {boolean} away */
function weather(away) {
  const safe = outbox.safe && !ticket;
  if (outbox.full) return say("phone.full");
  if (live.portal) return say(safe ? "phone.portal" : "phone.portal_open");
  if (away) return say(safe ? "phone.away" : "phone.away_open");
  if (!safe) return say("phone.keep_open");
  return live.held.startsWith("storage.") ? say("phone.storage") : "";
}

/** @returns {Road} */
function road() {
  if (ended) return "over";
  if (live.state !== "open") return "away";
  return live.held ? "held" : "open";
}

/** @param {SessionCard} card @param {Moment} now */
function listNotes(card, now) {
  const open = now.manner !== "closed";
  const notes = myNotes(live.rows, outbox.entries, live.seen, mine.taken);
  if (!open) {
    notes.push(...drafts.zones.map(unsent));
    const kept = outbox.entries.filter(({ state, seq }) => state === "kept" && seq <= live.seen);
    if (kept.length) outbox.drop(kept.map(({ key }) => key));
  }
  const muted = live.rows.of("muted").length > 0;
  const state = { road: road(), open, muted, group: card.plan.noun?.one ?? "", entries: outbox.entries };
  if (unsure) return;
  const places = allPlaces(card, live.rows);
  // A late note stays where it was written.
  for (const place of isOver(now) ? places.values() : []) place.locked = true;
  const sentence = (/** @type {Mine} */ note) =>
    [slips?.of(note), standing(note, live.rows, state)].filter(Boolean).join(" · ");
  piled ||= live.rows.of("theme").length > 0;
  const files = piled ? filing() : null;
  const filed = files?.under(open && !muted);
  mine.draw(notes, sentence, places, state, (note, item) => {
    filed?.(note, item);
    pickUnder?.(note, item);
  });
  const ideas = notes.filter(({ zone }) => isIdea(places.get(zone)));
  files?.draw(ideas, places, now.files);
}

/** What was typed and not added when the session closed: still there to be copied. @param {string} zone @returns {Mine} */
function unsent(zone) {
  return {
    id: `draft ${zone}`,
    zone,
    text: drafts.get(zone),
    mine: null,
    standing: "refused",
    stored: true,
    entry: null,
    meaning: "",
  };
}
