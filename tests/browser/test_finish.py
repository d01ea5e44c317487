"""The end of a workshop on the host's page: read-outs, another day, a line shown big, and Finish."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.app.client import new_id
from tests.browser.people import PHONE, People
from tests.browser.screens import button, count, enter, join, link, note, say, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_one_key_shows_what_each_table_chose_one_after_another(people: People, server: Server) -> None:
    room, desk = await _desk(people, server, "matrix-together")
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    for table, words in (("Elm", "A bench half way"), ("Oak", "Walk with a friend")):
        phone = await people.phone()
        await join(phone, room.join_url, table)
        await button(phone, "phone.came_up").click()
        await write(phone, "One person", words)
        await note(phone, words).get_by_role("button", name=re.compile("^Read this one out")).click()
        if table == "Elm":
            await expect(desk.locator("#readouts-who")).to_have_text(say("facilitate.readouts_all"))
    rows = desk.locator("#readouts-list li")
    # In the order of the tables, whoever chose first.
    await expect(rows).to_have_text([re.compile("^Oak"), re.compile("^Elm")])
    step = desk.locator("#readouts-next")
    await expect(step).to_have_text(say("facilitate.readouts_next", name="Oak"))
    await step.focus()
    for words, then in (
        ("Walk with a friend", say("facilitate.readouts_next", name="Elm")),
        ("A bench half way", say("facilitate.readouts_end")),
    ):
        await desk.keyboard.press("Enter")
        await expect(wall.locator(".big-words")).to_have_text(words)
        await expect(step).to_have_text(then)
        await expect(step).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(wall.locator(".big-words")).to_have_count(0)
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_board"))


async def test_a_table_that_has_not_chosen_is_named_to_the_host_alone(people: People, server: Server) -> None:
    room, desk = await _desk(people, server, "matrix-together")
    await server.write(room, [("matrix.social", "Cake")], group="g1")
    await expect(desk.locator("#readouts-who")).to_contain_text("Oak")
    await desk.get_by_label(say("facilitate.seen")).check()
    await desk.wait_for_load_state()
    await expect(desk.locator("#readouts .only-seen")).to_be_visible()
    await expect(desk.locator("#readouts-who")).to_be_hidden()


async def test_an_owner_is_written_beside_a_note_for_another_day_and_stands_on_the_list(
    people: People, server: Server
) -> None:
    room, desk = await _desk(people, server, "matrix-together")
    await server.write(room, [("matrix.parking", "Who pays for the benches?")])
    other = await people.come(PHONE)
    await enter(other, room, "", room.facilitate_url)
    owner = desk.get_by_label(say("facilitate.owner_label", text="Who pays for the benches?"))
    await owner.fill("Sam, by June")
    await owner.press("Enter")
    await expect(desk.locator(".parked [role=status]")).to_have_text(say("facilitate.owner_saved"))
    there = other.get_by_label(say("facilitate.owner_label", text="Who pays for the benches?"))
    await expect(there).to_have_value("Sam, by June")
    await other.goto(other.url.replace("/facilitate", "/list"))
    await expect(other.locator(".owned")).to_have_text(say("list.owned", owner="Sam, by June"))
    await owner.fill("")
    await owner.press("Tab")
    await expect(desk.locator(".parked [role=status]")).to_have_text(say("facilitate.owner_cleared"))
    await expect(there).to_have_value("")
    await there.fill("Jo, at the desk")
    await there.press("Enter")
    await expect(owner).to_have_value("Jo, at the desk")


async def test_a_line_of_the_list_is_shown_big_and_taken_off_again(people: People, server: Server) -> None:
    room, desk = await _desk(people, server, "list")
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    await server.ask(room, type="item.make", id=new_id(), text="Walk together", theme=None)
    show = desk.locator("#our-lines").get_by_role("button")
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_list"))
    await show.press("Enter")
    await expect(wall.locator(".big-words")).to_have_text("Walk together")
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_big"))
    await expect(show).to_be_focused()
    await show.press("Enter")
    await expect(wall.locator(".big-words")).to_have_count(0)
    await link(desk, "facilitate.to_list").click()
    await expect(desk.locator("#line-A .show-big")).to_be_visible()
    await desk.locator("#line-A .show-big").press("Enter")
    await expect(wall.locator(".big-words")).to_have_text("Walk together")
    await expect(desk.locator("#line-A .show-big")).to_have_text(say("facilitate.big_end"))
    await desk.keyboard.press("Enter")
    await expect(wall.locator(".big-words")).to_have_count(0)


async def test_the_list_is_read_back_line_by_line_by_a_clicker_and_by_the_host(
    people: People, server: Server
) -> None:
    room = await server.open(stage="matrix-together")
    said = await server.write(
        room,
        [
            ("matrix.social", "Walk to the shop with a neighbour, every Tuesday at ten"),
            ("matrix.individual", "Ring me first, I come along then"),
            ("matrix.individual", "Kept off the wall, and as long as the others are here"),
        ],
    )
    walk, shelf = new_id(), new_id()
    for id, title, notes in ((walk, "Walk together", said), (shelf, "Put up a shelf", [])):
        await server.ask(room, type="theme.make", id=id, title=title)
        if notes:
            await server.ask(room, type="notes.place", notes=notes, theme=id)
        await server.ask(room, type="item.make", id=new_id(), text=f"{title}, all of us", theme=id)
    await server.ask(room, type="note.hide", id=said[2])
    await server.ask(room, type="stage.open", stage="list")
    desk, wall = await people.come(), await people.come({"width": 1024, "height": 768})
    await enter(desk, room, "", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    scene, words = wall.locator("#main"), wall.locator(".read-line-words")
    await expect(scene).to_have_attribute("data-scene", "list")
    await wall.keyboard.press("PageUp")
    await wall.keyboard.press("PageDown")
    await expect(words).to_have_text("Walk together, all of us")
    await expect(wall.locator("h1:visible")).to_have_text(say("wall.line_right"))
    quoted = wall.locator(".read-line-said .note")
    await expect(quoted).to_have_text(
        [
            "Walk to the shop with a neighbour, every Tuesday at ten",
            "Ring me first, I come along then",
        ]
    )
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_reads_line", letter="A"))
    for done, then in (
        ("show", "Kept off the wall, and as long as the others are here"),
        ("hide", "Ring me"),
    ):
        await server.ask(room, type=f"note.{done}", id=said[2])
        await expect(quoted.nth(1)).to_contain_text(then)
    for voice in ("worry", "for"):
        await server.ask(room, type="notes.place", notes=[said[1]], theme=walk, voice=voice)
        marked = quoted.filter(has_text="Ring me").get_by_text(say("wall.voice_worry"), exact=True)
        await expect(marked).to_have_count(int(voice == "worry"))
    await wall.keyboard.press("b")
    await wall.keyboard.press("PageDown")
    await wall.keyboard.press("b")
    await expect(words).to_have_text("Walk together, all of us")
    step = desk.locator("#read-next")
    await expect(step).to_have_text(say("facilitate.read_back_line", letter="B"))
    await step.press("Enter")
    await expect(words).to_have_text("Put up a shelf, all of us")
    await expect(quoted).to_have_count(0)
    await expect(step).to_have_text(say("facilitate.read_back_whole"))
    await expect(step).to_be_focused()
    await wall.keyboard.press("PageUp")
    await expect(words).to_have_text("Walk together, all of us")
    await wall.keyboard.press("PageUp")
    await expect(scene).to_have_attribute("data-scene", "list")
    await desk.locator("#read-next").press("Enter")
    await expect(words).to_have_text("Walk together, all of us")
    await desk.locator("#wall-after").press("Enter")
    await expect(words).to_have_text("Put up a shelf, all of us")
    await wall.keyboard.press("PageDown")
    await expect(scene).to_have_attribute("data-scene", "list")
    await expect(desk.locator("#stage-title")).to_have_text("Our shopping list")
    # A line shown big makes way for whatever is asked of the wall after it, by either hand.
    show = desk.locator("#our-lines").get_by_role("button").first
    for turn, then in (
        (step.press("Enter"), "Walk together, all of us"),
        (wall.keyboard.press("PageDown"), "Put up a shelf, all of us"),
    ):
        await show.press("Enter")
        await expect(wall.locator(".big-words")).to_have_text("Walk together, all of us")
        await turn
        await expect(words).to_have_text(then)
        await expect(desk.locator("#big")).to_be_hidden()
    await wall.keyboard.press("PageDown")
    await show.press("Enter")
    await expect(scene).to_have_attribute("data-scene", "big")
    await wall.keyboard.press("PageDown")
    await expect(scene).to_have_attribute("data-scene", "list")


async def test_finish_leads_through_a_last_look_and_a_last_word_and_can_be_taken_back(
    people: People, server: Server
) -> None:
    room, desk = await _desk(people, server, "list")
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await server.write(room, [("matrix.social", "Cake")])
    await button(desk, "facilitate.close").press("Enter")
    await expect(desk.locator("#finish-title")).to_be_focused()
    looks = desk.locator("#finish-looks")
    await expect(looks).to_contain_text(count("facilitate.finish_unplaced", 1))
    await expect(looks).to_contain_text(say("facilitate.finish_no_list"))
    await expect(link(desk, "facilitate.finish_make_list")).to_have_attribute("href", f"/s/{room.code}/sort")
    await button(desk, "facilitate.finish_ask").click()
    await expect(phone.locator("#question")).to_contain_text("How was today?")
    await write(phone, "What worked", "The quiet minutes")
    await expect(looks).to_contain_text(count("facilitate.finish_words", 1))
    # What is said of the day is no idea that could still be sorted.
    await expect(looks).to_contain_text(count("facilitate.finish_unplaced", 1))
    await button(desk, "facilitate.finish_show").click()
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.get_by_text("The quiet minutes")).to_be_visible()
    await desk.locator("#close-yes").press("Enter")
    await expect(desk.locator("#reopen")).to_be_focused()
    # What does nothing any more is gone; what came in can still be read.
    for gone in ("#zones", "#plan-card", ".wall-read"):
        await expect(desk.locator(gone)).to_be_hidden()
    await expect(desk.locator("#notes")).to_contain_text("The quiet minutes")
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_thanks"))
    await expect(wall.locator(".closed-title")).to_be_visible()
    await desk.keyboard.press("Enter")
    await expect(button(desk, "facilitate.close")).to_be_focused()
    await expect(desk.locator("#zones")).to_be_visible()


async def test_the_wall_shows_what_the_stage_says_and_the_host_is_told_the_same(
    people: People, server: Server
) -> None:
    plan = await server.plan("gp-surgery-45")
    stages = [{**stage, "wall": "board"} if stage["id"] == "sort" else stage for stage in plan["stages"]]
    room = await server.open({**plan, "stages": stages}, stage="sort")
    desk, wall = await people.come(), await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator("main[data-scene=board]")).to_be_visible()
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_board"))
    whole = button(desk, "facilitate.wall_whole")
    await expect(whole).to_have_attribute("aria-pressed", "true")
    await server.ask(room, type="stage.open", stage="list")
    await expect(wall.locator("main[data-scene=list]")).to_be_visible()
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_list"))
    await expect(whole).to_have_attribute("aria-pressed", "false")


async def test_no_press_of_the_host_loses_the_focus(people: People, server: Server) -> None:
    room, desk = await _desk(people, server, "matrix-alone")
    await server.write(room, [("matrix.social", "Cake")])
    await desk.locator("#clock-start").press("Enter")
    await expect(desk.locator("#clock-start")).to_be_hidden()
    await _is_in(desk, ".clock-acts")
    await desk.locator("#clock-off").press("Enter")
    await expect(desk.locator("#clock-off")).to_be_hidden()
    await _is_in(desk, ".clock-acts")
    zone = desk.locator("#zones-here .zone").nth(1)
    show = zone.get_by_role("button").first
    await show.press("Enter")
    await expect(zone).to_contain_text(say("facilitate.sees_room"))
    await _is_in(desk, ".zone-acts")


async def test_a_stop_that_is_typed_is_sent_once_it_is_whole(people: People, server: Server) -> None:
    _, desk = await _desk(people, server, "matrix-alone")
    sent: list[str] = []
    desk.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    await desk.reload()
    stop = desk.locator("#stop-at")
    await expect(stop).to_be_visible()
    await stop.focus()
    await stop.press_sequentially("11:11", delay=60)
    await stop.press("Tab")
    await stop.evaluate("box => box.blur()")
    await desk.wait_for_timeout(400)
    assert len([frame for frame in sent if "agenda.set" in frame]) <= 1


async def test_the_bar_of_a_host_s_phone_is_low_also_after_an_opening(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-alone")
    hand = await people.come({"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    await enter(hand, room, "", room.facilitate_url)
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(button(hand, "facilitate.slip")).to_be_visible()
    bar = await hand.locator(".ways").bounding_box()
    assert bar is not None
    assert bar["height"] <= 110


async def _is_in(page: Page, place: str) -> None:
    await expect(page.locator(f"{place} :focus")).to_have_count(1)


async def _desk(people: People, server: Server, stage: str) -> tuple[Room, Page]:
    room = await server.open(stage=stage)
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await expect(desk.locator("#room")).to_be_visible()
    return room, desk
