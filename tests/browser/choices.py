"""The second half of the whole workshop: must-haves, piles, the list, dots, worries, hands, and the end."""

import io
import re
from itertools import pairwise

import openpyxl
from playwright.async_api import Locator, Page, expect

from tests.browser.cast import Cast, add_by_hand, next_person
from tests.browser.screens import (
    button,
    button_starting,
    count,
    link,
    note,
    say,
    starting,
    state,
)

MUST = "At each visit, talk about moving for one minute."
TOGETHER, SIT, HELLO, MAP = PILES = (
    "Walk together from the door",
    "Sit down on the way",
    "Say hello at the door",
    "Draw a walking map",
)


async def _must_haves(cast: Cast) -> None:
    await cast.next("Must-haves")
    desk, hand = cast.desk, cast.hand
    await hand.unfold(desk.locator("#musts-fold > summary"))
    must = desk.locator("#musts-list > li").filter(has_text=MUST)
    await hand.press(button(must, "facilitate.must_pick_label", text=MUST))
    dialog = desk.get_by_role("dialog")
    await hand.type(dialog.get_by_role("searchbox"), "hello", enter=True)
    await hand.press(button(dialog, "facilitate.pick_done"))
    mine, other = (phone.locator("#must-list > li").filter(has_text=MUST) for phone in cast.phones[:2])
    for screen in (must, mine, cast.wall.locator(".essential").filter(has_text=MUST)):
        await expect(screen).to_contain_text(count("common.must_said", 1))
    await hand.press(button(mine, "common.must_do"))
    await expect(button(mine, "common.must_do")).to_have_attribute("aria-pressed", "true")
    await hand.press(button(other, "phone.must_not_here"))
    await hand.type(other.get_by_label(say("phone.must_because")), "The desk is busy", enter=True)
    await expect(other.locator(".state").last).to_have_text(say("phone.must_saved_because"))
    await expect(must).to_contain_text(say("facilitate.must_answers", do=1, could=0, not_here=1))
    await cast.is_accessible(desk, cast.co, cast.wall, cast.phones[1])


async def _name_piles(cast: Cast) -> None:
    """Before its stage, while the tables talk: no phone is moved by it."""
    desk, hand = cast.desk, cast.hand
    await hand.press(link(desk, "facilitate.to_sort"))
    await desk.wait_for_url("**/sort")
    for n, title in enumerate(PILES, 1):
        await hand.type(desk.get_by_label(say("sort.pile_title")), title, enter=hand.way == "keyboard")
        if hand.way == "mouse":
            await hand.press(desk.locator("#pile-make"))
        await expect(desk.locator("#piles > li")).to_have_count(n)
    shoes = desk.locator("#left").get_by_role("button", name="Shoes by the door")
    await hand.press(shoes, "Space")
    await hand.press(_pile(desk, SIT).get_by_role("button", name=starting(count("sort.put", 1))))
    await expect(_pile(desk, SIT)).to_contain_text(count("sort.notes", 1))
    await expect(cast.phones[0].locator("#must-haves")).to_be_visible()
    await cast.is_accessible(desk)
    await hand.press(link(desk, "sort.to_facilitate"))
    await expect(desk.locator("#stage-title")).to_have_text("Must-haves")


async def _everyone_files(cast: Cast) -> None:
    await cast.next("Sort")
    one, two, three, four, *_ = cast.phones
    hand = cast.hand
    await _file(cast, one, "Walk to the shop together", TOGETHER)
    await _file(cast, one, "A garden by the door", SIT)
    await expect(_asked(one).get_by_text(say("phone.filing_done"))).to_be_visible()
    await _file(cast, two, "A bench half way", SIT)
    await hand.press(button(_asked(three), "phone.filing_none"))
    await expect(_asked(three).get_by_text(say("phone.filing_place", n=2, of=2))).to_be_visible()
    mine = note(four, "Shoes by the door")
    await hand.press(button(mine, "phone.not_quite"))
    await hand.type(mine.get_by_role("textbox"), "It is about walking")
    await hand.press(button(mine, "phone.not_quite_send"))
    await expect(mine).to_contain_text(say("phone.not_quite_said", word="It is about walking"))
    await hand.press(button(mine, "phone.not_quite"))
    await hand.press(button(mine, "phone.not_quite_choose"))
    await _file(cast, four, "Shoes by the door", TOGETHER)
    await cast.is_accessible(three, cast.wall)
    desk = cast.desk
    await hand.press(link(desk, "facilitate.to_sort"))
    for n, title in enumerate((TOGETHER, SIT, HELLO), 1):
        await hand.press(button_starting(_pile(desk, title), "sort.make_line"))
        await expect(desk.locator("#lines > li")).to_have_count(n)
    await hand.press(link(desk, "sort.to_facilitate"))
    await cast.next("Our shopping list")
    await expect(cast.wall.locator(".line-text").first).to_have_text(TOGETHER)
    await expect(state(note(one, "Walk to the shop"))).to_have_text(say("phone.listed", letter="A"))


