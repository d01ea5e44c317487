// @ts-check
/** Elements in one line. Words always go in as text. */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} [className] @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, className = "", ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** An element for people's own words, which bring their own direction. @param {keyof HTMLElementTagNameMap} tag @param {string} className @param {string} words */
export function quote(tag, className, words) {
  const element = make(tag, className, words);
  element.dir = "auto";
  return element;
}

/** Change what an element says only when it says something else. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
