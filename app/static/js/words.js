// @ts-check
/** The words of this page, and what the server said of it. Every sentence a person sees comes from here. */

/** @typedef {Record<string, string | number>} Values */

/**
 * @type {{
 *   name: string, code: string, protocol: number, words: Record<string, string>, [more: string]: any
 * }}
 */
export const page = JSON.parse(globalThis.document?.getElementById("page")?.textContent ?? '{"words": {}}');

const language = globalThis.document?.documentElement.lang || "en";
const plurals = new Intl.PluralRules(language);

/** The sentence of a key, its `{places}` filled in. @param {string} key @param {Values} [values] */
export function say(key, values = {}) {
  return (page.words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    return value === undefined ? place : typeof value === "number" ? value.toLocaleString(language) : value;
  });
}

/** The sentence of a key for so many: one note, two notes. @param {string} key @param {number} n @param {Values} [values] */
export function count(key, n, values = {}) {
  const form = `${key}.${plurals.select(n)}`;
  return say(form in page.words ? form : `${key}.other`, { n, ...values });
}
