"""The end of a workshop on phones: read-outs, late notes, and the list to take home."""

import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from tests.browser.people import TURNED_AWAY, WEATHER, People
from tests.browser.screens import add, box, button, choose_zone, join, note, say, state, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_table_chooses_one_note_to_read_out_and_all_of_it_see_which(
    people: People, server: Server
) -> None:
    room, ann = await _here(people, server, "matrix-alone")
    bob, cat = await people.phone(), await people.phone()
    await join(bob, room.join_url, "Oak")
    await join(cat, room.join_url, "Elm")
    await write(ann, "One person", "Walk with a friend")
    await write(bob, "One person", "A bench half way")
    await expect(ann.locator("#picks")).to_be_hidden()
    await server.ask(room, type="stage.open", stage="matrix-together")
    await _pick(ann, "Walk with a friend").click()
    for phone in (ann, bob):
        await expect(phone.locator("#picked")).to_have_text("Walk with a friend")
    await _pick(bob, "A bench half way").click()
    for phone in (ann, bob):
        await expect(phone.locator("#picked")).to_have_text("A bench half way")
    await expect(_pick(ann, "Walk with a friend")).to_be_visible()
    await expect(cat.locator("#picked li")).to_have_count(0)
    await expect(cat.locator("#picks-title")).to_contain_text("Our table reads out one note")
    await bob.get_by_role("button", name=re.compile(f"^{say('phone.pick_end')}")).click()
    await expect(ann.locator("#picked li")).to_have_count(0)


async def test_a_note_that_only_its_writer_sees_is_not_offered_to_be_read_out(
    people: People, server: Server
) -> None:
    _, phone = await _here(people, server, "matrix-together")
    await expect(phone.locator("#picks")).to_be_visible()
    await button(phone, "phone.came_up").click()
    await add(phone, "One person", "Ask Dr Patel to go first")
    mine = note(phone, "Dr Patel")
    await expect(state(mine)).to_contain_text(say("phone.held_names"))
    await expect(mine.locator(".pick")).to_have_count(0)


async def test_look_up_in_the_middle_of_a_note_is_not_called_moving_on(
    people: People, server: Server
) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "One person")
    await box(phone).press_sequentially("Half a tho")
    await server.ask(room, type="phones.look_up", on=True)
    await expect(phone.locator("#moved-words")).to_have_text(say("phone.look_up_first"))
    await expect(box(phone)).to_be_focused()
    await server.ask(room, type="stage.open", stage="utopia-alone")
    await expect(phone.locator("#moved-words")).to_have_text(say("phone.moved_on"))


async def test_late_notes_are_taken_where_the_plan_says_so_and_phones_say_until_when(
    people: People, server: Server
) -> None:
    plan = {**await server.plan("gp-surgery-45"), "late_hours": 48}
    room = await server.open(plan, stage="matrix-together")
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await server.ask(room, type="session.close")
    await expect(phone.locator("#question")).to_have_text(say("phone.closed"))
    await expect(phone.locator("#hint")).to_contain_text("You can add it until")
    await expect(phone.locator("#composer")).to_be_hidden()
    await button(phone, "phone.add_late").click()
    late = await write(phone, "One person", "Thought of on the bus")
    await expect(state(late)).to_have_text(say("phone.shown"))
    [row] = await server.rows(room, "note")
    assert row["late"] is True


async def test_without_late_notes_a_closed_phone_has_no_box(people: People, server: Server) -> None:
    room, phone = await _here(people, server, "matrix-alone")
    await server.ask(room, type="session.close")
    await expect(phone.locator("#question")).to_have_text(say("phone.closed"))
    for gone in ("#composer", "#came-up"):
        await expect(phone.locator(gone)).to_be_hidden()
    await expect(phone.locator("#keep-said")).to_have_text(say("phone.keep_none"))
    await expect(phone.locator("#keep-it")).to_be_hidden()


async def test_the_list_is_kept_on_the_phone_as_a_pdf(people: People, server: Server) -> None:
    _, phone = await _listed(people, server)
    async with phone.expect_download() as download:
        await button(phone, "phone.keep").click()
    kept = await (await download.value).path()
    assert kept.read_bytes().startswith(b"%PDF-")
    assert (await download.value).suggested_filename.endswith(".pdf")
    await expect(phone.locator("#keep-said")).to_have_text(say("phone.kept"))
    await expect(phone.locator("#kept")).to_be_visible()


async def test_a_list_that_did_not_come_is_not_called_kept(people: People, server: Server) -> None:
    _, phone = await _listed(people, server)

    async def cut(route: Route) -> None:
        await route.abort()

    await phone.route("**/list.pdf*", cut)
    await button(phone, "phone.keep").click()
    await expect(phone.locator("#keep-said")).to_have_text(
        say("phone.keep_failed", why=say("common.no_answer"))
    )
    await expect(phone.locator("#kept")).to_be_hidden()
    await phone.unroute("**/list.pdf*")
    async with phone.expect_download():
        await button(phone, "phone.keep").click()
    await expect(phone.locator("#keep-said")).to_have_text(say("phone.kept"))


async def _listed(people: People, server: Server) -> tuple[Room, Page]:
    """A phone in a room that has a list of one line."""
    room = await server.open(stage="list")
    phone = await people.phone(forgive=re.compile(f"{WEATHER.pattern}|{TURNED_AWAY.pattern}"))
    await join(phone, room.join_url, "Oak")
    await server.ask(room, type="item.make", id="L" * 22, text="Walk together", theme=None)
    await expect(button(phone, "phone.keep")).to_be_visible()
    return room, phone


def _pick(phone: Page, text: str) -> Locator:
    return note(phone, text).get_by_role(
        "button", name=re.compile(f"^{say('phone.pick_one', group='table')}")
    )


async def _here(people: People, server: Server, stage: str) -> tuple[Room, Page]:
    room = await server.open(stage=stage)
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    return room, phone
