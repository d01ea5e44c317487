// @ts-check
/** *Bigger text*, remembered on this phone. */

const KEY = "bigger";
const root = document.documentElement;
const button = document.getElementById("bigger");

let on = false;
try {
  on = localStorage.getItem(KEY) !== null;
} catch {
  // Storage is blocked: it works, and is forgotten with the page.
}
draw();

button?.addEventListener("click", () => {
  on = !on;
  draw();
  try {
    if (on) localStorage.setItem(KEY, "");
    else localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
});

function draw() {
  if (on) root.dataset.text = "bigger";
  else delete root.dataset.text;
  button?.setAttribute("aria-pressed", String(on));
}
