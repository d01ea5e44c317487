"""Where a facilitator stalled: each of these took a look, a press or a sentence too many."""

import pytest
from playwright.async_api import Page, expect

from app.keys import new_id
from tests.browser.people import People
from tests.browser.screens import button, enter, join, say
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def _at_the_desk(people: People, room: Room, path: str = "") -> Page:
    desk = await people.come()
    await enter(desk, room, path, room.facilitate_url)
    return desk


async def test_at_the_last_part_the_keyboard_goes_on_to_finish_and_not_back(
    people: People, server: Server
) -> None:
    desk = await _at_the_desk(people, await server.open(stage="help"))
    await button(desk, "facilitate.next", title="Thank you").press("Enter")
    await expect(desk.locator("#finish")).to_be_focused()


async def test_a_plan_that_begins_with_coming_in_does_not_ask_to_wait(people: People, server: Server) -> None:
    desk = await _at_the_desk(people, await server.open())
    await expect(desk.locator("#script")).to_have_text(say("facilitate.arriving_first"))
    desk = await _at_the_desk(people, await server.open("meeting-20"))
    await expect(desk.locator("#script")).to_have_text(say("facilitate.arriving_script"))


async def test_the_host_reads_that_phones_file_and_each_phone_knows_whether_it_is_asked(
    people: People, server: Server
) -> None:
    room = await server.open(stage="sort")
    desk, phone = await _at_the_desk(people, room), await people.phone()
    await expect(desk.locator("#manner")).to_have_text(say("facilitate.manner_filing"))
    await join(phone, room.join_url, "Oak")
    await expect(phone.locator("#hint")).to_have_text(say("phone.filing_no_piles"))
    await server.ask(room, type="theme.make", id=new_id(), title="Walk together")
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_look-up"))
