// @ts-check
import { arrange, el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";
import { asked, behind, caughtUp, givenBack, momentOf, stopOf, withMinutes } from "./agenda.js";
import { timeOf } from "./clock.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */
/** @import {Shorter} from "./agenda.js" */

const TICK_MS = 1_000;
/** A browser calls each digit that makes a time a change; a hand is done when it rests, or leaves. */
const TYPED_MS = 1_500;

/** When we stop, how far behind we are, and a way to catch up that is shown before it is taken.
 * @param {Room} room @param {Asking} ask @param {() => number} left what is left of the stage, ms
 */
export function pace(room, ask, left) {
  const stop = /** @type {HTMLInputElement} */ (part("#stop-at"));
  const late = part("#behind"), offer = part("#catch-up"), plan = part("#catch-up-plan");
  const undo = part("#catch-up-undo");
  /** @type {Shorter[]} */
  let shorter = [];
  /** What the last catching up took. @type {Shorter[]} */
  let taken = [];

  let typing = 0;
  stop.addEventListener("change", () => {
    clearTimeout(typing);
    typing = setTimeout(settle, TYPED_MS);
  });
  stop.addEventListener("blur", () => typing && settle());
  stop.addEventListener("keydown", ({ key }) => key === "Enter" && typing && settle());

  function settle() {
    clearTimeout(typing);
    typing = 0;
    const at = stop.value ? momentOf(stop.value, room.live.serverNow()) : null;
    ask(asked({ ...room.agenda, stop: at }));
  }

  offer.addEventListener("click", () => {
    shorter = caughtUp(room.agenda, room.plan.stages, room.at, lateness());
    show(true);
    part(shorter.length ? "#catch-up-take" : "#catch-up-not").focus();
  });
  part("#catch-up-not").addEventListener("click", () => {
    show(false);
    draw();
    offer.focus();
  });
  part("#catch-up-take").addEventListener("click", async () => {
    // Somebody else may have caught up meanwhile.
    shorter = caughtUp(room.agenda, room.plan.stages, room.at, lateness());
    show(false);
    if (shorter.length && await ask(withMinutes(room.agenda, shorter))) taken = shorter;
    draw();
    (taken.length ? undo : stop).focus();
  });
  undo.addEventListener("click", () => {
    ask(givenBack(room.agenda, taken));
    taken = [];
    draw();
    (offer.hidden ? stop : offer).focus();
  });

  const lateness = () => behind(room.agenda, room.plan, room.at, left(), room.live.serverNow());

  /** @param {boolean} open */
  function show(open) {
    plan.hidden = !open;
    offer.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const sum = shorter.reduce((sum, { from, to }) => sum + from - to, 0);
    reword(part("#catch-up-sum"), sum ? count("facilitate.catch_up_sum", sum) : "");
    arrange(
      part("#catch-up-lines"),
      shorter.map(({ stage, from, to }) =>
        el("li", { dir: "auto", text: say("facilitate.catch_up_line", { title: stage.title, from, to }) })
      ),
    );
    part("#catch-up-take").hidden = sum === 0;
    const still = lateness() - sum;
    reword(part("#catch-up-still"), still > 0 ? count("facilitate.catch_up_still", still) : "");
  }

  function draw() {
    part("#pace").hidden = room.closed;
    if (room.closed) show(false);
    const now = room.live.serverNow();
    if (document.activeElement !== stop && !typing) {
      stop.value = timeOf(stopOf(room.agenda, room.plan, now));
    }
    const minutes = room.at < 0 ? 0 : lateness();
    reword(late, minutes > 0 ? count("facilitate.behind", minutes) : "");
    late.classList.toggle("alarmed", minutes > 0);
    offer.hidden = minutes <= 0 || !plan.hidden;
    undo.hidden = taken.length === 0 || room.closed;
  }

  setInterval(draw, TICK_MS);
  return draw;
}
