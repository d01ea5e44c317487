// @ts-check
/** A screen that shows four letters until the facilitator has typed them. */

import { get, post } from "../api.js";
import { announce } from "../announce.js";
import { say } from "../words.js";

const ASK_EVERY_MS = 2_000;
const letters = document.querySelector("[data-letters]");
const problem = document.querySelector("[data-problem]");

/** @param {string} shown */
function show(shown) {
  if (!letters || letters.getAttribute("data-letters") === shown) return;
  letters.setAttribute("data-letters", shown);
  letters.replaceChildren(...[...shown].map((letter) => {
    const box = document.createElement("span");
    box.textContent = letter;
    return box;
  }));
  announce(say("pair.letters", { letters: [...shown].join(" ") }));
}

async function look() {
  try {
    const { letters: shown, wall_url } = await get("/api/pair");
    if (wall_url) return location.replace(wall_url);
    problem?.setAttribute("hidden", "");
    if (shown) show(shown);
    else show((await post("/api/pair")).letters);
  } catch (failure) {
    const { status, message } = /** @type {import("../api.js").Failure} */ (failure);
    if (status === 404 || status === 410) await begin();
    else if (problem) {
      problem.textContent = message;
      problem.removeAttribute("hidden");
    }
  }
  setTimeout(look, ASK_EVERY_MS);
}

async function begin() {
  const made = await post("/api/pair").catch(() => null);
  if (made) show(made.letters);
}

await begin();
setTimeout(look, ASK_EVERY_MS);
