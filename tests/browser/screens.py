"""What people do on their screens, told by the words they see there."""

import re

from playwright.async_api import Locator, Page, expect

from app.wording import words
from tests.browser.server import Room

TRIES = 5
UNFOLDING_MS = 100

WORDS = words()


def say(key: str, **values: object) -> str:
    """The sentence on the screen; a key that is no more is an error here."""
    assert WORDS.has(key), f"no words for {key}"
    return WORDS.say(key, **values)


def count(key: str, n: int, **values: object) -> str:
    assert WORDS.has(f"{key}.other"), f"no words for {key}"
    return WORDS.count(key, n, **values)


def starting(words: str) -> re.Pattern[str]:
    """The name of a control that goes on to say more, such as a zone with its question."""
    return re.compile(f"^⟦*{re.escape(words.strip('⟦⟧'))}")


def button(page: Page | Locator, key: str, **values: object) -> Locator:
    return page.get_by_role("button", name=say(key, **values), exact=True)


def button_starting(page: Page | Locator, key: str) -> Locator:
    """A button whose name goes on after these words: with a key to press, or with what it is for."""
    return page.get_by_role("button", name=starting(say(key)))


async def join(phone: Page, link: str, group: str | None = None) -> None:
    """From the scanned link into the room. `group` is chosen, unless the card that was scanned names it."""
    await phone.goto(link)
    if group is not None:
        await phone.get_by_role("radio", name=group).check()
    await phone.locator("#join").click()
    await phone.wait_for_url("**/s/*")
    await expect(phone.locator("#title")).not_to_be_empty()


async def choose_zone(phone: Page, zone: str) -> None:
    await expect(phone.locator("#composer")).to_be_visible()
    choice = phone.locator("#zones").get_by_role("button", name=starting(zone))
    for _ in range(TRIES):
        if await choice.is_visible():
            break
        # Folded for the keyboard, as it is for a moment after: the chosen zone unfolds the others.
        await phone.locator("#zones").get_by_role("button", pressed=True).click()
        await phone.wait_for_timeout(UNFOLDING_MS)
    if await choice.get_attribute("aria-pressed") != "true":
        await choice.click()


async def add(phone: Page, zone: str, text: str) -> None:
    """Add a note, whatever becomes of it."""
    await choose_zone(phone, zone)
    await box(phone).fill(text)
    await phone.locator("#add").click()


async def write(phone: Page, zone: str, text: str) -> Locator:
    """Add a note and wait until the phone calls it saved; returns it."""
    await add(phone, zone, text)
    added = note(phone, text)
    await expect(added).to_have_attribute("data-standing", re.compile("saved|held"))
    return added


def box(phone: Page) -> Locator:
    return phone.locator("#box")


def note(phone: Page, text: str) -> Locator:
    """One of my own notes."""
    return phone.locator("#notes > li").filter(has_text=text)


def change(note: Locator) -> Locator:
    return note.get_by_role("button", name=starting(say("phone.change")))


def state(note: Locator) -> Locator:
    return note.locator(".state")


async def enter(page: Page, room: Room, path: str, secret_link: str) -> None:
    """Let this browser in by a secret link, and go to another page of the room with it."""
    await page.goto(secret_link)
    await expect(page).to_have_url(re.compile(r"^[^#]*$"))
    if path:
        await page.goto(re.sub(r"/s/.*", f"/s/{room.code}/{path}", secret_link))


def slip(desk: Page, text: str) -> Locator:
    """A note on a host's page."""
    return desk.get_by_role("listitem").filter(has_text=text)


def link(page: Page | Locator, key: str, **values: object) -> Locator:
    return page.get_by_role("link", name=say(key, **values), exact=True)
