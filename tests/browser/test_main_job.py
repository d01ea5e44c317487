"""The whole of a workshop, from the organiser's link to the list that goes home with people."""

import csv
import io
import json

import docx
import openpyxl
import pytest
from playwright.async_api import Page, expect

from tests.browser.people import People
from tests.browser.screens import (
    button,
    button_starting,
    change,
    count,
    join,
    link,
    note,
    say,
    slip,
    starting,
    state,
    write,
)
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "Lower Valley, November"


async def test_a_workshop_runs_from_the_link_to_the_list(people: People, server: Server) -> None:
    organiser = await people.come()
    made = await _start(organiser, server)

    desk = await people.come()
    await desk.goto(made["facilitate"])
    await expect(desk.get_by_role("heading", name=TITLE)).to_be_visible()
    assert "#" not in desk.url, "the secret stays out of the address"

    wall = await people.come()
    heard = _frames(wall)
    await _pair(wall, desk, server)
    await expect(wall.get_by_alt_text(say("wall.qr"))).to_be_visible()
    await expect(wall.locator(".arrival-code")).to_contain_text(made["code"][:3])

    ann, ben = await people.phone(), await people.phone()
    await join(ann, made["join"], "Oak")
    await join(ben, f"{made['join']}?t=g2")
    await expect(ben.locator("#group")).to_have_text("Elm")
    await expect(wall.locator(".arrival-here")).to_have_text(count("wall.joined", 2))
    await expect(ann.locator("#question")).to_have_text(say("phone.before"))

    await _next(desk, "facilitate.start", "Come in")
    await expect(wall.get_by_alt_text(say("wall.qr"))).to_be_visible()
    await _next(desk, "facilitate.next", "Why we are here")
    await expect(ann.locator("#hint")).to_have_text(say("phone.hint_listen"))
    await expect(ann.locator("#composer")).to_be_hidden()
    await expect(wall.get_by_alt_text(say("wall.qr"))).to_be_visible()

    await _next(desk, "facilitate.next", "Ideas, on your own")
    await _write_in_private(ann, ben)
    await _only_counts(wall, heard)
    await _hide(desk, "Jones is slow", "facilitate.why_names")

    await _next(desk, "facilitate.next", "Ideas, together")
    await _shown_but_for(wall, heard, "Jones is slow")
    await expect(state(note(ben, "Jones is slow"))).to_contain_text(say("phone.held_names"))
    await expect(state(note(ann, "Walk to the shop"))).to_have_text(say("phone.shown"))
    await button(ann, "phone.came_up").click()
    await write(ann, "People around us", "Ask a neighbour along")
    await expect(slip(wall, "Ask a neighbour along")).to_be_visible()
    await _off_and_on_again(desk, ann, wall)
    await _blank_and_back(desk, wall)
    await _clock(desk, ann, wall)

    await _next(desk, "facilitate.next", "The best place, on your own")
    await button(desk, "facilitate.back", title="Ideas, together").click()
    await expect(ann.locator("#hint")).to_have_text(say("phone.hint_talk"))
    await _jump(desk, "The best place, on your own")
    await write(ben, "What I see", "A garden by the door")
    await _jump(desk, "The best place, together")
    await expect(slip(wall, "A garden by the door")).to_be_visible()

    await _jump(desk, "Must-haves")
    await expect(ann.locator("#must-haves").get_by_role("listitem").first).to_contain_text(
        say("common.must_have_by_host")
    )
    await expect(wall.locator(".essential").first).to_contain_text(say("common.must_have_by_host"))
    await write(ann, "What I hear", "“Shall we walk?”")

    await _jump(desk, "Sort")
    await expect(ben.locator("#question")).to_have_text(say("phone.filing_which"))
    await expect(ben.locator("#composer")).to_be_hidden()
    await link(desk, "facilitate.to_sort").click()
    await _sort(desk, wall)
    await expect(state(note(ann, "Walk to the shop"))).to_have_text(
        say("phone.filed", pile="Walk together from the door")
    )
    await link(desk, "sort.to_facilitate").click()
    # The host holds a note that the wall does not: both tell one number.
    filed = await wall.locator(".filed-words").inner_text()
    await expect(desk.locator("#filed-line")).to_have_text(filed)
    await _jump(desk, "Our shopping list")
    await expect(slip(wall, "Walk together from the door")).to_be_visible()
    await expect(state(note(ann, "Walk to the shop"))).to_have_text(say("phone.listed", letter="A"))
    await _read_list(desk, ann)
    await _close_and_find_again(desk, organiser, ann, wall, server)


