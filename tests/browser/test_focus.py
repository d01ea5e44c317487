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


GOING = """async (ways) => {
  const frames = async () => {
    for (let n = 0; n < 3; n++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  };
  const goes = {
    removed: (each) => each.remove(),
    hidden: (each) => each.hidden = true,
    disabled: (each) => each.disabled = true,
    "disabled for a moment": (each) => {
      each.disabled = true;
      requestAnimationFrame(() => setTimeout(() => each.disabled = false));
    },
    "its row hidden": (each) => each.parentElement.hidden = true,
    "its row removed": (each) => each.parentElement.remove(),
    "its fold closed": (each) => each.closest("details").open = false,
    "drawn anew": (each) => each.replaceWith(each.cloneNode(true)),
  };
  const regions = [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")];
  const said = () => regions.map((each) => each.textContent).join("|");
  const list = document.createElement("ol");
  document.querySelector("main").prepend(list);
  const draw = () => {
    list.replaceChildren(...[0, 1, 2].map((row) => {
      const item = document.createElement("li"), fold = document.createElement("details");
      fold.open = true;
      const summary = document.createElement("summary"), acts = document.createElement("div");
      summary.textContent = `fold ${row}`;
      acts.append(...[0, 1, 2].map((n) => {
        const act = document.createElement("button");
        act.type = "button";
        act.textContent = `${row}${n}`;
        act.style.marginBlockEnd = "20vh";
        return act;
      }));
      fold.append(summary, acts);
      item.append(fold);
      return item;
    }));
  };
  const wrong = [];
  for (const [way, at, wanted] of ways) {
    draw();
    await frames();
    const act = [...list.querySelectorAll("button")].find((each) => each.textContent === at);
    act.focus();
    const before = { said: said(), top: scrollY };
    goes[way](act);
    await frames();
    const now = document.activeElement, { top, bottom } = now.getBoundingClientRect();
    const here = now.textContent.slice(0, 20);
    if (!wanted.split(" or ").includes(here)) wrong.push(`${at} ${way}: the focus is on ${here}`);
    if (said() !== before.said) wrong.push(`${at} ${way}: ${said()} was said`);
    if (Math.abs(scrollY - before.top) > innerHeight / 2) wrong.push(`${at} ${way}: the page went far`);
    if (top < 0 || bottom > innerHeight) wrong.push(`${at} ${way}: nobody sees where`);
  }
  list.remove();
  return wrong;
}"""


async def test_where_a_control_goes_its_nearest_neighbour_has_the_focus_in_sight_and_nothing_is_said(
    people: People, server: Server
) -> None:
    ways = []
    for way in ("removed", "hidden", "disabled"):
        # What came after it, or else before it, in its row.
        ways += [(way, "10", "11"), (way, "11", "12"), (way, "12", "11")]
    for way in ("its row hidden", "its row removed", "its fold closed"):
        ways += [(way, f"1{n}", "fold 1") for n in range(3)]
    ways += [("disabled for a moment", "10", "10 or 11")]
    ways += [("drawn anew", f"2{n}", f"2{n}") for n in range(3)]
    room = await server.open(stage="matrix-together")
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await expect(desk.locator("#room")).to_be_visible()
    assert await desk.evaluate(GOING, ways) == []
    # Whoever has gone elsewhere stays there.
    await desk.evaluate("document.querySelector('#next').focus()")
    await desk.evaluate("document.querySelector('#look-up').remove()")
    await expect(desk.locator("#next")).to_be_focused()
