// @ts-check
/** JSON over HTTP. A failure is thrown as `{code, message, status}`, with the sentence to show. */

import { parse } from "./frames.js";
import { say } from "./words.js";

/** @typedef {{code: string, message: string, status: number, retry_ms?: number}} Failure */
/** @typedef {{status: number, headers: Headers, body: any}} Answer */

/** Codes of ours are a noun and a problem. */
const CODE = /^[a-z_]+\.[a-z_]+$/;

let bearer = "";

/** Where cookies are blocked, the ticket of this seat speaks for it. @param {string} ticket */
export function carry(ticket) {
  bearer = ticket;
}

/** @param {string} path */
export const get = (path) => request("GET", path).then(body);
/** @param {string} path @param {unknown} [body] */
export const post = (path, body = {}) => request("POST", path, body).then(({ body }) => body);
/** @param {string} path @param {unknown} [body] */
export const patch = (path, body = {}) => request("PATCH", path, body).then(({ body }) => body);
/** @param {string} path */
export const del = (path) => request("DELETE", path).then(body);

/**
 * The whole answer, for those who want its headers; anything that is not ours counts as no answer.
 * @param {string} method @param {string} path @param {unknown} [body] @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export async function request(method, path, body, signal) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const json = body === undefined ? null : JSON.stringify(body);
  // Nothing of ours is ever sent on elsewhere: who does that is a network that wants a sign-in.
  const asked = { method, headers, body: json, signal: signal ?? null };
  const answer = await fetch(path, { ...asked, cache: "no-store", redirect: "manual" }).catch(() => null);
  if (!answer) throw silence();
  const said = answer.headers.get("Content-Type")?.includes("json")
    ? parse(await answer.text().catch(() => ""))
    : undefined;
  const ours = answer.status === 204 || typeof said === "object" && said !== null;
  if (answer.ok && ours) return { status: answer.status, headers: answer.headers, body: said ?? null };
  if (answer.ok || answer.type === "opaqueredirect" || answer.status === 511) throw portal();
  const refusal = /** @type {Partial<Failure> | undefined} */ (said);
  const isRefusal = CODE.test(refusal?.code ?? "") && typeof refusal?.message === "string";
  throw isRefusal ? { ...refusal, status: answer.status } : silence();
}

/**
 * A file, the whole of it; whatever else comes in its place is none.
 * @param {string} path @param {string} type @returns {Promise<{blob: Blob, name: string}>}
 */
export async function file(path, type) {
  /** @type {Record<string, string>} */
  const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
  const answer = await fetch(path, { headers, cache: "no-store", redirect: "manual" }).catch(() => null);
  if (!answer) throw silence();
  if (answer.ok && answer.headers.get("Content-Type")?.startsWith(type)) {
    const blob = await answer.blob().catch(() => null);
    if (!blob?.size) throw silence();
    const [, name = ""] = answer.headers.get("Content-Disposition")?.match(/filename="([^"]+)"/) ?? [];
    return { blob, name };
  }
  if (answer.ok || answer.type === "opaqueredirect" || answer.status === 511) throw portal();
  const said = /** @type {Partial<Failure> | undefined} */ (parse(await answer.text().catch(() => "")));
  throw typeof said?.message === "string" ? { ...said, status: answer.status } : silence();
}

/** @param {Answer} answer */
const body = ({ body }) => body;

/** @returns {Failure} */
const silence = () => ({ code: "no.answer", message: say("common.no_answer"), status: 0 });

/** A hotel's sign-in page also answers 200. @returns {Failure} */
export const portal = () => ({ code: "portal", message: say("common.portal"), status: 0 });
