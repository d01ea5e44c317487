// @ts-check
import { option, part, reword } from "../desk/el.js";
import { letter } from "../letter.js";
import { pictureOf } from "../wall/picture.js";
import { inOrder } from "../order.js";
import { lineAfter, WHOLE } from "../wall/turn.js";
import { count, say } from "../words.js";

/** @import {Asking} from "./asking.js" */
/** @import {Room} from "./room.js" */

/** What the wall shows, and the hand on it: blank, whole, read, the page before and after.
 * @param {Room} room @param {Asking} ask
 */
export function wall(room, ask) {
  const blank = part("#wall-blank"), whole = part("#wall-whole");
  const before = /** @type {HTMLButtonElement} */ (part("#wall-before"));
  const after = /** @type {HTMLButtonElement} */ (part("#wall-after"));
  const of = /** @type {HTMLSelectElement} */ (part("#wall-of"));
  const piles = document.createElement("optgroup"), lines = document.createElement("optgroup");
  piles.label = say("facilitate.wall_piles");
  lines.label = say("facilitate.our_list");

  for (const board of room.plan.boards) {
    const group = document.createElement("optgroup");
    group.label = board.title;
    for (const zone of board.zones) group.append(option(zone.title, `${board.id}.${zone.id}`));
    of.append(group);
  }
  of.append(piles, lines);

  blank.addEventListener("click", () => ask({ type: "wall.blank", on: !room.screen.blank }));
  whole.addEventListener("click", () => ask({ type: "wall.show", manner: "whole" }));
  of.addEventListener(
    "change",
    () => of.value && ask({ type: "wall.show", manner: "read", of: of.value, page: 0 }),
  );
  before.addEventListener("click", () => turn(-1));
  after.addEventListener("click", () => turn(1));

  /** @param {1 | -1} step */
  function turn(step) {
    const { manner, of, page } = room.screen;
    if (room.line) ask(lineAfter(room.rows, of, step) ?? WHOLE);
    else ask({ type: "wall.show", manner, of, page: Math.max(0, page + step) });
  }

  /** What stands there as long as nobody turns to a page of it. */
  function pictureNow() {
    if (room.closed) return "thanks";
    if (!room.stage) return "join";
    if (room.focus.of) return "big";
    const picture = room.stage.asks ? "list" : pictureOf(room.stage);
    if (picture !== "board" && picture !== "musts") return picture;
    // The must-haves are the first page of their stage, and its boards come after.
    const musts = picture === "musts" && room.rows.of("essential").length > 0;
    if (musts && (room.screen.page === 0 || room.stage.boards.length === 0)) return picture;
    return room.stage.boards.length === 0 ? "talk" : "board";
  }

  /** What is read, and which page of it. */
  function said() {
    const { manner, of, page } = room.screen;
    if (manner === "left") return say("facilitate.wall_shows_left", { page: page + 1 });
    if (manner === "votes") return say("facilitate.wall_shows_votes");
    const at = room.rows.of("item").sort(inOrder).findIndex(({ id }) => id === of);
    if (room.line) return say("facilitate.wall_reads_line", { letter: letter(at) });
    return say("facilitate.wall_reads", { title: titleOf(of), page: page + 1 });
  }

  /** @param {string | null} id */
  function titleOf(id) {
    if (!id) return "";
    return room.spots.get(id)?.zone.title ?? room.rows.one("theme", id)?.title ?? "";
  }

  return function draw() {
    const screen = room.screen, reading = screen.manner !== "whole" && !room.closed && !room.focus.of;
    blank.setAttribute("aria-pressed", String(screen.blank));
    reword(blank, say(screen.blank ? "facilitate.wall_unblank" : "facilitate.wall_blank"));
    const picture = reading ? "" : pictureNow();
    whole.setAttribute("aria-pressed", String(picture === "board" && !screen.blank));
    // As many lines as can be chosen from are one page.
    const turns = reading && screen.manner !== "votes";
    before.disabled = !turns || (screen.page === 0 && !room.line);
    after.disabled = !turns;
    drawPiles();
    drawLines();
    const wanted = reading ? screen.of ?? "" : "";
    if (document.activeElement !== of && of.value !== wanted) of.value = wanted;
    const shown = reading ? said() : say(`facilitate.wall_shows_${picture}`);
    reword(part("#wall-now"), screen.blank ? say("facilitate.wall_is_blank") : shown);
    part("#wall-now").classList.toggle("alarmed", screen.blank);
    const hidden = [
      room.waiting ? count("facilitate.wall_private", room.waiting) : "",
      room.held ? count("facilitate.wall_held", room.held) : "",
    ];
    reword(part("#wall-hidden"), hidden.join(" ").trim());
  };

  function drawLines() {
    const items = room.isPublic("items") ? room.rows.of("item").sort(inOrder) : [];
    const told = items.map(({ text }, at) => `${letter(at)} · ${text}`);
    if (lines.dataset.told === JSON.stringify(told)) return;
    lines.dataset.told = JSON.stringify(told);
    lines.hidden = items.length === 0;
    lines.replaceChildren(...items.map(({ id }, at) => option(told[at] ?? "", id)));
  }

  function drawPiles() {
    const themes = room.rows.of("theme").filter((theme) => !theme.into);
    const told = JSON.stringify(themes.map((theme) => [theme.id, theme.title]));
    if (piles.dataset.told === told) return;
    piles.dataset.told = told;
    piles.hidden = themes.length === 0;
    piles.replaceChildren(...themes.map((theme) => option(theme.title, theme.id)));
  }
}
