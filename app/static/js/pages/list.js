// @ts-check
/** The list is whole without this: here it unfolds every note at once, prints as it stands, and goes into an e-mail. */

import { email } from "../desk/email.js";
import { trouble, wordsFor } from "../facilitate/asking.js";
import { page } from "../words.js";

const folds = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details")]);

if (document.getElementById("email")) email();
if (page.host_copy) {
  import("../list/host.js").then(({ forHosts }) => forHosts(), (failure) => trouble(wordsFor(failure)));
}
ready("print", () => print());
ready("unfold", (button) => {
  const open = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(open));
  for (const fold of folds) fold.open = open;
});

/** @param {string} id @param {(button: HTMLElement) => void} act */
function ready(id, act) {
  const button = document.getElementById(id);
  if (!button || (id === "unfold" && !folds.length)) return;
  button.hidden = false;
  button.addEventListener("click", () => act(button));
}
