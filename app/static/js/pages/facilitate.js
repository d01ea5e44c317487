// @ts-check
/** The facilitator's page, on a laptop or in the hand. */

import { part, reword } from "../desk/el.js";
import { anotherDay } from "../facilitate/another-day.js";
import { asking, trouble, wordsFor } from "../facilitate/asking.js";
import { choosing } from "../facilitate/choosing.js";
import { clock, leftOf } from "../facilitate/clock.js";
import { showConnection } from "../facilitate/connection.js";
import { door } from "../facilitate/door.js";
import { ending } from "../facilitate/ending.js";
import { enter } from "../facilitate/enter.js";
import { filing } from "../facilitate/filing.js";
import { focus } from "../facilitate/focus.js";
import { kept } from "../facilitate/kept.js";
import { lines } from "../facilitate/lines.js";
import { links } from "../facilitate/links.js";
import { mustHaves } from "../facilitate/musts.js";
import { notes } from "../facilitate/notes.js";
import { paperPack } from "../facilitate/pack.js";
import { pace } from "../facilitate/pace.js";
import { people } from "../facilitate/people.js";
import { readouts } from "../facilitate/readouts.js";
import { Room } from "../facilitate/room.js";
import { connectScreen } from "../facilitate/screens.js";
import { isSeen, offerToBeSeen } from "../facilitate/seen.js";
import { stage } from "../facilitate/stage.js";
import { wall } from "../facilitate/wall.js";
import { zones } from "../facilitate/zones.js";
import { Live } from "../live.js";
import { panel } from "../rehearsal/panel.js";
import { tryFirst } from "../rehearsal/try.js";
import "../neighbour.js";
import { page } from "../words.js";

// A worn-out link may still be opened by a browser that is known already.
enter().catch((refusal) => trouble(wordsFor(refusal))).then(run);

function run() {
  const live = new Live({ code: page.code, as: isSeen() ? "presenter" : "facilitator" });
  offerToBeSeen();
  showConnection(live, "facilitate");
  live.addEventListener("welcome", () => open(live), { once: true });
  connectScreen(page.code);
  links(page.code);
  paperPack(page.code);
}

/** @param {Live} live */
function open(live) {
  const room = new Room(live), ask = asking(live);
  reword(part("#session-title"), room.card.title);
  reword(part("#session-aim"), room.card.aim);
  document.title = `${room.card.title} · ${document.title}`;
  const drawClock = clock(room, ask), drawPeople = people(room), drawNotes = notes(room, ask);
  if (page.rehearsal) panel(live, room.plan);
  else tryFirst();
  const still = [stage(room, ask), zones(room, ask), wall(room, ask), focus(room, ask), ending(room, ask)];
  still.push(pace(room, ask, () => leftOf(room)), door(room, ask), kept(room, ask), choosing(room, ask));
  still.push(readouts(room, ask), anotherDay(room), lines(room, ask), mustHaves(room, ask), filing(room));
  // A rehearsal is for before anybody real comes.
  const offer = () => {
    const line = document.querySelector(".try-first-line");
    if (line) line.toggleAttribute("hidden", room.now.joined > 0 || room.at >= 0 || room.closed);
  };
  const draw = () => {
    for (const each of still) each();
    drawClock();
  };
  live.addEventListener("now", (event) => {
    room.now = /** @type {CustomEvent} */ (event).detail;
    drawPeople();
    offer();
  });
  live.rows.onchange((news) => {
    draw();
    drawNotes(news);
  });
  draw();
  drawPeople();
  part("#room").hidden = false;
}