async def _next(desk: Page, key: str, title: str) -> None:
    # Two taps within the same second are one press that bounced.
    await desk.wait_for_timeout(850)
    await button(desk, key, title=title).click()
    await expect(desk.locator("#stage-title")).to_have_text(title)


async def _jump(desk: Page, title: str) -> None:
    await desk.locator("#jumps .jump").filter(has_text=title).click()
    await expect(desk.locator("#stage-title")).to_have_text(title)


def _frames(page: Page) -> list[str]:
    """Everything that this page is sent over its sockets, as it comes."""
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    return heard


async def _write_in_private(ann: Page, ben: Page) -> None:
    one = ann.locator("#zones").get_by_role("button", name=starting("One person"))
    await expect(one).to_contain_text("What would help you walk?")
    walk = await write(ann, "One person", "Walk to the shops")
    await expect(state(walk)).to_have_text(say("phone.private"))
    await change(walk).click()
    await walk.get_by_label(say("phone.your_note")).fill("Walk to the shop")
    await button(walk, "phone.save").click()
    await expect(note(ann, "Walk to the shop").locator(".words")).to_have_text("Walk to the shop")
    await expect(state(note(ann, "Walk to the shop"))).to_have_text(say("phone.private"))

    moved = await write(ann, "One person", "Benches on the way")
    await change(moved).click()
    await moved.get_by_role("button", name="The place and the rules", exact=True).click()
    await expect(note(ann, "Benches on the way")).to_have_attribute("data-colour", "infrastructural")
    await expect(state(note(ann, "Benches on the way"))).to_have_text(say("phone.private"))

    regretted = await write(ben, "People around us", "A dog to borrow")
    await change(regretted).click()
    await button(regretted, "phone.take_back").click()
    await expect(regretted).to_contain_text(say("phone.taken_back"))
    await button(regretted, "common.undo").click()
    await expect(state(note(ben, "A dog to borrow"))).to_have_text(say("phone.private"))
    gone = await write(ben, "What gets in the way", "I take this back")
    await change(gone).click()
    await button(gone, "phone.take_back").click()
    await write(ben, "What gets in the way", "Jones is slow")


WRITTEN = (
    "Walk to the shop",
    "Benches on the way",
    "A dog to borrow",
    "Jones is slow",
    "I take this back",
)


async def _only_counts(wall: Page, heard: list[str]) -> None:
    """While notes are private the wall knows how many there are, and no word of them."""
    zone = wall.locator("section.zone")
    for title, n in {"One person": 1, "People around us": 1, "The place and the rules": 1}.items():
        filled = zone.filter(has=wall.get_by_role("heading", name=title))
        await expect(filled.locator(".zone-count")).to_have_text(f"{n} {count('wall.notes_noun', n)}")
        await expect(filled.locator(".note.blank")).to_have_count(n)
    known = await wall.content() + "".join(heard)
    assert [text for text in WRITTEN if text in known] == []
    assert heard, "the wall listens"


async def _hide(desk: Page, text: str, why: str) -> None:
    hidden = slip(desk, text)
    await button(hidden, "facilitate.hide").click()
    await button(hidden, why).click()
    await expect(button(hidden, "facilitate.show_again")).to_be_visible()


async def _shown_but_for(wall: Page, heard: list[str], held: str) -> None:
    for text in ("Walk to the shop", "Benches on the way", "A dog to borrow"):
        await expect(slip(wall, text)).to_be_visible()
    known = await wall.content() + "".join(heard)
    assert held not in known
    assert "I take this back" not in known


