// @ts-check
import { arrange, el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";
import { asked, behind, caughtUp, momentOf, stopOf, withMinutes } from "./agenda.js";
import { timeOf } from "./clock.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */
/** @import {Shorter} from "./agenda.js" */

const TICK_MS = 1_000;

/** When we stop, how far behind we are, and a way to catch up that is shown before it is taken.
 * @param {Room} room @param {Asking} ask @param {() => number} left what is left of the stage, ms
 */
export function pace(room, ask, left) {
  const stop = /** @type {HTMLInputElement} */ (part("#stop-at"));
  const late = part("#behind"), offer = part("#catch-up"), plan = part("#catch-up-plan");
  const undo = part("#catch-up-undo");
  /** @type {Shorter[]} */
  let shorter = [];
  /** The agenda before the last catching up. @type {ReturnType<typeof asked> | null} */
  let before = null;

  stop.addEventListener("change", () => {
    const at = stop.value ? momentOf(stop.value, room.live.serverNow()) : null;
    ask(asked({ ...room.agenda, stop: at }));
  });
  offer.addEventListener("click", () => {
    shorter = caughtUp(room.agenda, room.plan.stages, room.at, lateness());
    show(true);
    part("#catch-up-take").focus();
  });
  part("#catch-up-not").addEventListener("click", () => {
    show(false);
    offer.focus();
  });
  part("#catch-up-take").addEventListener("click", async () => {
    before = asked(room.agenda);
    show(false);
    if (!await ask(withMinutes(room.agenda, shorter))) before = null;
    draw();
    if (before) undo.focus();
  });
  undo.addEventListener("click", () => {
    if (before) ask(before);
    before = null;
    draw();
  });

  const lateness = () => behind(room.agenda, room.plan.stages, room.at, left(), room.live.serverNow());

  /** @param {boolean} open */
  function show(open) {
    plan.hidden = !open;
    offer.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const taken = shorter.reduce((sum, { from, to }) => sum + from - to, 0);
    reword(part("#catch-up-sum"), count("facilitate.catch_up_sum", taken));
    arrange(
      part("#catch-up-lines"),
      shorter.map(({ stage, from, to }) =>
        el("li", { dir: "auto", text: say("facilitate.catch_up_line", { title: stage.title, from, to }) })
      ),
    );
    part("#catch-up-take").hidden = taken === 0;
    const still = lateness() - taken;
    reword(part("#catch-up-still"), still > 0 ? count("facilitate.catch_up_still", still) : "");
  }

  function draw() {
    part("#pace").hidden = room.closed;
    const now = room.live.serverNow();
    if (document.activeElement !== stop) stop.value = timeOf(stopOf(room.agenda, room.plan.stages, now));
    const minutes = room.at < 0 ? 0 : lateness();
    reword(late, minutes > 0 ? count("facilitate.behind", minutes) : "");
    late.classList.toggle("alarmed", minutes > 0);
    offer.hidden = minutes <= 0 || !plan.hidden;
    undo.hidden = before === null;
  }

  setInterval(draw, TICK_MS);
  return draw;
}
