"""Bad networks and bad servers, seen from the phone: it says so, keeps the words, and mends itself."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.app.test_storage import fill, small_disk  # noqa: F401
from tests.browser.people import WEATHER, People
from tests.browser.proxy import Proxy
from tests.browser.screens import add, box, button, choose_zone, count, enter, join, note, say, state, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ALONE = "matrix-alone"
MENDING_MS = 15_000

OPENS_NEVER = """
IDBFactory.prototype.open = () => ({});
"""


@pytest_asyncio.fixture(loop_scope="session")
async def room(far: Server, proxy: Proxy) -> AsyncIterator[Room]:
    yield await far.open(stage=ALONE)
    proxy.clear()


@pytest.mark.parametrize("kind", ["page", "redirect"])
async def test_a_wi_fi_that_wants_a_sign_in_is_called_so_and_notes_wait_until_it_lets_them_through(
    people: People, room: Room, far: Server, proxy: Proxy, kind: str
) -> None:
    phone = await _phone(people, room)
    proxy.sign_in = kind
    proxy.cut()
    await add(phone, "One person", "Behind the sign-in")
    waiting = note(phone, "Behind the sign-in")
    await expect(phone.locator("#weather")).to_have_text(say("phone.portal"))
    await expect(state(waiting)).to_have_text(say("phone.waits_away"))
    proxy.clear()
    await expect(state(waiting)).to_have_text(say("phone.private"), timeout=MENDING_MS)
    await expect(phone.locator("#weather")).to_be_hidden()
    assert await far.times(room, "Behind the sign-in") == 1


async def test_a_connection_into_nothing_is_given_up_within_35_seconds(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await people.phone(forgive=WEATHER)
    await phone.clock.install()
    await join(phone, room.join_url, "Oak")
    proxy.hold()
    await add(phone, "One person", "Into the black hole")
    waiting = note(phone, "Into the black hole")
    await phone.clock.run_for(20_000)
    await expect(state(waiting)).to_have_text(say("phone.waits_open"))
    await phone.clock.run_for(15_100)
    await expect(state(waiting)).to_have_text(say("phone.waits_away"))
    proxy.cut()
    proxy.release()
    await phone.clock.run_for(15_000)
    await expect(state(waiting)).to_have_text(say("phone.private"))
    assert await far.times(room, "Into the black hole") == 1


async def test_a_connection_that_is_cut_comes_back_without_a_word(
    people: People, room: Room, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    await phone.evaluate(
        """() => {
          const weather = document.getElementById("weather");
          globalThis.said = [];
          new MutationObserver(() => said.push(weather.textContent))
            .observe(weather, { childList: true, attributes: true });
        }"""
    )
    for text in ("Before the cut", "After the cut"):
        await write(phone, "One person", text)
        proxy.cut()
    await write(phone, "One person", "After both")
    assert await phone.evaluate("said.filter(Boolean)") == []


async def test_a_frozen_tab_catches_up_and_sends_what_it_holds(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.die()
    await add(phone, "One person", "Written before the freeze")
    await expect(state(note(phone, "Written before the freeze"))).to_have_text(say("phone.waits_away"))
    devtools = await phone.context.new_cdp_session(phone)
    await devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    proxy.live()
    await far.ask(room, type="stage.open", stage="matrix-together")
    await devtools.send("Page.setWebLifecycleState", {"state": "active"})
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_talk"), timeout=MENDING_MS)
    await expect(state(note(phone, "Written before the freeze"))).to_have_text(say("phone.shown"))
    assert await far.times(room, "Written before the freeze") == 1


async def test_where_sockets_were_blocked_a_page_that_is_loaded_later_has_one_again(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    proxy.no_sockets = True
    phone = await _phone(people, room)
    await write(phone, "One person", "Over plain HTTP")
    before = proxy.sockets
    proxy.no_sockets = False
    await phone.reload()
    await write(phone, "One person", "By socket again")
    assert proxy.sockets > before
    assert await far.times(room, "Over plain HTTP") == 1


async def test_what_waits_in_one_tab_shows_in_the_other_which_sends_it_if_the_first_dies(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    first = await _phone(people, room)
    second = await first.context.new_page()
    await second.goto(first.url)
    await expect(second.locator("#composer")).to_be_visible()
    proxy.die()
    for text in ("Written first", "Written second"):
        await add(first, "One person", text)
        await expect(note(second, text)).to_have_attribute("data-standing", "waiting")
    await first.close()
    proxy.live()
    for text in ("Written first", "Written second"):
        await expect(state(note(second, text))).to_have_text(say("phone.private"), timeout=MENDING_MS)
        assert await far.times(room, text) == 1
    assert await second.locator("#notes .words").all_text_contents() == ["Written second", "Written first"]


async def test_200_notes_that_wait_are_enough_and_the_next_stays_in_its_box(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await _phone(people, room)
    proxy.die()
    # As another tab of this phone would tell of its own.
    await phone.evaluate(
        """(code) => {
          const put = Array.from({ length: 200 }, (_, n) => ({
            key: `waiting-in-a-tab-${String(n).padStart(5, "0")}`, code, person: "", at: Date.now() + n,
            ask: { type: "note.add", id: `note-of-another-tab${n + 100}`, zone: "matrix.social",
              text: `Number ${n}.` },
            state: "waiting", seq: 0, message: "", stored: true,
          }));
          new BroadcastChannel(`outbox ${code}`).postMessage({ put });
        }""",
        room.code,
    )
    await expect(phone.locator("#weather")).to_have_text(say("phone.full"))
    await add(phone, "One person", "One too many")
    await expect(phone.locator("#letters")).to_have_text(say("phone.full"))
    await expect(box(phone)).to_have_value("One too many")
    await expect(note(phone, "One too many")).to_have_count(0)
    proxy.live()
    # Two hundred, one after the other.
    await expect(note(phone, "Number 199.")).to_have_attribute(
        "data-standing", "saved", timeout=4 * MENDING_MS
    )
    await button(phone, "phone.add").click()
    await expect(state(note(phone, "One too many"))).to_have_text(say("phone.private"))
    assert await far.times(room, "Number 7.") == 1


async def test_where_the_phone_s_database_hangs_notes_are_saved_and_the_page_asks_to_stay_open(
    people: People, room: Room, far: Server, proxy: Proxy
) -> None:
    phone = await people.phone(forgive=WEATHER)
    await phone.context.add_init_script(OPENS_NEVER)
    await join(phone, room.join_url, "Oak")
    await expect(phone.locator("#weather")).to_have_text(say("phone.keep_open"))
    await write(phone, "One person", "Without a database")
    proxy.die()
    await add(phone, "One person", "Only on this page")
    only = note(phone, "Only on this page")
    await expect(state(only)).to_have_text(say("phone.only_here"))
    proxy.live()
    await expect(state(only)).to_have_text(say("phone.private"), timeout=MENDING_MS)
    assert await far.times(room, "Only on this page") == 1


@pytest.mark.long
async def test_what_a_restored_server_has_lost_the_phone_offers_again(
    people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("restored")
    data, copy = folder / "var", folder / "copy"
    async with Server(folder) as server:
        room = await server.open(stage=ALONE)
        phone = await _phone(people, room)
        host = await people.come(forgive=WEATHER)
        await enter(host, room, "", room.facilitate_url)
        await write(phone, "One person", "Old enough")
        await write(phone, "One person", "Fixed later")
        await write(phone, "One person", "Taken back later")
        # Nobody writes: what lies there now is whole.
        await asyncio.to_thread(shutil.copytree, data, copy)
        await write(phone, "One person", "Too new for it")
        await _fix(phone, "Fixed later", "Mended since")
        await _take_back(phone, "Taken back later")
        await server.kill()
        await asyncio.to_thread(shutil.rmtree, data)
        await asyncio.to_thread(shutil.copytree, copy, data)
        await server.start()
        for text in ("Old enough", "Too new for it", "Mended since"):
            await expect(state(note(phone, text))).to_have_text(say("phone.private"), timeout=MENDING_MS)
        await expect(phone.get_by_text("Taken back later")).to_be_hidden()
        await expect(host.locator("#house")).to_have_text(count("common.returned", 1), timeout=MENDING_MS)
        for text in ("Old enough", "Too new for it", "Mended since"):
            await expect(host.locator("#notes .slip").filter(has_text=text)).to_have_count(1)
            assert await server.times(room, text) == 1
        assert await server.times(room, "Taken back later") == 0


async def test_on_a_full_disk_notes_wait_on_the_phone_and_the_host_reads_why(
    people: People,
    small_disk: Path,  # noqa: F811
) -> None:
    (small_disk.parent / "var").symlink_to(small_disk)
    async with Server(small_disk.parent) as server:
        room = await server.open(stage=ALONE)
        phone = await _phone(people, room)
        host = await people.come(forgive=WEATHER)
        await enter(host, room, "", room.facilitate_url)
        filler = await asyncio.to_thread(fill, small_disk)
        await _fill_up(server, room)
        await add(phone, "One person", "No room for this")
        held = note(phone, "No room for this")
        await expect(state(held)).to_have_text(say("phone.waits_held"))
        await expect(phone.locator("#weather")).to_have_text(say("phone.storage"))
        await expect(host.locator("#house")).to_have_text(say("common.storage_full"))
        filler.unlink()
        await expect(state(held)).to_have_text(say("phone.private"), timeout=MENDING_MS)
        await expect(phone.locator("#weather")).to_be_hidden()
        await expect(host.locator("#house")).to_be_hidden()
        assert await server.times(room, "No room for this") == 1


async def _fill_up(server: Server, room: Room) -> None:
    """What the files of the database have taken already may still hold some."""
    for times in range(1_000):
        try:
            await server.ask(room, type="wall.blank", on=times % 2 == 0)
        except AssertionError:
            return
    raise AssertionError("the disk never was full")


async def test_a_page_that_was_opened_too_often_keeps_its_words_and_goes_on_when_asked(
    people: People, tmp_path_factory: pytest.TempPathFactory
) -> None:
    async with Server(tmp_path_factory.mktemp("crowded"), sockets=2) as server:
        room = await server.open(stage=ALONE)
        first = await _phone(people, room)
        await choose_zone(first, "One person")
        await box(first).fill("In the first page")
        for _ in range(2):
            more = await first.context.new_page()
            await more.goto(first.url)
            await expect(more.locator("#composer")).to_be_visible()
        await expect(first.locator("#weather")).to_have_text(say("phone.too_often"))
        await button(first, "phone.add").click()
        await expect(state(note(first, "In the first page"))).to_have_text(say("phone.waits_over"))
        await button(first, "phone.go_on").click()
        await expect(state(note(first, "In the first page"))).to_have_text(say("phone.private"))
        await expect(first.locator("#weather")).to_be_hidden()
        await expect(button(first, "phone.go_on")).to_be_hidden()
        assert await server.times(room, "In the first page") == 1


async def _phone(people: People, room: Room) -> Page:
    phone = await people.phone(forgive=WEATHER)
    await join(phone, room.join_url, "Oak")
    await expect(phone.locator("#composer")).to_be_visible()
    return phone


async def _fix(phone: Page, text: str, into: str) -> None:
    written = note(phone, text)
    await written.get_by_role("button").first.click()
    await written.get_by_label(say("phone.your_note")).fill(into)
    await button(written, "phone.save").click()
    await expect(state(note(phone, into))).to_have_text(say("phone.private"))


async def _take_back(phone: Page, text: str) -> None:
    written = note(phone, text)
    await written.get_by_role("button").first.click()
    await button(written, "phone.take_back").click()
    await expect(phone.locator(".taken", has_text=say("phone.taken_back"))).to_be_visible()


async def test_what_could_not_be_loaded_at_first_is_loaded_when_the_line_is_back(
    people: People, room: Room, proxy: Proxy
) -> None:
    phone = await people.phone(forgive=WEATHER)
    await phone.route("**/phone/foot.js", lambda route: route.abort())
    await join(phone, room.join_url, "Oak")
    await write(phone, "One person", "Written all the same")
    await expect(phone.locator("#group-field")).to_be_hidden()
    await phone.unroute("**/phone/foot.js")
    proxy.die()
    await expect(phone.locator("#weather")).to_have_text(say("phone.away"))
    proxy.live()
    await expect(phone.locator("#group-field")).to_be_visible(timeout=MENDING_MS)
