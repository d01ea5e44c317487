// @ts-check
/** The desk: from what is left, through piles, to the shopping list. */

import { bestThree } from "../desk/best.js";
import { carry } from "../desk/carry.js";
import { Cards } from "../desk/cards.js";
import { Choice } from "../desk/choice.js";
import { part, reword } from "../desk/el.js";
import { Filter } from "../desk/filter.js";
import { hand } from "../desk/hand.js";
import { inFront } from "../desk/in-front.js";
import { inSight } from "../desk/in-sight.js";
import { listenForKeys } from "../desk/keys.js";
import { lastOnes } from "../desk/last.js";
import { leftColumn } from "../desk/left.js";
import { likely } from "../desk/likely.js";
import { linesColumn } from "../desk/lines.js";
import { Moves } from "../desk/moves.js";
import { mustHaves } from "../desk/musts.js";
import { outline } from "../desk/outline.js";
import { pilesColumn } from "../desk/piles.js";
import { Sorting } from "../desk/sorting.js";
import { wishes } from "../desk/wishes.js";
import { steps } from "../desk/steps.js";
import { asking, trouble, wordsFor } from "../facilitate/asking.js";
import { showConnection } from "../facilitate/connection.js";
import { enter } from "../facilitate/enter.js";
import { isSeen } from "../facilitate/seen.js";
import { Live } from "../live.js";
import "../neighbour.js";
import { page } from "../words.js";

const PILES_WITH_A_KEY = 9;

// A worn-out link may still be opened by a browser that is known already.
enter().catch((refusal) => trouble(wordsFor(refusal))).then(run);

function run() {
  const live = new Live({ code: page.code, as: isSeen() ? "presenter" : "facilitator" });
  showConnection(live, "sort");
  live.addEventListener("welcome", () => open(live), { once: true });
}

/** @param {Live} live */
function open(live) {
  const sorting = new Sorting(live), choice = new Choice();
  const ask = asking({ ask: (each) => sorting.ask(each), serverNow: () => live.serverNow() });
  const moves = new Moves(ask, sorting, choice);
  const cards = new Cards(sorting, choice, pick, (slip) => moves.apart(slip));
  const filter = new Filter(sorting, draw);
  const desk = { sorting, choice, filter, moves, cards };
  const left = leftColumn(sorting, choice, filter, cards);
  const piles = pilesColumn(desk),
    lines = linesColumn(desk),
    drawMusts = mustHaves(desk),
    drawWishes = wishes(desk);
  const bar = hand(desk), done = steps(desk), drawLast = lastOnes(desk), drawBest = bestThree(desk);
  const offered = outline(desk, page.code), guess = likely(desk, page.code, offered.offer);
  const sight = inSight(choice, cards);
  const drawInFront = sorting.seen ? inFront(sorting, ask) : () => {};
  let last = "";

  /** @param {string} slip @param {MouseEvent} event */
  function pick(slip, event) {
    if (event.shiftKey && last) choice.add(left.between(last, slip));
    else choice.toggle(slip);
    last = slip;
  }

  function draw() {
    left.draw();
    drawLast();
    drawBest();
    piles.draw();
    lines.draw();
    drawMusts();
    drawWishes();
    drawInFront();
    offered.draw();
    done.draw();
    mark();
  }

  let marking = 0;
  function mark() {
    cancelAnimationFrame(marking);
    marking = requestAnimationFrame(() => {
      cards.mark();
      piles.mark();
      bar.draw();
      guess.draw();
      sight.follow();
    });
  }

  sorting.ondone = () => done.draw();
  document.body.classList.toggle("seen", sorting.seen);
  if (sorting.seen) {
    part("#to-list").setAttribute("href", `/s/${page.code}/list?copy=room`);
    part("#to-facilitate").setAttribute("href", `/s/${page.code}/facilitate?seen`);
  }
  reword(part("#session-title"), sorting.card.title);
  document.title = `${sorting.card.title} · ${document.title}`;
  choice.addEventListener("change", mark);
  live.addEventListener("now", (event) => {
    const { groups, joined } = /** @type {CustomEvent} */ (event).detail;
    if (groups === sorting.groups && joined === sorting.people) return;
    sorting.groups = groups;
    sorting.people = joined;
    draw();
  });
  sorting.groups = sorting.plan.groups.length;
  live.rows.onchange((news) => {
    sorting.read();
    cards.follow(news);
    draw();
    guess.again();
  });
  listenForKeys({
    ...Object.fromEntries(
      Array.from({ length: PILES_WITH_A_KEY }, (_, at) => [String(at + 1), () => putInto(at)]),
    ),
    0: () => moves.place(null),
    n: () => part("#pile-title").focus(),
    u: () => moves.pileByItsWords(),
    m: () => bar.moveTo(),
    "/": () => bar.splitIt(),
    f: () => moves.speak("for").then(mark),
    w: () => moves.speak("worry").then(mark),
    x: () => moves.speak("against").then(mark),
    p: () => moves.park(),
    "=": () => moves.same(),
    z: () => done.undo(),
    ...guess.keys,
    Escape: () => (choice.clear(), sight.show()),
  }, left.go);
  carry(desk, lines);
  sorting.read();
  draw();
  part("#desk").hidden = false;
  guess.ask();

  /** @param {number} at */
  function putInto(at) {
    const pile = sorting.piles[at];
    if (pile) moves.place(pile.id);
  }
}
