// @ts-check
/** Which picture a stage calls for. The host's page says it in words, and the wall draws it. */

/** @import {Stage} from "../contract.d.ts" */

/** @typedef {"board" | "join" | "musts" | "piles" | "list"} Picture */

/** As the plan says or, where it says nothing, by what the stage brings into the open. @param {Stage} stage @returns {Picture} */
export function pictureOf({ wall, shows = [] }) {
  if (wall) return wall;
  if (shows.includes("items")) return "list";
  if (shows.includes("themes")) return "piles";
  return shows.includes("essentials") ? "musts" : "board";
}
