// @ts-check
/** A host chooses which of the room's sentences stand with a line: at most two, the first chosen going first. */

/** @import {Ask} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
import { button, el, part, reword } from "../desk/el.js";
import { wordsFor } from "../facilitate/asking.js";
import { letter } from "../letter.js";
import { count, page, say } from "../words.js";

/** @typedef {{line: string, notes: string[], usual: string[]}} Quotable the notes in the order of the page */

const MOST = 2;

/** @param {Live} live */
export function quotes(live) {
  const lines = document.querySelectorAll(".paper-line");
  const drawn = /** @type {Quotable[]} */ (page.quotable).map((choice, place) => {
    const line = lines[place];
    const any = line instanceof HTMLElement && choice.usual.length;
    return any ? choosing(line, choice, letter(place), live) : () => {};
  });
  live.rows.onchange(() => drawn.forEach((draw) => draw()));
}

/** @param {HTMLElement} line @param {Quotable} choice @param {string} named @param {Live} live */
function choosing(line, { line: id, notes, usual }, named, live) {
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
  /** @type {Map<string, {text: string, voice: string, act: HTMLButtonElement}>} */
  const sentences = new Map();
  for (const [at, item] of [...list.children].entries()) {
    const note = notes[at], text = item.querySelector("q")?.textContent ?? "";
    if (!note || item.classList.contains("held")) continue;
    const act = button("plain-button quote no-print", () => choose(note), say("list.quote"));
    act.setAttribute("aria-label", say("list.quote_label", { letter: named, text }));
    item.append(act);
    // A worry that stands with a line says that it is one.
    const voice = item.classList.contains("doubt") && item.querySelector(".hint > b")?.textContent || "";
    sentences.set(note, { text, voice, act });
  }
  draw();
  return draw;

  function quoted() {
    return live.rows.one("quote", `quote:${id}`)?.notes.filter((note) => sentences.has(note)) ?? usual;
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
    const now = quoted(), look = now.join(" ");
    for (const [note, { act }] of sentences) act.setAttribute("aria-pressed", String(now.includes(note)));
    if (shown.dataset.look === look) return;
    shown.dataset.look = look;
    shown.replaceChildren(...now.map((note) => {
      const { text = "", voice = "" } = sentences.get(note) ?? {};
      const mark = voice ? [" ", el("b", { class: "hint", text: voice })] : [];
      return el("p", { dir: "auto" }, el("q", { text }), ...mark);
    }));
  }
}
