// @ts-check
/** What is not needed for a first note comes after it and, where the line broke, with the next news.
 * @template T
 * @param {() => Promise<T>} load @param {() => void} come is told once it is there
 * @returns {() => T | null} what has come so far; to ask is to send for it
 */
export function later(load, come) {
  /** @type {T | null} */
  let here = null;
  let sent = false;
  return () => {
    if (!sent) {
      sent = true;
      load().then((loaded) => {
        here = loaded;
        come();
      }, () => sent = false);
    }
    return here;
  };
}
