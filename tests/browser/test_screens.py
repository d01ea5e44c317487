"""A screen is connected by its letters, listed, and disconnected; it then says so and shows letters again."""

import time

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.people import WEATHER, People
from tests.browser.screens import enter, say
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SOON = 2.0
WALL = {"width": 1920, "height": 1080}


async def _letters(screen: Page, server: Server) -> str:
    await screen.goto(f"{server.origin}/wall")
    await expect(screen.locator("[data-letters] span")).to_have_count(4)
    return "".join(await screen.locator("[data-letters] span").all_inner_texts())


async def _type(desk: Page, letters: str) -> Locator:
    """Returns the list of screens."""
    await desk.get_by_label(say("facilitate.screen_letters")).fill(letters)
    await desk.keyboard.press("Enter")
    return desk.locator("#screens > li")


async def _connect(desk: Page, letters: str) -> Locator:
    """Type the letters, and wait until the screen is there; returns the list of screens."""
    listed = await _type(desk, letters)
    await expect(desk.locator("#screen-said")).to_have_text(say("screens.done"))
    await expect(listed.get_by_text(say("screens.away"))).to_have_count(0)
    return listed


async def _desk(people: People, server: Server) -> tuple[Room, Page]:
    room, desk = await server.open(), await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await desk.get_by_text(say("facilitate.screen"), exact=True).click()
    return room, desk


async def test_a_disconnected_screen_says_so_and_shows_letters_again(people: People, server: Server) -> None:
    _, desk = await _desk(people, server)
    screens = [await people.come(WALL), await people.come(WALL)]
    for n, screen in enumerate(screens, 1):
        listed = await _connect(desk, await _letters(screen, server))
        await expect(listed).to_have_count(n)
        await screen.wait_for_url("**/s/*/wall")
        await expect(screen.get_by_alt_text(say("wall.qr"))).to_be_visible()
    await expect(desk.get_by_text(say("screens.here"))).to_have_count(2)
    await desk.locator("#screens button").first.focus()
    before = time.monotonic()
    await desk.keyboard.press("Enter")
    await expect(screens[0].get_by_text(say("pair.was_ended"))).to_be_visible()
    assert time.monotonic() - before < SOON
    await expect(screens[0].locator("[data-letters] span")).to_have_count(4)
    await expect(listed).to_have_count(1)
    await expect(desk.get_by_text(say("screens.disconnected"))).to_be_visible()
    await expect(desk.locator("#screens button")).to_be_focused()
    await expect(screens[1].get_by_alt_text(say("wall.qr"))).to_be_visible()
    # Straight back again, by the letters that it shows now.
    await expect(await _connect(desk, await _letters(screens[0], server))).to_have_count(2)
    await expect(screens[0].get_by_alt_text(say("wall.qr"))).to_be_visible()


async def test_a_screen_without_a_place_is_shown_the_way_in(people: People, server: Server) -> None:
    room, screen = await server.open(), await people.come(WALL)
    await screen.goto(f"{server.origin}/s/{room.code}/wall")
    await expect(screen.get_by_text(say("pair.was_missing"))).to_be_visible()
    await expect(screen.locator("[data-letters] span")).to_have_count(4)


async def test_the_last_screen_gone_leaves_the_focus_where_the_next_is_connected(
    people: People, server: Server
) -> None:
    _, desk = await _desk(people, server)
    screen = await people.come(WALL, forgive=WEATHER)
    letters = await _letters(screen, server)
    await _does_not_come(desk, screen, letters)
    await screen.wait_for_url("**/s/*/wall")
    await desk.locator("#screens button").first.press("Enter")
    await expect(desk.locator("#screens")).to_be_hidden()
    await expect(desk.get_by_label(say("facilitate.screen_letters"))).to_be_focused()


async def _does_not_come(desk: Page, screen: Page, letters: str) -> None:
    """A screen without a line: that it is waited for is said, until it is clear that it does not come."""
    said = desk.locator("#screen-said")
    await desk.clock.install()
    await screen.context.set_offline(True)
    listed = await _type(desk, letters)
    await expect(said).to_have_text(say("screens.connecting"))
    await expect(listed).to_contain_text(say("screens.coming"))
    await desk.clock.run_for(20_000)
    await expect(said).to_have_text(say("screens.late"))
    await expect(listed).to_contain_text(say("screens.away"))
    await screen.context.set_offline(False)
