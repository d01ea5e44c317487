"""Notes with a hint wait for the host, who sees why and lets them go; the rest goes on with one press."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import People
from tests.browser.screens import (
    button,
    button_starting,
    change,
    enter,
    join,
    link,
    note,
    say,
    slip,
    state,
    write,
)
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMED, PLAIN = "Dr Smith could go first", "Walk together on Fridays"


async def _here(people: People, server: Server, stage: str) -> tuple[Room, Page, Page, Page]:
    room = await server.open(stage=stage, groups=["North"])
    desk, phone = await people.come(), await people.phone()
    wall = await people.come({"width": 1920, "height": 1080})
    await enter(desk, room, "", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    await join(phone, room.join_url, "North")
    return room, desk, phone, wall


async def test_after_a_quiet_round_one_press_shows_all_but_what_has_a_hint(
    people: People, server: Server
) -> None:
    _, desk, phone, wall = await _here(people, server, "matrix-alone")
    for text in (NAMED, PLAIN):
        await write(phone, "One person", text)
    await expect(state(note(phone, NAMED))).to_have_text(
        f"{say('phone.held_names')} {say('phone.change_it')}"
    )
    shows = say("facilitate.show_keep", n=1, kept=1)
    await button(desk, "facilitate.show_label", show=shows, zone="One person").press("Enter")
    await expect(wall.get_by_text(PLAIN)).to_be_visible()
    assert await wall.get_by_text("Smith").count() == 0
    await expect(slip(desk, NAMED)).to_contain_text(say("facilitate.waits_names"))
    await button(slip(desk, NAMED), "facilitate.show_it").press("Enter")
    await expect(wall.get_by_text(NAMED)).to_be_visible()
    await expect(state(note(phone, NAMED))).to_have_text(say("phone.shown"))


async def test_its_author_reads_why_and_sets_it_free_with_other_words(people: People, server: Server) -> None:
    _, desk, phone, _ = await _here(people, server, "must-haves")
    await write(phone, "What I see", NAMED)
    await expect(slip(desk, NAMED)).to_contain_text(say("facilitate.waits_names"))
    written = note(phone, NAMED)
    await change(written).click()
    await written.get_by_role("textbox").fill("A doctor could go first")
    await button(written, "phone.save").click()
    await expect(state(note(phone, "A doctor could go first"))).to_have_text(say("phone.shown"))
    await expect(slip(desk, "A doctor could go first")).not_to_contain_text(say("facilitate.waits_names"))


async def test_a_page_that_people_can_see_shows_only_what_the_wall_shows(
    people: People, server: Server
) -> None:
    _, desk, phone, wall = await _here(people, server, "must-haves")
    for text in (NAMED, PLAIN):
        await write(phone, "What I see", text)
    await expect(slip(desk, NAMED)).to_be_visible()
    await desk.get_by_label(say("facilitate.seen")).check()
    await expect(slip(desk, PLAIN)).to_be_visible()
    await expect(desk.locator("#notes-seen")).to_be_visible()
    assert await desk.get_by_text("Smith").count() == 0
    files = await desk.locator("a[download]").evaluate_all("(all) => all.map((each) => each.href)")
    assert files
    assert all(file.endswith("?copy=room") for file in files), files
    await _sort_in_front_of_everyone(desk)
    await desk.locator("#next").click()
    await expect(desk.locator("#stage-title")).to_have_text("Sort")
    await desk.get_by_label(say("facilitate.seen")).uncheck()
    await expect(slip(desk, NAMED)).to_be_visible()
    await expect(wall.locator("#main")).to_be_visible()


async def _sort_in_front_of_everyone(desk: Page) -> None:
    """Before its step, and no phone is moved by it; then back to the room."""
    stage = await desk.locator("#stage-title").inner_text()
    await link(desk, "facilitate.to_sort").click()
    await expect(desk.locator("#left li")).to_have_count(1)
    await expect(desk.locator("#left")).to_contain_text(PLAIN)
    await desk.locator("#left .pick").focus()
    for key in ("u", "m"):
        await desk.keyboard.press(key)
    await expect(desk.locator("#pile-form")).to_be_hidden()
    await expect(desk.get_by_role("dialog")).to_have_count(0)
    await button(desk, "sort.seen_piles_show").click()
    await expect(desk.get_by_label(say("sort.pile_title"))).to_be_focused()
    await desk.keyboard.type("Make it a garden")
    await desk.keyboard.press("Enter")
    await expect(desk.locator("#piles > li")).to_have_count(1)
    await desk.locator("#left .pick").focus()
    await desk.keyboard.press("1")
    await expect(desk.locator("#piles")).to_contain_text(PLAIN)
    await desk.keyboard.press("z")
    await expect(desk.locator("#left")).to_contain_text(PLAIN)
    await expect(desk.locator("#line-form")).to_be_hidden()
    await button(desk, "sort.seen_lines_show").click()
    await button_starting(desk, "sort.make_line").click()
    await expect(desk.locator("#lines > li")).to_have_count(1)
    assert "Smith" not in await desk.content()
    await link(desk, "sort.to_facilitate").click()
    await expect(desk.locator("#stage-title")).to_have_text(stage)
