"""The host keeps the time and the room's eyes: catching up, a slip mended, look up, show big, one row."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import PHONE, People
from tests.browser.screens import (
    box,
    button,
    choose_zone,
    count,
    enter,
    join,
    say,
    slip,
    write,
)
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def _desk(people: People, server: Server, stage: str = "matrix-alone") -> tuple[Room, Page]:
    room = await server.open(stage=stage, groups=["North"])
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    return room, desk


async def test_minutes_behind_are_taken_from_what_is_to_come_and_given_back(
    people: People, server: Server
) -> None:
    room, desk = await _desk(people, server)
    await server.ask(room, type="timer.set", seconds=20 * 60)
    await expect(desk.locator("#behind")).to_have_text(re.compile(r"\d+ minutes behind"))
    behind = int((await desk.locator("#behind").inner_text()).split()[0])
    await button(desk, "facilitate.catch_up").press("Enter")
    await expect(desk.locator("#catch-up-sum")).to_have_text(count("facilitate.catch_up_sum", behind))
    await expect(desk.locator("#catch-up-lines li").first).to_contain_text("\u2192")
    await button(desk, "facilitate.catch_up_take").press("Enter")
    await expect(desk.locator("#behind")).to_have_text("")
    await button(desk, "facilitate.catch_up_undo").press("Enter")
    await expect(desk.locator("#behind")).to_have_text(count("facilitate.behind", behind))


async def test_a_later_stop_is_typed_and_known_to_the_other_host(people: People, server: Server) -> None:
    room, desk = await _desk(people, server)
    other = await people.come(PHONE)
    await enter(other, room, "", room.facilitate_url)
    await desk.locator("#stop-at").fill("23:45")
    await desk.locator("#stop-at").press("Tab")
    await expect(other.locator("#stop-at")).to_have_value("23:45")


async def test_a_stage_opened_by_mistake_goes_back_with_its_clock(people: People, server: Server) -> None:
    room, desk = await _desk(people, server, "frame")
    await server.ask(room, type="timer.set", seconds=170)
    await desk.locator("#next").click()
    await expect(desk.locator("#clock-face")).to_be_hidden()
    await desk.locator("#slip").click()
    await expect(desk.locator("#stage-title")).to_have_text("Why we are here")
    await expect(desk.locator("#clock-face")).to_have_text(re.compile(r"2:[45]\d"))
    await expect(desk.locator("#next")).to_be_focused()


async def test_a_part_left_out_is_stepped_over_and_can_be_put_back(people: People, server: Server) -> None:
    _, desk = await _desk(people, server)
    leave = button(desk, "facilitate.leave_out_label", title="Ideas, together")
    await leave.press("Enter")
    following = say("facilitate.next", title="The best place, on your own")
    await expect(desk.locator("#next")).to_have_text(following)
    await button(desk, "facilitate.put_in_label", title="Ideas, together").press("Enter")
    await expect(desk.locator("#next")).to_have_text(say("facilitate.next", title="Ideas, together"))


async def test_look_up_dims_every_phone_and_moves_no_typist(people: People, server: Server) -> None:
    room, desk = await _desk(people, server)
    idle, typist = await people.phone(), await people.phone()
    for phone in (idle, typist):
        await join(phone, room.join_url, "North")
    await choose_zone(typist, "One person")
    await box(typist).fill("Half a thought")
    await button(desk, "facilitate.look_up").press("Enter")
    await expect(idle.locator("#hint")).to_have_text(say("phone.hint_look-up_here"))
    await expect(idle.locator("#composer")).to_be_hidden()
    await expect(typist.locator("#moved")).to_be_visible()
    await expect(box(typist)).to_have_value("Half a thought")
    await button(typist, "phone.later").click()
    await expect(typist.locator("#composer")).to_be_hidden()
    await button(desk, "facilitate.look_up_end").press("Enter")
    await expect(box(typist)).to_have_value("Half a thought")


async def test_one_note_is_shown_big_on_every_screen_and_goes_with_its_words(
    people: People, server: Server
) -> None:
    room, desk = await _desk(people, server, "matrix-together")
    phone, wall = await people.phone(), await people.come()
    await join(phone, room.join_url, "North")
    await enter(wall, room, "wall", room.facilitate_url)
    await server.write(room, [("matrix.social", "Walk together from the door")])
    await slip(desk, "Walk together").get_by_role("button", name=say("facilitate.show_big")).press("Enter")
    await expect(wall.locator(".big-words")).to_have_text("Walk together from the door")
    await expect(phone.locator("#big-words")).to_have_text("Walk together from the door")
    await expect(desk.locator("#big-words")).to_have_text("Walk together from the door")
    await slip(desk, "Walk together").get_by_role("button", name=say("facilitate.hide")).click()
    await slip(desk, "Walk together").get_by_role("button", name=say("facilitate.why_other")).click()
    await expect(wall.locator(".big-words")).to_have_count(0)
    await expect(phone.locator("#big")).to_be_hidden()
    await expect(desk.locator("#big")).to_be_hidden()


async def test_one_row_is_lit_on_every_screen_and_the_others_stay_open(
    people: People, server: Server
) -> None:
    room, desk = await _desk(people, server)
    phone, wall = await people.phone(), await people.come({"width": 1920, "height": 1080})
    await join(phone, room.join_url, "North")
    await enter(wall, room, "wall", room.facilitate_url)
    await button(desk, "facilitate.light_label", zone="One person").press("Enter")
    await expect(wall.locator(".zone.lit .zone-title")).to_have_text("One person")
    await expect(phone.locator("#zones .lit b")).to_have_text("One person")
    await choose_zone(phone, "People around us")
    await write(phone, "People around us", "Open all the same")
    await button(desk, "facilitate.light_end_label", zone="One person").press("Enter")
    await expect(wall.locator(".zone.lit")).to_have_count(0)


async def test_several_people_join_with_one_phone_and_the_wall_counts_them(
    people: People, server: Server
) -> None:
    room = await server.open(groups=["North"])
    phone, wall = await people.phone(), await people.come({"width": 1920, "height": 1080})
    await enter(wall, room, "wall", room.facilitate_url)
    await phone.goto(room.join_url)
    await phone.get_by_role("radio", name="North").check()
    await phone.get_by_role("radio", name=say("join.our_group", group="table")).check()
    await button(phone, "join.join").click()
    await expect(phone.locator("#problem")).to_have_text(say("join.how_many"))
    await expect(phone.locator("#people")).to_be_focused()
    await phone.locator("#people").fill("5")
    await button(phone, "join.join").click()
    await phone.wait_for_url("**/s/*")
    await expect(wall.locator(".arrival-here")).to_have_text(count("wall.joined", 5))
