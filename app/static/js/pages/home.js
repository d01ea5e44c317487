// @ts-check
/** Type a code, in any case, with or without spaces. */

import "../bigger.js";
import { byId, tell } from "../phone/dom.js";
import { say } from "../words.js";

const LETTERS = /^[BCDFGHJKLMNPQRSTVWXZ]{9}$/;

byId("form").onsubmit = (/** @type {Event} */ event) => {
  event.preventDefault();
  const input = byId("code");
  const code = input.value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  const good = LETTERS.test(code);
  input.setAttribute("aria-invalid", String(!good));
  tell(byId("problem"), good ? "" : say(code ? "home.not_a_code" : "home.no_code"));
  if (good) location.assign(`/j/${code}`);
  else input.focus();
};
