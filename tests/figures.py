"""Print the figures that our documents quote: `make figures`. Nothing here passes or fails.

All of it on this machine, with the server, the browser and the phones sharing its processors.
"""

import asyncio
import json
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from os import cpu_count
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.async_api import Browser, BrowserContext, async_playwright
from websockets.asyncio.client import ClientConnection, connect

from app.keys import new_id
from app.pretend import PretendPhone, Writing
from app.sayings import sample
from sessions.domain.hints import hinted
from sessions.domain.messages import PROTOCOL
from sessions.shelf import Shelf
from tests.browser.conftest import FLAGS
from tests.browser.desk_frames import measure as desk_frames
from tests.browser.server import Room, Server
from tests.conftest import chromium
from tests.exports.figures import figures as exports
from tests.flood.figures import figures as flood
from tests.flood.machine import flush_ms

PHONES, NOTES_A_SECOND, SECONDS = 60, 6, 30
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms and 400 kbit/s, as Chromium's own setting has it."""


async def main() -> None:
    print("# Figures\n\nPrinted by `make figures`, with server, browser and phones on one machine.\n\n```")
    machine = f"{platform.system()} {platform.machine()}, {cpu_count()} processors"
    print(f"{machine}, Python {platform.python_version()},")
    data = Path(tempfile.mkdtemp())
    print(f"SQLite {sqlite3.sqlite_version}, {flush_ms(data):.2f} ms a flush on this disk\n")
    async with Server(data) as server:
        print(f"start to /healthz, data there already: {await start_seconds(server):.2f} s")
        await wall_latency(server)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            await phone_page(server, browser)
            await full_wall(server, browser)
            await browser.close()
    print("\ndesk of 1,000 notes, frame times:")
    for what, frames in (await desk_frames()).items():
        print(f"  {what}: {frames}")
    print("\nfiles of 1,000 notes and 40 lines:")
    for line in exports():
        print(f"  {line}")
    print("\nunder flood, as `make flood ARGS=--figures` prints it:\n")
    # A thread of its own: the flood brings its own loop.
    await asyncio.to_thread(flood)
    print("```")


async def start_seconds(server: Server) -> float:
    times = []
    for _ in range(5):
        await server.kill()
        began = time.perf_counter()
        await server.start()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


async def wall_latency(server: Server) -> None:
    """From pressing Add to the wall's frame, with every phone and the wall in one other process."""
    room = await server.open(stage="matrix-together")
    sent: dict[str, float] = {}
    seen: dict[str, float] = {}
    saved: list[float] = []
    async with AsyncExitStack() as stack:
        phones = []
        for _ in range(PHONES):
            phone = await PretendPhone.join(server.here, room.code, None)
            phones.append(await stack.enter_async_context(phone))
        wall = await stack.enter_async_context(_wall(server, room))
        watching = asyncio.create_task(_watch(wall, seen))

        async def write(turn: int, text: str) -> None:
            note = Writing(turn % PHONES, new_id(), "matrix.social", text)
            sent[note.id] = time.perf_counter()
            await phones[note.phone].write(note)
            saved.append(time.perf_counter() - sent[note.id])

        writing = []
        for turn, text in zip(range(NOTES_A_SECOND * SECONDS), _texts(), strict=False):
            writing.append(asyncio.create_task(write(turn, text)))
            await asyncio.sleep(1 / NOTES_A_SECOND)
        await asyncio.gather(*writing)
        await asyncio.sleep(0.5)
        watching.cancel()
    late = [seen[note] - at for note, at in sent.items()]
    print(f"note sent to seen on the wall, {PHONES} phones, {NOTES_A_SECOND} notes/s: {_spread(late)}")
    print(f"note sent to Saved: {_spread(saved)}")


async def phone_page(server: Server, browser: Browser) -> None:
    """All that the phone page loads, gzipped, and the time until one can write."""
    room = await server.open(stage="matrix-alone")
    context = await browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    await context.request.post(
        f"{server.here}/api/sessions/{room.code}/join", data={"group": "g1"}, headers={"Origin": server.here}
    )
    loaded = await _loaded_bytes(context, f"{server.here}/s/{room.code}")
    times = [await _usable_seconds(context, f"{server.here}/s/{room.code}") for _ in range(3)]
    print(f"phone page with everything it loads: {loaded / 1000:.1f} kB gzipped")
    print(f"phone page usable, slow 3G and processor/6: {statistics.median(times):.2f} s")
    await context.close()


