// @ts-check
/** The room chooses: the vote and its turnout, then what worries people, then who would help. */

import { arrange, box, el, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";
import { answers } from "./answers.js";
import { inOrder, MOST, suggested } from "./ballot.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */
/** @import {Line} from "./ballot.js" */

/** @param {Room} room @param {Asking} ask */
export function choosing(room, ask) {
  const budget = box("#vote-budget"), open = part("#vote-open"), fold = part("#vote-lines-fold");
  const close = part("#vote-close"), reopen = part("#vote-reopen"), reveal = part("#vote-reveal");
  const again = part("#vote-again"), order = part("#vote-order"), ordered = part("#vote-ordered");
  const drawAnswers = answers(room, ask);
  /** Lines that the host left out, and whether the number of dots is the host's own. @type {Set<string>} */
  const out = new Set();
  let own = false, anew = false, known = -1;

  budget.addEventListener("input", () => own = true);
  open.addEventListener("click", async () => {
    const items = chosen().map(({ id }) => id);
    const n = Math.max(1, Math.min(MOST, Math.round(Number(budget.value) || 1)));
    if (!await ask({ type: "votes.open", items, budget: n })) return;
    anew = own = false;
    draw();
  });
  close.addEventListener("click", () => ask({ type: "votes.close" }));
  reopen.addEventListener("click", () => ask({ type: "votes.reopen" }));
  reveal.addEventListener("click", () => ask({ type: "votes.reveal" }));
  order.addEventListener("click", () => ask({ type: "items.order" }));
  again.addEventListener("click", () => {
    anew = true;
    draw();
    open.focus();
  });

  const chosen = () => inOrder(room.rows).filter(({ id }) => !out.has(id)).slice(0, MOST);

  /** @param {Line[]} lines */
  function drawSetUp(lines) {
    const wanted = chosen();
    if (!own) budget.value = String(suggested(wanted.length));
    reword(part("#vote-lines"), count("facilitate.vote_lines", wanted.length));
    /** @type {HTMLButtonElement} */ (open).disabled = wanted.length === 0;
    if (lines.length > MOST && known <= MOST) fold.setAttribute("open", "");
    known = lines.length;
    const ids = new Set(wanted.map(({ id }) => id));
    arrange(part("#vote-choice"), lines.map((line) => choice(line, ids.has(line.id), ids.size)));
  }

  /** @type {Map<string, HTMLElement>} */
  const choices = new Map();
  /** @param {Line} line @param {boolean} isIn @param {number} n */
  function choice(line, isIn, n) {
    const item = choices.get(line.id) ?? el(
      "li",
      {},
      el(
        "label",
        { class: "vote-choice" },
        el("input", {
          type: "checkbox",
          onchange: (/** @type {Event} */ event) => {
            if (/** @type {HTMLInputElement} */ (event.target).checked) {
              out.delete(line.id);
              // Beyond the twelfth, one that is wanted takes the place of the first that was not looked at.
              for (const each of inOrder(room.rows)) {
                if (chosen().some(({ id }) => id === line.id)) break;
                if (each.id !== line.id) out.add(each.id);
              }
            } else out.add(line.id);
            draw();
          },
        }),
        el("b", { class: "line-mark" }),
        el("span", { dir: "auto" }),
      ),
    );
    choices.set(line.id, item);
    const check = /** @type {HTMLInputElement} */ (item.querySelector("input"));
    check.checked = isIn;
    check.disabled = isIn && n === 1;
    reword(/** @type {Element} */ (item.querySelector("b")), line.letter);
    reword(/** @type {Element} */ (item.querySelector("span")), line.name);
    return item;
  }

  /** @param {Line[]} lines */
  function drawResult(lines) {
    const dots = lines.map(({ id }) => room.rows.one("tally", `tally:${id}`)?.dots ?? -1);
    order.hidden = dots.every((n, at) => at === 0 || n <= (dots[at - 1] ?? n));
    reword(ordered, order.hidden ? say("facilitate.vote_ordered") : "");
    const tallies = lines.flatMap((line) => {
      const tally = room.rows.one("tally", `tally:${line.id}`);
      return tally ? [{ line, dots: tally.dots }] : [];
    });
    arrange(
      part("#vote-result"),
      tallies.map(({ line, dots }) =>
        el(
          "li",
          { class: "vote-line" },
          el("b", { class: "line-mark", text: line.letter }),
          el("span", { dir: "auto", text: line.name }),
          el("b", { class: "count", text: count("facilitate.vote_dots", dots) }),
        )
      ),
    );
  }

  function draw() {
    const asks = room.closed ? "" : room.stage?.asks ?? "";
    const votes = room.rows.one("votes", "votes"), lines = inOrder(room.rows);
    const running = Boolean(votes) && !votes?.revealed && !room.closed;
    // A vote that was left open goes on being in sight: nobody else can show it. So does one that is looked at.
    const inSight = running || Boolean(votes?.revealed) && room.screen.manner === "votes" && !room.closed;
    part("#choosing").hidden = !asks && !inSight;
    part("#vote").hidden = asks !== "dots" && !inSight;
    const setUp = !running && (!votes || anew);
    part("#vote-set-up").hidden = !setUp || lines.length === 0;
    part("#vote-none").hidden = lines.length > 0;
    part("#vote-running").hidden = !running;
    part("#vote-shown").hidden = !votes?.revealed || setUp;
    if (setUp) drawSetUp(lines);
    if (votes?.revealed) drawResult(lines);
    reword(part("#vote-seen"), votes?.revealed ? say(seen(asks)) : "");
    drawTurnout();
    close.hidden = !votes?.open;
    reopen.hidden = !running || Boolean(votes?.open);
    reword(part("#vote-stands"), votes?.open ? say("facilitate.vote_open") : say("facilitate.vote_closed"));
    drawAnswers(asks, lines);
  }

  /** What the room has before it. @param {string} asks */
  function seen(asks) {
    const { blank, manner } = room.screen;
    const onWall = manner === "votes" || (manner === "whole" && asks === "dots");
    if (blank || !onWall || room.focus.of) return "facilitate.vote_unseen";
    return asks === "dots" ? "facilitate.vote_seen" : "facilitate.vote_seen_wall";
  }

  function drawTurnout() {
    const n = room.rows.one("turnout", "turnout")?.people ?? 0;
    const of = Math.max(n, room.now.joined ?? 0);
    reword(part("#vote-turnout"), say("facilitate.vote_turnout", { n, of }));
  }

  room.live.addEventListener("now", () => drawTurnout());
  return draw;
}
