// @ts-check
/** The question over a picture, and a line under it. */

import { make, write } from "../layouts/make.js";

const LONG = 44;
const VERY_LONG = 90;

export function heading() {
  const title = make("h1", "title");
  const under = make("p", "under soft");
  under.hidden = true;
  title.dir = under.dir = "auto";
  const words = make("div", "heading-words", title, under);
  const element = make("header", "heading", words);
  return {
    element,
    words,
    /** @param {string} question @param {string} [more] */
    write(question, more = "") {
      write(title, question);
      title.dataset.long = question.length > VERY_LONG ? "very" : question.length > LONG ? "yes" : "no";
      write(under, more === question ? "" : more);
      // A line once taken stays taken: what lies below must not move.
      if (under.textContent) under.hidden = false;
    },
  };
}
