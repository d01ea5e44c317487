// @ts-check
import { arrange, button, el, part } from "../desk/el.js";
import { isAside } from "../desk/zones.js";
import { count, say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** Finish: a last look at what is still out, a last word about the day, then the end, which can be taken back.
 * @param {Room} room @param {Asking} ask
 */
export function ending(room, ask) {
  const first = part("#close"), sure = part("#close-sure");
  const yes = part("#close-yes"), no = part("#close-no"), reopen = part("#reopen");
  const whole = part(".ending");
  const about = room.plan.boards.filter(({ reflects }) => reflects);
  const lastWord = room.plan.stages.find(({ boards }) => about.some(({ id }) => boards.includes(id)));

  first.addEventListener("click", () => {
    sure.hidden = false;
    first.hidden = true;
    draw();
    part("#finish-title").focus();
  });
  part("#finish").addEventListener(
    "click",
    () => first.hidden ? part("#finish-title").focus() : first.click(),
  );
  no.addEventListener("click", () => {
    sure.hidden = true;
    first.hidden = false;
    first.focus();
  });
  yes.addEventListener("click", () => ask({ type: "session.close" }));
  reopen.addEventListener("click", () => ask({ type: "session.reopen" }));

  /** Notes that could still be sorted, and are in no pile. */
  function unplaced() {
    const placed = new Set(room.rows.of("place").map(({ note }) => note));
    const parts = new Map(room.rows.of("part").map(({ id, note }) => [note, id]));
    return room.rows.of("note").filter((note) => {
      const spot = room.spots.get(note.zone);
      const filed = placed.has(note.id) || placed.has(parts.get(note.id) ?? "");
      return !filed && !isAside(spot) && !spot?.board.reflects && !room.origin(note)?.held;
    }).length;
  }

  /** Words about the day, and the zones that they are in. */
  function said() {
    const zones = about.flatMap(({ id, zones }) => zones.map((zone) => `${id}.${zone.id}`));
    const n = zones.reduce((sum, address) => sum + room.count(address), 0);
    return { n, hidden: zones.filter((address) => room.zone(address)?.sees !== "room") };
  }

  function looks() {
    const { joined = 0, here = 0 } = room.now, away = Math.max(0, joined - here);
    const sort = part("#to-sort").getAttribute("href");
    const left = unplaced(), words = said(), held = room.held;
    const link = el("a", { href: sort, text: say("facilitate.to_sort") });
    /** @type {(string | HTMLElement)[][]} */
    const looks = [
      away ? [count("facilitate.finish_away", away)] : [say("facilitate.finish_here")],
    ];
    if (room.knows("themes")) {
      looks.push(
        left ? [count("facilitate.finish_unplaced", left), " ", link] : [say("facilitate.finish_placed")],
      );
    }
    if (held) looks.push([count("facilitate.finish_held", held)]);
    if (lastWord) looks.push([count("facilitate.finish_words", words.n), " ", ...lastActs(words)]);
    if (room.knows("items") && !room.rows.of("item").length) {
      const make = el("a", { href: sort, text: say("facilitate.finish_make_list") });
      looks.push([say("facilitate.finish_no_list"), " ", make]);
    }
    const hours = room.plan.late_hours;
    if (hours) looks.push([say("facilitate.finish_late", { hours })]);
    return looks;
  }

  /** Ask for a last word, or show those that came. @param {ReturnType<typeof said>} words */
  function lastActs({ n, hidden }) {
    if (lastWord && room.stage !== lastWord) {
      const open = () => ask({ type: "stage.open", stage: lastWord.id });
      return [button("plain-button", open, say("facilitate.finish_ask"))];
    }
    const show = () => hidden.forEach((zone) => ask({ type: "zone.reveal", zone }));
    return n && hidden.length ? [button("plain-button", show, say("facilitate.finish_show"))] : [];
  }

  let drawn = "";

  function draw() {
    const closed = room.closed;
    if (closed) sure.hidden = true;
    document.body.classList.toggle("is-over", closed);
    stands(closed);
    first.hidden = closed || !sure.hidden;
    part("#closed").hidden = !closed;
    if (!sure.hidden) drawLooks();
  }

  /** Once all is over its panel is what the page is about. @param {boolean} closed */
  function stands(closed) {
    const parent = part(closed ? ".pace" : "#room"), at = document.activeElement;
    if (whole.parentElement === parent) return;
    parent.append(whole);
    if (at instanceof HTMLElement && whole.contains(at)) at.focus({ preventScroll: true });
  }

  function drawLooks() {
    const wanted = looks(), list = part("#finish-looks");
    const look = JSON.stringify(
      wanted.map((line) => line.map((each) => typeof each === "string" ? each : each.textContent)),
    );
    if (look === drawn) return;
    drawn = look;
    arrange(list, wanted.map((line) => el("li", {}, ...line)));
  }

  return draw;
}
