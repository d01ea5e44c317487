"""The facilitator's work and the desk, from the organiser's link to the list on disk, without a pointer."""

import json

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.people import DESK, People
from tests.browser.screens import (
    button,
    button_starting,
    count,
    enter,
    join,
    link,
    say,
    slip,
    starting,
    write,
)
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

MOST_STOPS = 120


async def test_a_workshop_is_run_and_its_list_taken_home_by_keyboard_alone(
    people: People, server: Server
) -> None:
    page = await people.come()
    await page.goto(server.start_link)
    await _open_a_room(page)
    room_code = page.url.split("/")[4]
    await _press(page, button(page, "facilitate.start", title="Come in"))
    await expect(page.locator("#stage-title")).to_have_text("Come in")
    await _press(page, page.locator("#jumps .jump").filter(has_text="Ideas, on your own"))
    await expect(page.get_by_role("heading", name="Ideas, on your own", exact=True)).to_be_visible()

    phone = await people.phone()
    await join(phone, f"{server.origin}/j/{room_code}", "Oak")
    for text in ("Walk to the shop", "Walk with a friend", "Fewer forms", "Jones is slow"):
        await write(phone, "One person", text)

    await _press(page, button(slip(page, "Jones is slow"), "facilitate.hide"))
    await expect(button(slip(page, "Jones is slow"), "facilitate.why_names")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(button(slip(page, "Jones is slow"), "facilitate.show_again")).to_be_focused()
    await _press(page, page.locator("#next"))
    await expect(page.get_by_role("heading", name="Ideas, together", exact=True)).to_be_visible()
    await _press(page, button(page, "facilitate.wall_blank"), "Space")
    await expect(button(page, "facilitate.wall_unblank")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(button(page, "facilitate.wall_blank")).to_be_focused()

    await _press(page, link(page, "facilitate.to_sort"))
    await _sort(page)
    await _press(page, link(page, "sort.to_list"))
    files = {}
    for kind in ("docx", "pdf", "xlsx", "csv", "md", "json"):  # as they stand on the page
        await _to(page, link(page, f"list.{kind}"))
        async with page.expect_download() as coming:
            await page.keyboard.press("Enter")
        files[kind] = (await (await coming.value).path()).read_bytes()
    assert all(files.values())
    whole = json.loads(files["json"])
    assert [line["text"] for line in whole["lines"]] == ["Walk together on Fridays"]


async def test_keys_do_nothing_once_they_are_switched_off(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-together")
    await server.write(room, [("matrix.social", "Only one")])
    await server.ask(room, type="theme.make", id="p" * 22, title="The only pile")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    await _to(desk, desk.locator("#left").get_by_role("button", name="Only one"))
    switch = desk.get_by_role("checkbox", name=say("sort.keys_on"))
    await _press(desk, switch, "Space")
    await expect(switch).not_to_be_checked()
    await desk.keyboard.press("ArrowDown")
    await expect(switch).to_be_focused()
    await _to(desk, desk.locator("#left").get_by_role("button", name="Only one"))
    await desk.keyboard.press("1")
    await desk.keyboard.press("u")
    await desk.wait_for_timeout(300)
    await expect(desk.locator("#piles > li")).to_have_count(1)
    await expect(desk.locator("#left").get_by_role("button", name="Only one")).to_be_visible()
    await desk.reload()
    await expect(switch).not_to_be_checked()


async def test_a_note_that_goes_away_hands_the_focus_to_its_neighbour(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-together")
    await server.write(room, [("matrix.social", text) for text in ("First", "Second", "Third")])
    await server.ask(room, type="theme.make", id="p" * 22, title="The pile")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    left = desk.locator("#left")
    await left.get_by_role("button", name="Second").focus()
    # Another host files it under one's hands.
    note = left.locator("[data-note]").filter(has_text="Second")
    second = await note.get_attribute("data-note")
    await server.ask(room, type="notes.place", notes=[second], theme="p" * 22)
    await expect(left.get_by_role("button", name="Second")).to_have_count(0)
    assert await desk.evaluate("document.activeElement !== document.body"), "the focus is lost"
    await expect(desk.locator("#left .pick:focus")).to_have_count(1)


async def test_a_wall_is_turned_and_blanked_by_a_clicker_and_never_moves_a_stage(
    people: People, server: Server
) -> None:
    room = await server.open(stage="matrix-together")
    await server.write(
        room, [("matrix.social", f"Idea number {n} of the room, in its own words") for n in range(30)]
    )
    await server.ask(room, type="wall.show", manner="read", of="matrix.social", page=0)
    wall, desk = await people.come(DESK), await people.come(DESK)
    await enter(wall, room, "wall", room.facilitate_url)
    await enter(desk, room, "", room.facilitate_url)
    tally = wall.locator(".read-tally")
    await expect(tally).to_contain_text("1")
    before = await wall.locator(".read-notes li").first.inner_text()
    await wall.keyboard.press("PageDown")
    await expect(wall.locator(".read-notes li").first).not_to_have_text(before)
    await wall.keyboard.press("PageUp")
    await expect(wall.locator(".read-notes li").first).to_have_text(before)
    await wall.keyboard.press("b")
    await expect(wall.locator("#main")).to_be_hidden()
    await wall.keyboard.press("b")
    await expect(wall.locator("#main")).to_be_visible()
    await expect(desk.get_by_role("heading", name="Ideas, together", exact=True)).to_be_visible()


async def _open_a_room(page: Page) -> None:
    await _to(page, page.get_by_role("radio", name=starting("GP surgery, 45")))
    await page.keyboard.press("Space")
    await _to(page, page.get_by_label(say("start.title"), exact=True))
    await page.keyboard.type("By keyboard")
    await _to(page, page.get_by_label(say("start.groups_names"), exact=True))
    await page.keyboard.type("Oak\nElm")
    await _press(page, button(page, "start.open"))
    await expect(page.get_by_role("heading", name="By keyboard")).to_be_focused()
    await _press(page, link(page, "start.go"))
    await page.wait_for_url("**/facilitate*")


async def _sort(page: Page) -> None:
    left = page.locator("#left")
    for text in ("Walk to the shop", "Walk with a friend"):
        await _among(page, left.get_by_role("button", name=text))
        await page.keyboard.press("Space")
    await page.keyboard.press("n")
    await page.keyboard.type("Walk together")
    await page.keyboard.press("Enter")
    pile = page.locator("#piles > li").first
    await expect(pile).to_contain_text(count("sort.notes", 2))

    await _among(page, left.get_by_role("button", name="Fewer forms"))
    await page.keyboard.press("w")
    await page.keyboard.press("1")
    await expect(pile).to_contain_text(count("sort.n_worry", 1))
    await page.keyboard.press("z")
    await expect(pile).to_contain_text(count("sort.notes", 2))
    await _among(page, left.get_by_role("button", name="Fewer forms"))
    await page.keyboard.press("m")
    await page.keyboard.type("together")
    await page.keyboard.press("Enter")
    await expect(pile).to_contain_text(count("sort.notes", 3))

    await _press(page, button_starting(pile, "sort.make_line"))
    worded = page.get_by_label(say("sort.line_label", letter="A"), exact=True)
    await _to(page, worded)
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("Walk together on Fridays")
    await page.keyboard.press("Enter")
    await expect(page.locator("#undo-what")).to_have_text(say("sort.did_item_worded"))


async def _among(page: Page, wanted: Locator) -> None:
    """One stop of Tab for a whole column of notes; the arrows move within it."""
    await expect(wanted).to_be_visible()
    await _to(page, page.locator("#left .pick[tabindex='0']"))
    await page.keyboard.press("Home")
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
        await page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {wanted}")


async def _press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    await _to(page, wanted)
    await page.keyboard.press(key)


async def _to(page: Page, wanted: Locator) -> None:
    """Tab on until this has the focus."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {wanted}")
