// @ts-check
import { post } from "../api.js";

/** Swap the secret in the link for this browser's own cookie, and take it out of the address.
 * @returns {Promise<{role: string, code: string | null, url: string} | null>} null when the link carried none
 */
export async function enter() {
  const secret = secretHere();
  // A link pasted over this very page changes the fragment alone, and loads nothing.
  addEventListener("hashchange", () => secretHere() && location.reload());
  if (!secret) return null;
  const entered = await post("/api/enter", { secret });
  history.replaceState(null, "", location.pathname + location.search);
  return entered;
}

/** The fragment, unless it names a part of the page, such as the one to skip to. */
function secretHere() {
  const secret = decodeURIComponent(location.hash.slice(1));
  return secret && !document.getElementById(secret) ? secret : "";
}
