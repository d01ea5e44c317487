// @ts-check

/** A, B, ... Z, AA, AB: letters, so that no rank is implied. @param {number} i @returns {string} */
export const letter = (i) =>
  (i >= 26 ? letter(Math.floor(i / 26) - 1) : "") + String.fromCharCode(65 + i % 26);
