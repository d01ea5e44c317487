// @ts-check
import { button, el } from "./el.js";
import { say } from "../words.js";

/** A new name, typed where the old one stands.
 * @param {(title: string) => Promise<boolean>} save @param {() => void} after where the focus goes then
 */
export function renaming(save, after) {
  const attributes = { type: "text", maxlength: "120", required: true, dir: "auto" };
  const text = el("input", { ...attributes, "aria-label": say("sort.rename_label") });
  let before = "";

  const form = el(
    "form",
    { class: "row rename", hidden: true, onsubmit: submit },
    text,
    el("button", { class: "button", text: say("sort.save") }),
    button("button quiet", close, say("sort.cancel")),
  );
  text.addEventListener("keydown", (event) => event.key === "Escape" && close());

  /** @param {string} title */
  function open(title) {
    before = text.value = title;
    form.hidden = false;
    text.select();
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    const title = text.value.trim();
    if (title && (title === before || await save(title))) close();
  }

  function close() {
    form.hidden = true;
    after();
  }

  return { form, open };
}
