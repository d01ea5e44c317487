"""A whole room: the organiser, a second host, a paired wall, ten phones, a shared one and a scribe."""

from dataclasses import dataclass, field
from itertools import cycle

from playwright.async_api import Locator, Page, expect

from tests.browser.hands import Hand
from tests.browser.looks import axe
from tests.browser.people import TURNED_AWAY, People
from tests.browser.screens import button, join, link, say, slip, starting
from tests.browser.server import Server

TABLES = ("Oak", "Elm", "Ash")
TITLE = "Lower Valley, whole"
EXPECTED = 14
"""Ten with a phone of their own, one with a shared one, and three whose words a scribe writes."""

HAND_HELD = {"width": 390, "height": 844}
WALL = {"width": 1280, "height": 720}

SPEAKS = """() => {
  window.spoken = [];
  const polite = "[aria-live=polite], [role=status], [role=log]";
  const watch = () => new MutationObserver((changes) => {
    const said = changes
      .map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(polite))
      .filter((each) => each?.checkVisibility() && each.textContent.trim());
    if (said.length) spoken.push([Math.round(performance.now()), said[0].id, said[0].textContent]);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  document.body ? watch() : addEventListener("DOMContentLoaded", watch);
}"""
"""When a page spoke to a screen reader, politely: at most once in five seconds, however busy the room is."""


@dataclass
class Cast:
    hand: Hand
    server: Server
    organiser: Page
    desk: Page
    co: Page
    wall: Page
    phones: list[Page] = field(default_factory=list)
    shared: Page = None  # type: ignore[assignment]
    scribe: Page = None  # type: ignore[assignment]
    join_url: str = ""
    heard: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def next(self, title: str, *, key: str = "facilitate.next") -> None:
        # Two taps within the same second are one press that bounced.
        await self.desk.wait_for_timeout(850)
        await self.hand.press(button(self.desk, key, title=title))
        await expect(self.desk.locator("#stage-title")).to_have_text(title)
        await expect(self.co.locator("#stage-title")).to_have_text(title)

    async def is_accessible(self, *pages: Page) -> None:
        for page in pages:
            self.faults += [f"{self.desk.url} {page.viewport_size}: {fault}" for fault in await axe(page)]

    async def on_slip(self, page: Page, text: str, act: str) -> None:
        await self.hand.press(button(slip(page, text), act))


async def come(people: People, server: Server, hand: Hand) -> Cast:
    organiser = await people.come()
    await _open(organiser, server, hand)
    join_url = "http://" + await organiser.locator("#made-address").inner_text()
    # The organiser runs the room: the same person, on the next page.
    await hand.press(link(organiser, "start.go"))
    await organiser.wait_for_url("**/facilitate*")
    cast = Cast(
        hand=hand,
        server=server,
        organiser=organiser,
        desk=organiser,
        co=await people.come(HAND_HELD, has_touch=True, is_mobile=True, forgive=TURNED_AWAY),
        wall=await people.come(WALL),
        join_url=join_url,
    )
    cast.wall.on("websocket", lambda ws: ws.on("framereceived", lambda frame: cast.heard.append(str(frame))))
    await _pair(cast)
    await _second_host(cast)
    for _ in range(10):
        cast.phones.append(await people.phone(forgive=TURNED_AWAY))
    cast.shared, cast.scribe = await people.phone(), await people.phone()
    await cast.phones[9].add_init_script(f"({SPEAKS})()")
    await _join_by_hand(cast, cast.phones[0], "Oak")
    for phone, table in zip(cast.phones[1:], cycle(TABLES), strict=False):
        await join(phone, join_url, table)
    await _join_by_hand(cast, cast.shared, "Elm")
    await _join_by_hand(cast, cast.scribe, "Ash", others=3)
    return cast


async def _open(page: Page, server: Server, hand: Hand) -> None:
    await page.goto(server.start_link)
    await hand.tick(page.get_by_role("radio", name=starting("GP surgery, 45")))
    await hand.type(page.get_by_label(say("start.title"), exact=True), TITLE)
    await hand.type(page.get_by_label(say("start.groups_names"), exact=True), "\n".join(TABLES))
    await hand.type(page.get_by_label(say("start.expected"), exact=True), str(EXPECTED))
    await hand.tick(page.get_by_label(say("start.late"), exact=True))
    await hand.press(button(page, "start.open"))
    await expect(page.get_by_role("heading", name=TITLE)).to_be_focused()


async def _pair(cast: Cast) -> None:
    await cast.wall.goto(f"{cast.server.origin}/wall")
    letters = cast.wall.locator("[data-letters] span")
    await expect(letters).to_have_count(4)
    typed = "".join(await letters.all_inner_texts())
    await cast.hand.unfold(cast.desk.locator("summary").filter(has_text=say("facilitate.screen")))
    await cast.hand.type(cast.desk.get_by_label(say("facilitate.screen_letters")), typed.lower())
    await cast.hand.press(button(cast.desk, "facilitate.screen_connect"))
    await cast.wall.wait_for_url("**/s/*/wall")


async def _second_host(cast: Cast) -> None:
    desk, hand = cast.desk, cast.hand
    await hand.unfold(desk.locator("#links-fold > summary"))
    await hand.type(desk.get_by_label(say("facilitate.link_label")), "Sam")
    await hand.press(button(desk, "facilitate.link_make"))
    await expect(desk.locator("#link-url")).to_be_visible()
    await cast.co.goto(await desk.locator("#link-url").input_value())
    await expect(cast.co.locator("#room")).to_be_visible()


async def _join_by_hand(cast: Cast, phone: Page, table: str, others: int = 0) -> None:
    await phone.goto(cast.join_url)
    await cast.hand.tick(phone.get_by_role("radio", name=table))
    if others:
        await cast.hand.tick(phone.get_by_role("radio", name=say("join.for_others")))
        await cast.hand.type(phone.get_by_label(say("join.so_many")), str(others))
    await cast.hand.press(phone.locator("#join"))
    await phone.wait_for_url("**/s/*")
    await expect(phone.locator("#title")).not_to_be_empty()


async def add_by_hand(cast: Cast, phone: Page, zone: str, words: str) -> Locator:
    """A note from the choice of its zone to Add; returns it once it is saved."""
    await expect(phone.locator("#composer")).to_be_visible()
    choice = phone.locator("#zones").get_by_role("button", name=starting(zone))
    if not await choice.is_visible():
        await cast.hand.press(phone.locator("#zones").get_by_role("button", pressed=True))
    if await choice.get_attribute("aria-pressed") != "true":
        await cast.hand.press(choice)
    await cast.hand.type(phone.locator("#box"), words)
    await cast.hand.press(phone.locator("#add"))
    added = phone.locator("#notes > li").filter(has_text=words)
    await expect(added).to_have_attribute("data-standing", "saved")
    return added


async def slip_by_hand(cast: Cast, words: str, number: int) -> None:
    """The scribe's page takes one slip after the other by Enter."""
    await cast.hand.type(cast.scribe.get_by_label(say("slips.number")), str(number))
    await cast.hand.type(cast.scribe.get_by_label(say("slips.words")), words, enter=True)
    written = cast.scribe.locator("#notes > li").filter(has_text=words)
    await expect(written).to_have_attribute("data-standing", "saved")


async def next_person(cast: Cast) -> None:
    await cast.hand.unfold(cast.shared.locator("#handing > summary"))
    await cast.hand.press(cast.shared.locator("#next"))
    await cast.shared.wait_for_url("**/j/*")
    await cast.hand.press(cast.shared.locator("#join"))
    await cast.shared.wait_for_url("**/s/*")
