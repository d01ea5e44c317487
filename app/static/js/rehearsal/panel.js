// @ts-check
/** The rehearsal's own part of the facilitator's page: pretend people, what a table sees, and the way out. */

import { del, get, post } from "../api.js";
import { el, part, reword } from "../desk/el.js";
import { trouble, wordsFor } from "../facilitate/asking.js";
import { count, page, say } from "../words.js";
import { leave } from "./leave.js";

/** @import {Plan} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @typedef {{here: number, most: number, pace: "calm" | "quick" | null}} People */

const LOOK_MS = 1_500;

/** @param {Live} live @param {Plan} plan */
export function panel(live, plan) {
  const path = `/api/sessions/${page.code}/rehearsal`;
  const bring = part("#bring"), pace = part("#pace-of-people"), home = part("#send-home");
  /** @type {People} */
  let people = { here: 0, most: 0, pace: null };
  let looking = 0;

  const { groups = [], noun } = plan;
  reword(
    part("#see-title"),
    groups.length ? say("rehearsal.tables", { group: noun?.one ?? "" }) : say("rehearsal.phones"),
  );
  part("#see-tables").replaceChildren(...tables(plan));
  bring.addEventListener("click", () => act(() => post(`${path}/people`, { pace: "calm" }), pace));
  pace.addEventListener(
    "click",
    () => act(() => post(`${path}/people`, { pace: people.pace === "quick" ? "calm" : "quick" }), pace),
  );
  home.addEventListener("click", () => act(() => del(`${path}/people`), bring));
  part("#leave-rehearsal").addEventListener("click", () =>
    attempt(async () => {
      const on = await leave(page.code);
      live.close();
      location.assign(on);
    }));
  live.addEventListener("going", (event) => {
    const { code } = /** @type {CustomEvent} */ (event).detail;
    if (code !== "session.deleted") return;
    clearTimeout(looking);
    part("#rehearsal").hidden = true;
  });
  look();

  /** @param {() => Promise<People>} ask @param {HTMLElement} next where the focus goes on, if it has to */
  function act(ask, next) {
    return attempt(async () => {
      const focused = document.activeElement;
      draw(await ask());
      if (focused instanceof HTMLElement && focused.offsetParent === null) next.focus();
      again();
    });
  }

  async function look() {
    await get(path).then(draw, (refusal) => trouble(wordsFor(refusal)));
    again();
  }

  /** Only while people are on their way, or may go. */
  function again() {
    clearTimeout(looking);
    if (people.pace) looking = setTimeout(look, people.here < people.most ? LOOK_MS : 10 * LOOK_MS);
  }

  /** @param {People} now */
  function draw(now) {
    people = now;
    const { here, most } = now, is = now.pace !== null;
    bring.hidden = is;
    pace.hidden = home.hidden = !is;
    reword(bring, count("rehearsal.bring", most));
    reword(pace, say(now.pace === "quick" ? "rehearsal.calm" : "rehearsal.quick"));
    reword(part("#rehearsal-people"), sentence(is, here, most));
    part("#rehearsal").hidden = false;
  }
}

/** @param {boolean} is @param {number} here @param {number} most */
function sentence(is, here, most) {
  if (!is) return say("rehearsal.nobody");
  return here < most ? say("rehearsal.coming", { n: here, of: most }) : count("rehearsal.here", here);
}

/** To each table by its own card; all in one other tab, since a browser is one person in a room.
 * @param {Plan} plan
 */
function tables({ groups = [] }) {
  const to = groups.length
    ? groups.map(({ id, name }) => ({ name, at: `?t=${encodeURIComponent(id)}` }))
    : [{ name: say("rehearsal.phone"), at: "" }];
  return to.map(({ name, at }) =>
    el(
      "li",
      {},
      el("a", {
        class: "button quiet",
        dir: "auto",
        text: name,
        href: `/j/${page.code}${at}#see`,
        target: `phone-in-${page.code}`,
      }),
    )
  );
}

/** @param {() => Promise<void>} what */
async function attempt(what) {
  try {
    await what();
    trouble("");
  } catch (refusal) {
    trouble(wordsFor(refusal));
  }
}
