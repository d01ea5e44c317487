"""Phones that may store nothing, and notes that are refused: their writer keeps the words."""

import asyncio
import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.conftest import FLAGS
from tests.browser.people import People
from tests.browser.screens import (
    box,
    button,
    change,
    choose_zone,
    count,
    join,
    note,
    say,
    starting,
    state,
    write,
)
from tests.browser.server import Room, Server
from tests.conftest import chromium

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ALONE = "matrix-alone"
NO_STORAGE = """
for (const name of ["indexedDB", "localStorage"]) {
  Object.defineProperty(globalThis, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
}
"""
WATCH_WRITES = """
globalThis.written = [];
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...how) {
  const transaction = begin.apply(this, how);
  if (transaction.mode === "readwrite") written.push(transaction.durability);
  return transaction;
};
"""
FULL_DISK = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


async def test_where_storage_is_blocked_notes_are_saved_and_the_page_asks_to_stay_open(
    people: People, server: Server
) -> None:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await phone.context.add_init_script(NO_STORAGE)
    await join(phone, room.join_url, "Oak")
    await expect(phone.locator("#weather")).to_have_text(say("phone.keep_open"))
    await write(phone, "One person", "Not on this phone")
    await button(phone, "common.bigger_text").click()
    await expect(button(phone, "common.bigger_text")).to_have_attribute("aria-pressed", "true")
    assert await server.times(room, "Not on this phone") == 1


async def test_what_is_called_on_this_phone_was_flushed_to_its_disk(people: People, server: Server) -> None:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await phone.context.add_init_script(WATCH_WRITES)
    await join(phone, room.join_url, "Oak")
    await write(phone, "One person", "On the disk first")
    written = await phone.evaluate("written")
    assert len(written) >= 2
    assert set(written) == {"strict"}


async def test_where_the_phone_is_full_notes_are_saved_and_the_page_asks_to_stay_open(
    people: People, server: Server
) -> None:
    room, phone = await _writing(people, server)
    await phone.evaluate(FULL_DISK)
    await write(phone, "One person", "No room on the phone")
    await expect(phone.locator("#weather")).to_have_text(say("phone.keep_open"))
    assert await server.times(room, "No room on the phone") == 1


