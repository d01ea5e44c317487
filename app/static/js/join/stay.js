// @ts-check
/** Where cookies are blocked, the phone page moves in here, with its ticket in memory. */

import { page } from "../words.js";

/** @param {string} path @param {string} ticket */
export async function stay(path, ticket) {
  const there = await fetched(path, ticket);
  const entry = [...there?.querySelectorAll("script[type=module]") ?? []].pop()?.getAttribute("src");
  if (!there || !entry) throw new Error("the phone page did not come");
  Object.assign(page, JSON.parse(there.getElementById("page")?.textContent ?? "{}"), { ticket });
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) link.remove();
  document.head.append(...there.querySelectorAll("link[rel=stylesheet]"));
  document.title = there.title;
  document.body.replaceWith(there.body);
  history.replaceState(null, "", path);
  await import(entry);
}

/** As a document: the one way to read HTML that the page's own rules allow. @param {string} path @param {string} ticket @returns {Promise<Document | null>} */
function fetched(path, ticket) {
  const asked = new XMLHttpRequest();
  asked.open("GET", path);
  asked.responseType = "document";
  asked.setRequestHeader("Authorization", `Bearer ${ticket}`);
  return new Promise((done) => {
    asked.onloadend = () => done(asked.status === 200 ? asked.responseXML : null);
    asked.send();
  });
}
