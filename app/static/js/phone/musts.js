// @ts-check
/** Must-haves on the phone: what the host added, and what I say to each. */

/** @import {Answer, EssentialRow} from "../contract.d.ts" */
/** @import {Outbox} from "../outbox.js" */
/** @import {Rows} from "../rows.js" */
/** @import {Said} from "./answers.js" */
/** @import {Road} from "./shapes.d.ts" */
import { announce } from "../announce.js";
import { newId } from "../ids.js";
import { count, say } from "../words.js";
import { byId, make, tell } from "./dom.js";
import { hands } from "./hands.js";

/** @type {Answer[]} */
export const ANSWERS = ["do", "could", "not_here"];
const LETTERS = 140;

/** @type {Said} */
const NOTHING = { answer: null, because: "", hands: null, standing: "saved", stored: true };

/** @param {Outbox} outbox */
export function mustHaves(outbox) {
  /** @type {Map<string, ReturnType<typeof must>>} */
  const known = new Map();

  /** @param {string} essential */
  function must(essential) {
    const ids = { words: `must-${essential}`, because: `because-${essential}` };
    const words = make("b", { id: ids.words, dir: "auto", className: "must-words" });
    const why = make("p", { dir: "auto" });
    const before = make("p", { className: "soft" });
    const state = make("p", { className: "state", hidden: true });
    const box = make("input", { id: ids.because, type: "text", maxLength: LETTERS, dir: "auto" });
    box.autocomplete = "off";
    const send = make("button", { className: "button quiet", textContent: say("phone.must_because_send") });
    const form = make(
      "form",
      { className: "because", hidden: true },
      make("label", { htmlFor: ids.because, textContent: say("phone.must_because") }),
      box,
      send,
    );
    let now = NOTHING, hoped = false;
    const buttons = ANSWERS.map((answer) =>
      make("button", {
        type: "button",
        className: "must-answer",
        textContent: say(answer === "not_here" ? "phone.must_not_here" : `common.must_${answer}`),
        // The same button once more takes it back.
        onclick: () => give(now.answer === answer ? {} : { answer }),
      })
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      give({ answer: "not_here", because: box.value.trim() });
    };
    const group = make("div", { className: "must-answers", role: "group" }, ...buttons);
    group.setAttribute("aria-labelledby", ids.words);
    const counting = hands(essential, (raised) => give({ hands: raised }));
    const item = make(
      "li",
      { className: "essential must" },
      make("p", { className: "essential-mark", textContent: say("common.must_have_by_host") }),
      words,
      why,
      before,
      group,
      form,
      counting.fold,
      state,
    );

    /** @param {Partial<import("../contract.d.ts").AnswerEssential>} said */
    function give(said) {
      hoped = true;
      outbox.add({ type: "essential.answer", id: newId(), essential, ...said });
    }

    /** @param {EssentialRow} row @param {Rows} rows @param {Said} said @param {Road} road @param {number} people */
    function draw(row, rows, said, road, people) {
      tell(words, row.text);
      tell(why, row.why);
      const notes = rows.one("said", `said:${essential}`)?.notes ?? 0;
      tell(before, notes ? count("common.must_said", notes) : say("common.must_nobody"));
      if (said.because !== now.because && document.activeElement !== box) box.value = said.because;
      now = said;
      for (const [at, button] of buttons.entries()) button.ariaPressed = String(said.answer === ANSWERS[at]);
      form.hidden = said.answer !== "not_here";
      tell(send, say(said.because ? "phone.must_because_again" : "phone.must_because_send"));
      const sentence = standing(said, road);
      if (hoped && said.standing === "saved") {
        hoped = false;
        announce(sentence || say("phone.must_taken_back"));
      }
      tell(state, sentence);
      counting.draw(people, said.hands);
    }
    return { item, draw };
  }

  /**
   * @param {EssentialRow[]} essentials @param {Rows} rows @param {Map<string, Said>} answers
   * @param {{road: Road, people: number}} how
   */
  return function draw(essentials, rows, answers, { road, people }) {
    const items = essentials.map((row) => {
      const essential = row.id.slice(row.id.indexOf(":") + 1);
      const one = known.get(essential) ?? must(essential);
      known.set(essential, one);
      one.draw(row, rows, answers.get(essential) ?? NOTHING, road, people);
      return one.item;
    });
    const list = byId("must-list");
    // Only when there is one more or less: a list that is built anew loses the focus.
    if (items.length !== list.children.length || items.some((item, at) => item !== list.children[at])) {
      list.replaceChildren(...items);
    }
  };
}

/** Where my answer is, and who learns of it. @param {Said} said @param {Road} road */
function standing({ answer, because, hands, standing, stored }, road) {
  if (standing === "waiting") return say(stored ? `phone.waits_${road}` : "phone.only_here");
  if (because) return say("phone.must_saved_because");
  return answer || hands ? say("phone.must_saved") : "";
}
