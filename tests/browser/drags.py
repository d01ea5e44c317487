"""Dragging by mouse and by finger, as a hand does it: down, along, and up."""

from playwright.async_api import Locator, Page

STEPS = 12
HOLD_MS = 350
"""Longer than a finger has to lie still before it lifts."""
FRAME_MS = 16


async def middle(place: Locator, *, at: float = 0.5) -> tuple[float, float]:
    """A point of it: halfway along, and `at` this share of its height."""
    await place.scroll_into_view_if_needed()
    box = await place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * at


async def lift(page: Page, thing: Locator, over: Locator, *, at: float = 0.5) -> None:
    """Carry it there with the mouse, and keep hold of it."""
    x, y = await middle(thing)
    to_x, to_y = await middle(over, at=at)
    # Bringing the one into sight may have moved the other.
    x, y = await middle(thing)
    await page.mouse.move(x, y)
    await page.mouse.down()
    for step in range(1, STEPS + 1):
        await page.mouse.move(x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS)
    await page.wait_for_timeout(3 * FRAME_MS)


async def drag(page: Page, thing: Locator, onto: Locator, *, at: float = 0.5) -> None:
    await lift(page, thing, onto, at=at)
    await page.mouse.up()


class Finger:
    """One finger on a touch screen. `held` is how long it lies still before it moves."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def slide(self, thing: Locator, onto: Locator, *, held: int = HOLD_MS) -> None:
        to_x, to_y = await middle(onto)
        x, y = await middle(thing)
        await self.stroke((x, y), (to_x, to_y), held=held)

    async def stroke(self, start: tuple[float, float], end: tuple[float, float], *, held: int = 0) -> None:
        session = await self._page.context.new_cdp_session(self._page)

        async def touch(kind: str, *points: tuple[float, float]) -> None:
            there = [{"x": x, "y": y} for x, y in points]
            await session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": there})

        await touch("touchStart", start)
        await self._page.wait_for_timeout(held)
        for step in range(1, STEPS + 1):
            share = step / STEPS
            await touch(
                "touchMove",
                (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share),
            )
            await self._page.wait_for_timeout(FRAME_MS)
        await self._page.wait_for_timeout(3 * FRAME_MS)
        await touch("touchEnd")
        await session.detach()
