// @ts-check
import { del, get, post } from "../api.js";
import { arrange, box, el, part, reword } from "../desk/el.js";
import { say } from "../words.js";
import { wordsFor } from "./asking.js";
import { timeOf } from "./clock.js";

/** @typedef {{id: string, paired: number, here: boolean}} Screen */

/** For fifteen seconds a screen is told where to go. One that has not come by then will not. */
const COMING_MS = 18_000, LOOK_MS = 500;

/** Connect a screen: its four letters, typed here, turn it into this room's wall. Those that are, are listed.
 * @param {string} code
 */
export function connectScreen(code) {
  const form = part("#screen-form"), letters = box("#screen-letters"), said = part("#screen-said");
  const list = part("#screens"), path = `/api/sessions/${code}/screens`;
  /** Those whose letters were typed here, until they are there. @type {Set<string>} */
  const coming = new Set();
  /** @type {Map<string, HTMLElement>} */
  const lines = new Map();

  async function draw() {
    /** @type {Screen[]} */
    const known = await get(path);
    list.hidden = known.length === 0;
    arrange(list, known.map(line));
    return known;
  }

  /** @param {Screen} screen */
  function line(screen) {
    const item = lines.get(screen.id) ?? begin(screen);
    lines.set(screen.id, item);
    const waits = say(coming.has(screen.id) ? "screens.coming" : "screens.away");
    reword(part(".hint", item), screen.here ? say("screens.here") : waits);
    return item;
  }

  /** @param {Screen} screen */
  function begin(screen) {
    const words = { time: whenOf(screen.paired) };
    const act = {
      type: "button",
      class: "plain-button",
      text: say("screens.disconnect"),
      "aria-label": say("screens.disconnect_label", words),
      onclick: () => disconnect(screen),
    };
    return el(
      "li",
      { class: "spread" },
      el("span", {}, el("b", { text: say("screens.paired", words) }), " ", el("span", { class: "hint" })),
      el("button", act),
    );
  }

  /** Tell when it is there, or that it does not come. @param {string} screen */
  async function awaited(screen) {
    const over = Date.now() + COMING_MS;
    coming.add(screen);
    while (coming.has(screen)) {
      const known = await draw().catch(() => null);
      const found = known?.find(({ id }) => id === screen);
      if (found?.here) reword(said, say("screens.done"));
      else if (Date.now() > over) reword(said, say("screens.late"));
      else if (found || !known) {
        await new Promise((then) => setTimeout(then, LOOK_MS));
        continue;
      }
      coming.delete(screen);
    }
    await draw().catch(() => {});
  }

  /** @param {Screen} screen */
  async function disconnect({ id }) {
    try {
      coming.delete(id);
      await del(`${path}/${id}`);
      reword(said, say("screens.disconnected"));
    } catch (refusal) {
      reword(said, wordsFor(refusal));
    }
    await draw().catch(() => {});
    (list.querySelector("button") ?? letters).focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { screen } = await post(`/api/sessions/${code}/pair`, {
        letters: letters.value.replace(/[^A-Za-z]/g, "").toUpperCase(),
      });
      letters.value = "";
      letters.removeAttribute("aria-invalid");
      reword(said, say("screens.connecting"));
      awaited(screen);
    } catch (refusal) {
      letters.setAttribute("aria-invalid", "true");
      letters.select();
      reword(said, wordsFor(refusal));
    }
  });
  list.closest("details")?.addEventListener("toggle", () => draw().catch(() => {}));
  // Who is not let in is told so by the connection.
  draw().catch(() => {});
}

/** The time of today, and the day too of any other. @param {number} at */
function whenOf(at) {
  const then = new Date(at), day = /** @type {const} */ ({ day: "numeric", month: "long" });
  return then.toDateString() === new Date().toDateString()
    ? timeOf(at)
    : `${then.toLocaleDateString(document.documentElement.lang, day)}, ${timeOf(at)}`;
}

/** A box that holds a link: one press selects the whole of it, since plain http has no clipboard.
 * @param {HTMLInputElement} link
 */
export function selectable(link) {
  link.addEventListener("focus", () => link.select());
  link.addEventListener("click", () => link.select());
}
