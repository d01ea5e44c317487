// @ts-check
/** For another day: what was parked, and who takes each on. */

import { arrange, el, part, reword, spoken } from "../desk/el.js";
import { isAside } from "../desk/zones.js";
import { say } from "../words.js";
import { wordsFor } from "./asking.js";

/** @import {NoteRow} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Room} from "./room.js" */

const OWNER_MOST = 120;

/** @param {Room} room */
export function anotherDay(room) {
  const place = part("#another-day"), list = part("#parked");
  /** @type {Map<string, ReturnType<typeof line>>} */
  const lines = new Map();

  return function draw() {
    const parked = room.rows.of("note").filter((note) => isAside(room.spots.get(note.zone)));
    place.hidden = parked.length === 0;
    for (const note of parked) {
      const known = lines.get(note.id) ?? line(room, note.id);
      lines.set(note.id, known);
      known.draw(note);
    }
    arrange(list, parked.map(({ id }) => /** @type {ReturnType<typeof line>} */ (lines.get(id)).item));
  };
}

/** One note and its owner. @param {Room} room @param {string} id */
function line(room, id) {
  const words = spoken("p", ""), { field, said, draw } = owning(room.live, id);
  const item = el("li", { class: "parked" }, words, field, said);
  return {
    item,
    /** @param {NoteRow} note */
    draw({ text }) {
      reword(words, text);
      draw(text);
    },
  };
}

/** Who takes a note on: saved when one leaves the box, and said so. @param {Live} live @param {string} id */
export function owning(live, id) {
  const said = el("span", { class: "hint", role: "status" });
  const owner = el("input", { type: "text", maxlength: OWNER_MOST, dir: "auto", autocomplete: "off" });
  const field = el("label", { class: "owner-field" }, el("span", { text: say("facilitate.owner") }), owner);
  const known = () => live.rows.one("owner", `owner:${id}`)?.owner ?? "";
  let mine = false;

  owner.addEventListener("input", () => (mine = true));
  owner.addEventListener("change", save);
  owner.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && save());

  async function save() {
    const wanted = owner.value.trim();
    if (wanted === known()) return void (mine = false);
    try {
      await live.ask({ type: "parking.own", note: id, owner: wanted });
      mine = false;
      reword(said, say(wanted ? "facilitate.owner_saved" : "facilitate.owner_cleared"));
    } catch (refusal) {
      reword(said, wordsFor(refusal));
    }
  }

  return {
    field,
    said,
    /** @param {string} text what the note says */
    draw(text) {
      owner.setAttribute("aria-label", say("facilitate.owner_label", { text }));
      // What is being typed here stays, whatever another host writes meanwhile.
      if (!mine && owner.value !== known()) owner.value = known();
    },
  };
}
