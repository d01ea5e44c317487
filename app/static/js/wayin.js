// @ts-check
/** The code of today: a screen goes on by the one it came with, and shows the one that lets people in. */

/** @import {Live} from "./live.js" */
import { get } from "./api.js";
import { page } from "./words.js";

/** @typedef {{code: string, code_shown: string, join_url: string, join_href: string, qr: string}} WayIn */

/** Keep the page's own code fresh, and say when there is another. @param {Live} live @param {() => void} renewed */
export function watchWayIn(live, renewed) {
  const { code } = page;
  let known = 0;
  live.rows.onchange(async ({ put }) => {
    const door = put.find((row) => row.kind === "door");
    if (door?.kind !== "door" || door.codes === known) return;
    known = door.codes;
    // Without an answer it is shown with the next page; nobody inside needs it.
    const now = await get(`/api/sessions/${code}/code`).catch(() => null);
    if (now) takeWayIn(now, renewed);
  });
}

/** @param {WayIn} now @param {() => void} renewed */
export function takeWayIn(now, renewed) {
  if (now.code_shown === page.code_shown) return;
  Object.assign(page, now);
  renewed();
}
