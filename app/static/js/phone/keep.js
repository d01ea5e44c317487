// @ts-check
/** Keep the list: onto this phone, before the laptop that holds it goes home. */

import { carry, file } from "../api.js";
import { page, say } from "../words.js";
import { byId } from "./dom.js";

const PATH = `/s/${page.code}/list.pdf?copy=room`;
const TYPE = "application/pdf";

if (page.ticket) carry(page.ticket);

/** What is kept, for as long as this page stands. */
let url = "";

/** @param {boolean} hasList @param {boolean} over the session is closed */
export function offerToKeep(hasList, over) {
  const section = byId("keep"), said = byId("keep-said");
  section.hidden = !hasList && !over;
  byId("keep-it").hidden = !hasList;
  byId("keep-it").onclick = keep;
  if (!hasList) said.textContent = say("phone.keep_none");
  else if (said.textContent === say("phone.keep_none")) said.textContent = "";
}

async function keep() {
  const press = /** @type {HTMLButtonElement} */ (byId("keep-it"));
  if (press.ariaDisabled === "true") return;
  press.ariaDisabled = "true";
  byId("keep-said").textContent = say("phone.keeping");
  try {
    const { blob, name } = await file(PATH, TYPE);
    if (url) URL.revokeObjectURL(url);
    url = URL.createObjectURL(blob);
    save(name);
    byId("keep-said").textContent = say("phone.kept");
  } catch (refusal) {
    const { message } = /** @type {{message?: string}} */ (refusal);
    byId("keep-said").textContent = say("phone.keep_failed", { why: message ?? say("common.no_answer") });
  }
  press.ariaDisabled = "false";
}

/** Into the phone's own files; and within reach here, for a browser that keeps it to itself. @param {string} name */
function save(name) {
  const open = /** @type {HTMLAnchorElement} */ (byId("kept"));
  open.href = url;
  open.hidden = false;
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
