// @ts-check
/** A host chooses which of the room's sentences stand with a line: at most two, the first chosen going first. */

/** @import {Ask} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
import { button, el, part, reword } from "../desk/el.js";
import { wordsFor } from "../facilitate/asking.js";
import { letter } from "../letter.js";
import { slipOf } from "../wall/sight.js";
import { count, page, say } from "../words.js";

/** @typedef {{line: string, notes: string[]}} Quotable the notes in the order of the page */

const MOST = 2;
/** Words that their writer has put in quotation marks get no second ones; on paper neither. */
const IN_MARKS = /^\s*(?:“.+”|".+"|„.+[”“]|«.+»|‹.+›|‘.+’|'.+')[.,!?…]*\s*$/s;

/** @param {Live} live */
export function quotes(live) {
  const lines = document.querySelectorAll(".paper-line");
  const drawn = /** @type {Quotable[]} */ (page.quotable).map((choice, place) => {
    const line = lines[place];
    const any = line instanceof HTMLElement && line.querySelector(".quotes");
    return any ? choosing(line, choice, letter(place), live) : () => {};
  });
  live.rows.onchange(() => drawn.forEach((draw) => draw()));
}

/** @param {HTMLElement} line @param {Quotable} choice @param {string} named @param {Live} live */
function choosing(line, { line: id, notes }, named, live) {
  const shown = part(".quotes", line), list = part(".words", line);
  const status = el("span", { role: "status" });
  let step = 0;
  const undo = button("plain-button", () => {
    ask({ type: "undo", seq: step }, say("list.quote_undone", { letter: named }));
  }, say("list.quote_undo"));
  undo.hidden = true;
  list.before(
    el("p", { class: "hint no-print quote-how", text: say("list.quote_how") }),
    el("p", { class: "row no-print quote-said" }, status, undo),
  );
  /** @type {Map<string, HTMLButtonElement>} */
  const acts = new Map();
  for (const [at, item] of [...list.children].entries()) {
    const note = notes[at], text = item.querySelector("q")?.textContent ?? "";
    if (!note || item.classList.contains("held")) continue;
    const act = button("plain-button quote no-print", () => choose(note), say("list.quote"));
    act.setAttribute("aria-label", say("list.quote_label", { letter: named, text }));
    item.append(act);
    acts.set(note, act);
  }
  draw();
  return draw;

  function quoted() {
    return live.rows.one("quote", `quote:${id}`)?.notes ?? [];
  }

  /** Once more takes it away; a third takes the place of the one that was chosen first. @param {string} note */
  function choose(note) {
    const now = quoted();
    const wanted = now.includes(note) ? now.filter((each) => each !== note) : [...now, note].slice(-MOST);
    const then = wanted.length
      ? count("list.quoted", wanted.length, { letter: named })
      : say("list.quoted_usual", { letter: named });
    return ask({ type: "item.quote", id, notes: wanted }, then);
  }

  /** Undoing is undone from where it was asked for: the focus stays. @param {Ask} what @param {string} then */
  async function ask(what, then) {
    try {
      step = (await live.ask(what)).seq;
      undo.hidden = false;
      reword(status, then);
    } catch (refusal) {
      reword(status, wordsFor(refusal));
    }
  }

  function draw() {
    const now = quoted();
    // As the page was made, until there is news of the line.
    if (!now.length && shown.dataset.look === undefined) return;
    for (const [note, act] of acts) act.setAttribute("aria-pressed", String(now.includes(note)));
    const said = now.map((note) => {
      const voice = live.rows.one("place", `place:${note}`)?.voice ?? "for";
      return { text: slipOf(live.rows, note)?.text ?? "", voice };
    });
    const look = JSON.stringify(said);
    if (shown.dataset.look === look) return;
    shown.dataset.look = look;
    shown.replaceChildren(...said.map(({ text, voice }) => {
      // A worry that stands with a line says that it is one.
      const mark = voice === "for" ? [] : [" ", el("b", { class: "hint", text: say(`list.voice_${voice}`) })];
      const own = IN_MARKS.test(text) ? "own-marks" : null;
      return el("p", { dir: "auto" }, el("q", { class: own, text }), ...mark);
    }));
  }
}
