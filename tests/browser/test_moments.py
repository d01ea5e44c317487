"""What each moment of a workshop asks of a phone, and that nobody who types is ever moved."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import PHONE, People
from tests.browser.screens import box, button, choose_zone, count, join, note, say, state, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_somebody_who_types_is_not_moved_until_the_note_is_finished(
    people: People, server: Server
) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "One person")
    await box(phone).press_sequentially("Half a tho")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(phone.locator("#moved")).to_contain_text(say("phone.moved_on"))
    await expect(box(phone)).to_be_focused()
    await box(phone).press_sequentially("ught")
    await expect(box(phone)).to_have_value("Half a thought")
    await server.ask(room, type="stage.open", stage="utopia-alone")
    await expect(box(phone)).to_be_focused()
    await button(phone, "phone.add").click()
    await expect(phone.locator("#question")).to_contain_text("Picture your surgery")
    # The zone it was written for takes notes still, and everybody sees those by now.
    await expect(state(note(phone, "Half a thought"))).to_have_text(say("phone.shown"))


async def test_a_note_kept_for_later_is_still_in_its_box_when_the_room_comes_back(
    people: People, server: Server
) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "One person")
    await box(phone).fill("For later")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await button(phone, "phone.later").click()
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_talk"))
    await expect(phone.locator("#composer")).to_be_hidden()
    await server.ask(room, type="stage.open", stage="matrix-alone")
    await expect(box(phone)).to_have_value("For later")


async def test_somebody_who_types_in_a_zone_that_stays_is_not_told_of_the_change(
    people: People, server: Server
) -> None:
    room, phone = await _here(people, server, "utopia-alone")
    await choose_zone(phone, "What I see")
    await box(phone).fill("A garden")
    await server.ask(room, type="stage.open", stage="must-haves")
    await expect(phone.locator("#must-haves li").first).to_be_attached()
    await expect(phone.locator("#moved")).to_be_hidden()
    await expect(box(phone)).to_have_value("A garden")


@pytest.mark.parametrize(
    ("stage", "hint"),
    [
        ("frame", "phone.hint_listen"),
        ("matrix-together", "phone.hint_talk"),
        ("list", "phone.hint_look-up_here"),
    ],
)
async def test_a_phone_without_a_task_says_what_to_do_and_has_no_box(
    people: People, server: Server, stage: str, hint: str
) -> None:
    _, phone = await _here(people, server, stage)
    await expect(phone.locator("#hint")).to_have_text(say(hint))
    await expect(phone.locator("#composer")).to_be_hidden()


async def test_who_sees_a_note_is_said_before_it_is_written(people: People, server: Server) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await expect(phone.locator("#hint")).to_have_text(say("phone.sees_author"))
    await server.ask(room, type="zone.reveal", zone="matrix.individual")
    await choose_zone(phone, "One person")
    await phone.keyboard.press("Tab")
    await expect(phone.locator("#hint")).to_have_text(say("phone.sees_room"))


async def test_while_typing_the_box_and_add_stand_above_the_keyboard(people: People, server: Server) -> None:
    """A phone's keyboard takes about half of the page; what is left must hold all that is needed."""
    _, phone = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "The place and the rules")
    await phone.set_viewport_size({"width": PHONE["width"], "height": 400})
    for needed in (box(phone), button(phone, "phone.add")):
        await expect(needed).to_be_in_viewport(ratio=1)
    await expect(phone.locator("#zones").get_by_role("button")).to_have_count(1)


async def test_who_comes_late_lands_where_the_room_is(people: People, server: Server) -> None:
    room = await server.open(stage="utopia-alone")
    await server.write(room, [("utopia.see", "Written by another")])
    late = await people.phone()
    await join(late, room.join_url, "Elm")
    await expect(late.locator("#question")).to_contain_text("Picture your surgery")
    await write(late, "What I feel", "Here after all")
    await expect(late.locator("#mine-title")).to_have_text(count("phone.my_notes", 1))


async def test_another_table_keeps_ones_notes(people: People, server: Server) -> None:
    _, phone = await _here(people, server, "matrix-alone")
    await write(phone, "One person", "Written at Oak")
    await phone.get_by_label(say("phone.your_group", group="table")).select_option(label="Elm")
    await expect(phone.locator("#group")).to_have_text("Elm")
    await expect(state(note(phone, "Written at Oak"))).to_have_text(say("phone.private"))
    await write(phone, "One person", "Written at Elm")


async def test_bigger_text_is_remembered(people: People, server: Server) -> None:
    _, phone = await _here(people, server, "matrix-alone")
    size = "parseFloat(getComputedStyle(document.querySelector('#question')).fontSize)"
    before = await phone.evaluate(size)
    await button(phone, "common.bigger_text").click()
    assert await phone.evaluate(size) > before * 1.2
    await phone.reload()
    assert await phone.evaluate(size) > before * 1.2


async def _here(people: People, server: Server, stage: str) -> tuple[Room, Page]:
    room = await server.open(stage=stage)
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    return room, phone


async def test_a_typist_with_large_letters_still_sees_the_box_and_add(people: People, server: Server) -> None:
    """Letters at 200 % and the phone's own keyboard open: the least room that there is."""
    _, phone = await _here(people, server, "matrix-alone")
    await phone.evaluate("document.documentElement.style.fontSize = '200%'")
    await choose_zone(phone, "The place and the rules")
    await box(phone).press_sequentially("A bench")
    await phone.set_viewport_size({"width": PHONE["width"], "height": 400})
    for needed in (box(phone), button(phone, "phone.add")):
        await expect(needed).to_be_in_viewport(ratio=1)


async def test_the_focus_goes_with_the_moment_and_is_never_lost(people: People, server: Server) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "One person")
    await expect(box(phone)).to_be_focused()
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(phone.locator("#question")).to_be_focused()
    await button(phone, "phone.came_up").press("Enter")
    await expect(phone.locator("#zones :focus")).to_have_count(1)
