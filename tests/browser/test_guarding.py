"""The bin with its undo, writers who are stopped, phones shown out, the door: by keyboard, and as told."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import TURNED_AWAY, People
from tests.browser.screens import (
    add,
    box,
    button,
    change,
    choose_zone,
    count,
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

RUDE, KIND = "Nobody likes the stairs", "Walk together on Fridays"


async def _here(people: People, server: Server, stage: str = "must-haves") -> tuple[Room, Page, Page, Page]:
    """By must-haves both boards are open, so what is written is on the wall."""
    room = await server.open(stage=stage, groups=["North", "South"])
    desk, phone = await people.come(forgive=TURNED_AWAY), await people.phone(forgive=TURNED_AWAY)
    wall = await people.come({"width": 1920, "height": 1080})
    await enter(desk, room, "", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    await join(phone, room.join_url, "North")
    return room, desk, phone, wall


async def _handle(desk: Page, text: str, act: str) -> None:
    """By keyboard alone."""
    notes = desk.locator("#notes > li").filter(has_text=text)
    await notes.locator(".handle").press("Enter")
    await button(notes, act).press("Enter")


async def test_a_note_goes_into_the_bin_and_back_by_one_press(people: People, server: Server) -> None:
    _, desk, phone, _ = await _here(people, server)
    for text in (RUDE, KIND):
        await write(phone, "What I see", text)
    await _handle(desk, RUDE, "facilitate.bin")
    await expect(desk.locator("#undo-last")).to_be_focused()
    await expect(desk.locator("#notes > li")).to_have_count(1)
    await expect(state(note(phone, RUDE))).to_have_text(say("phone.held_bin"))
    await expect(desk.locator("#bin-title")).to_have_text(count("facilitate.in_bin", 1))
    await expect(desk.locator("#notes-held")).to_have_text(say("facilitate.held_count", n=0))
    await desk.keyboard.press("Enter")
    await expect(state(note(phone, RUDE))).to_have_text(say("phone.shown"))
    await expect(desk.locator("#notes .handle").last).to_be_focused()
    await expect(desk.locator("#bin")).to_be_hidden()
    # And later, from the fold; a note that its author changed since says so.
    await _handle(desk, RUDE, "facilitate.bin")
    mine = note(phone, RUDE)
    await change(mine).click()
    await mine.get_by_role("textbox").fill("The stairs could be brighter")
    await button(mine, "phone.save").click()
    await desk.locator("#bin-title").press("Enter")
    binned = desk.locator("#bin-notes > li")
    await expect(binned).to_contain_text("The stairs could be brighter")
    await expect(binned).to_contain_text(say("facilitate.changed"))
    await button(binned, "facilitate.put_back").press("Enter")
    await expect(desk.locator("#notes-title")).to_be_focused()
    await expect(state(note(phone, "brighter"))).to_have_text(say("phone.shown"))


async def test_a_note_that_was_kept_off_the_wall_is_so_again_out_of_the_bin(
    people: People, server: Server
) -> None:
    _, desk, phone, wall = await _here(people, server)
    await write(phone, "What I see", "Dr Smith could go first")
    await _handle(desk, "Smith", "facilitate.bin")
    await expect(desk.locator("#undo-last")).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(slip(desk, "Smith")).to_contain_text(say("facilitate.waits_names"))
    assert await wall.get_by_text("Smith").count() == 0


async def test_what_is_in_the_bin_is_not_there_to_be_sorted(people: People, server: Server) -> None:
    room, desk, phone, _ = await _here(people, server)
    for text in (RUDE, KIND):
        await write(phone, "What I see", text)
    await _handle(desk, RUDE, "facilitate.bin")
    await expect(desk.locator("#undo-last")).to_be_focused()
    await desk.goto(f"{server.origin}/s/{room.code}/sort")
    await expect(desk.locator("#left > li")).to_have_count(1)
    await expect(desk.locator("#left-count")).to_have_text(say("sort.left_count", n=1, of=1))


async def test_a_stopped_writer_reads_so_and_loses_no_word(people: People, server: Server) -> None:
    _, desk, phone, _ = await _here(people, server, "matrix-alone")
    await write(phone, "One person", RUDE)
    await choose_zone(phone, "One person")
    await box(phone).fill("half a thought")
    await _handle(desk, RUDE, "facilitate.mute")
    await expect(phone.locator("#muted")).to_have_text(say("phone.muted"))
    await expect(box(phone)).to_have_value("half a thought")
    await expect(box(phone)).to_have_attribute("readonly", "")
    await expect(phone.locator("#add")).to_be_hidden()
    await expect(desk.locator("#muted-title")).to_have_text(count("facilitate.muted_title", 1))
    mine = note(phone, RUDE)
    await change(mine).click()
    await expect(button(mine, "phone.save")).to_be_hidden()
    await button(mine, "phone.take_back").click()
    await expect(desk.locator("#notes > li")).to_have_count(0)
    # Known by a note that is no more, and let go all the same.
    await desk.locator("#muted-title").press("Enter")
    await expect(desk.locator("#muted-writers")).to_contain_text(say("facilitate.muted_of_gone"))
    await button(desk, "facilitate.unmute").press("Enter")
    await expect(phone.locator("#muted")).to_be_hidden()
    await button(phone, "phone.add").click()
    await expect(state(note(phone, "half a thought"))).to_have_text(say("phone.private"))
    await expect(desk.locator("#notes-title")).to_be_focused()


async def test_words_that_come_too_late_stay_on_the_phone(people: People, server: Server) -> None:
    _, desk, phone, _ = await _here(people, server, "matrix-alone")
    await write(phone, "One person", RUDE)
    await phone.context.set_offline(True)
    await add(phone, "One person", KIND)
    await _handle(desk, RUDE, "facilitate.mute")
    await expect(desk.locator("#undo-last")).to_be_focused()
    await phone.context.set_offline(False)
    await expect(state(note(phone, KIND))).to_have_text(say("refused.writer.muted"), timeout=20_000)


async def test_a_phone_that_is_removed_is_told_so_and_may_join_again(people: People, server: Server) -> None:
    _, desk, phone, _ = await _here(people, server, "matrix-alone")
    await write(phone, "One person", RUDE)
    await _handle(desk, RUDE, "facilitate.remove")
    notes = desk.locator("#notes > li").filter(has_text=RUDE)
    # Asked once; the safe answer has the focus.
    await expect(button(notes, "facilitate.remove_no")).to_be_focused()
    await button(notes, "facilitate.remove_yes").press("Enter")
    await expect(desk.locator("#undo-said")).to_have_text(say("facilitate.removed"))
    await expect(desk.locator("#undo-last")).to_be_hidden()
    await expect(phone.locator("#weather")).to_have_text(say("refused.seat.removed"))
    await expect(phone.get_by_role("button")).to_have_text([say("common.bigger_text")])
    await expect(phone.get_by_text(RUDE)).to_be_visible()
    await expect(desk.locator("#notes > li")).to_have_count(1)
    await link(phone, "phone.join_again").click()
    await phone.get_by_role("radio", name="North").check()
    await button(phone, "join.join").click()
    await write(phone, "One person", KIND)


async def test_a_locked_room_says_so_at_the_door_and_on_the_wall(people: People, server: Server) -> None:
    room, desk, phone, wall = await _here(people, server, "matrix-alone")
    await desk.get_by_text(say("facilitate.join"), exact=True).click()
    await button(desk, "facilitate.room_lock").press("Enter")
    await expect(desk.locator("#room-locked")).to_be_visible()
    await expect(button(desk, "facilitate.room_unlock")).to_be_focused()
    await expect(wall.get_by_text(say("wall.locked"))).to_be_visible()
    await server.ask(room, type="stage.open", stage="arrive")
    await expect(wall.locator(".arrival-late")).to_have_text(say("wall.locked"))
    await expect(wall.get_by_alt_text(say("wall.qr"))).to_be_hidden()
    await server.ask(room, type="stage.open", stage="matrix-alone")
    stranger = await people.phone()
    await stranger.goto(room.join_url)
    await expect(stranger.get_by_text(say("join.locked_next"))).to_be_visible()
    assert await stranger.locator("#form").count() == 0
    await phone.reload()
    await write(phone, "One person", KIND)
    await button(desk, "facilitate.room_unlock").press("Enter")
    await expect(button(desk, "facilitate.room_lock")).to_be_focused()
    await link(stranger, "join.try_again").click()
    await join(stranger, room.join_url, "South")


async def test_a_new_code_shows_at_once_and_nobody_inside_notices(people: People, server: Server) -> None:
    room, desk, phone, wall = await _here(people, server, "matrix-alone")
    await choose_zone(phone, "One person")
    await box(phone).fill(KIND)
    await desk.get_by_text(say("facilitate.join"), exact=True).click()
    await button(desk, "facilitate.code_new").press("Enter")
    await expect(button(desk, "facilitate.code_no")).to_be_focused()
    await button(desk, "facilitate.code_yes").press("Enter")
    await expect(desk.locator("#code-said")).not_to_be_empty()
    shown = await desk.locator("#code").inner_text()
    new = shown.replace(" ", "")
    assert new != room.code
    await expect(wall.locator(".strip .code")).to_have_text(shown)
    await expect(desk.locator("#join-qr")).to_have_attribute("src", re.compile(new))
    # The draft is the same one by either code, and by the new one after a reload.
    await phone.reload()
    await expect(box(phone)).to_have_value(KIND)
    await phone.goto(f"{server.origin}/s/{new}")
    await expect(box(phone)).to_have_value(KIND)
    await button(phone, "phone.add").click()
    await expect(state(note(phone, KIND))).to_have_text(say("phone.private"))
    # Also a wall that is loaded again by the address it had.
    await wall.reload()
    await expect(wall.locator(".strip .code")).to_have_text(shown)
    stranger = await people.phone(forgive=TURNED_AWAY)
    await stranger.goto(room.join_url)
    await expect(stranger.get_by_text(say("refused.code.unknown"))).to_be_visible()
    await join(stranger, f"{server.origin}/j/{new}", "South")


async def test_who_is_out_of_touch_and_which_table_is_silent_is_for_the_host(
    people: People, server: Server
) -> None:
    room, desk, phone, _ = await _here(people, server, "matrix-alone")
    for _ in range(2):
        other = await people.phone()
        await join(other, room.join_url, "South")
        await other.close()
    await expect(desk.locator("#touch")).to_have_text(count("facilitate.touch", 2, here=1))
    await write(phone, "One person", KIND)
    await expect(desk.locator("#silent")).to_contain_text(say("facilitate.silent", names="South"))
    await expect(desk.locator("#silent")).to_contain_text(say("facilitate.silent_ask", group="South"))
    await desk.get_by_label(say("facilitate.seen")).check()
    await expect(desk.locator("#touch")).not_to_be_empty()
    await expect(desk.locator("#silent")).to_be_hidden()
    await server.write(room, [("matrix.social", "at last")], group="g2")
    await desk.get_by_label(say("facilitate.seen")).uncheck()
    await expect(desk.locator("#notes > li")).to_have_count(2)
    await expect(desk.locator("#silent")).to_be_hidden()
