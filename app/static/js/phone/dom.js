// @ts-check
import { say } from "../words.js";

/** The element of the page with this id, which the template promises. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, unknown>} [look] @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, look = {}, ...children) {
  const element = Object.assign(document.createElement(tag), look);
  element.append(...children);
  return element;
}

/** @param {string} words key of what it says @param {() => void} onclick @param {string} [className] */
export const button = (words, onclick, className = "button quiet") =>
  make("button", { type: "button", className, textContent: say(words), onclick });

/** Show a sentence, or hide the place for it. @param {HTMLElement} element @param {string} text */
export function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/** Take this away from its note. Who was at it is then at what is left of the note, or at the question. @param {HTMLElement} part */
export function takeAway(part) {
  const item = part.parentElement, wasThere = part.contains(document.activeElement);
  part.remove();
  if (wasThere) (item?.querySelector("button:not([hidden])") ?? byId("question")).focus();
}