async def _dots(cast: Cast) -> None:
    await cast.next("Choose")
    desk, hand = cast.desk, cast.hand
    await hand.press(button(desk, "facilitate.vote_start"))
    for phone in (*cast.phones[:2], cast.shared):
        await hand.press(_line(phone, SIT).locator(".choice"))
        await expect(phone.locator("#choose .state")).to_have_text(say("phone.saved"))
    await next_person(cast)
    await hand.press(_line(cast.shared, TOGETHER).locator(".choice"))
    await hand.type(cast.scribe.get_by_label(re.compile("Hands for B")), "3")
    await cast.scribe.keyboard.press("Tab")
    await expect(desk.locator("#vote-turnout")).to_contain_text("7 of")
    for screen in (
        cast.desk.locator("#choosing"),
        cast.wall.locator("#main"),
        cast.phones[2].locator("#choose"),
    ):
        assert not re.search(r"(?<!You have )\b[1-9] dots?\b", await screen.inner_text())
    await cast.is_accessible(desk, cast.phones[2], cast.scribe)
    await hand.press(button(desk, "facilitate.vote_close"))
    await hand.press(button(cast.co, "facilitate.vote_reveal"))
    await expect(cast.wall.locator(".choose-said").nth(1)).to_have_text(count("wall.dots", 6))
    await expect(cast.phones[2].locator(".choice-dots").nth(1)).to_have_text(re.compile("^6"))
    await hand.press(button(desk, "facilitate.vote_order"))
    await expect(desk.locator("#vote-result li").first).to_contain_text(SIT)


async def _worries_and_help(cast: Cast) -> None:
    await cast.next("Can we live with it?")
    one, hand = cast.phones[0], cast.hand
    await hand.press(_line(one, HELLO).locator(".choice"))
    await hand.tick(one.get_by_role("radio", name=say("phone.feel_stop")))
    await hand.type(one.get_by_label(say("phone.feel_why")), "The desk is too busy")
    await hand.press(button(one, "phone.feel_send"))
    await expect(cast.desk.locator("#consent-lines")).to_contain_text("The desk is too busy")
    await hand.press(button(cast.desk, "facilitate.consent_show"))
    await expect(cast.wall.locator("body")).to_contain_text(count("wall.felt_stop", 1))
    assert "too busy" not in await cast.wall.content()
    await cast.next("Who could help?")
    await hand.press(_line(one, SIT).locator(".choice"))
    await hand.type(one.get_by_label(say("phone.help_name")), "Zofia")
    await hand.tick(one.get_by_label(say("phone.help_agree")))
    await hand.press(button(one, "phone.help_send"))
    await expect(cast.wall.locator("body")).to_contain_text("Zofia")


async def _finish(cast: Cast) -> None:
    await cast.next("Thank you")
    one, desk, hand = cast.phones[0], cast.desk, cast.hand
    await add_by_hand(cast, one, "What worked", "The quiet minutes")
    await hand.press(button(desk, "facilitate.finish"))
    await expect(desk.locator("#finish-title")).to_be_focused()
    await cast.is_accessible(desk, cast.co, one)
    await hand.press(button(desk, "facilitate.close_yes"))
    await expect(one.locator("#question")).to_have_text(say("phone.closed"))
    await expect(cast.wall.locator(".closed-title")).to_be_visible()
    async with one.expect_download(timeout=30_000) as coming:
        await hand.press(button(one, "phone.keep"))
    assert (await (await coming.value).path()).read_bytes().startswith(b"%PDF-")
    await hand.press(button(one, "phone.add_late"))
    await add_by_hand(cast, one, "What I see", "Thought of on the bus")
    await cast.is_accessible(one)


async def _take_home(cast: Cast) -> None:
    desk, hand = cast.desk, cast.hand
    await hand.press(link(desk, "facilitate.to_list"))
    async with desk.expect_download(timeout=30_000) as coming:
        await hand.press(link(desk, "list.xlsx_host"))
    book = openpyxl.load_workbook(io.BytesIO((await (await coming.value).path()).read_bytes()))
    cells = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    for told in (
        "Walk to the shop together",
        "Said by the first of two",
        "Said by the second of two",
        "From paper: a walking map",
        "The quiet minutes",
        "The desk is too busy",
        "The desk is busy",
        "Zofia",
        "Thought of on the bus",
        "Dr Smith could go first",
    ):
        assert told in cells, told
    assert say("paper.sheet_votes") in book.sheetnames
    assert not cast.faults, "\n".join(cast.faults)
    spoken = await cast.phones[9].evaluate("spoken")
    times = sorted({at for at, *_ in spoken})
    close = [(a, b) for a, b in pairwise(times) if 60 < b - a < 4_900]
    assert not close, [each for each in spoken if each[0] in {at for pair in close for at in pair}]


async def _file(cast: Cast, phone: Page, text: str, pile: str) -> None:
    """Among the three that fit best, or among all."""
    await expect(_asked(phone).locator(".note")).to_have_text(text)
    # Which three fit best comes a moment after the note, and they take the first places.
    await phone.wait_for_timeout(500)
    wanted = _asked(phone).get_by_role("button", name=pile, exact=True)
    if not await wanted.is_visible():
        await cast.hand.press(button(_asked(phone), "phone.filing_all_piles"))
    await cast.hand.press(wanted)
    await expect(state(note(phone, text))).to_have_text(say("phone.filed", pile=pile))


def _asked(phone: Page) -> Locator:
    return phone.locator("#filing")


def _pile(desk: Page, title: str) -> Locator:
    return desk.locator("#piles > li").filter(has=desk.get_by_role("heading", name=title))


def _line(phone: Page, name: str) -> Locator:
    return phone.locator("#choose .choice-row").filter(has_text=name)


CHOICES = (
    _must_haves,
    _name_piles,
    _everyone_files,
    _dots,
    _worries_and_help,
    _finish,
    _take_home,
)
