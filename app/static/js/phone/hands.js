// @ts-check
/** Hands counted: how many of those this phone writes for gave which answer. */

/** @import {Hands} from "../contract.d.ts" */
import { say } from "../words.js";
import { make, tell } from "./dom.js";

/** @type {("do" | "could" | "not_here")[]} */
const ANSWERS = ["do", "could", "not_here"];

/** @param {string} essential @param {(hands: Hands) => void} send */
export function hands(essential, send) {
  let people = 1;
  const boxes = ANSWERS.map((answer) => {
    const box = make("input", {
      id: `hands-${essential}-${answer}`,
      type: "number",
      inputMode: "numeric",
      min: "0",
      value: "0",
    });
    return box;
  });
  const left = make("p", { className: "state" });
  const button = make("button", { className: "button quiet", textContent: say("phone.hands_send") });
  const form = make(
    "form",
    { className: "must-hands", noValidate: true },
    ...boxes.map((box, at) =>
      make(
        "p",
        { className: "must-hand" },
        make("label", { htmlFor: box.id, textContent: say(`common.must_${ANSWERS[at]}`) }),
        box,
      )
    ),
    left,
    button,
  );
  const fold = make(
    "details",
    { className: "count-hands", hidden: true },
    make("summary", { textContent: say("phone.hands") }),
    form,
  );

  const counted = () => boxes.map((box) => Math.max(0, Math.trunc(Number(box.value)) || 0));
  const sum = () => counted().reduce((all, n) => all + n, 0);

  function check() {
    const over = sum() > people;
    tell(left, say(over ? "phone.hands_over" : "phone.hands_of", { n: sum(), people }));
    button.disabled = over;
  }

  form.oninput = check;
  form.onsubmit = (event) => {
    event.preventDefault();
    const [yes = 0, could = 0, not_here = 0] = counted();
    if (sum() <= people) send({ do: yes, could, not_here });
  };

  return {
    fold,
    /** @param {number} many @param {Hands | null} said */
    draw(many, said) {
      people = many;
      fold.hidden = many < 2;
      if (said && !fold.contains(document.activeElement)) {
        fold.open = true;
        for (const [at, answer] of ANSWERS.entries()) {
          const box = boxes[at];
          if (box) box.value = String(said[answer] ?? 0);
        }
      }
      check();
    },
  };
}
