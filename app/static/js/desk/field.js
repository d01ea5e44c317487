// @ts-check
import { el, option, reword } from "./el.js";
import { say } from "../words.js";

/** @typedef {(value: string) => Promise<{seq: number, refusal: string}>} Save as which step, or why not */
/** @typedef {{element: HTMLElement, draw: (value: string, seq: number) => void}} Field shows a value unless one is at work on it */
/** @typedef {readonly [key: string, title: string]} Choice */
/** @typedef {"change" | "focusout"} Moment when what was said is meant */

let made = 0;

/** Words in a box, saved by Enter or as one leaves it. @param {string} label @param {"text" | "date"} type @param {Save} save @returns {Field} */
export function wordsField(label, type, save) {
  const input = el("input", { type, maxlength: type === "text" && 500, dir: "auto", autocomplete: "off" });
  const field = shown(
    label,
    input,
    "focusout",
    () => input.value.trim(),
    (value) => (input.value = value),
    save,
  );
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.back();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    input.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  });
  return field;
}

/** One of several, or none. @param {string} label @param {readonly Choice[]} choices @param {Save} save @returns {Field} */
export function oneOf(label, choices, save) {
  const select = el("select", {}, option(say("sort.not_said"), ""));
  for (const [key, title] of choices) select.append(option(title, key));
  return shown(label, select, "change", () => select.value, (value) => (select.value = value), save);
}

/** Any of several. @param {string} label @param {readonly Choice[]} choices @param {Save} save @returns {Field} */
export function anyOf(label, choices, save) {
  const boxes = choices.map(([key]) => el("input", { type: "checkbox", value: key }));
  const element = el("fieldset", { class: "line-field ticks" }, el("legend", { text: label }));
  choices.forEach(([, title], at) =>
    element.append(el("label", {}, boxes[at] ?? null, " ", el("span", { dir: "auto", text: title })))
  );
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value).join(" ");
  const write = (/** @type {string} */ value) => {
    const keys = value.split(" ");
    for (const box of boxes) box.checked = keys.includes(box.value);
  };
  return kept(element, "change", read, write, save);
}

/** Yes or nothing. @param {string} label @param {Save} save @returns {Field} */
export function yesOrNothing(label, save) {
  const box = el("input", { type: "checkbox" });
  const element = el(
    "div",
    { class: "line-field ticks" },
    el("label", {}, box, " ", el("span", { text: label })),
  );
  return kept(
    element,
    "change",
    () => (box.checked ? "yes" : ""),
    (value) => (box.checked = value !== ""),
    save,
  );
}

/** @param {string} label @param {HTMLElement} control @param {Moment} when @param {() => string} read @param {(value: string) => unknown} write @param {Save} save */
function shown(label, control, when, read, write, save) {
  control.id = `field-${++made}`;
  const element = el("div", { class: "line-field" }, el("label", { for: control.id, text: label }), control);
  return kept(element, when, read, write, save);
}

/** A field that says where it stands: on its way, saved, or why not. What is typed stays until it is saved.
 * @param {HTMLElement} element @param {Moment} when @param {() => string} read @param {(value: string) => unknown} write @param {Save} save
 */
function kept(element, when, read, write, save) {
  const state = el("span", { class: "field-state hint", role: "status" });
  element.append(state);
  let known = "", asked = 0, mine = false, saved = 0;

  element.addEventListener("input", () => (mine = true));
  element.addEventListener(when, async () => {
    const value = read(), turn = ++asked;
    if (value === known) return back();
    mine = true;
    stand("saving", say("sort.saving"));
    const { seq, refusal } = await save(value);
    if (turn !== asked) return;
    if (refusal) return stand("refused", refusal);
    known = value;
    saved = seq;
    mine = false;
    stand("saved", say("sort.saved"));
  });

  /** @param {string} name @param {string} words */
  function stand(name, words) {
    state.dataset.state = name;
    reword(state, words);
  }

  function back() {
    mine = false;
    write(known);
  }

  return {
    element,
    back,
    /** @param {string} value @param {number} seq of the step that its line was changed by */
    draw(value, seq) {
      if (seq < saved) return;
      if (value !== known && !mine) stand("", "");
      known = value;
      if (!mine && read() !== value) write(value);
    },
  };
}
