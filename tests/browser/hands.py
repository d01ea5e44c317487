"""How a person's hand reaches a control: by mouse, or by keyboard alone."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

from playwright.async_api import Locator, expect

Way = Literal["mouse", "keyboard"]

TRIES = 5
HERE = "(element) => element === document.activeElement"
REACHED = """(element) => {
  // Within a row of tabs or a column of notes, one stop of Tab leads to all, and arrows to this one.
  const among = element.closest("ul, ol, [role=radiogroup]");
  return element.tabIndex >= 0 || Boolean(among?.querySelector("[tabindex='0']"));
}"""


class Hand:
    """Presses, types and chooses, on any number of pages. `unreached`: where no key leads."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.unreached: list[str] = []

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
        for _ in range(TRIES):
            await wanted.focus()
            if await wanted.evaluate(HERE):
                break
            # What comes in just now may draw it anew.
            await wanted.page.wait_for_timeout(100)
        if not await wanted.evaluate(HERE) or not await wanted.evaluate(REACHED):
            self.unreached.append(f"no key leads to {wanted}")

    def reached_all(self) -> None:
        assert not self.unreached, "\n".join(self.unreached)


async def together(*deeds: Awaitable[object]) -> None:
    await asyncio.gather(*deeds)
