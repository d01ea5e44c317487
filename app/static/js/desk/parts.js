// @ts-check
import { button, el, reword } from "./el.js";
import { MOST_PARTS } from "./proposing.js";
import { say } from "../words.js";

const FEWEST = 2;

/** Boxes with the parts of a note, in order. Enter cuts a part where one stands, Backspace joins it to the one before.
 * @param {HTMLElement} list @param {() => void} changed
 */
export function partBoxes(list, changed) {
  list.addEventListener("input", mark);

  function boxes() {
    return [...list.querySelectorAll("textarea")];
  }

  /** @param {string} text */
  function box(text) {
    const typed = el("textarea", { rows: "1", dir: "auto", onkeydown: keys });
    typed.value = text;
    const take = button("plain-button", () => {
      const at = boxes().indexOf(typed);
      item.remove();
      mark();
      boxes()[Math.max(0, at - 1)]?.focus();
    }, say("sort.split_remove"));
    const item = el("li", { class: "split-part" }, el("span", { class: "split-number" }), typed, take);
    return { item, typed };
  }

  /** @param {KeyboardEvent & {currentTarget: HTMLTextAreaElement}} event */
  function keys(event) {
    const typed = event.currentTarget, at = boxes().indexOf(typed);
    if (event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      cut(typed, boxes()[at + 1]);
    }
    const before = boxes()[at - 1];
    if (event.key === "Backspace" && before && typed.selectionStart === 0 && typed.selectionEnd === 0) {
      event.preventDefault();
      join(before, typed);
    }
  }

  /** @param {HTMLTextAreaElement} typed @param {HTMLTextAreaElement | undefined} below an empty one is filled first */
  function cut(typed, below) {
    const isSpare = below?.value.trim() === "";
    if (!isSpare && boxes().length >= MOST_PARTS) return;
    const made = box("");
    if (!isSpare) typed.closest("li")?.after(made.item);
    const after = isSpare && below ? below : made.typed;
    after.value = typed.value.slice(typed.selectionEnd).trimStart();
    typed.value = typed.value.slice(0, typed.selectionStart).trimEnd();
    after.focus();
    after.setSelectionRange(0, 0);
    mark();
  }

  /** @param {HTMLTextAreaElement} before @param {HTMLTextAreaElement} typed */
  function join(before, typed) {
    const end = before.value.length;
    before.value = [before.value, typed.value].filter(Boolean).join(" ");
    typed.closest("li")?.remove();
    before.focus();
    before.setSelectionRange(end, end);
    mark();
  }

  function mark() {
    const all = boxes();
    all.forEach((each, at) => {
      const [number, , take] = each.closest("li")?.children ?? [];
      each.setAttribute("aria-label", say("sort.split_part", { n: at + 1 }));
      take?.setAttribute("aria-label", say("sort.split_remove_label", { n: at + 1 }));
      take?.toggleAttribute("hidden", all.length <= FEWEST);
      if (number) reword(number, String(at + 1));
    });
    changed();
  }

  return {
    get isFull() {
      return boxes().length >= MOST_PARTS;
    },

    words() {
      return boxes().map((each) => each.value.trim()).filter(Boolean);
    },

    /** @param {string[]} texts */
    fill(texts) {
      list.replaceChildren(...texts.map((text) => box(text).item));
      mark();
    },

    add() {
      const { item, typed } = box("");
      list.append(item);
      mark();
      typed.focus();
    },
  };
}
