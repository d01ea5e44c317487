"""How smooth the desk is with a thousand notes: `python -m tests.browser.desk_frames` prints frame times,
and how long a key takes."""

import asyncio
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.async_api import Page, async_playwright

from app.keys import new_id
from tests.browser.conftest import FLAGS
from tests.browser.screens import enter
from tests.browser.server import Room, Server
from tests.conftest import chromium

NOTES, PILES, PLACED = 1_000, 20, 400
ZONES = ("individual", "social", "infrastructural")
STEPS = 90
FRAMES = """() => {
  const frames = globalThis.frames_taken = [];
  let before = performance.now();
  requestAnimationFrame(function take(now) {
    frames.push(now - before);
    before = now;
    requestAnimationFrame(take);
  });
}"""


PRESSES = 60
PAINTED = """() => {
  globalThis.painted = [];
  const now = () => document.querySelector("#left .current")?.dataset.note;
  document.addEventListener("keydown", () => {
    const began = performance.now(), was = now();
    requestAnimationFrame(function look() {
      if (now() === was) requestAnimationFrame(look);
      // A task after the frame: by then it is painted.
      else setTimeout(() => painted.push(performance.now() - began));
    });
  }, true);
}"""


class Frames(NamedTuple):
    """Milliseconds from frame to frame, or from a key to the paint that answers it."""

    median: float
    p95: float
    worst: float

    def __str__(self) -> str:
        return f"{self.median:.0f} ms, 95 in 100 within {self.p95:.0f}, worst {self.worst:.0f}"


async def measure() -> dict[str, Frames]:
    """Drag a note over all the desk, scroll it, and file a hundred at once."""
    async with Server(Path(tempfile.mkdtemp())) as server, async_playwright() as playwright:
        room = await _fill(server)
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        desk = await browser.new_page(viewport={"width": 1280, "height": 800})
        await enter(desk, room, "sort", room.facilitate_url)
        await desk.locator("#left .pick").first.wait_for()
        await desk.wait_for_timeout(1_000)
        measured = {
            "at rest": await _frames(desk, desk.wait_for_timeout(1_000)),
            "dragging a note": await _frames(desk, _drag(desk)),
            "scrolling": await _frames(desk, _scroll(desk)),
            "filing a hundred": await _frames(desk, _file(desk)),
            "from a key that places a note to the next note, painted": await _painted(desk),
        }
        await browser.close()
    return measured


async def _fill(server: Server) -> Room:
    room = await server.open(stage="matrix-together")
    ids: list[str] = []
    for who in range(10):
        written = [
            (f"matrix.{ZONES[n % 3]}", f"Idea {n} of person {who}: walk together from the door, each week")
            for n in range(NOTES // 10)
        ]
        ids += await server.write(room, written, group=f"g{who % 2 + 1}")
    for place in range(PILES):
        pile = new_id()
        await server.ask(room, type="theme.make", id=pile, title=f"Walk together, way {place + 1}")
        share = ids[:PLACED][place::PILES]
        await server.ask(room, type="notes.place", notes=share, theme=pile)
        await server.ask(room, type="item.make", id=new_id(), text=f"Walk, way {place + 1}", theme=pile)
    return room


async def _frames(desk: Page, doing: object) -> Frames:
    await desk.evaluate(FRAMES)
    await doing  # type: ignore[misc]
    taken = sorted(await desk.evaluate("globalThis.frames_taken.slice(1)"))
    return Frames(median(taken), taken[len(taken) * 95 // 100], taken[-1])


async def _painted(desk: Page) -> Frames:
    """To the server and back: the next note comes once this one is placed."""
    await desk.evaluate(PAINTED)
    for press in range(PRESSES):
        await desk.keyboard.press(str(press % 9 + 1))
        await desk.wait_for_function("many => painted.length === many", arg=press + 1)
    taken = sorted(await desk.evaluate("painted"))
    return Frames(median(taken), taken[len(taken) * 95 // 100], taken[-1])


async def _drag(desk: Page) -> None:
    start = await desk.locator("#left .pick").nth(2).bounding_box()
    assert start is not None
    await desk.mouse.move(start["x"] + 40, start["y"] + 20)
    await desk.mouse.down()
    for step in range(STEPS):
        across = step % 30
        await desk.mouse.move(60 + across * 40, 200 + (step * 37) % 400)
    await desk.keyboard.press("Escape")
    await desk.mouse.up()


async def _scroll(desk: Page) -> None:
    await desk.mouse.move(120, 400)
    for _ in range(STEPS):
        await desk.mouse.wheel(0, 120)
        await desk.wait_for_timeout(8)


async def _file(desk: Page) -> None:
    first = desk.locator("#left .pick")
    await first.first.click()
    await first.nth(99).click(modifiers=["Shift"])
    await desk.keyboard.press("1")
    await desk.wait_for_timeout(700)


if __name__ == "__main__":
    for what, frames in asyncio.run(measure()).items():
        print(f"desk, {NOTES:,} notes, {what}: {frames}")
