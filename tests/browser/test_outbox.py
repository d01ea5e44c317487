"""A note is never lost and never doubled, and the phone never says more than is true of it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.people import WEATHER, People
from tests.browser.proxy import Proxy
from tests.browser.screens import add, box, choose_zone, enter, join, note, say, slip, state, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ALONE = "matrix-alone"
STILL_MS = 700
"""Long enough for a word that was said too early to be seen."""


@pytest_asyncio.fixture(loop_scope="session")
async def room(far: Server, proxy: Proxy) -> AsyncIterator[Room]:
    yield await far.open(stage=ALONE)
    proxy.clear()


async def test_saved_is_not_said_before_it_is(people: People, room: Room, far: Server, proxy: Proxy) -> None:
    phone = await _phone(people, room)
    proxy.hold()
    await add(phone, "One person", "Held on its way")
    await expect(state(note(phone, "Held on its way"))).to_have_text(say("phone.waits_open"))
    await phone.wait_for_timeout(STILL_MS)
    await expect(state(note(phone, "Held on its way"))).to_have_text(say("phone.waits_open"))
    proxy.release()
    await expect(state(note(phone, "Held on its way"))).to_have_text(say("phone.private"))
    assert await far.times(room, "Held on its way") == 1


async def test_an_answer_lost_with_its_connection_is_asked_for_again_and_the_note_is_there_once(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.hold()
    await add(phone, "One person", "Saved unheard")
    await _until_stored(far, room, "Saved unheard")
    proxy.cut()
    proxy.release()
    await expect(state(note(phone, "Saved unheard"))).to_have_text(say("phone.private"))
    assert await far.times(room, "Saved unheard") == 1


async def test_a_note_saved_unheard_is_known_again_by_the_next_tab(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.hold()
    await add(phone, "One person", "Saved, then the tab died")
    await _until_stored(far, room, "Saved, then the tab died")
    again = await phone.context.new_page()
    await phone.close()
    proxy.cut()
    proxy.release()
    await again.goto(room.join_url.replace("/j/", "/s/"))
    await expect(state(note(again, "Saved, then the tab died"))).to_have_text(say("phone.private"))
    await again.wait_for_timeout(STILL_MS)
    await expect(again.get_by_role("alert")).to_be_empty()
    assert await far.times(room, "Saved, then the tab died") == 1


async def test_without_a_connection_notes_wait_on_the_phone_and_it_says_so(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.die()
    await add(phone, "One person", "Written in the lift")
    waiting = note(phone, "Written in the lift")
    await expect(state(waiting)).to_have_text(say("phone.waits_away"))
    await expect(phone.locator("#weather")).to_have_text(say("phone.away"))
    proxy.live()
    await expect(state(waiting)).to_have_text(say("phone.private"), timeout=12_000)
    await expect(phone.locator("#weather")).to_be_hidden()
    assert await far.times(room, "Written in the lift") == 1


async def test_a_note_outlives_the_tab_it_was_written_in(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    await choose_zone(phone, "People around us")
    await box(phone).fill("A draft, not yet added")
    proxy.die()
    await add(phone, "One person", "Then the tab died")
    await expect(state(note(phone, "Then the tab died"))).to_have_text(say("phone.waits_away"))
    again = await phone.context.new_page()
    await phone.close()
    proxy.live()
    await again.goto(room.join_url.replace("/j/", "/s/"))
    await expect(state(note(again, "Then the tab died"))).to_have_text(say("phone.private"))
    await expect(box(again)).to_have_value("A draft, not yet added")
    assert await far.times(room, "Then the tab died") == 1


async def test_two_tabs_of_one_phone_are_one_person(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    first = await _phone(people, room)
    second = await first.context.new_page()
    await second.goto(first.url)
    await expect(second.locator("#composer")).to_be_visible()
    proxy.die()
    await add(first, "One person", "From the first tab")
    await add(second, "People around us", "From the second tab")
    proxy.live()
    for tab in (first, second):
        for text in ("From the first tab", "From the second tab"):
            await expect(state(note(tab, text))).to_have_text(say("phone.private"), timeout=12_000)
            await expect(note(tab, text)).to_have_count(1)
    for text in ("From the first tab", "From the second tab"):
        assert await far.times(room, text) == 1


async def test_a_venue_that_blocks_sockets_is_served_by_plain_http(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    proxy.no_sockets = True
    phone = await _phone(people, room)
    wall = await people.come(forgive=WEATHER)
    await enter(wall, room, "wall", room.facilitate_url)
    written = await write(phone, "One person", "Over plain HTTP")
    await expect(state(written)).to_have_text(say("phone.private"))
    await far.ask(room, type="stage.open", stage="matrix-together")
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_talk"))
    await expect(slip(wall, "Over plain HTTP")).to_be_visible()
    await expect(state(written)).to_have_text(say("phone.shown"))
    assert proxy.turned_away >= 2


async def test_a_note_that_comes_after_the_end_is_refused_and_its_words_stay(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.die()
    await add(phone, "One person", "Too late for the list")
    await far.ask(room, type="session.close")
    proxy.live()
    late = note(phone, "Too late for the list")
    await expect(state(late)).to_have_text(say("refused.session.closed"), timeout=12_000)
    await phone.reload()
    await expect(state(late)).to_have_text(say("refused.session.closed"))
    await late.locator(".words").select_text()
    assert await phone.evaluate("getSelection().toString()") == "Too late for the list"
    assert await far.times(room, "Too late for the list") == 0


async def test_a_killed_server_has_each_note_once_when_it_is_back(
    people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with Server(tmp_path_factory.mktemp("mortal")) as mortal:
        room = await mortal.open(stage=ALONE)
        phone = await _phone(people, room)
        wall = await people.come(forgive=WEATHER)
        await enter(wall, room, "wall", room.facilitate_url)
        await write(phone, "One person", "Saved before")
        await mortal.kill()
        await add(phone, "One person", "Written while it was dead")
        unsent = note(phone, "Written while it was dead")
        await expect(state(unsent)).to_have_text(say("phone.waits_away"))
        await mortal.start()
        # Reloaded before it has found the server again: nothing may hang on this one page.
        await phone.reload()
        await expect(state(unsent)).to_have_text(say("phone.private"))
        await expect(state(note(phone, "Saved before"))).to_have_text(say("phone.private"))
        await mortal.ask(room, type="stage.open", stage="matrix-together")
        for text in ("Saved before", "Written while it was dead"):
            await expect(slip(wall, text)).to_have_count(1, timeout=15_000)
            assert await mortal.times(room, text) == 1


async def _phone(people: People, room: Room) -> Page:
    phone = await people.phone(forgive=WEATHER)
    await join(phone, room.join_url, "Oak")
    await expect(phone.locator("#composer")).to_be_visible()
    return phone


async def _until_stored(server: Server, room: Room, text: str) -> None:
    for _ in range(100):
        if await server.times(room, text):
            return
    raise AssertionError("the server never had it")
