// @ts-check
/** *Heard at 3 of 5* drawn: five short strokes, three of them full. The words beside it say the same. */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 100;
const GAP = 2;
const MOST = 20;

export function heardBar() {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("class", "heard");
  element.setAttribute("viewBox", `0 0 ${WIDTH} 4`);
  element.setAttribute("preserveAspectRatio", "none");
  element.setAttribute("aria-hidden", "true");
  let drawn = "";

  /** @param {number} n @param {number} of */
  function draw(n, of) {
    const told = `${n}/${of}`;
    if (told === drawn) return;
    drawn = told;
    element.toggleAttribute("hidden", of < 2);
    element.replaceChildren(...strokes(n, of));
  }

  return { element, draw };
}

/** @param {number} n @param {number} of */
function strokes(n, of) {
  if (of < 2) return [];
  if (of > MOST) return [stroke(0, WIDTH, ""), stroke(0, (WIDTH * n) / of, "full")];
  const width = (WIDTH + GAP) / of;
  return Array.from({ length: of }, (_, at) => stroke(at * width, width - GAP, at < n ? "full" : ""));
}

/** @param {number} x @param {number} width @param {string} look */
function stroke(x, width, look) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y: 0, width, height: 4, class: look })) {
    rect.setAttribute(name, String(value));
  }
  return rect;
}
