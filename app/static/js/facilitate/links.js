// @ts-check
import { box, el, part, reword } from "../desk/el.js";
import { del, get, post } from "../api.js";
import { say } from "../words.js";
import { wordsFor } from "./asking.js";
import { selectable } from "./screens.js";

/** @typedef {{id: string, role: "facilitator" | "wall", label: string, used: number | null}} Link */

/** Links that let somebody else run the room, or a machine show the wall; and the way to end each.
 * @param {string} code
 */
export function links(code) {
  const path = `/api/sessions/${code}/links`;
  const form = /** @type {HTMLFormElement} */ (part("#link-form")), list = part("#links");
  const made = part("#link-made"), url = box("#link-url"), said = part("#links-said");
  selectable(url);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => {
      const asked = new FormData(form);
      const link = await post(path, {
        role: asked.get("role"),
        label: String(asked.get("label") ?? "").trim(),
      });
      url.value = link.url;
      made.hidden = false;
      url.focus();
      await draw();
    });
  });
  part("#links-fold").addEventListener("toggle", () => attempt(draw));

  async function draw() {
    /** @type {Link[]} */
    const known = await get(path);
    list.replaceChildren(...known.map(line));
  }

  /** @param {Link} link */
  function line(link) {
    const name = link.label || say("facilitate.link_first");
    const end = () =>
      attempt(async () => {
        await del(`${path}/${link.id}`);
        made.hidden = true;
        await draw();
      });
    return el(
      "li",
      { class: "spread" },
      el(
        "span",
        {},
        el("b", { dir: "auto", text: name }),
        " ",
        el("span", {
          class: "hint",
          text: `${say(`facilitate.link_${link.role}`)} · ${
            say(link.used ? "facilitate.link_used" : "facilitate.link_unused")
          }`,
        }),
      ),
      el("button", {
        type: "button",
        class: "plain-button",
        text: say("facilitate.link_end"),
        "aria-label": say("facilitate.link_end_label", { name }),
        onclick: end,
      }),
    );
  }

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    try {
      await act();
      reword(said, "");
    } catch (refusal) {
      reword(said, wordsFor(refusal));
    }
  }
}
