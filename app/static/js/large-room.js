// @ts-check

/** More than so many people, and each group sends up its best first. */
export const MANY_PEOPLE = 40;
/** So many notes a group. */
export const BEST = 3;
