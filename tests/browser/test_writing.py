"""Everybody writes: in their own language, for others from paper, and one after the other on one phone."""

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect

from app.wording import words
from tests.browser.looks import CUT, SIDEWAYS, in_the_end
from tests.browser.people import DESK, PHONE, People
from tests.browser.screens import add, box, enter, join, note, say, slip, state, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ALONE = "matrix-alone"
GOES = "**/j/*"


async def test_the_door_asks_for_a_language_each_in_its_own_script(people: People, server: Server) -> None:
    room = await server.open()
    phone = await people.phone()
    await phone.goto(f"{room.join_url}?t=g2")
    for lang in ("cy", "pl", "ur"):
        own = words(lang)
        await phone.get_by_role("link", name=own.name, exact=True).click()
        await expect(phone.locator("html")).to_have_attribute("lang", lang)
        await expect(phone.locator("html")).to_have_attribute("dir", own.dir)
        await expect(phone.locator(".promises li").first).to_have_text(own.say("join.no_names"))
        await expect(phone.locator("#seated")).to_contain_text("Elm")
        for width in (320, 360):
            await phone.set_viewport_size({"width": width, "height": 740})
            assert await in_the_end(phone, SIDEWAYS) == []
            assert await in_the_end(phone, CUT) == []
    await phone.locator("#join").click()
    await phone.wait_for_url("**/s/*")
    await server.ask(room, type="stage.open", stage=ALONE)
    await write(phone, "ایک شخص", "دروازے سے اکٹھے چلیں")
    await expect(state(note(phone, "دروازے"))).to_have_text(words("ur").say("phone.private"))
    await phone.reload()
    await expect(state(note(phone, "دروازے"))).to_have_text(words("ur").say("phone.private"))
    for width in (320, 360):
        await phone.set_viewport_size({"width": width, "height": 740})
        assert await in_the_end(phone, SIDEWAYS) == []
        assert await in_the_end(phone, CUT) == []


