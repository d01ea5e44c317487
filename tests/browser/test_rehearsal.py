"""A rehearsal as the organiser has it: tried from the made page, filled, looked at from a table, and left."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import TURNED_AWAY, People
from tests.browser.screens import button, count, enter, link, note, say, slip, state, write
from tests.browser.server import Server
from tests.browser.test_main_job import _next

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "Tried before it begins"
EXPECTED = 5
CANARY = "A lantern for the tow path"
STORED = """async (word) => {
  const kept = [JSON.stringify(localStorage)];
  const db = await new Promise((done) => {
    const opening = indexedDB.open("eutopia");
    opening.onsuccess = () => done(opening.result);
  });
  for (const name of db.objectStoreNames) {
    const all = db.transaction(name).objectStore(name).getAll();
    kept.push(JSON.stringify(await new Promise((done) => all.onsuccess = () => done(all.result))));
  }
  db.close();
  return kept.join(" ").includes(word);
}"""


async def start(organiser: Page, server: Server) -> str:
    """A workshop of two tables; its code."""
    await organiser.goto(server.start_link)
    await organiser.get_by_label(say("start.title"), exact=True).fill(TITLE)
    await organiser.get_by_label(say("start.groups_names")).fill("Oak\nElm")
    await organiser.get_by_label(say("start.expected")).fill(str(EXPECTED))
    await button(organiser, "start.open").click()
    await expect(organiser.get_by_role("heading", name=TITLE)).to_be_visible()
    return (await organiser.locator("#made-code").inner_text()).replace(" ", "")


@pytest.mark.long
async def test_a_rehearsal_is_filled_looked_at_and_left_without_a_trace(
    people: People, server: Server
) -> None:
    desk = await people.come()
    real = await start(desk, server)
    await button(desk, "rehearsal.try").click()
    await expect(desk.get_by_role("heading", name=f"Rehearsal: {TITLE}")).to_be_visible()
    await expect(desk.locator(".rehearsal-strip")).to_contain_text(say("rehearsal.strip"))
    code = re.search(r"/s/(\w{9})/", desk.url)[1]  # type: ignore[index]
    assert code != real
    assert "#" not in desk.url
    await expect(desk.locator("#rehearsal-people")).to_have_text(say("rehearsal.nobody"))

    wall = await desk.context.new_page()
    await wall.goto(f"{server.origin}/s/{code}/wall")
    await expect(wall.locator(".rehearsal-strip")).to_be_visible()
    await desk.get_by_role("button", name=count("rehearsal.bring", EXPECTED)).click()
    await button(desk, "rehearsal.quick").click()
    await expect(button(desk, "rehearsal.calm")).to_be_focused()
    joined = say("wall.joined_of", n=EXPECTED, of=EXPECTED)
    await expect(wall.locator(".arrival-here")).to_have_text(joined)
    await expect(desk.locator("#rehearsal-people")).to_have_text(count("rehearsal.here", EXPECTED))

    await _next(desk, "facilitate.start", "Come in")
    await _next(desk, "facilitate.next", "Why we are here")
    await _next(desk, "facilitate.next", "Ideas, on your own")
    await expect(desk.locator("#notes > li").nth(3)).to_be_visible(timeout=30_000)
    await expect(wall.locator(".blank").first).to_be_visible()

    async with desk.context.expect_page() as opened:
        await desk.get_by_role("link", name="Elm", exact=True).click()
    phone = await opened.value
    await phone.wait_for_url(f"**/s/{code}")
    await expect(phone.locator("#group")).to_have_text("Elm")
    await expect(phone.locator(".rehearsal-strip")).to_be_visible()
    theirs = await desk.locator("#notes > li").first.locator("[dir=auto]").first.inner_text()
    assert theirs not in await phone.locator("body").inner_text(), "private is private here too"
    await expect(state(await write(phone, "People around us", CANARY))).to_have_text(say("phone.private"))
    assert await phone.evaluate(STORED, CANARY), "the search has to find what is there"
    # Another table is the same tab: one browser is one person.
    await desk.bring_to_front()
    await desk.get_by_role("link", name="Oak", exact=True).click()
    await expect(phone.locator("#group")).to_have_text("Oak")
    await expect(note(phone, CANARY)).to_be_visible()

    await _next(desk, "facilitate.next", "Ideas, together")
    await expect(slip(wall, "").first).to_be_visible()
    await expect(state(note(phone, CANARY))).to_have_text(say("phone.shown"))

    await button(desk, "rehearsal.leave").click()
    await desk.wait_for_url(f"**/s/{real}/facilitate")
    await expect(desk.get_by_role("heading", name=TITLE, exact=True)).to_be_visible()
    await expect(button(desk, "rehearsal.try")).to_be_visible()
    await expect(desk.locator(".rehearsal-strip")).to_have_count(0)
    await wall.wait_for_url(re.compile(r"/wall\?was=deleted$"))
    await expect(wall.locator("[data-letters] span")).to_have_count(4)
    await expect(phone.get_by_role("heading", name=say("rehearsal.over"))).to_be_visible()
    assert CANARY not in await phone.locator("body").inner_text()
    assert not await desk.evaluate(STORED, CANARY), "nothing of it stays in this browser"
    assert server.files_with(CANARY) == []
    await desk.goto(f"{server.origin}/sessions")
    await expect(desk.get_by_role("heading", name=TITLE, exact=True)).to_be_visible()
    await expect(desk.get_by_role("heading", name=f"Rehearsal: {TITLE}")).to_have_count(0)


async def test_a_rehearsal_left_lying_is_left_from_my_sessions(people: People, server: Server) -> None:
    organiser = await people.come()
    await start(organiser, server)
    await button(organiser, "rehearsal.try").click()
    await expect(organiser.locator("#bring")).to_be_visible()
    rehearsal = organiser.url
    await organiser.goto(f"{server.origin}/sessions")
    left = organiser.locator(".rehearsals > li").filter(has_text=f"Rehearsal: {TITLE}")
    await expect(link(left, "rehearsal.open_again")).to_have_attribute("href", re.compile(r"/facilitate$"))
    await button(left, "rehearsal.leave_it_label", title=f"Rehearsal: {TITLE}").click()
    await expect(left).to_have_count(0)
    await expect(organiser.get_by_role("heading", name=say("sessions.page"))).to_be_focused()
    page = await people.come(forgive=TURNED_AWAY)
    assert (await page.goto(rehearsal)).status == 404  # type: ignore[union-attr]


async def test_trying_is_offered_until_somebody_real_comes(people: People, server: Server) -> None:
    room = await server.open(groups=[])
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await expect(button(desk, "rehearsal.try")).to_be_visible()
    await server.write(room, [])
    await expect(button(desk, "rehearsal.try")).to_be_hidden()


async def test_by_keyboard_alone_the_focus_is_never_lost(people: People, server: Server) -> None:
    room = await server.open(groups=[])
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await button(desk, "rehearsal.try").focus()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#bring")).to_be_visible()
    await desk.locator("#bring").focus()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#pace-of-people")).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#pace-of-people")).to_have_text(say("rehearsal.calm"))
    await expect(desk.locator("#pace-of-people")).to_be_focused()
    await desk.keyboard.press("Tab")
    await expect(desk.locator("#send-home")).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#bring")).to_be_focused()
    await desk.keyboard.press("Tab")
    await expect(link(desk, "rehearsal.phone")).to_be_focused()
    async with desk.context.expect_page() as opened:
        await desk.keyboard.press("Enter")
    phone = await opened.value
    await phone.wait_for_url("**/s/*")
    await expect(phone.locator("#question")).to_have_text(say("phone.before"))
    await phone.close()
    await desk.keyboard.press("Tab")
    await expect(desk.locator("#leave-rehearsal")).to_be_focused()
    await desk.keyboard.press("Enter")
    await desk.wait_for_url(f"**/s/{room.code}/facilitate")
