// @ts-check
import { button, el } from "./el.js";

/** A button that opens a few acts; it closes by itself once one is chosen, by Escape, or when one goes elsewhere.
 * @param {string} name what it has more of, for those who do not see it
 * @param {{text: string, key?: string, act: () => unknown}[]} acts
 */
export function menu(name, acts) {
  const summary = el(
    "summary",
    { class: "button quiet" },
    el("span", { "aria-hidden": "true", text: "⋯" }),
    el("span", { class: "visually-hidden menu-name", text: name }),
  );
  const buttons = acts.map(({ text, key, act }) => {
    const one = button("button quiet", () => {
      element.open = false;
      act();
    }, text);
    if (key) one.append(" ", el("kbd", { text: key }));
    return one;
  });
  const list = el("div", { class: "menu-acts" }, ...buttons);
  const element = el("details", { class: "menu" }, summary, list);
  element.addEventListener("toggle", () => element.open && list.scrollIntoView({ block: "nearest" }));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    summary.focus();
    event.stopPropagation();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) element.open = false;
  });
  return { element, summary, buttons };
}

// A press anywhere else closes what is open, as menus do.
document.addEventListener("pointerdown", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (event.target instanceof Node && !open.contains(event.target)) open.removeAttribute("open");
  }
});