async def full_wall(server: Server, browser: Browser) -> None:
    """A wall of 1,000 notes: until it stands, and how it moves while ten notes a second come in."""
    room = await server.open(stage="matrix-together")
    texts = _texts()
    zones = ("matrix.individual", "matrix.social", "matrix.infrastructural", "matrix.barriers")
    for _ in range(10):
        await server.write(room, [(zones[turn % 4], next(texts)) for turn in range(100)])
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    secret = room.facilitate_url.partition("#")[2]
    await context.request.post(
        f"{server.here}/api/enter", data={"secret": secret}, headers={"Origin": server.here}
    )
    page = await context.new_page()
    began = time.perf_counter()
    await page.goto(f"{server.here}/s/{room.code}/wall")
    await page.locator(".note").nth(20).wait_for()
    print(f"wall of 1,000 notes stands after {time.perf_counter() - began:.2f} s")
    frames = asyncio.create_task(page.evaluate(_FRAMES, 5_000))
    for _ in range(5):
        await server.write(room, [("matrix.social", next(texts)) for _ in range(10)])
        await asyncio.sleep(0.9)
    print(f"its frames while 10 notes/s come in: {_spread([ms / 1000 for ms in await frames])}")
    host = await context.new_page()
    await host.goto(f"{server.here}/s/{room.code}/facilitate")
    await host.locator("#wall-blank").wait_for()
    blanked = []
    for turn in range(20):
        await host.locator(f"#wall-blank[aria-pressed={'true' if turn % 2 else 'false'}]").wait_for()
        blank = asyncio.create_task(page.evaluate(_BLANK))
        await host.bring_to_front()
        pressed: float = await host.evaluate("document.querySelector('#wall-blank').click() ?? Date.now()")
        blanked.append((await blank - pressed) / 1000)
    print(f"its blanking and coming back, from the key to the picture: {_spread(blanked)}")
    await context.close()


def _wall(server: Server, room: Room) -> connect:
    secret = json.dumps({"secret": room.facilitate_url.partition("#")[2]}).encode()
    asked = Request(f"{server.here}/api/enter", secret, {"Content-Type": "application/json"})
    with urlopen(asked) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    head = {"Cookie": cookie, "Origin": server.here}
    return connect(f"{server.here.replace('http', 'ws', 1)}/live/{room.code}", additional_headers=head)


async def _watch(wall: ClientConnection, seen: dict[str, float]) -> None:
    await wall.send(json.dumps({"type": "hello", "protocol": PROTOCOL, "as": "wall"}))
    async for frame in wall:
        now = time.perf_counter()
        for row in json.loads(frame).get("put", ()):
            if row["kind"] == "note":
                seen.setdefault(row["id"], now)


async def _loaded_bytes(context: BrowserContext, url: str) -> int:
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    await devtools.send("Network.enable")
    await page.goto(url)
    await page.locator("#zones button").first.wait_for()
    await page.close()
    return int(sum(sizes))


async def _usable_seconds(context: BrowserContext, url: str) -> float:
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await devtools.send("Network.emulateNetworkConditions", SLOW_3G)
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    began = time.perf_counter()
    await page.goto(url, wait_until="commit")
    await page.locator("#zones button").first.click()
    await page.locator("#box").fill("walk")
    taken = time.perf_counter() - began
    await page.close()
    return taken


def _texts() -> Iterator[str]:
    hints = tuple(Shelf.read().hints.values())
    # Those with a hint wait for the host, and never come to the wall.
    notes = [note.text for note in sample() if hinted(hints, note.text) is None]
    turn = 0
    while True:
        yield notes[turn % len(notes)]
        turn += 1


def _spread(seconds: list[float]) -> str:
    ordered = sorted(each * 1000 for each in seconds)

    def at(part: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))]

    return f"p50 {at(0.5):.1f} ms, p95 {at(0.95):.1f} ms, p99 {at(0.99):.1f} ms, most {ordered[-1]:.1f} ms"


_FRAMES = """(ms) => new Promise((done) => {
  const frames = [];
  const began = performance.now();
  let last = began;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    if (now - began < ms) requestAnimationFrame(next);
    else done(frames.slice(1));
  };
  requestAnimationFrame(next);
})"""

_BLANK = """() => new Promise((done) => {
  const main = document.querySelector("#main");
  const before = main.checkVisibility();
  const look = () => {
    if (main.checkVisibility() === before) setTimeout(look, 1);
    else done(Date.now());
  };
  look();
})"""

if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
