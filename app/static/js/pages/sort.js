// @ts-check
/** The desk: from what is left, through piles, to the shopping list. */

import { part, reword } from "../desk/el.js";
import { Card } from "../desk/card.js";
import { Choice } from "../desk/choice.js";
import { Filter } from "../desk/filter.js";
import { hand } from "../desk/hand.js";
import { listenForKeys } from "../desk/keys.js";
import { leftColumn } from "../desk/left.js";
import { linesColumn } from "../desk/lines.js";
import { Moves } from "../desk/moves.js";
import { pilesColumn } from "../desk/piles.js";
import { Sorting } from "../desk/sorting.js";
import { steps } from "../desk/steps.js";
import { asking, trouble, wordsFor } from "../facilitate/asking.js";
import { showConnection } from "../facilitate/connection.js";
import { enter } from "../facilitate/enter.js";
import { Live } from "../live.js";
import { page } from "../words.js";

/** @import {NoteRow} from "../contract.d.ts" */

// A worn-out link may still be opened by a browser that is known already.
enter().catch((refusal) => trouble(wordsFor(refusal))).then(run);

function run() {
  const live = new Live({ code: page.code, as: "facilitator" });
  showConnection(live, "sort");
  live.addEventListener("welcome", () => open(live), { once: true });
}

/** @param {Live} live */
function open(live) {
  const sorting = new Sorting(live), choice = new Choice();
  const moves = new Moves(asking(live), sorting, choice);
  /** @type {Map<string, Card>} */
  const cards = new Map();
  const filter = new Filter(sorting, draw);
  const desk = { sorting, choice, filter, moves, card };
  const left = leftColumn(sorting, choice, filter, card),
    piles = pilesColumn(desk),
    lines = linesColumn(desk);
  const bar = hand(desk), drawSteps = steps(desk);
  let last = "";

  /** @param {string} id */
  function card(id) {
    const known = cards.get(id);
    if (known) return known;
    const made = new Card(/** @type {NoteRow} */ (live.rows.one("note", id)), sorting, choice, pick);
    cards.set(id, made);
    made.draw();
    return made;
  }

  /** @param {string} note @param {MouseEvent} event */
  function pick(note, event) {
    if (event.shiftKey && last) choice.add(left.between(last, note));
    else choice.toggle(note);
    last = note;
  }

  function draw() {
    sorting.read();
    left.draw();
    piles.draw();
    lines.draw();
    drawSteps();
    mark();
  }

  let marking = 0;
  function mark() {
    cancelAnimationFrame(marking);
    marking = requestAnimationFrame(() => {
      for (const each of cards.values()) each.mark();
      piles.mark();
      bar.draw();
    });
  }

  reword(part("#session-title"), sorting.card.title);
  document.title = `${sorting.card.title} · ${document.title}`;
  choice.addEventListener("change", mark);
  live.addEventListener("now", (event) => {
    const { groups } = /** @type {CustomEvent} */ (event).detail;
    if (groups === sorting.groups) return;
    sorting.groups = groups;
    draw();
  });
  sorting.groups = sorting.plan.groups.length;
  live.rows.onchange(({ put, gone }) => {
    sorting.read();
    for (const row of gone) {
      if (row.kind !== "note") continue;
      cards.get(row.id)?.item.remove();
      cards.delete(row.id);
      choice.forget(row.id);
      if (choice.cursor === row.id) choice.cursor = null;
    }
    for (const row of [...put, ...gone]) {
      if (row.kind === "note") cards.get(row.id)?.draw(live.rows.one("note", row.id));
      if (row.kind === "origin" || row.kind === "place") cards.get(row.note)?.draw();
    }
    draw();
  });
  const at = Object.fromEntries(
    [...Array(9).keys()].map((
      n,
    ) => [String(n + 1), () => sorting.piles[n] && moves.place(sorting.piles[n].id)]),
  );
  listenForKeys({
    ...at,
    n: () => part("#pile-title").focus(),
    u: () => moves.pileByItsWords(),
    m: () => bar.moveTo(),
    f: () => moves.speak("for").then(mark),
    w: () => moves.speak("worry").then(mark),
    a: () => moves.speak("against").then(mark),
    z: () => moves.undo(),
    Escape: () => choice.clear(),
  });
  draw();
  part("#desk").hidden = false;
}
