"""What is wrong with how a page looks, measured in the state it is in.

On a narrow and on a wide screen, in light and in dark: what axe finds, what sticks out at the side or is
cut off, what is too small to hit, what moves though asked not to, and words that were not looked up.
"""

import json
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

NARROW, WIDE, HIGH = 320, 1280, 740
PHONE_TARGET, DESK_TARGET = 44, 24

CONTRAST = ["color-contrast"]
"""Colours do not change what a page is made of, so half of the looks ask axe for contrast alone."""

SIDEWAYS = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter((each) => {
    const { left, right, width } = each.getBoundingClientRect();
    return width && (right > clientWidth + 1 || left < -1);
  });
  return [`${scrollWidth} > ${clientWidth}`, ...out.slice(0, 4).map((each) => each.outerHTML.slice(0, 150))];
}"""

CUT = """() => {
  const cut = (each) => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(each);
    const hides = ["hidden", "clip"].includes(overflowX) || each.matches("button, a, label, summary");
    const onPurpose = textOverflow === "ellipsis" || clipPath !== "none";
    return hides && !onPurpose && each.innerText.trim() && each.scrollWidth > each.clientWidth + 1;
  };
  return [...document.querySelectorAll("body *:not(svg, svg *)")]
    .filter((each) => each.clientWidth && each.checkVisibility() && cut(each)).slice(0, 5)
    .map((each) => `${each.scrollWidth} > ${each.clientWidth}: ${each.outerHTML.slice(0, 150)}`);
}"""

SMALL = """(least) => {
  const hit = (each) => {
    const inLabel = each.matches("input[type=radio], input[type=checkbox]") && each.closest("label");
    return (inLabel || each).getBoundingClientRect();
  };
  const inSentence = (each) => each.matches("a") && getComputedStyle(each).display === "inline"
    && each.parentElement.textContent.trim() !== each.textContent.trim();
  const there = (each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && getComputedStyle(each).clipPath === "none";
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((each) => there(each) && !inSentence(each))
    .filter((each) => Math.min(hit(each).width, hit(each).height) < least - 0.5)
    .map((each) => {
      const { width, height } = hit(each);
      return `${Math.round(width)} x ${Math.round(height)}: ${each.outerHTML.slice(0, 120)}`;
    });
}"""

MOVING = "() => document.getAnimations().map((each) => each.animationName ?? each.transitionProperty)"

UNMARKED = """(known) => {
  const strip = (text) => {
    for (let before = ""; before !== text;) [before, text] = [text, text.replace(/⟦[^⟦⟧]*⟧/g, "")];
    return text;
  };
  const longest = known.filter((text) => text.length > 1).sort((one, other) => other.length - one.length);
  const told = (text) => longest.reduce((rest, each) => rest.replaceAll(each, ""), text);
  const isKnown = (rest) => !/\\p{L}{2}/u.test(told(rest));
  const odd = [];
  const look = (text, each, what) => {
    const rest = strip(text);
    if (!isKnown(rest)) odd.push(`${what} “${rest.trim()}” in ${each.outerHTML.slice(0, 100)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const each = walker.currentNode.parentElement;
    if (each.closest("script, noscript, kbd, .code, body [dir=ltr], [data-letters]")) continue;
    if (each.tagName === "OPTION" || each.checkVisibility()) look(walker.currentNode.data, each, "text");
  }
  for (const name of ["aria-label", "placeholder", "alt", "title", "label"]) {
    for (const each of document.querySelectorAll(`body [${name}]`)) look(each.getAttribute(name), each, name);
  }
  look(document.title, document.head.querySelector("title"), "title");
  return odd;
}"""


class Looks:
    """Gathers faults state by state, so that one run names them all. `known`: words that people brought."""

    def __init__(self, known: Iterable[str] = (), target: int = DESK_TARGET) -> None:
        self.known = set(known)
        self.target = target
        self._faults: list[str] = []

    async def on(self, state: str, page: Page) -> None:
        size = page.viewport_size
        for width, scheme, rules in (
            (NARROW, "light", None),
            (NARROW, "dark", CONTRAST),
            (WIDE, "light", CONTRAST),
            (WIDE, "dark", None),
        ):
            await page.set_viewport_size({"width": width, "height": HIGH})
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = await axe(page, rules)
            if rules is None:
                found += await self._measured(page)
            self._faults += [f"{state}, {scheme} at {width}: {fault}" for fault in found]
        await page.emulate_media(color_scheme="light")
        if size:
            await page.set_viewport_size(size)

    async def _measured(self, page: Page) -> list[str]:
        found = [f"sideways: {each}" for each in await in_the_end(page, SIDEWAYS)]
        found += [f"cut off: {each}" for each in await in_the_end(page, CUT)]
        found += [f"too small: {each}" for each in await page.evaluate(SMALL, self.target)]
        found += [f"moving: {each}" for each in await page.evaluate(MOVING)]
        found += [f"not looked up: {each}" for each in await page.evaluate(UNMARKED, sorted(self.known))]
        return found

    def are_good(self) -> None:
        assert not self._faults, "\n".join(self._faults)


async def in_the_end(page: Page, look: str) -> list[str]:
    """What this look still finds once the page has had time to draw itself anew."""
    found: list[str] = await page.evaluate(look)
    for _ in range(20):
        if not found:
            break
        await page.wait_for_timeout(100)
        found = await page.evaluate(look)
    return found


async def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    if await page.evaluate("typeof axe") == "undefined":
        await page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    answer = await page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"axe: {fault['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for fault in answer["violations"]
        for node in fault["nodes"][:3]
    ]


def texts_of(part: Any) -> set[str]:
    """Every text in a plan: words that its maker brought."""
    match part:
        case str():
            return {part.strip(), *(line.strip() for line in part.splitlines())}
        case dict():
            return {text for each in part.values() for text in texts_of(each)}
        case list():
            return {text for each in part for text in texts_of(each)}
    return set()
