"""How a person's hand reaches a control: by mouse, or by keyboard alone, which never loses its place."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Literal

from playwright.async_api import Locator, Page, expect

Way = Literal["mouse", "keyboard"]

HERE = "(element) => element === document.activeElement"
LOST = "document.hasFocus() && (!document.activeElement || document.activeElement === document.body)"
REACHED = """(element) => {
  // Within a row of tabs or a column of notes, one stop of Tab leads to all, and arrows to this one.
  const among = element.closest("ul, ol, [role=radiogroup]");
  return element.tabIndex >= 0 || Boolean(among?.querySelector("[tabindex='0']"));
}"""


class Hand:
    """Presses, types and chooses, on any number of pages. `lost`: what the keyboard could not do."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.lost: list[str] = []
        self._last: dict[Page, tuple[str, str]] = {}

    async def press(self, wanted: Locator, key: str = "Enter") -> None:
        await expect(wanted).to_be_visible()
        if self.way == "mouse":
            await wanted.click()
            return
        await self._come_to(wanted)
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

    async def _come_to(self, wanted: Locator) -> None:
        page = wanted.page
        await self.is_somewhere(page)
        await wanted.focus()
        if not await wanted.evaluate(HERE) or not await wanted.evaluate(REACHED):
            self.lost.append(f"no key leads to {wanted}")
        self._last[page] = (str(wanted), re.sub("#.*", "", page.url))

    async def is_somewhere(self, page: Page) -> None:
        """What was pressed last may be gone by now; the focus must not be."""
        told, url = self._last.get(page, ("", ""))
        if told and page.url == url and await page.evaluate(LOST):
            self.lost.append(f"the focus was lost after {told}")

    async def all_kept(self) -> None:
        for page in self._last:
            if not page.is_closed():
                await self.is_somewhere(page)
        assert not self.lost, "\n".join(self.lost)


async def together(*deeds: Awaitable[object]) -> None:
    await asyncio.gather(*deeds)
