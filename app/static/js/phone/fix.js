// @ts-check
/** A note of mine, opened where it stands: other words, another place, or taken back. */

/** @import {Mine, Place} from "./shapes.d.ts" */
import { say } from "../words.js";
import { button, make, tell } from "./dom.js";
import { lettersLeft, lettersSentence } from "./drafts.js";

const UNFOLDED_MS = 350;

/**
 * @param {Mine} note @param {Place[]} places where else it could go
 * @param {{change: ((to: {text?: string, zone?: string, meaning?: string}) => void) | null, takeBack: () => void, close: () => void}} then
 */
export function fix(note, places, { change, takeBack, close }) {
  const label = say("phone.your_note");
  const box = make("textarea", {
    className: "note",
    dir: "auto",
    rows: 3,
    value: note.text,
    readOnly: change === null,
    ariaLabel: label,
  });
  const meaning = make("textarea", {
    className: "note",
    dir: "auto",
    rows: 2,
    value: note.meaning,
    ariaLabel: say("common.meaning"),
  });
  meaning.lang = "en";
  const means = make(
    "details",
    { className: "meaning", open: note.meaning !== "" },
    make("summary", { textContent: say("common.meaning") }),
    meaning,
  );
  const problem = make("p", { hidden: true, role: "status" });
  const save = make("button", {
    className: "button",
    textContent: say("phone.save"),
    hidden: change === null,
  });
  const after = (/** @type {() => void} */ act) => () => {
    close();
    act();
  };
  // The zones unfold as the box over them is left, and would push this one out of sight.
  box.onfocus = () => setTimeout(() => box.scrollIntoView({ block: "center" }), UNFOLDED_MS);
  meaning.oninput = () => tell(problem, lettersSentence(lettersLeft(meaning.value)));
  box.oninput = () => tell(problem, lettersSentence(lettersLeft(box.value)));
  const form = make(
    "form",
    { className: "fix", noValidate: true },
    box,
    means,
    problem,
    make(
      "div",
      { className: "row" },
      save,
      button("phone.take_back", after(takeBack)),
      button("common.cancel", close, "plain-button"),
    ),
    ...(places.length ? [make("p", { textContent: say("phone.move_to") })] : []),
    ...places.map(({ address, title, colour }) => {
      const choice = make("button", { type: "button", className: "zone", textContent: title, dir: "auto" });
      choice.dataset.colour = colour;
      choice.onclick = after(() => change?.({ zone: address, text: box.value.trim() || note.text }));
      return choice;
    }),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const text = box.value.trim();
    const left = lettersLeft(text);
    const over = Math.min(left, lettersLeft(meaning.value));
    if (text && over >= 0) after(() => change?.({ text, meaning: meaning.value.trim() }))();
    else tell(problem, text ? lettersSentence(over) : say("phone.empty"));
  };
  return form;
}
