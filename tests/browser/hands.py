"""How a person's hand reaches a control: by mouse, or by keyboard alone, which never loses its place.

The keyboard walks: Tab, Shift+Tab, and arrows within radio buttons and columns of notes. What is farther than
`NEAR` stops away is jumped to, as by a heading or a skip link, so that the play of a whole workshop is short;
that Tab leads all the way across a page is shown in `test_keyboard` and `test_focus`.
"""

import asyncio
import re
from collections.abc import Awaitable
from typing import Literal, TypedDict

from playwright.async_api import Locator, Page, expect

Way = Literal["mouse", "keyboard"]

TRIES = 20
WAIT_MS = 100
NEAR = 20
"""Stops of Tab that a hand walks; beyond them it jumps."""

STEP = """(wanted) => {
  const at = document.activeElement;
  const root = document.querySelector("dialog:modal") ?? document;
  const all = (selector) => [...root.querySelectorAll(selector)];
  // Of radio buttons, and of a column of notes, one is a stop of Tab; arrows lead on to the others.
  const isRadio = (each) => each.type === "radio";
  const among = (each) => {
    if (isRadio(each)) return all("input").filter((one) => isRadio(one) && one.name === each.name);
    return each.matches(".pick") ? [...each.closest("ul, ol").querySelectorAll(".pick")] : [each];
  };
  const stopOf = (each) =>
    among(each).find((one) => isRadio(one) ? one.checked : one.tabIndex >= 0) ?? among(each)[0];
  const isStop = (each) =>
    each.tabIndex >= 0 && !each.matches(":disabled") && each.checkVisibility({ visibilityProperty: true }) &&
    stopOf(each) === each;
  const isBefore = (each) => each.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  const walk = () => {
    const stops = all("a[href], button, input, select, textarea, summary, [tabindex]").filter(isStop);
    const alike = among(wanted), here = alike.indexOf(at), to = stops.indexOf(stopOf(wanted));
    if (to < 0) return null;
    if (here >= 0) return { stops: 0, arrows: alike.indexOf(wanted) - here };
    return {
      stops: to - stops.filter(isBefore).length + (isBefore(stops[to]) || stops.includes(at) ? 0 : 1),
      arrows: alike.indexOf(wanted) - alike.indexOf(stopOf(wanted)),
    };
  };
  const named = (each) => each.ariaLabel || each.labels?.[0]?.textContent || each.textContent || each.id;
  const nameOf = (each) => named(each).replace(/\\s+/g, " ").trim();
  if (at === wanted) window.reached = at;
  const regions = [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")];
  return {
    lost: document.hasFocus() && (at === document.body || at.matches(":disabled") || !at.checkVisibility()),
    heard: JSON.stringify([
      at === window.reached, nameOf(at), at.ariaPressed, at.ariaExpanded, at.parentElement?.open,
      regions.map((each) => each.checkVisibility() ? each.textContent : ""),
    ]),
    isLink: at.matches("a[href]"),
    name: nameOf(wanted ?? at).slice(0, 60),
    walk: at === wanted ? { stops: 0, arrows: 0 } : wanted && walk(),
  };
}"""


class Walk(TypedDict):
    """How many stops of Tab lead there, less than none back, and how many arrows from that stop."""

    stops: int
    arrows: int


class Step(TypedDict):
    """`heard`: all that a screen reader says of where the focus is, and of what came in since."""

    lost: bool
    heard: str
    isLink: bool
    name: str
    walk: Walk | None


class Hand:
    """Presses, types and chooses, on any number of pages. `lost`: what the keyboard could not do."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.lost: list[str] = []
        self._last: dict[Page, tuple[str, str]] = {}
        """On each page, what was reached last and on which path."""
        self._heard: dict[Page, str] = {}
        """What could be heard when a button was pressed, until the next step."""

    async def press(self, wanted: Locator, key: str = "Enter") -> None:
        await expect(wanted).to_be_visible()
        if self.way == "mouse":
            await wanted.click()
            return
        step = await self._come_to(wanted)
        # Where a link leads, the browser says.
        if not step["isLink"]:
            self._heard[wanted.page] = step["heard"]
        await wanted.page.keyboard.press(key)

    async def tick(self, wanted: Locator) -> None:
        """A box to tick, or one of several to choose from."""
        if self.way == "mouse":
            await wanted.check()
            return
        await self._come_to(wanted)
        if not await wanted.is_checked():
            await wanted.page.keyboard.press("Space")

    async def type(self, wanted: Locator, words: str, *, enter: bool = False) -> None:
        """Instead of what stands there."""
        await expect(wanted).to_be_editable()
        if self.way == "mouse":
            await wanted.click()
        else:
            await self._come_to(wanted)
        keys = wanted.page.keyboard
        await keys.press("ControlOrMeta+a")
        await keys.press("Delete")
        await keys.type(words)
        if enter:
            await keys.press("Enter")

    async def choose(self, wanted: Locator, label: str) -> None:
        if self.way == "mouse":
            await wanted.select_option(label=label)
            return
        await self._come_to(wanted)
        # As one does: the first letters of what one wants.
        await wanted.page.keyboard.type(label)
        await wanted.page.keyboard.press("Tab")
        await expect(wanted.locator("option:checked")).to_have_text(label)

    async def unfold(self, summary: Locator) -> None:
        if not await summary.evaluate("(element) => element.closest('details').open"):
            await self.press(summary)

    async def _come_to(self, wanted: Locator) -> Step:
        page = wanted.page
        step: Step = await wanted.evaluate(STEP)
        await self._is_somewhere(page, step)
        self._last[page] = (step["name"], _path(page))
        for _ in range(TRIES):
            walk = step["walk"]
            if walk and not walk["stops"] and not walk["arrows"]:
                return step
            if walk is None:
                # What comes in just now may draw it anew.
                await page.wait_for_timeout(WAIT_MS)
            elif abs(walk["stops"]) > NEAR:
                await wanted.focus()
            else:
                await _walk(page, walk)
            step = await wanted.evaluate(STEP)
        self.lost.append(f"no key leads to {self._where(page)}")
        return step

    async def _is_somewhere(self, page: Page, step: Step) -> None:
        """What was pressed last may be gone by now; the focus must not be, and something was to be heard."""
        before = self._heard.pop(page, "")
        if page not in self._last or self._last[page][1] != _path(page):
            return
        for _ in range(TRIES):
            if not step["lost"] and step["heard"] != before:
                return
            await page.wait_for_timeout(WAIT_MS)
            step = await page.evaluate(STEP)
        what = "the focus was lost" if step["lost"] else "nothing was to be heard"
        self.lost.append(f"{what} after {self._where(page)}")

    def _where(self, page: Page) -> str:
        name, path = self._last[page]
        size = page.viewport_size
        return f"{name!r} on {path}, {size['width'] if size else '?'} wide"

    async def lost_nothing(self) -> None:
        for page in self._last:
            if not page.is_closed():
                await self._is_somewhere(page, await page.evaluate(STEP))
        assert not self.lost, "\n".join(self.lost)


async def _walk(page: Page, walk: Walk) -> None:
    tab, arrow = "Tab" if walk["stops"] > 0 else "Shift+Tab", "ArrowDown" if walk["arrows"] > 0 else "ArrowUp"
    for key, times in ((tab, walk["stops"]), (arrow, walk["arrows"])):
        for _ in range(abs(times)):
            await page.keyboard.press(key)


def _path(page: Page) -> str:
    return re.sub(r"^\w+://[^/]*|[?#].*", "", page.url)


async def together(*deeds: Awaitable[object]) -> None:
    await asyncio.gather(*deeds)