async def test_where_cookies_are_blocked_one_page_carries_a_person_through(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    profile = tmp_path / "profile" / "Default"
    await asyncio.to_thread(profile.mkdir, parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    await asyncio.to_thread((profile / "Preferences").write_text, json.dumps(blocked))
    room = await server.open(stage=ALONE)
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            profile.parent,
            executable_path=chromium(whole=True),
            args=FLAGS,
            viewport={"width": 360, "height": 740},
            locale="en-GB",
        )
        strict = People(browser)
        strict.watch(context)
        phone = context.pages[0]
        await join(phone, room.join_url, "Oak")
        assert await context.cookies() == []
        await expect(phone.locator("#weather")).to_have_text(say("phone.keep_open"))
        written = await write(phone, "One person", "Without a cookie")
        await change(written).click()
        await written.get_by_label(say("phone.your_note")).fill("With no cookie at all")
        await button(written, "phone.save").click()
        await expect(state(note(phone, "With no cookie at all"))).to_have_text(say("phone.private"))
        await server.ask(room, type="stage.open", stage="matrix-together")
        await expect(state(note(phone, "With no cookie at all"))).to_have_text(say("phone.shown"))
        await context.close()
    assert not strict.complaints, strict.complaints
    assert await server.times(room, "With no cookie at all") == 1


async def test_a_note_for_a_zone_that_was_locked_meanwhile_keeps_its_words(
    people: People, server: Server
) -> None:
    room, phone = await _writing(people, server)
    await choose_zone(phone, "One person")
    await box(phone).fill("Typed before the lock")
    await server.ask(room, type="zone.lock", zone="matrix.individual")
    chosen = phone.locator("#zones").get_by_role("button", name=starting("One person"))
    await expect(chosen).to_contain_text(say("phone.locked"))
    await button(phone, "phone.add").click()
    kept = note(phone, "Typed before the lock")
    await expect(state(kept)).to_have_text(say("refused.zone.locked"))
    await expect(phone.get_by_role("alert")).to_have_text(say("refused.zone.locked"))
    await kept.locator(".words").select_text()
    assert await phone.evaluate("getSelection().toString()") == "Typed before the lock"
    # It can go where there is room, and is saved then.
    await change(kept).click()
    await kept.get_by_role("button", name="People around us", exact=True).click()
    await expect(state(note(phone, "Typed before the lock"))).to_have_text(say("phone.private"))
    assert await server.times(room, "Typed before the lock") == 1


async def test_a_refused_note_is_still_there_after_a_reload(people: People, server: Server) -> None:
    room, phone = await _writing(people, server)
    await choose_zone(phone, "One person")
    await box(phone).fill("Refused, and kept")
    await server.ask(room, type="zone.lock", zone="matrix.individual")
    await button(phone, "phone.add").click()
    await expect(state(note(phone, "Refused, and kept"))).to_have_text(say("refused.zone.locked"))
    await phone.reload()
    await expect(state(note(phone, "Refused, and kept"))).to_have_text(say("refused.zone.locked"))


async def test_281_letters_are_one_too_many_and_are_not_sent(people: People, server: Server) -> None:
    _, phone = await _writing(people, server)
    await choose_zone(phone, "One person")
    await box(phone).fill("x" * 240)
    await expect(phone.locator("#letters")).to_have_text(count("phone.letters_left", 40))
    await box(phone).fill("x" * 281)
    await expect(phone.locator("#letters")).to_have_text(count("phone.too_many", 1))
    await expect(box(phone)).to_have_attribute("aria-invalid", "true")
    await button(phone, "phone.add").click()
    await expect(phone.locator("#notes > li")).to_have_count(0)
    await expect(box(phone)).to_have_value("x" * 281)
    await box(phone).fill("é👩‍⚕️" + "x" * 275)
    await button(phone, "phone.add").click()
    await expect(state(note(phone, "👩‍⚕️"))).to_have_text(say("phone.private"))


async def test_what_was_typed_when_the_session_closed_can_still_be_copied(
    people: People, server: Server
) -> None:
    room, phone = await _writing(people, server)
    await write(phone, "One person", "Saved in time")
    await choose_zone(phone, "People around us")
    await box(phone).fill("One word too late")
    await server.ask(room, type="session.close")
    await expect(phone.locator("#question")).to_have_text(say("phone.closed"))
    await expect(state(note(phone, "One word too late"))).to_have_text(say("phone.not_added"))
    await expect(note(phone, "Saved in time")).to_be_visible()
    await expect(change(note(phone, "Saved in time"))).to_be_hidden()


async def test_an_empty_note_is_not_sent(people: People, server: Server) -> None:
    _, phone = await _writing(people, server)
    await choose_zone(phone, "One person")
    await box(phone).fill("  \n ")
    await button(phone, "phone.add").click()
    await expect(phone.locator("#letters")).to_have_text(say("phone.empty"))
    await expect(phone.locator("#notes > li")).to_have_count(0)


async def test_leaving_wipes_the_phone(people: People, server: Server) -> None:
    room, phone = await _writing(people, server)
    await write(phone, "One person", "Stays with the host")
    await choose_zone(phone, "People around us")
    await box(phone).fill("A draft")
    await phone.locator("summary", has_text=say("phone.leave")).click()
    await button(phone, "phone.leave_now").click()
    await phone.wait_for_url("**/")
    kept = await phone.evaluate(
        """async () => {
          const bases = await indexedDB.databases();
          const rows = await Promise.all(bases.map(({ name }) => new Promise((done) => {
            const opening = indexedDB.open(name);
            opening.onsuccess = () => {
              const stores = [...opening.result.objectStoreNames];
              if (!stores.length) return done([]);
              const all = opening.result.transaction(stores).objectStore(stores[0]).getAll();
              all.onsuccess = () => done(all.result);
            };
          })));
          return JSON.stringify([rows, { ...localStorage }]);
        }"""
    )
    assert "Stays with the host" not in kept
    assert "A draft" not in kept
    assert await server.times(room, "Stays with the host") == 1


async def _writing(people: People, server: Server) -> tuple[Room, Page]:
    room = await server.open(stage=ALONE)
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    return room, phone
