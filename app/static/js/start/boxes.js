// @ts-check
/** Boxes that write straight into the plan, or into anything else, as one types. */

import { el } from "../desk/el.js";

/** One line that may not be left empty.
 * @template {object} T @param {T} of @param {keyof T} key @param {string} label @param {number} most
 */
export function line(of, key, label, most) {
  const before = String(of[key]);
  const text = el("input", {
    type: "text",
    value: before,
    maxlength: most,
    dir: "auto",
    "aria-label": label,
    autocomplete: "off",
  });
  text.addEventListener("input", () => put(of, key, text.value.trim() ? text.value : before));
  text.addEventListener("change", () => {
    // A part without a name could not be shown anywhere: the old name comes back.
    if (!text.value.trim()) text.value = before;
  });
  return text;
}

/** @template {object} T @param {T} of @param {keyof T} key @param {number} most @param {number} rows @param {string} [label] */
export function area(of, key, most, rows, label) {
  const attributes = { rows, maxlength: most, dir: "auto", "aria-label": label, placeholder: label };
  const text = el("textarea", { ...attributes, text: String(of[key]) });
  text.addEventListener("input", () => put(of, key, text.value));
  return text;
}

/** @param {string} label @param {HTMLElement} control */
export function field(label, control) {
  return el("label", { class: "field" }, el("span", { class: "hint", text: label }), control);
}

/** @template {object} T @param {T} of @param {keyof T} key @param {string} value */
function put(of, key, value) {
  /** @type {Record<PropertyKey, unknown>} */ (of)[key] = value;
}
