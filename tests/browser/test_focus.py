"""Wherever Tab leads, one sees that one is there, and nothing lies over it."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import DESK, PHONE, People
from tests.browser.screens import enter, join, write
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_STOPS = 150
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const look = (each) => {
    const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(each);
    const outline = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return { outline, more: borderColor + boxShadow };
  };
  const near = [at, at.closest("label"), at.closest("label, .card, li")].filter(Boolean);
  const now = near.map(look);
  const { left, top, width, height } = at.getBoundingClientRect();
  const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.2], [0.5, 0.8]];
  const isHit = points.some(([x, y]) => {
    const over = document.elementFromPoint(left + width * x, top + height * y);
    return over && (at.contains(over) || [...at.labels ?? []].some((label) => label.contains(over)));
  });
  at.blur();
  const without = near.map(look);
  at.focus({ preventScroll: true, focusVisible: true });
  const shows = now.some(({ outline, more }, which) => outline || more !== without[which].more);
  const first = !at.dataset.stopped;
  at.dataset.stopped = "yes";
  return { first, shows, isHit, name: at.outerHTML.slice(0, 160) };
}"""


async def test_every_stop_of_tab_shows_on_a_phone(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-alone")
    phone = await people.come(PHONE)
    await phone.goto(server.origin)
    assert await _unseen(phone) == []
    await phone.goto(room.join_url)
    assert await _unseen(phone) == []
    await join(phone, room.join_url, "Oak")
    await write(phone, "One person", "Walk to the shop")
    await phone.reload()
    await expect(phone.locator("#notes > li")).to_have_count(1)
    assert await _unseen(phone) == []


@pytest.mark.parametrize("size", [DESK, {"width": 768, "height": 600}])
async def test_every_stop_of_tab_shows_on_the_host_s_pages(
    people: People, server: Server, size: dict[str, int]
) -> None:
    room = await server.open(stage="matrix-together")
    ids = await server.write(room, [("matrix.social", f"Idea {n}") for n in range(20)], group="g1")
    await server.ask(room, type="theme.make", id="p" * 22, title="Walk together")
    await server.ask(room, type="notes.place", notes=ids[:4], theme="p" * 22)
    await server.ask(room, type="item.make", id="i" * 22, text="Walk together", theme="p" * 22)
    page = await people.come(size)
    await page.goto(server.start_link)
    await expect(page.locator("#open")).to_be_visible()
    assert await _unseen(page) == []
    for path, sign in {
        "": "#notes > li",
        "sort": "#piles > li",
        "list": "#line-A",
        "wall": "li.note",
    }.items():
        await enter(page, room, path, room.facilitate_url)
        await expect(page.locator(sign).first).to_be_visible()
        assert await _unseen(page) == [], path or "facilitate"


async def _unseen(page: Page) -> list[str]:
    """The stops that do not show, or that something lies over."""
    unseen: list[str] = []
    for n in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(STOP)
        if stop is None or not stop["first"]:
            assert n, "Tab leads nowhere"
            return unseen
        if not stop["shows"]:
            unseen.append(f"does not show: {stop['name']}")
        if not stop["isHit"]:
            unseen.append(f"is covered: {stop['name']}")
    raise AssertionError("Tab never comes round")