async def _off_and_on_again(desk: Page, phone: Page, wall: Page) -> None:
    await _hide(desk, "Benches on the way", "facilitate.why_other")
    await expect(slip(wall, "Benches on the way")).to_have_count(0)
    assert "Benches" not in await wall.content()
    await expect(state(note(phone, "Benches on the way"))).to_contain_text(say("phone.held_other"))
    await button(slip(desk, "Benches on the way"), "facilitate.show_again").click()
    await expect(slip(wall, "Benches on the way")).to_be_visible()
    await expect(state(note(phone, "Benches on the way"))).to_have_text(say("phone.shown"))


async def _blank_and_back(desk: Page, wall: Page) -> None:
    await button(desk, "facilitate.wall_blank").click()
    await expect(wall.locator("#main")).to_be_hidden()
    await button(desk, "facilitate.wall_unblank").click()
    await expect(wall.locator("#main")).to_be_visible()
    await wall.keyboard.press("b")
    await expect(button(desk, "facilitate.wall_unblank")).to_be_visible()
    await wall.keyboard.press("b")
    await expect(wall.locator("#main")).to_be_visible()


async def _clock(desk: Page, phone: Page, wall: Page) -> None:
    await button(desk, "facilitate.clock_start", minutes=6).click()
    await expect(wall.locator(".strip-clock")).to_contain_text(":")
    await expect(phone.locator("#clock")).to_have_text(count("common.clock_about", 6))
    await button(desk, "facilitate.clock_add").click()
    await expect(desk.get_by_role("timer")).to_contain_text("6:5")
    await button(desk, "facilitate.clock_pause").click()
    await expect(phone.locator("#clock")).to_have_text(say("common.clock_paused"))
    await button(desk, "facilitate.clock_resume").click()
    await button(desk, "facilitate.clock_off").click()
    await expect(phone.locator("#clock")).to_be_hidden()


async def _sort(desk: Page, wall: Page) -> None:
    """Piles, places, voices, lines, and undo."""
    left = desk.locator("#left")
    await left.get_by_role("button", name="Walk to the shop").click()
    await left.get_by_role("button", name="Ask a neighbour along").click()
    await desk.get_by_label(say("sort.pile_title")).fill("Walk together from the door")
    await desk.keyboard.press("Enter")
    pile = desk.locator("#piles").get_by_role("listitem").filter(has_text="Walk together from the door").first
    await expect(pile).to_contain_text(count("sort.notes", 2))
    await expect(wall.locator(".pile")).to_contain_text(count("wall.notes", 2))

    await left.get_by_role("button", name="A dog to borrow").click()
    await desk.get_by_role("radio", name=starting(say("sort.voice_worry"))).check()
    await pile.get_by_role("button", name=starting(count("sort.put", 1))).click()
    await expect(pile).to_contain_text(count("sort.n_worry", 1))

    await left.get_by_role("button", name="A garden by the door").click()
    await button_starting(desk, "sort.by_its_words").click()
    garden = desk.locator("#piles").get_by_role("heading", name="A garden by the door")
    await expect(garden).to_be_visible()
    await desk.get_by_role("button", name=starting(say("sort.undo"))).first.click()
    await expect(left.get_by_role("button", name="A garden by the door")).to_be_visible()

    await button_starting(pile, "sort.make_line").click()
    worded = desk.get_by_label(say("sort.line_label", letter="A"), exact=True)
    await expect(worded).to_have_value("Walk together from the door")


