// @ts-check
/** Small signs that stand beside words, never instead of them. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string[]>} */
const STROKES = {
  "one-person": ["M12 10.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M5 21v-1.5a7 7 0 0 1 14 0V21"],
  "three-people": [
    "M12 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "M6.8 20.5V18a5.2 5.2 0 0 1 10.4 0v2.5",
    "M4.3 11.7a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2z",
    "M19.7 11.7a2.1 2.1 0 1 0 0-4.2 2.1 2.1 0 0 0 0 4.2z",
    "M1 20v-1.7a3.6 3.6 0 0 1 3.2-3.6",
    "M23 20v-1.7a3.6 3.6 0 0 0-3.2-3.6",
  ],
  "building": [
    "M4 21V4h10v17",
    "M14 9.5h6V21",
    "M1.5 21h21",
    "M7.5 8h3",
    "M7.5 12h3",
    "M7.5 16h3",
    "M17 13v0.5",
    "M17 17v0.5",
  ],
  "eye": [
    "M1.5 12c2.8-4.8 6.3-7 10.5-7s7.7 2.2 10.5 7c-2.8 4.8-6.3 7-10.5 7s-7.7-2.2-10.5-7z",
    "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
  ],
  "ear": [
    "M6.5 9.5a5.8 5.8 0 0 1 11.6 0c0 3-1.7 4.1-3.2 5.6-1.4 1.3-1.3 2.6-1.9 4a3.1 3.1 0 0 1-5.6.3",
    "M9.7 9.7a2.6 2.6 0 0 1 5.2 0c0 1.5-1.1 2-2 2.8-.8.7-.8 1.5-.6 2.3",
  ],
  "heart": ["M12 20.5C6 16.3 2.5 13 2.5 9a4.9 4.9 0 0 1 9.5-1.7A4.9 4.9 0 0 1 21.5 9c0 4-3.5 7.3-9.5 11.5z"],
  "cloud": ["M7 18.5a4.5 4.5 0 0 1-.7-9 6 6 0 0 1 11.5 1.2 4 4 0 0 1-.8 7.8z"],
  "newspaper": [
    "M3 5h14v14.5H5.5A2.5 2.5 0 0 1 3 17z",
    "M17 9h4v8a2.3 2.3 0 0 1-2.3 2.5H17",
    "M6.5 9h7",
    "M6.5 12.5h7",
    "M6.5 16h4",
  ],
};

/** The sign of that name, or null where none is drawn. @param {string} name @returns {SVGSVGElement | null} */
export function sign(name) {
  const strokes = STROKES[name];
  if (!strokes) return null;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  for (const stroke of strokes) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", stroke);
    svg.append(path);
  }
  return svg;
}

/** The line where a band of the utopia meets the next: a far hill, a near one. @param {string} line */
export function hill(line) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 10");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("class", "hill");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", `${line}V10H0z`);
  svg.append(path);
  return svg;
}
