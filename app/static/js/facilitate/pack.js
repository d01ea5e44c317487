// @ts-check
import { box, part, reword } from "../desk/el.js";
import { say } from "../words.js";
import { wordsFor } from "./asking.js";

/** How long a browser may take to save what it was given. */
const SAVED_MS = 60_000;

/** Print the paper pack: a PDF of the chosen parts, saved where downloads go. The Wi-Fi goes along with the
 * request and is forgotten.
 * @param {string} code
 */
export function paperPack(code) {
  const form = /** @type {HTMLFormElement} */ (part("#pack-form"));
  const make = /** @type {HTMLButtonElement} */ (part("#pack-make"));
  const said = part("#pack-said"), name = box("#wifi-name"), password = box("#wifi-password");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const parts = new FormData(form).getAll("part");
    if (!parts.length) return missing("pack.nothing", box("input[name=part]", form));
    if (!name.value && password.value) return missing("pack.nameless", name);
    // Not disabled: that would lose the focus.
    if (make.getAttribute("aria-disabled")) return;
    make.setAttribute("aria-disabled", "true");
    reword(said, say("pack.making"));
    try {
      const wifi = name.value ? { name: name.value, password: password.value } : null;
      save(await printed(code, { parts, wifi }));
      reword(said, say("pack.made"));
    } catch (refusal) {
      reword(said, wordsFor(refusal));
    } finally {
      make.removeAttribute("aria-disabled");
    }
  });

  /** @param {string} key @param {HTMLElement} where */
  function missing(key, where) {
    reword(said, say(key));
    where.focus();
  }
}

/** @param {string} code @param {unknown} wanted */
async function printed(code, wanted) {
  const answer = await fetch(`/api/sessions/${code}/pack`, {
    method: "POST",
    headers: { Accept: "application/pdf, application/json", "Content-Type": "application/json" },
    body: JSON.stringify(wanted),
    cache: "no-store",
    redirect: "manual",
  });
  // Anything else comes from a network that wants a sign-in, or is a refusal in words.
  if (answer.ok && answer.headers.get("Content-Type") === "application/pdf") {
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    return { file: await answer.blob(), name: named?.[1] ?? "eutopia.pdf" };
  }
  throw answer.ok ? null : await answer.json().catch(() => null);
}

/** @param {{file: Blob, name: string}} printed */
function save({ file, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_MS);
}
