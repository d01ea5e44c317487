"""Take the pictures in our documents again, and many more to look at: `make screenshots`.

The three in the README go to docs/pictures. Every screen in every size goes to test-results/screens.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from app.keys import new_id
from app.sayings import sample
from tests.browser.conftest import FLAGS
from tests.browser.crowd import Crowd
from tests.browser.server import HOUSE, Room, Server
from tests.conftest import chromium

PICTURES = HOUSE / "docs" / "pictures"
SCREENS = HOUSE / "test-results" / "screens"

PHONES = ((360, 740), (390, 844))
DESKS = ((1280, 800), (1024, 768))
WALLS = ((1920, 1080), (1024, 768), (1280, 800))
SETTLE_MS = 1_200

PILES = {
    "walk-group": "Walk together from the surgery door",
    "brief-chat": "Have a minute's chat about moving",
    "active-waiting": "Make the waiting room a place to move",
    "bike-travel": "Make it easy to come by bike or on foot",
    "staff-time": "Protect a real lunch break",
    "benches-route": "Put benches on the way",
}

MINE = (
    "ring me after a month. I'll say yes in the room then forget",
    "Receptionists are the first face people see, train us too",
    "walk with us from the front door, Tues 10am",
)
"""What the photographed phone writes; the last is still being typed."""


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    SCREENS.mkdir(parents=True, exist_ok=True)
    async with Server(Path(tempfile.mkdtemp())) as server, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        await Afternoon(server, browser).photograph()
        await browser.close()
    print(f"pictures in {PICTURES.relative_to(HOUSE)}, all screens in {SCREENS.relative_to(HOUSE)}")


class Afternoon:
    """One workshop, stopped for the camera at each of its moments."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self._server = server
        self._browser = browser
        self._notes = sample()
        self._items: list[str] = []

    async def photograph(self) -> None:
        server = self._server
        groups = sorted({note.group for note in self._notes})
        room = await server.open(
            title="Valley networks",
            aim="Patients with diabetes walk more, from every surgery in the valley",
            host="Active Valley",
            noun={"one": "network", "many": "networks"},
            groups=[{"id": f"n{place}", "name": name} for place, name in enumerate(groups, 1)],
        )
        desk = await self._host(room)
        phone = await self._browser.new_context(is_mobile=True, has_touch=True, device_scale_factor=2)
        crowd = Crowd(server, room, groups)
        try:
            await self._before(desk, phone, room)
            await crowd.come()
            await self._writing(desk, phone, room, crowd)
            await self._sorting(desk, phone, room, crowd)
            await self._choosing(desk, phone, room, crowd)
            await self._after(desk, phone, room)
        finally:
            await crowd.go()

    async def _before(self, desk: BrowserContext, phone: BrowserContext, room: Room) -> None:
        await self._shoot(phone, "phone-home", "/", PHONES[:1])
        await self._shoot(phone, "phone-join", f"/j/{room.code}", PHONES, full=True)
        for language in ("cy", "pl", "ur"):
            await self._shoot(phone, f"phone-join-{language}", f"/j/{room.code}?lang={language}", PHONES[:1])
        await self._shoot(desk, "start", "/start", DESKS, full=True)
        await self._shoot(desk, "wall-arrival", f"/s/{room.code}/wall", WALLS)
        await self._desk(desk, "before", room)
        await phone.request.post(
            f"{self._server.here}/api/sessions/{room.code}/join",
            data={"group": "n1"},
            headers={"Origin": self._server.here},
        )

    async def _writing(self, desk: BrowserContext, phone: BrowserContext, room: Room, crowd: Crowd) -> None:
        wall, hand = f"/s/{room.code}/wall", f"/s/{room.code}"
        await self._at(room, "arrive")
        await self._shoot(phone, "phone-arrive", hand, PHONES[:1])
        await self._at(room, "frame")
        await self._shoot(phone, "phone-listen", hand, PHONES[:1])
        await self._shoot(desk, "wall-frame", wall, WALLS[:1])
        await self._at(room, "matrix-alone")
        await self._server.ask(room, type="timer.set", seconds=252)
        await crowd.write([note for note in self._notes if note.tool == "influencer-matrix"], "matrix")
        await self._phone_writes(phone, room)
        await self._shoot(desk, "wall-private", wall, WALLS)
        await self._desk(desk, "private", room)
        await self._at(room, "matrix-together")
        await crowd.pick()
        await self._desk(desk, "read-outs", room)
        await self._shoot(phone, "phone-pick", hand, PHONES[:1], full=True)
        await self._shoot(desk, "wall-matrix", wall, WALLS, keep="wall")
        await self._shoot(desk, "wall-matrix-dark", wall, WALLS[:1], dark=True)
        await self._server.ask(room, type="wall.show", manner="read", of="matrix.social", page=0)
        await self._shoot(desk, "wall-read", wall, WALLS)
        await self._at(room, "utopia-alone")
        await crowd.write([note for note in self._notes if note.tool == "utopia"], "utopia")
        await self._at(room, "utopia-together")
        await self._shoot(desk, "wall-utopia", wall, WALLS)
        await self._shoot(phone, "phone-talk", hand, PHONES[:1])
        await self._at(room, "must-haves")
        plan = await self._server.plan("gp-surgery-45")
        musts = [each["id"] for each in plan["essentials"]]
        await crowd.answer(musts)
        said = {"type": "essential.match", "essential": musts[0], "notes": crowd.of_theme("brief-chat")[:6]}
        await self._server.ask(room, **said)
        await self._shoot(desk, "wall-must-haves", wall, WALLS)
        await self._shoot(phone, "phone-must-haves", hand, PHONES, full=True)
        await self._desk(desk, "must-haves", room)

    async def _sorting(self, desk: BrowserContext, phone: BrowserContext, room: Room, crowd: Crowd) -> None:
        piles = {theme: new_id() for theme in PILES}
        for theme, title in PILES.items():
            await self._server.ask(room, type="theme.make", id=piles[theme], title=title)
        await self._at(room, "sort")
        await self._shoot(phone, "phone-filing", f"/s/{room.code}", (PHONES[1], PHONES[0]), keep="filing")
        await crowd.file(piles)
        await crowd.wish("Somewhere to leave a bike")
        moved = crowd.of_theme("walk-group")[0]
        await self._server.ask(room, type="notes.place", notes=[moved], theme=piles["brief-chat"])
        await crowd.dispute(moved, "It is about walking, not talking")
        await self._shoot(desk, "sort", f"/s/{room.code}/sort", DESKS)
        await self._shoot(desk, "wall-sort", f"/s/{room.code}/wall", WALLS)
        await self._desk(desk, "sort", room)
        for theme, title in PILES.items():
            item = new_id()
            self._items.append(item)
            await self._server.ask(room, type="item.make", id=item, text=title, theme=piles[theme])

    async def _choosing(self, desk: BrowserContext, phone: BrowserContext, room: Room, crowd: Crowd) -> None:
        wall, hand = f"/s/{room.code}/wall", f"/s/{room.code}"
        await self._at(room, "list")
        await self._shoot(desk, "wall-list", wall, WALLS)
        await self._desk(desk, "list", room)
        await self._at(room, "choose")
        await self._server.ask(room, type="votes.open", items=self._items, budget=2)
        await crowd.vote(self._items)
        await self._shoot(phone, "phone-choose", hand, PHONES)
        await self._shoot(desk, "wall-choose", wall, WALLS)
        await self._desk(desk, "choose", room)
        await self._server.ask(room, type="votes.close")
        await self._server.ask(room, type="votes.reveal")
        await self._shoot(desk, "wall-chosen", wall, WALLS[::-1], keep="choose")
        await self._desk(desk, "chosen", room)
        await self._at(room, "worries")
        await crowd.worry(self._items)
        await self._shoot(phone, "phone-worries", hand, PHONES[:1], full=True)
        await self._desk(desk, "worries", room)
        await self._server.ask(room, type="feelings.show")
        await self._shoot(desk, "wall-worries", wall, WALLS)
        await self._at(room, "help")
        await crowd.help(self._items)
        await self._shoot(phone, "phone-help", hand, PHONES[:1], full=True)
        await self._shoot(desk, "wall-help", wall, WALLS)
        await self._desk(desk, "help", room)

    async def _after(self, desk: BrowserContext, phone: BrowserContext, room: Room) -> None:
        await self._at(room, "close")
        await self._shoot(phone, "phone-reflection", f"/s/{room.code}", PHONES[:1])
        await self._desk(desk, "close", room)
        await self._shoot(desk, "list", f"/s/{room.code}/list", DESKS, keep="list")
        await self._shoot(desk, "list-full", f"/s/{room.code}/list", DESKS[:1], full=True)
        await self._shoot(desk, "list-dark", f"/s/{room.code}/list", DESKS[:1], dark=True)
        await self._shoot(phone, "phone-list", f"/s/{room.code}/list", PHONES[:1])
        await self._server.ask(room, type="session.close")
        await self._shoot(phone, "phone-closed", f"/s/{room.code}", PHONES[:1], full=True)
        await self._shoot(desk, "wall-closed", f"/s/{room.code}/wall", WALLS[:1])
        await self._desk(desk, "closed", room)
        await self._shoot(desk, "sessions", "/sessions", DESKS)
        await self._documents(desk, room)

    async def _at(self, room: Room, stage: str) -> None:
        await self._server.ask(room, type="stage.open", stage=stage)

    async def _desk(self, desk: BrowserContext, name: str, room: Room) -> None:
        """The facilitator's page: what is on it at first sight, and all of it."""
        where = f"/s/{room.code}/facilitate"
        await self._shoot(desk, f"facilitate-{name}", where, (*DESKS, PHONES[1]))
        await self._shoot(desk, f"facilitate-{name}-all", where, (DESKS[0], PHONES[1]), full=True)

    async def _documents(self, desk: BrowserContext, room: Room) -> None:
        """The first page of each document, as LibreOffice and poppler show it, where they are."""
        if not (shutil.which("pdftoppm") and shutil.which("soffice")):
            print("no pdftoppm or soffice: no pictures of the documents")
            return
        with tempfile.TemporaryDirectory() as folder:
            for kind in ("pdf", "docx", "xlsx"):
                answer = await desk.request.get(f"{self._server.here}/s/{room.code}/list.{kind}")
                file = Path(folder, kind) / f"list.{kind}"
                file.parent.mkdir()
                file.write_bytes(await answer.body())
                if kind != "pdf":
                    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office"]
                    await _run(*office, "--convert-to", "pdf", "--outdir", str(file.parent), str(file))
                pages = [str(file.with_suffix(".pdf")), str(SCREENS / f"document-{kind}")]
                await _run("pdftoppm", "-png", "-r", "80", "-l", "2", *pages)

    async def _host(self, room: Room) -> BrowserContext:
        context = await self._browser.new_context()
        for link in (self._server.start_link, room.facilitate_url):
            await context.request.post(
                f"{self._server.here}/api/enter",
                data={"secret": link.partition("#")[2]},
                headers={"Origin": self._server.here},
            )
        return context

    async def _phone_writes(self, phone: BrowserContext, room: Room) -> None:
        page = await self._open(phone, f"/s/{room.code}", PHONES[0])
        await self._picture(page, "phone-write", PHONES[0])
        for place, text in enumerate(MINE):
            if place:
                # Folded while typing: a tap on the one that is open shows them all again.
                await page.locator("#zones button[aria-pressed=true]").click()
            await page.locator("#zones button").nth(place % 2).click()
            await page.locator("#box").fill(text)
            if text is not MINE[-1]:
                await page.locator("#add").click()
        await page.wait_for_timeout(SETTLE_MS)
        for size in PHONES:
            await self._picture(page, "phone-typing", size, keep="phone" if size == PHONES[1] else "")
        await page.close()

    async def _shoot(
        self,
        context: BrowserContext,
        name: str,
        path: str,
        sizes: tuple[tuple[int, int], ...],
        *,
        keep: str = "",
        dark: bool = False,
        full: bool = False,
    ) -> None:
        """`keep`: the first size also goes to the documents under this name."""
        for size in sizes:
            page = await self._open(context, path, size, dark=dark)
            await self._picture(page, name, size, keep=keep if size == sizes[0] else "", full=full)
            await page.close()

    async def _open(
        self, context: BrowserContext, path: str, size: tuple[int, int], *, dark: bool = False
    ) -> Page:
        page = await context.new_page()
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.emulate_media(color_scheme="dark" if dark else "light")
        await page.goto(self._server.here + path)
        await page.wait_for_timeout(SETTLE_MS)
        return page

    async def _picture(
        self, page: Page, name: str, size: tuple[int, int], *, keep: str = "", full: bool = False
    ) -> None:
        await page.set_viewport_size({"width": size[0], "height": size[1]})
        await page.wait_for_timeout(200)
        shot = await page.screenshot(full_page=full)
        (SCREENS / f"{name}-{size[0]}x{size[1]}.png").write_bytes(shot)
        if keep:
            (PICTURES / f"{keep}.png").write_bytes(shot)


async def _run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0, command


if __name__ == "__main__":
    asyncio.run(main())