async def _read_list(desk: Page, phone: Page) -> None:
    await link(desk, "facilitate.to_list").click()
    line = desk.locator("#line-A")
    await expect(line).to_contain_text("Walk together from the door")
    from_notes = say("list.from", notes=count("list.notes", 3), people=count("list.people", 2))
    await expect(line).to_contain_text(from_notes + say("list.heard", n=2, of=2, many="tables"))
    await expect(desk.locator(".essential").first).to_contain_text(say("list.by_host"))
    await expect(desk.get_by_text("Jones is slow")).to_have_count(1)

    rows = list(csv.reader(io.StringIO((await _download(desk, "list.csv")).decode("utf-8-sig"))))
    assert any("Walk to the shop" in row for row in rows)
    assert any("Jones is slow" in row for row in rows)
    text = (await _download(desk, "list.md")).decode()
    assert "Walk together from the door" in text
    assert "Jones is slow" in _cells(await _download(desk, "list.xlsx_host"))
    # What is sent on holds what the room saw, and no more.
    assert "Walk to the shop" in (sent := _cells(await _download(desk, "list.xlsx")))
    assert "Jones" not in sent
    document = docx.Document(io.BytesIO(await _download(desk, "list.docx")))
    assert "Our shopping list" in "\n".join(each.text for each in document.paragraphs)
    assert (await _download(desk, "list.pdf")).startswith(b"%PDF-")
    whole = json.loads(await _download(desk, "list.json"))
    assert whole["lines"][0]["text"] == "Walk together from the door"
    assert whole["lines"][0]["notes"] == 3

    await link(phone, "phone.list").click()
    await expect(phone.locator("#line-A")).to_contain_text("Walk together from the door")
    await expect(phone.get_by_text("Jones is slow")).to_have_count(0)
    assert b"Jones" not in await _download(phone, "list.csv")
    await phone.go_back()


def _cells(workbook: bytes) -> str:
    sheets = openpyxl.load_workbook(io.BytesIO(workbook))
    return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)


async def _download(page: Page, key: str) -> bytes:
    async with page.expect_download() as coming:
        await link(page, key).click()
    return (await (await coming.value).path()).read_bytes()


async def _close_and_find_again(desk: Page, organiser: Page, phone: Page, wall: Page, server: Server) -> None:
    await desk.go_back()
    await button(desk, "facilitate.close").click()
    await button(desk, "facilitate.close_yes").click()
    await expect(phone.locator("#question")).to_have_text(say("phone.closed"))
    await expect(wall.locator(".closed-title", has_text=say("wall.thanks"))).to_be_visible()

    await organiser.goto(f"{server.origin}/sessions")
    mine = organiser.get_by_role("listitem").filter(has_text=TITLE)
    await expect(mine).to_contain_text(say("sessions.closed"))
    await link(mine, "sessions.facilitate").click()
    await button(organiser, "facilitate.reopen").click()
    await expect(phone.locator("#question")).not_to_have_text(say("phone.closed"))
    await expect(wall.locator(".closed-title", has_text=say("wall.thanks"))).to_have_count(0)


async def _start(page: Page, server: Server) -> dict[str, str]:
    await page.goto(server.start_link)
    await page.get_by_role("radio", name=starting("GP surgery, 45")).check()
    await page.get_by_label(say("start.aim_what"), exact=True).fill("walk more")
    await page.get_by_label(say("start.aim_who"), exact=True).fill("patients with diabetes")
    await page.get_by_label(say("start.aim_where"), exact=True).fill("at this surgery")
    await page.get_by_label(say("start.title"), exact=True).fill(TITLE)
    await page.get_by_label(say("start.host"), exact=True).fill("Active Valley")
    await page.get_by_label(say("start.groups_names"), exact=True).fill("Oak\nElm\nAsh")
    await page.get_by_text(say("start.edit")).click()
    await page.get_by_text("Influencer Matrix", exact=True).last.click()
    await page.get_by_label(say("start.edit_zone_prompt", title="One person")).fill(
        "What would help you walk?"
    )
    await button(page, "start.open").click()
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    return {
        "code": (await page.locator("#made-code").inner_text()).replace(" ", ""),
        "facilitate": await page.get_by_label(say("start.your_link"), exact=True).input_value(),
        "join": "http://" + await page.locator("#made-address").inner_text(),
    }


async def _pair(screen: Page, desk: Page, server: Server) -> None:
    await screen.goto(f"{server.origin}/wall")
    letters = screen.locator("[data-letters] span")
    await expect(letters).to_have_count(4)
    typed = "".join(await letters.all_inner_texts())
    await desk.get_by_text(say("facilitate.screen"), exact=True).click()
    await desk.get_by_label(say("facilitate.screen_letters")).fill(typed.lower())
    await button(desk, "facilitate.screen_connect").click()
    await expect(desk.get_by_text(say("screens.done"))).to_be_visible()
    await screen.wait_for_url("**/s/*/wall")
