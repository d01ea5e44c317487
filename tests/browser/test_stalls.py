"""Where a facilitator stalled: each of these took a look, a press or a sentence too many."""

import pytest
from playwright.async_api import Page, expect

from app.keys import new_id
from tests.browser.people import People
from tests.browser.screens import button, enter, join, link, say
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
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_look-up_here"))
    # On a call, or in a park, there is no screen to look up at; here comes one.
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator("main[data-scene=piles]")).to_be_visible()
    await phone.reload()
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_look-up"))


async def test_piles_are_named_ahead_one_after_another(people: People, server: Server) -> None:
    desk = await _at_the_desk(people, await server.open(stage="must-haves"), "sort")
    await expect(desk.get_by_label(say("sort.pile_title"))).to_be_visible()
    await desk.get_by_label(say("sort.pile_title")).focus()
    for title in ("Walk together", "Sit down on the way"):
        await desk.keyboard.type(title)
        await desk.keyboard.press("Enter")
        await expect(desk.get_by_role("heading", name=title)).to_be_visible()
    await expect(desk.get_by_label(say("sort.pile_title"))).to_be_focused()
    # At the size of most laptops all that a pile can do stands in one row, its menu beside its name.
    await expect(desk.locator("#piles > li .pile-acts").first).to_have_css("block-size", "36px")
    await expect(desk.locator("#piles > li .pile-head summary").first).to_be_visible()


async def test_the_wall_and_the_desk_agree_on_piles_and_on_what_is_in_them(
    people: People, server: Server
) -> None:
    room = await server.open(stage="matrix-together")
    texts = ("Walk, and a bench", "Dance", "Buy the field")
    zones = ("matrix.social", "matrix.social", "matrix.parking")
    split, whole, _ = await server.write(room, zip(zones, texts, strict=True))
    piles = {title: new_id() for title in ("Walk together", "Make tea", "Sit down", "Dance on")}
    for title, id in piles.items():
        await server.ask(room, type="theme.make", id=id, title=title)
    parts = [{"id": new_id(), "text": text} for text in ("Walk", "A bench")]
    await server.ask(room, type="note.split", id=split, parts=parts)
    await server.ask(room, type="notes.place", notes=[parts[0]["id"], whole], theme=piles["Walk together"])
    await server.ask(room, type="stage.open", stage="sort")
    desk, wall = await _at_the_desk(people, room, "sort"), await people.come()
    await expect(desk.locator("#left-count")).to_contain_text("1")
    await enter(wall, room, "wall", room.facilitate_url)
    # Three to sort, without what is for another day: the desk has one left, so two are in a pile.
    await expect(wall.locator(".filed-words")).to_have_text(say("wall.filed", n=2, of=3))
    await expect(wall.locator(".pile").first).to_contain_text("Dance")
    await expect(wall.locator(".piles > li h2, .piles > li h3")).to_have_text(list(piles))


async def test_the_list_on_a_screen_that_people_see_is_the_room_s_copy(
    people: People, server: Server
) -> None:
    room = await server.open(stage="matrix-together")
    (kept,) = await server.write(room, [("matrix.social", "A canary that is kept off the wall")])
    await server.ask(room, type="note.hide", id=kept, why="other")
    theme = new_id()
    await server.ask(room, type="theme.make", id=theme, title="Walk together")
    await server.ask(room, type="notes.place", notes=[kept], theme=theme)
    await server.ask(room, type="item.make", id=new_id(), text="Walk together", theme=theme)
    await server.ask(room, type="stage.open", stage="list")
    desk = await _at_the_desk(people, room)
    await desk.get_by_label(say("facilitate.seen")).check()
    await expect(desk.locator("body.seen")).to_be_visible()
    await link(desk, "facilitate.to_list").click()
    await expect(desk.locator("#line-A")).to_contain_text("Walk together")
    assert "canary" not in await desk.content()
    await expect(link(desk, "list.to_sort")).to_have_count(0)
    for kind in ("csv", "md", "json"):
        href = await link(desk, f"list.{kind}").get_attribute("href")
        assert "canary" not in await (await desk.request.get(f"{server.origin}{href}")).text()


async def test_a_scribe_is_asked_about_the_slips_without_leaving_the_box(
    people: People, server: Server
) -> None:
    room = await server.open(stage="matrix-together", groups=[])
    await server.ask(room, type="theme.make", id=new_id(), title="Sit down")
    scribe = await people.phone()
    await scribe.goto(room.join_url)
    await scribe.get_by_role("radio", name=say("join.for_others")).check()
    await scribe.get_by_label(say("join.so_many")).fill("8")
    await scribe.locator("#join").click()
    await scribe.locator("#slip-box").fill("A bench at the gate")
    await scribe.keyboard.press("Enter")
    await expect(scribe.locator("#notes > li")).to_have_attribute("data-standing", "saved")
    await server.ask(room, type="stage.open", stage="sort")
    await expect(scribe.locator("#slip-box")).to_be_focused()
    await expect(scribe.locator("#filing").get_by_role("button", name="Sit down")).to_be_visible()
    await expect(scribe.locator("#slip-box")).to_be_in_viewport()
