// @ts-check
/** One element from a tag, its attributes and what is in it. Text goes in as text, never as markup. */

/** @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Attribute */

/**
 * `text` sets the words; `on…` listens; true sets a bare attribute; false, null and undefined set none.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = String(value);
    else if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** A button that does one thing. @param {string} look @param {() => unknown} act @param {string} [text] */
export function button(look, act, text = "") {
  return el("button", { type: "button", class: look, onclick: act, text });
}

/** Words a person wrote: any script, its own direction.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} text @param {Record<string, Attribute>} [attributes]
 */
export function spoken(tag, text, attributes = {}) {
  return el(tag, { dir: "auto", ...attributes, text });
}

/** A choice that a plan or a person named. @param {string} text @param {string} value */
export function option(text, value) {
  return spoken("option", text, { value });
}

/** The element a template promised.
 * @param {string} selector @param {ParentNode} [within]
 * @returns {HTMLElement}
 */
export function part(selector, within = document) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** The same for a box that is typed in.
 * @param {string} selector @param {ParentNode} [within]
 */
export function box(selector, within = document) {
  return /** @type {HTMLInputElement} */ (part(selector, within));
}

/** Change words only where they differ, so that nothing is redrawn or read out for nothing.
 * @param {Element} element @param {string} text
 */
export function reword(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Put children in this order, moving only those that are out of place, so that focus and scroll stay.
 * @param {Element} parent @param {Element[]} wanted
 */
export function arrange(parent, wanted) {
  const focused = document.activeElement;
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  let here = parent.firstElementChild;
  for (const child of wanted) {
    if (child === here) here = here.nextElementSibling;
    else parent.insertBefore(child, here);
  }
  // What was moved has lost the focus on its way.
  if (focused !== document.activeElement && focused instanceof HTMLElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

/** Let a section stand right after another, unless somebody is in it: it goes when they have left.
 * @param {Element} section @param {Element} before
 */
export function stand(section, before) {
  if (before.nextElementSibling === section || section.contains(document.activeElement)) return;
  before.after(section);
}
