// @ts-check
/** Somebody else put my note into a pile: I may say that this is not quite it. */

/** @import {Outbox} from "../outbox.js" */
/** @import {Rows} from "../rows.js" */
/** @import {Chosen} from "./piles.js" */
/** @import {Mine} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { say } from "../words.js";
import { button, make, takeAway, tell } from "./dom.js";

const WORD_MOST = 80;

/**
 * Under a note of mine: *Not quite?*, or what I said.
 * @param {Mine} note @param {HTMLElement} item @param {{rows: Rows, said: Chosen, outbox: Outbox, open: boolean}} now
 * @param {(note: string) => void} choose choose the pile anew
 */
export function notQuite(note, item, { rows, said, outbox, open }, choose) {
  const pile = note.mine?.pile ?? "";
  const word = rows.one("filing", `filing:${note.id}`)?.word ?? "";
  const asks = open && note.standing === "saved" && pile !== "" && said.get(note.id) !== pile;
  const past = /** @type {HTMLElement | null} */ (item.querySelector(".not-quite"));
  if (!asks) return past && takeAway(past);
  const here = past ?? begin(note.id, item, outbox, choose);
  tell(
    /** @type {HTMLElement} */ (here.querySelector(".said")),
    word && say("phone.not_quite_said", { word }),
  );
}

/** @param {string} id @param {HTMLElement} item @param {Outbox} outbox @param {(note: string) => void} choose */
function begin(id, item, outbox, choose) {
  const word = make("input", { type: "text", maxLength: WORD_MOST, dir: "auto", autocomplete: "off" });
  const form = make(
    "form",
    { className: "field", hidden: true, noValidate: true },
    make("label", {}, make("span", { textContent: say("phone.not_quite_word") }), word),
    make(
      "div",
      { className: "row" },
      make("button", { className: "button", textContent: say("phone.not_quite_send") }),
      button("phone.not_quite_choose", () => choose(id)),
    ),
  );
  const open = button("phone.not_quite", () => {
    form.hidden = !form.hidden;
    open.ariaExpanded = String(!form.hidden);
    if (!form.hidden) word.focus();
  }, "plain-button");
  open.ariaExpanded = "false";
  form.onsubmit = (event) => {
    event.preventDefault();
    if (!word.value.trim()) return word.focus();
    outbox.add({ type: "note.dispute", id, word: word.value.trim() });
    announce(say("phone.not_quite_sent"));
    form.hidden = true;
    open.ariaExpanded = "false";
    open.focus();
  };
  const here = make(
    "div",
    { className: "not-quite" },
    open,
    make("p", { className: "said", hidden: true }),
    form,
  );
  item.append(here);
  return here;
}
