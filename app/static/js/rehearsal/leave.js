// @ts-check
import { del } from "../api.js";
import { Drafts } from "../phone/drafts.js";
import { openStore } from "../phone/store.js";

/** Delete a rehearsal, there and in this browser; where to go on.
 * @param {string} code @returns {Promise<string>}
 */
export async function leave(code) {
  const { url } = await del(`/api/sessions/${code}/rehearsal`);
  await forget(code).catch(() => null);
  return url;
}

/** What was written here while looking at a table. @param {string} code */
async function forget(code) {
  new Drafts(code).wipe();
  const store = await openStore();
  const ours = (await store.all()).filter((entry) => entry.code === code);
  await store.drop(ours.map(({ key }) => key));
}
