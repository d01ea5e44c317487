// @ts-check
/** JSON over HTTP. A failure is thrown as `{code, message, status}`, with the sentence to show. */

import { say } from "./words.js";

/** @typedef {{code: string, message: string, status: number, retry_ms?: number}} Failure */

let bearer = "";

/** Where cookies are blocked, the ticket of this seat speaks for it. @param {string} ticket */
export function carry(ticket) {
  bearer = ticket;
}

/** @param {string} path */
export const get = (path) => request("GET", path).then(read);
/** @param {string} path @param {unknown} [body] */
export const post = (path, body = {}) => request("POST", path, body).then(read);
/** @param {string} path @param {unknown} [body] */
export const patch = (path, body = {}) => request("PATCH", path, body).then(read);
/** @param {string} path */
export const del = (path) => request("DELETE", path).then(read);

/**
 * The bare answer, for those who want its headers; anything that is not ours counts as no answer.
 * @param {string} method @param {string} path @param {unknown} [body] @param {AbortSignal} [signal]
 */
export async function request(method, path, body, signal) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const json = body === undefined ? null : JSON.stringify(body);
  const answer = await fetch(path, { method, headers, body: json, cache: "no-store", signal: signal ?? null })
    .catch(() => null);
  // A hotel's sign-in page also answers 200: only our JSON counts.
  const ours = answer?.status === 204 || answer?.headers.get("Content-Type")?.includes("json");
  if (!answer || !ours) throw failure(0, {});
  if (!answer.ok) throw failure(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

/** @param {Response} answer @returns {Promise<any>} */
const read = (answer) => answer.status === 204 ? Promise.resolve(null) : answer.json();

/** @param {number} status @param {Partial<Failure>} said @returns {Failure} */
function failure(status, said) {
  return { code: "no.answer", message: say("common.no_answer"), ...said, status };
}
