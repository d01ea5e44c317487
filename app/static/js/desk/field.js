// @ts-check
import { el, option, reword } from "./el.js";
import { say } from "../words.js";

/** @typedef {(value: string) => Promise<string>} Save why not, or nothing once it is saved */
/** @typedef {{element: HTMLElement, draw: (value: string) => void}} Field shows a value unless one is at work on it */
/** @typedef {readonly [key: string, title: string]} Choice */

let made = 0;

/** Words in a box, saved as one leaves it. @param {string} label @param {"text" | "date"} type @param {Save} save @returns {Field} */
export function wordsField(label, type, save) {
  const input = el("input", { type, maxlength: type === "text" && 500, dir: "auto", autocomplete: "off" });
  const field = shown(label, input, () => input.value.trim(), (value) => (input.value = value), save);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault(), input.blur();
    if (event.key === "Escape") field.back(), input.blur();
  });
  return field;
}

/** One of several, or none. @param {string} label @param {readonly Choice[]} choices @param {Save} save @returns {Field} */
export function oneOf(label, choices, save) {
  const select = el("select", {}, option(say("sort.not_said"), ""));
  for (const [key, title] of choices) select.append(option(title, key));
  return shown(label, select, () => select.value, (value) => (select.value = value), save);
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
  return kept(element, read, write, save);
}

/** Yes or nothing. @param {string} label @param {Save} save @returns {Field} */
export function yesOrNothing(label, save) {
  const box = el("input", { type: "checkbox" });
  const element = el(
    "div",
    { class: "line-field ticks" },
    el("label", {}, box, " ", el("span", { text: label })),
  );
  return kept(element, () => (box.checked ? "yes" : ""), (value) => (box.checked = value !== ""), save);
}

/** @param {string} label @param {HTMLElement} control @param {() => string} read @param {(value: string) => unknown} write @param {Save} save */
function shown(label, control, read, write, save) {
  control.id = `field-${++made}`;
  const element = el("div", { class: "line-field" }, el("label", { for: control.id, text: label }), control);
  return kept(element, read, write, save);
}

/** A field that says where it stands: on its way, saved, or why not. What was typed stays until it is saved.
 * @param {HTMLElement} element @param {() => string} read @param {(value: string) => unknown} write @param {Save} save
 */
function kept(element, read, write, save) {
  const state = el("span", { class: "field-state hint", role: "status" });
  element.append(state);
  let known = "", asked = 0, waiting = false, refused = false;

  element.addEventListener("change", async () => {
    const value = read(), mine = ++asked;
    waiting = true;
    reword(state, say("sort.saving"));
    state.dataset.state = "saving";
    const refusal = await save(value);
    if (mine !== asked) return;
    waiting = false;
    refused = refusal !== "";
    if (!refused) known = value;
    reword(state, refusal || say("sort.saved"));
    state.dataset.state = refused ? "refused" : "saved";
  });

  return {
    element,
    back: () => write(known),
    /** @param {string} value */
    draw(value) {
      const changed = value !== known;
      known = value;
      if (waiting || refused || element.contains(document.activeElement) && changed && read() !== value) {
        return;
      }
      if (changed) reword(state, "");
      if (read() !== value) write(value);
    },
  };
}
