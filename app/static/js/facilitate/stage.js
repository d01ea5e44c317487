// @ts-check
import { el, part, reword, stand } from "../desk/el.js";
import { count, say } from "../words.js";
import { minutesOf, toggled } from "./agenda.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */
/** @import {Stage} from "../contract.d.ts" */

const SECOND_TAP_MS = 800;
const RETURN_MS = 10_000;

/** Where the room is in its plan, and the ways on, back and across.
 * @param {Room} room @param {Asking} ask
 */
export function stage(room, ask) {
  const next = /** @type {HTMLButtonElement} */ (part("#next"));
  const back = /** @type {HTMLButtonElement} */ (part("#back"));
  const jumps = room.plan.stages.map((each, index) => jump(each, index));
  part("#jumps").append(...jumps.map(({ item }) => item));
  /** Stages this page left, so that one tap on Back undoes a jump too. @type {string[]} */
  const left = [];
  let moved = 0;

  next.addEventListener("click", () => {
    const following = room.following;
    // A second tap of the same press must not skip a stage.
    if (following && Date.now() - moved > SECOND_TAP_MS) open(following);
  });
  back.addEventListener("click", async () => {
    const before = previous();
    if (!before) return;
    const came = before.id === left.at(-1) ? left.pop() : undefined;
    if (!await ask({ type: "stage.open", stage: before.id }) && came) left.push(came);
  });

  const slip = part("#slip");
  slip.addEventListener("click", async () => {
    if (Date.now() - returned < SECOND_TAP_MS) return;
    returned = Date.now();
    slip.hidden = true;
    if (await ask({ type: "stage.return" })) left.pop();
    else drawSlip();
  });
  let settling = 0, returned = 0;

  /** Opened by mistake? For ten seconds, whoever opened it. */
  function drawSlip() {
    const { opened } = room.stageRow;
    const since = opened === null ? Infinity : room.live.serverNow() - opened;
    slip.hidden = room.closed || since >= RETURN_MS;
    clearTimeout(settling);
    if (!slip.hidden) settling = setTimeout(drawSlip, RETURN_MS - since);
  }

  /** @param {Stage} target */
  async function open(target) {
    moved = Date.now();
    const from = room.stage?.id;
    const leaves = from !== undefined && from !== target.id;
    if (leaves) left.push(from);
    if (!await ask({ type: "stage.open", stage: target.id }) && leaves) left.pop();
  }

  function previous() {
    const came = room.plan.stages.find((each) => each.id === left.at(-1) && each.id !== room.stage?.id);
    return came ?? room.plan.stages[room.at - 1];
  }

  /** @param {Stage} each @param {number} index */
  function jump(each, index) {
    const minutes = el("span", { class: "soft count" });
    const leave = el("button", {
      type: "button",
      class: "plain-button leave-out",
      onclick: () => ask(toggled(room.agenda, each.id)),
    });
    const button = el(
      "button",
      { type: "button", class: "jump", onclick: () => open(each) },
      el("span", { class: "jump-number count", text: index + 1 }),
      el("span", { class: "jump-title", dir: "auto", text: each.title }),
      minutes,
    );
    const item = el("li", {}, button, leave);

    function draw() {
      const out = room.agenda.left_out.includes(each.id);
      item.classList.toggle("left-out", out);
      button.setAttribute("aria-current", index === room.at ? "step" : "false");
      button.disabled = room.closed;
      reword(minutes, say("facilitate.minutes", { n: minutesOf(room.agenda, each) }));
      leave.hidden = room.closed || index <= room.at;
      reword(leave, say(out ? "facilitate.put_in" : "facilitate.leave_out"));
      leave.setAttribute(
        "aria-label",
        say(out ? "facilitate.put_in_label" : "facilitate.leave_out_label", { title: each.title }),
      );
    }
    return { item, draw };
  }

  return function draw() {
    const here = room.stage, at = room.at, following = room.following, before = previous();
    drawNow(room, here);
    // Before anybody comes: the code, the screen, the paper. Later they wait at the end.
    const early = at < 0 && !room.closed;
    stand(part("#more"), part(early ? "#people-here" : "#plan-card"));
    reword(part("#more-title"), say(early ? "facilitate.get_ready" : "facilitate.more"));
    back.hidden = !before || room.closed;
    if (before) reword(back, say("facilitate.back", { title: before.title }));
    next.hidden = !following || room.closed;
    if (following) {
      reword(next, say(at < 0 ? "facilitate.start" : "facilitate.next", { title: following.title }));
    }
    reword(part("#next-shows"), following && !room.closed ? showsOf(room, following) : "");
    drawVote(room);
    part("#last").hidden = part("#finish").hidden = Boolean(following) || room.closed || at < 0;
    for (const each of jumps) each.draw();
    drawSlip();
  };
}

/** @param {Room} room @param {Stage | undefined} here */
function drawNow(room, here) {
  const part_of = { n: room.at + 1, of: room.plan.stages.length };
  const boards = room.plan.boards.filter((board) => here?.boards.includes(board.id)).map((board) =>
    board.title
  );
  reword(
    part("#part"),
    room.closed
      ? ""
      : here
      ? [say("facilitate.part", part_of), ...boards].join(" · ")
      : say("facilitate.arriving_part"),
  );
  reword(
    part("#stage-title"),
    room.closed ? say("facilitate.closed_title") : here?.title ?? say("facilitate.arriving_title"),
  );
  const script = room.closed
    ? say("facilitate.closed_script")
    : here
    ? here.script
    : say(room.plan.stages[0]?.wall === "join" ? "facilitate.arriving_first" : "facilitate.arriving_script");
  reword(part("#script"), script);
  part("#script").hidden = script === "";
  reword(part("#prompt"), here?.prompt ?? "");
  part("#prompt-line").hidden = !here?.prompt || room.closed;
  const files = here?.shows.includes("themes") ? "filing" : "";
  const manner = room.focus.look_up ? "look_up" : here?.asks || files || here?.manner.replace("-", "_");
  reword(part("#manner"), here && !room.closed ? say(`facilitate.manner_${manner}`) : "");
}

/** Whoever goes on leaves a vote behind that nobody has seen. @param {Room} room */
function drawVote(room) {
  const votes = room.rows.one("votes", "votes"), place = part("#next-vote");
  place.hidden = !votes || votes.revealed || room.closed;
  reword(place, say(votes?.open ? "facilitate.next_vote_open" : "facilitate.next_vote_unseen"));
}

/** What going on would bring into the open, said before it happens.
 * @param {Room} room @param {Stage} following
 */
function showsOf(room, following) {
  const said = [];
  const notes = room.wouldShow(following);
  if (notes) said.push(count("facilitate.next_notes", notes));
  for (const shown of following.shows) {
    if (!room.isPublic(shown)) said.push(say(`facilitate.next_${shown}`));
  }
  return said.join(" ");
}
