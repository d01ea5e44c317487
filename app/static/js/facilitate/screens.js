// @ts-check
import { del, get, post } from "../api.js";
import { box, el, part, reword } from "../desk/el.js";
import { say } from "../words.js";
import { wordsFor } from "./asking.js";
import { timeOf } from "./clock.js";

/** @typedef {{id: string, paired: number, here: boolean}} Screen */

/** A screen goes to its wall within two seconds of being paired; then the list can say that it is there. */
const SETTLED_MS = 3_000;

/** Connect a screen: its four letters, typed here, turn it into this room's wall. Those that are, are listed.
 * @param {string} code
 */
export function connectScreen(code) {
  const form = part("#screen-form"), letters = box("#screen-letters"), said = part("#screen-said");
  const list = part("#screens"), path = `/api/sessions/${code}/screens`;

  async function draw() {
    /** @type {Screen[]} */
    const known = await get(path);
    list.hidden = known.length === 0;
    list.replaceChildren(...known.map(line));
  }

  /** @param {Screen} screen */
  function line(screen) {
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
      el(
        "span",
        {},
        el("b", { text: say("screens.paired", words) }),
        " ",
        el("span", { class: "hint", text: say(screen.here ? "screens.here" : "screens.away") }),
      ),
      el("button", act),
    );
  }

  /** @param {Screen} screen */
  async function disconnect({ id }) {
    try {
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
      await post(`/api/sessions/${code}/pair`, {
        letters: letters.value.replace(/[^A-Za-z]/g, "").toUpperCase(),
      });
      letters.value = "";
      letters.removeAttribute("aria-invalid");
      reword(said, form.dataset.done ?? "");
      await draw().catch(() => {});
      setTimeout(() => draw().catch(() => {}), SETTLED_MS);
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