async def test_another_language_can_be_chosen_inside(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await phone.get_by_label(say("common.language_ask")).select_option("pl")
    await expect(phone.locator("html")).to_have_attribute("lang", "pl")
    await expect(phone.locator("#group")).to_have_text("Oak")
    # On a thin line it is chosen before what hears of it has come.
    chosen = asyncio.Event()

    async def late(route: Route) -> None:
        await chosen.wait()
        await route.continue_()

    await phone.route("**/phone/foot*.js", late)
    await phone.reload()
    await phone.locator("#language").select_option("cy")
    chosen.set()
    await expect(phone.locator("html")).to_have_attribute("lang", "cy")


async def test_a_table_on_the_card_is_named_and_can_be_changed(people: People, server: Server) -> None:
    room = await server.open()
    phone = await people.phone()
    await phone.goto(f"{room.join_url}?t=g2")
    await expect(phone.locator("#groups")).to_be_hidden()
    await phone.get_by_role("button", name=say("join.seated_change")).click()
    await expect(phone.get_by_role("radio", name="Elm")).to_be_focused()
    await phone.keyboard.press("ArrowUp")
    await phone.locator("#join").click()
    await phone.wait_for_url("**/s/*")
    await expect(phone.locator("#group")).to_have_text("Oak")


# Writing for others


async def test_slips_are_entered_with_nothing_but_enter(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    for size in (PHONE, DESK):
        scribe = await (people.phone() if size is PHONE else people.come())
        await _write_for_others(scribe, room, 6)
        await scribe.get_by_label(say("slips.group", group="table")).select_option("Oak")
        await scribe.get_by_label(say("slips.number")).fill("14")
        await scribe.get_by_label(say("slips.words")).click()
        for text in ("Walk with a dog", "A bench half way"):
            await scribe.keyboard.type(f"{text} {size['width']}")
            await scribe.keyboard.press("Enter")
            await expect(scribe.get_by_label(say("slips.words"))).to_be_focused()
            await expect(scribe.get_by_label(say("slips.words"))).to_have_value("")
        await expect(state(note(scribe, "Walk with a dog"))).to_contain_text(
            say("slips.of", group="Oak", n=14)
        )
        await expect(state(note(scribe, "A bench half way"))).to_contain_text(say("phone.private"))
        await expect(scribe.get_by_label(say("slips.number"))).to_have_value("16")
        await scribe.keyboard.type("First line")
        await scribe.keyboard.press("Shift+Enter")
        await scribe.keyboard.type("second line")
        await expect(scribe.get_by_label(say("slips.words"))).to_have_value("First line\nsecond line")
        assert await in_the_end(scribe, SIDEWAYS) == []
    desk = await people.come()
    await desk.goto(room.facilitate_url)
    await expect(slip(desk, "Walk with a dog 360")).to_contain_text(say("facilitate.from_paper", n=14))
    await expect(slip(desk, "Walk with a dog 1280")).to_contain_text("Oak")


async def test_a_scribe_goes_on_whatever_the_room_does_and_after_a_reload(
    people: People, server: Server
) -> None:
    room = await server.open(stage=ALONE)
    scribe = await people.phone()
    await _write_for_others(scribe, room, 6)
    words_ = scribe.get_by_label(say("slips.words"))
    await words_.fill("Said before the talk")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(scribe.locator("#hint")).to_have_text(say("phone.hint_talk"))
    await expect(words_).to_have_value("Said before the talk")
    await words_.press("Enter")
    await expect(state(note(scribe, "Said before the talk"))).to_contain_text(say("phone.shown"))
    await words_.fill("Not added yet")
    await scribe.reload()
    await expect(words_).to_have_value("Not added yet")
    await expect(scribe.get_by_label(say("slips.number"))).to_have_value("2")


async def test_a_scribe_corrects_how_many_they_write_for(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    wall, scribe = await people.come(), await people.phone()
    await enter(wall, room, "facilitate", room.facilitate_url)
    await _write_for_others(scribe, room, 60)
    await scribe.get_by_label(say("phone.people")).fill("6")
    await scribe.get_by_label(say("phone.people")).blur()
    await expect(scribe.get_by_role("status").first).to_contain_text(say("phone.people_saved", n=6))
    await scribe.reload()
    await expect(scribe.get_by_label(say("phone.people"))).to_have_value("6")


# The next person


async def test_the_next_person_sees_nothing_of_the_last_and_both_are_counted(
    people: People, server: Server
) -> None:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await join(phone, f"{room.join_url}?t=g2&lang=pl")
    second = await phone.context.new_page()
    await second.goto(phone.url)
    await write(phone, "Jedna osoba", "Mine and nobody else’s")
    await expect(note(second, "Mine and nobody")).to_be_visible()
    await _hand_on(phone)
    await expect(phone.locator(".promises li").first).to_have_text(words("pl").say("join.no_names"))
    await expect(phone.locator("#seated")).to_contain_text("Elm")
    await second.wait_for_url(GOES)
    await phone.go_back()
    await phone.wait_for_timeout(700)
    assert "Mine and nobody" not in await phone.content()
    assert await _kept(phone) == []
    await phone.goto(f"{room.join_url}?t=g2&lang=pl")
    await phone.locator("#join").click()
    await phone.wait_for_url("**/s/*")
    await expect(phone.locator("#mine")).to_be_hidden()
    await write(phone, "Jedna osoba", "The second one’s")
    assert "Mine and nobody" not in await phone.content()
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    desk = await people.come()
    await desk.goto(room.facilitate_url)
    assert await server.times(room, "Mine and nobody") == 1


async def test_the_next_person_comes_in_by_the_new_code(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    phone, desk = await people.phone(), await people.come()
    await join(phone, room.join_url, "Oak")
    await enter(desk, room, "", room.facilitate_url)
    await desk.get_by_text(say("facilitate.join"), exact=True).click()
    await desk.locator("#code-new").click()
    await desk.locator("#code-yes").click()
    await expect(desk.locator("#code-said")).not_to_be_empty()
    await _hand_on(phone)
    await phone.locator("#join").click()
    await phone.wait_for_url("**/s/*")
    await write(phone, "One person", "The second one’s")


async def test_a_phone_is_not_handed_on_before_all_is_saved(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await add(phone, "One person", "A note that is saved")
    await expect(note(phone, "A note that is saved")).to_have_attribute("data-standing", "saved")
    await box(phone).fill("Only begun")
    await phone.locator("#handing summary").click()
    await phone.locator("#next").click()
    await expect(phone.locator("#next-waits")).to_have_text(say("phone.next_begun"))
    await box(phone).fill("")
    await _hand_on(phone)


# What it means in English


async def test_what_a_note_means_stands_beside_it_everywhere(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    phone, desk, wall, sort = (
        await people.phone(),
        await people.come(),
        await people.come(),
        await people.come(),
    )
    await join(phone, f"{room.join_url}?t=g1&lang=pl")
    mine = await write(phone, "Jedna osoba", "Chodźmy razem")
    await mine.get_by_role("button", name=re.compile(words("pl").say("common.meaning"))).click()
    await expect(mine.locator("details textarea")).to_be_focused()
    await phone.keyboard.type("Let us walk")
    await mine.get_by_role("button", name=words("pl").say("phone.save"), exact=True).click()
    await expect(mine.locator(".means")).to_contain_text("Let us walk")
    await desk.goto(room.facilitate_url)
    theirs = slip(desk, "Chodźmy razem")
    await expect(theirs).to_contain_text(f"{say('common.in_english')} Let us walk")
    await theirs.get_by_role("button", name=say("common.meaning")).click()
    await expect(theirs.get_by_label(say("common.meaning"))).to_be_focused()
    await theirs.get_by_label(say("common.meaning")).fill("Let us walk together")
    await desk.keyboard.press("Enter")
    await expect(theirs).to_contain_text("Let us walk together")
    await expect(mine.locator(".means")).to_contain_text("Let us walk together")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await server.ask(room, type="wall.show", manner="read", of="matrix.individual", page=0)
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator(".read-notes .note")).to_contain_text("Let us walk together")
    await enter(sort, room, "sort", room.facilitate_url)
    await expect(slip(sort, "Chodźmy razem").first).to_contain_text("Let us walk together")
    await sort.get_by_label(say("sort.filter_text")).fill("together")
    await expect(slip(sort, "Chodźmy razem").first).to_be_visible()
    await enter(sort, room, "list", room.facilitate_url)
    await expect(sort.locator(".word").filter(has_text="Chodźmy razem")).to_contain_text(
        "Let us walk together"
    )


async def _write_for_others(page: Page, room: Room, people: int) -> None:
    await page.goto(f"{room.join_url}?t=g2")
    await page.get_by_role("radio", name=say("join.for_others")).check()
    await page.get_by_label(say("join.so_many")).fill(str(people))
    await page.locator("#join").click()
    await page.wait_for_url("**/s/*")
    await expect(page.get_by_label(say("slips.words"))).to_be_visible()


async def _hand_on(phone: Page) -> None:
    if not await phone.locator("#next").is_visible():
        await phone.locator("#handing summary").click()
    await phone.locator("#next").click()
    await phone.wait_for_url(GOES)


async def _kept(page: Page) -> list[str]:
    """What the browser's own stores still hold of anybody."""
    stored: list[str] = await page.evaluate(
        """async () => {
          const opening = indexedDB.open("eutopia", 1);
          const db = await new Promise((go) => { opening.onsuccess = () => go(opening.result); });
          const all = db.transaction("asks").objectStore("asks").getAll();
          const kept = await new Promise((go) => { all.onsuccess = () => go(all.result); });
          db.close();
          return [...kept.map(({ ask }) => ask.text), ...Object.keys(localStorage)];
        }"""
    )
    return stored
