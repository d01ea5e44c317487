"""Everyone files: each phone shows its own notes one by one, and whoever is moved may say so."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from app.keys import new_id
from tests.browser.looks import SIDEWAYS, in_the_end
from tests.browser.people import TURNED_AWAY, People
from tests.browser.screens import (
    button,
    button_starting,
    count,
    enter,
    join,
    link,
    note,
    say,
    slip,
    starting,
    state,
    write,
)
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WALK, BENCH, QUIET = "Walk to the shop together", "Put a bench half way", "Nothing fits this one"


WHOLLY_IN_SIGHT = """(element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  // Not cut by its column either: what is at its corners is it, or what it stands in.
  return [[left + 1, top + 1], [right - 1, bottom - 1]].every(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (there.contains(element) || element.contains(there)) && there !== document.body;
  });
}"""


async def _at_the_piles(people: People, server: Server, *titles: str) -> tuple[Room, Page, dict[str, str]]:
    """A phone with three notes of its own, and these piles in front of it."""
    room = await server.open(stage="matrix-together", groups=["North"])
    await server.ask(room, type="stage.return")
    await server.ask(room, type="stage.open", stage="must-haves")
    phone = await people.phone(forgive=TURNED_AWAY)
    await join(phone, room.join_url, "North")
    for text in (WALK, BENCH, QUIET):
        await write(phone, "What I see", text)
    piles = {title: new_id() for title in titles}
    for title, id in piles.items():
        await server.ask(room, type="theme.make", id=id, title=title)
    await server.ask(room, type="stage.open", stage="sort")
    return room, phone, piles


def asked(phone: Page) -> Locator:
    return phone.locator("#filing")


async def test_a_phone_asks_about_its_notes_one_by_one(people: People, server: Server) -> None:
    _, phone, _ = await _at_the_piles(
        people, server, "Walk together", "Sit down on the way", "Eat well", "Swim"
    )
    await expect(asked(phone).get_by_text(say("phone.filing_place", n=1, of=3))).to_be_visible()
    await expect(asked(phone).get_by_text(WALK)).to_be_visible()
    await asked(phone).get_by_role("button", name="Walk together").click()
    await expect(state(note(phone, WALK))).to_have_text(say("phone.filed", pile="Walk together"))
    await expect(asked(phone).get_by_text(BENCH)).to_be_visible()
    await button(asked(phone), "phone.filing_all_piles").click()
    await asked(phone).get_by_role("button", name="Swim").click()
    await button(asked(phone), "phone.filing_none").click()
    await expect(asked(phone).get_by_text(say("phone.filing_done"))).to_be_visible()
    await button(asked(phone), "phone.filing_look_again").click()
    await expect(asked(phone).get_by_text(QUIET)).to_be_visible()


async def test_a_pile_that_is_missing_is_wished_for_by_keyboard_alone(people: People, server: Server) -> None:
    room, phone, _ = await _at_the_piles(people, server, "Walk together")
    await button(asked(phone), "phone.filing_new").focus()
    await phone.keyboard.press("Enter")
    await phone.keyboard.type("Make tea")
    # A pile that is made meanwhile takes nothing from what is being typed.
    dance = new_id()
    await server.ask(room, type="theme.make", id=dance, title="Dance")
    await expect(asked(phone).get_by_role("button", name="Dance")).to_be_visible()
    # Nor does a desk that is quicker: the phone says where it put the note.
    walk = next(row["id"] for row in await server.rows(room, "note") if row["text"] == WALK)
    await server.ask(room, type="notes.place", notes=[walk], theme=dance)
    await expect(asked(phone).get_by_text(say("phone.filed", pile="Dance"))).to_be_visible()
    assert await asked(phone).get_by_role("textbox").input_value() == "Make tea"
    await expect(asked(phone).get_by_role("textbox")).to_be_focused()
    await phone.keyboard.press("Enter")
    await expect(asked(phone).get_by_text(BENCH)).to_be_visible()
    assert await phone.evaluate("document.querySelector('#filing').contains(document.activeElement)")


async def test_whoever_is_moved_by_somebody_else_may_say_not_quite(people: People, server: Server) -> None:
    room, phone, piles = await _at_the_piles(people, server, "Walk together", "Sit down on the way")
    # What the desk has filed by then is not asked about: it says where it lies, as if it had been moved.
    quiet = next(row["id"] for row in await server.rows(room, "note") if row["text"] == QUIET)
    await server.ask(room, type="notes.place", notes=[quiet], theme=piles["Walk together"])
    await expect(asked(phone).get_by_text(say("phone.filing_place", n=1, of=2))).to_be_visible()
    await expect(state(note(phone, QUIET))).to_have_text(say("phone.filed", pile="Walk together"))
    await expect(button(note(phone, QUIET), "phone.not_quite")).to_be_visible()
    await asked(phone).get_by_role("button", name="Walk together").click()
    mine = note(phone, WALK)
    await expect(state(mine)).to_have_text(say("phone.filed", pile="Walk together"))
    assert await button(mine, "phone.not_quite").count() == 0
    id = next(row["note"] for row in await server.rows(room, "place") if row["note"] != quiet)
    await server.ask(room, type="notes.place", notes=[id], theme=piles["Sit down on the way"])
    await button(mine, "phone.not_quite").click()
    await mine.get_by_role("textbox").fill("It is about going there")
    await button(mine, "phone.not_quite_send").click()
    await expect(mine).to_contain_text(say("phone.not_quite_said", word="It is about going there"))
    (told,) = [row for row in await server.rows(room, "filing") if row["word"]]
    assert (told["note"], told["word"]) == (id, "It is about going there")
    await button(mine, "phone.not_quite").click()
    await button(mine, "phone.not_quite_choose").click()
    await asked(phone).get_by_role("button", name="Walk together").click()
    await expect(state(mine)).to_have_text(say("phone.filed", pile="Walk together"))
    await expect(button(mine, "phone.not_quite")).to_have_count(0)
    await expect(asked(phone).get_by_text(BENCH)).to_be_visible()
    await asked(phone).get_by_role("button", name="Sit down on the way").click()
    await expect(asked(phone).get_by_text(say("phone.filing_done_by_host"))).to_be_visible()


async def test_the_desk_reads_wishes_and_disputes_and_makes_the_pile(people: People, server: Server) -> None:
    room, phone, _piles = await _at_the_piles(people, server, "Walk together", "Sit down on the way")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    await button(asked(phone), "phone.filing_new").click()
    await asked(phone).get_by_role("textbox").fill("Go to the shop")
    await asked(phone).get_by_role("textbox").press("Enter")
    await expect(slip(desk, WALK)).to_contain_text(say("sort.said_wish", wish="Go to the shop"))
    await button(desk, "sort.wish_label", title="Go to the shop").press("Enter")
    await expect(desk.get_by_role("heading", name="Go to the shop")).to_be_visible()
    # The pile and its note are one step: undone, somebody wishes for it again.
    await expect(desk.locator("#undo-what")).to_have_text(count("sort.did_theme_filled", 1))
    await desk.locator("#left-title").click()
    await desk.keyboard.press("z")
    await expect(desk.get_by_role("heading", name="Go to the shop")).to_have_count(0)
    await button(desk, "sort.wish_label", title="Go to the shop").press("Enter")
    await expect(desk.locator("#wishes-section")).to_be_hidden()
    await expect(state(note(phone, WALK))).to_have_text(say("phone.filed", pile="Go to the shop"))
    await button(note(phone, WALK), "phone.not_quite").click()
    await note(phone, WALK).get_by_role("textbox").fill("Any shop")
    await button(note(phone, WALK), "phone.not_quite_send").click()
    await expect(desk.locator(".slip-said:visible")).to_have_text(say("sort.said_word", word="Any shop"))
    # Where the room is led from, the host reads how far that has come, and what the list still lacks.
    await link(desk, "sort.to_facilitate").click()
    await expect(desk.locator("#filed-line")).to_have_text(f"1 {say('facilitate.filed', of=3)}")
    await expect(desk.locator("#wrote-line, #waiting-line").filter(visible=True)).to_have_count(0)
    lacking = desk.locator("#next-piles")
    await expect(lacking).to_have_text(count("facilitate.next_unlisted", 1))
    pile = (await server.rows(room, "place"))[0]["theme"]
    await server.ask(room, type="item.make", id=new_id(), text="Go to the shop", theme=pile)
    await expect(lacking).to_be_hidden()


async def test_the_last_notes_go_on_the_wall_by_number_and_a_placed_one_goes_away(
    people: People, server: Server
) -> None:
    room, _, piles = await _at_the_piles(people, server, "Walk together")
    await server.write(room, [("utopia.see", f"Idea number {n} of somebody else") for n in range(18)])
    desk, wall = await people.come(), await people.come({"width": 1920, "height": 1080})
    await enter(desk, room, "sort", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    offer = desk.locator("#last-show")
    await expect(desk.locator("#left > li")).to_have_count(21)
    await expect(offer).to_be_hidden()
    await desk.locator("#left .pick").first.click()
    await desk.keyboard.press("1")
    await expect(offer).to_have_text(count("sort.last_show", 20))
    await offer.press("Enter")
    await expect(wall.locator("#main")).to_have_attribute("data-scene", "left")
    called = wall.locator(".called")
    await expect(called.first).to_have_text("1")
    await expect(wall.locator(".pile-name")).to_have_text(["Walk together"])
    await _twelve_long_names_stand_beside_the_notes(wall, server, room)
    bench = desk.locator("#left > li").filter(has_text=BENCH)
    await expect(bench.locator(".slip-number")).not_to_be_empty()
    # What lies out of sight is not drawn, and has no inner text.
    number = await bench.locator(".slip-number").text_content() or "none"
    for _ in range(3):
        if await wall.get_by_text(BENCH).count():
            break
        before = await called.first.inner_text()
        await wall.keyboard.press("PageDown")
        await expect(called.first).not_to_have_text(before)
    there = wall.locator(".left-note").filter(has_text=BENCH)
    await expect(there.locator(".called")).to_have_text(number)
    others = await called.all_inner_texts()
    await bench.locator(".pick").click()
    await desk.keyboard.press("1")
    await expect(there).to_have_count(0)
    await expect(called).to_have_text([n for n in others if n != number])
    # The room is thanked once nothing waits any more, with a number or without.
    (shown,) = await server.rows(room, "screen")
    numbered = [id for id in shown["left"] if id]
    long = "that tells how far it is to the next bench and who walks there on Tuesdays, " * 3
    await server.write(room, [("utopia.see", f"The last of all is a board {long}")])
    await server.ask(room, type="notes.place", notes=numbered, theme=piles["Walk together"])
    await expect(wall.get_by_role("heading", name=say("wall.left_more"))).to_be_visible()
    again = desk.locator("#last-again")
    await expect(again).to_have_text(count("sort.last_again", 1))
    await again.press("Enter")
    await expect(called).to_have_text(["1"])
    late = await wall.locator(".left-note").inner_text()
    assert "The last of all" in late
    # Where there is no room, names make way, and a note is cut at the end of a line and says so.
    await wall.set_viewport_size({"width": 1024, "height": 768})
    await expect(wall.locator(".left-note .is-cut")).to_be_visible()
    await expect(wall.locator(".pile-names")).to_be_hidden()
    await wall.set_viewport_size({"width": 1920, "height": 1080})
    await expect(wall.locator(".is-cut")).to_have_count(0)
    await desk.locator("#left .pick").first.click()
    await desk.keyboard.press("1")
    await expect(wall.get_by_role("heading", name=say("wall.left_none"))).to_be_visible()
    await expect(wall.locator(".pile-names")).to_be_hidden()
    await desk.keyboard.press("z")
    await expect(called).to_have_text(["1"])
    await expect(offer).to_have_text(say("sort.last_end"))
    await offer.press("Enter")
    await expect(wall.locator("#main")).to_have_attribute("data-scene", "piles")
    await expect(offer).to_be_focused()
    await _a_long_note_leaves_room_for_the_short_ones_of_its_pile(wall, server, room)


NOTES_IN_SIGHT = """(pile) => {
  const { right, bottom } = pile.querySelector(".pile-notes").getBoundingClientRect();
  return [...pile.querySelectorAll(".note")].filter((note) => {
    const box = note.getBoundingClientRect();
    return box.height > 0 && box.right <= right + 1 && box.bottom <= bottom + 1;
  }).map((note) => note.textContent);
}"""


async def _a_long_note_leaves_room_for_the_short_ones_of_its_pile(
    wall: Page, server: Server, room: Room
) -> None:
    piles = sorted(await server.rows(room, "theme"), key=lambda row: row["order"])
    tea = next(row["id"] for row in piles if row["title"] == "Tea")
    short = ["Tea at ten", "Tea at four", "A kettle"]
    texts = [("Nobody asks what we would like to drink. " * 7)[:280], *short]
    pile = wall.locator(".pile").filter(has=wall.get_by_role("heading", name="Tea", exact=True)).first
    for n, id in enumerate(await server.write(room, [("utopia.see", text) for text in texts])):
        await server.ask(room, type="notes.place", notes=[id], theme=tea)
        await expect(pile.locator(".pile-tally")).to_have_text(count("wall.notes", n + 1))
        # What came before stays where it is.
        assert await pile.evaluate(NOTES_IN_SIGHT) == short[:n]


LONG_NAMES = (
    "Walk together from the surgery door, staff and patients, every single week of the year",
    "Gwneud yr ystafell aros yn lle i symud, sgwrsio a gwenu gyda’n gilydd bob dydd o’r wythnos",
    "ڈاکٹر کے دروازے سے ہر منگل کو سب مل کر چہل قدمی کریں اور ساتھ میں چائے پئیں",
    "Tea",
)
NAMES_IN_THE_WAY = """() => {
  const box = (each) => each.getBoundingClientRect();
  const list = document.querySelector(".pile-names-list"), within = box(list);
  const least = Math.min(innerHeight / 1080, innerWidth / 1400) * 24;
  const names = [...list.children].filter((name) => {
    const { top, bottom, left, right, height } = box(name);
    return !height || top < within.top - 1 || bottom > within.bottom + 1 || left < within.left - 1
      || right > within.right + 1 || parseFloat(getComputedStyle(name).fontSize) < least - 0.1;
  });
  const notes = [...document.querySelectorAll(".left-note .note, .called")].filter((note) => {
    const { left, right, bottom } = box(note);
    const apart = right <= within.left || left >= within.right;
    return !apart || bottom > innerHeight || note.scrollHeight > note.clientHeight + 1;
  });
  const out = within.left < 0 || within.right > innerWidth || within.bottom > innerHeight ? [list] : [];
  return [...out, ...names, ...notes].map((each) => each.innerText);
}"""


async def _twelve_long_names_stand_beside_the_notes(wall: Page, server: Server, room: Room) -> None:
    for name in (*LONG_NAMES * 2, *LONG_NAMES[:3]):
        await server.ask(room, type="theme.make", id=new_id(), title=name)
    await expect(wall.locator(".pile-name")).to_have_count(12)
    for direction in ("rtl", "ltr"):
        await wall.evaluate("(direction) => document.dir = direction", direction)
        for width, height in ((1024, 768), (1280, 720), (1920, 1080)):
            await wall.set_viewport_size({"width": width, "height": height})
            assert await in_the_end(wall, NAMES_IN_THE_WAY) == [], (direction, width)
            assert await in_the_end(wall, SIDEWAYS) == [], (direction, width)


async def test_in_a_large_room_tables_send_up_their_best_three_and_those_come_first_at_the_desk(
    people: People, server: Server
) -> None:
    plan = await server.plan("gp-surgery-45")
    room = await server.open({**plan, "expected": 90}, stage="utopia-together")
    phone, desk = await people.phone(), await people.come()
    await join(phone, room.join_url, "Oak")
    await server.write(room, [("matrix.individual", "First on the desk, being of the first board")], "g2")
    await button(phone, "phone.came_up").click()
    for text in (WALK, BENCH):
        await write(phone, "What I see", text)
    await server.ask(room, type="stage.open", stage="sort")
    await enter(desk, room, "sort", room.facilitate_url)
    await expect(desk.locator("#left .pick").first).to_contain_text("First on the desk")
    await button(desk, "sort.best_call", one="table").press("Enter")
    await expect(phone.locator("#picks-title")).to_have_text(count("phone.pick_none", 3, group="table"))
    await expect(desk.locator("#best-said")).to_have_text(say("sort.best_wait"))
    up = note(phone, BENCH).get_by_role("button", name=starting(say("phone.pick_up", group="table")))
    await up.click()
    await expect(desk.locator("#best-said")).to_have_text(
        f"{count('sort.best_sent', 1, here=1, of=2, groups='tables')} {say('sort.best_first')}"
    )
    first = desk.locator("#left > li").first
    await expect(first).to_contain_text(BENCH)
    await expect(first.locator(".slip-from")).to_contain_text(say("sort.sent_up"))
    await desk.get_by_label(say("sort.filter_where")).select_option("sent")
    await expect(desk.locator("#left > li")).to_have_count(1)
    await note(phone, BENCH).get_by_role("button", name=starting(say("phone.pick_end"))).click()
    await expect(desk.locator("#left > li")).to_have_count(0)
    await desk.get_by_label(say("sort.filter_where")).select_option("")
    await expect(desk.locator("#left .pick").first).to_contain_text("First on the desk")
    await button(desk, "sort.best_end").press("Enter")
    await expect(phone.locator("#picks")).to_be_hidden()
    await expect(desk.locator("#best-call")).to_be_focused()


async def test_a_note_kept_for_another_day_by_key_is_asked_about_no_more_until_that_is_undone(
    people: People, server: Server
) -> None:
    room, phone, _piles = await _at_the_piles(people, server, "Walk together")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    await desk.locator("#left .pick").filter(has_text=WALK).focus()
    await desk.keyboard.press("p")
    await expect(desk.locator("#told")).to_have_text(count("sort.told_parked", 1))
    await expect(desk.locator("#undo-what")).to_have_text(count("sort.did_notes_parked", 1))
    # The next note takes its place, and the keys go on with it.
    await expect(desk.locator("#left > li")).to_have_count(2)
    await expect(desk.locator("#left .pick:focus")).to_have_count(1)
    await expect(asked(phone).get_by_text(say("phone.filing_place", n=1, of=2))).to_be_visible()
    await desk.keyboard.press("z")
    await expect(desk.locator("#left > li")).to_have_count(3)
    # What came back is in hand again, for another try.
    await expect(desk.locator("#left .pick:focus")).to_contain_text(WALK)
    await expect(asked(phone).get_by_text(say("phone.filing_place", n=1, of=3))).to_be_visible()
    await slip(desk, BENCH).get_by_role("button").click()
    await button_starting(desk, "sort.park").click()
    await expect(desk.locator("#left > li")).to_have_count(2)
    await desk.locator("#filter-where").select_option("aside")
    await expect(desk.locator("#left .pick")).to_contain_text([BENCH])
    # Parts stay where they are, and the desk says so.
    quiet = next(row["id"] for row in await server.rows(room, "note") if row["text"] == QUIET)
    parts = [{"id": new_id(), "text": text} for text in ("Nothing fits", "this one")]
    await server.ask(room, type="note.split", id=quiet, parts=parts)
    await desk.locator("#filter-where").select_option("")
    await expect(desk.locator("#left > li")).to_have_count(3)
    await desk.locator("#left .pick").first.focus()
    for key in ("Space", "ArrowDown", "Space", "ArrowDown", "Space", "p"):
        await desk.keyboard.press(key)
    await expect(desk.locator("#told")).to_have_text(say("sort.told_parked_some", n=1, of=3))
    await expect(desk.locator("#left > li")).to_have_count(2)


async def test_notes_that_say_the_same_go_with_their_headline_by_keys(people: People, server: Server) -> None:
    room, _, _piles = await _at_the_piles(people, server, "Walk together")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    first = desk.locator("#left .pick").first
    await first.focus()
    for key in ("Space", "ArrowDown", "Space", "="):
        await desk.keyboard.press(key)
    await expect(desk.locator("#left > li:visible")).to_have_count(2)
    await expect(desk.locator("#left .twins:visible li")).to_have_count(1)
    await desk.locator("#left > li:has(.twins:visible) .pick").focus()
    await desk.keyboard.press("1")
    await expect(desk.locator("#left > li")).to_have_count(1)
    assert len(await server.rows(room, "place")) == 2
    await desk.keyboard.press("z")
    await expect(desk.locator("#left > li")).to_have_count(2)


async def test_a_dozen_piles_leave_the_note_and_their_keys_in_sight_and_the_likely_ones_have_keys_too(
    people: People, server: Server
) -> None:
    titles = [f"Mend the old heating of hall number {n}" for n in range(1, 12)]
    room, _, _ = await _at_the_piles(people, server, *titles, "Walk to the shops")
    long = (
        "Walking to the shops with friends, slowly, on a day when it does not rain and nobody is in a hurry"
    )
    await server.write(room, [("utopia.see", long), ("utopia.see", "A walk to the shops, together")])
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    await expect(desk.locator("#left > li")).to_have_count(5)
    for left in (4, 3, 2):
        first = await desk.locator("#left .current .slip-words").text_content() or "none"
        await desk.keyboard.press("1")
        await expect(desk.locator("#left > li")).to_have_count(left)
        placed = count("sort.told_placed", 1, text=first, title=titles[0])
        await expect(desk.locator("#told")).to_have_text(placed)
    guess = desk.locator("#likely-piles button").filter(has_text="Walk to the shops")
    await expect(guess.locator("kbd")).to_have_text(re.compile("^[JKL]$"))
    for shown in (
        desk.locator("#left .current .slip-words"),
        desk.locator("#left .current + li .slip-words"),
        *[desk.locator(".pile-key").nth(place) for place in range(6)],
    ):
        assert await shown.evaluate(WHOLLY_IN_SIGHT), await shown.inner_text()
    await desk.keyboard.press((await guess.locator("kbd").inner_text()).lower())
    last = desk.locator("#piles > li").last
    await expect(last).to_contain_text(count("sort.notes", 1))
    await last.get_by_role("button", name=count("sort.show_all", 1)).click()
    await expect(last.locator(".slip-words")).to_have_text(long)
    begins = "Walking to the shops with friends,…"
    placed = count("sort.told_placed", 1, text=begins, title="Walk to the shops")
    await expect(desk.locator("#told")).to_have_text(placed)
    await _every_pile_with_notes_is_made_a_line_by_one_press(desk, [titles[0], "Walk to the shops"])


async def _every_pile_with_notes_is_made_a_line_by_one_press(desk: Page, piles: list[str]) -> None:
    every, lines = desk.locator("#lines-make"), desk.locator("#lines .line-text")
    await expect(every).to_have_text(count("sort.lines_make", len(piles)))
    await every.press("Enter")
    await expect(lines).to_have_count(len(piles))
    assert [await line.input_value() for line in await lines.all()] == piles
    await expect(desk.locator("#told")).to_have_text(count("sort.told_lines", len(piles)))
    await expect(every).to_be_hidden()
    await expect(desk.locator("#lines :focus")).to_have_count(1)
    # One pile has a button of its own; each line is a step of its own.
    await desk.keyboard.press("z")
    await expect(lines).to_have_count(len(piles) - 1)
    await expect(every).to_be_hidden()
    await desk.keyboard.press("z")
    await expect(every).to_have_text(count("sort.lines_make", len(piles)))


async def test_after_the_last_note_the_keys_act_on_nothing(people: People, server: Server) -> None:
    room, _, piles = await _at_the_piles(people, server, "Walk together", "Sit down")
    desk = await people.come()
    await enter(desk, room, "sort", room.facilitate_url)
    await _arrows_move_the_note_in_hand_wherever_digits_file_it(desk)
    await desk.locator("#left .pick").first.click()
    await desk.locator("#left .pick").last.click(modifiers=["Shift"])
    await expect(desk.locator("#hand-count")).to_have_text(count("sort.in_hand", 3))
    await desk.keyboard.press("Escape")
    await desk.locator("#left .pick").first.focus()
    for left in (2, 1, 0):
        await desk.keyboard.press("1")
        await expect(desk.locator("#left > li")).to_have_count(left)
    await expect(desk.locator("#left-none")).to_be_focused()
    await expect(desk.locator("#hand-count")).to_have_text(say("sort.in_hand_none"))
    await desk.keyboard.press("2")
    assert {row["theme"] for row in await server.rows(room, "place")} == {piles["Walk together"]}


async def _arrows_move_the_note_in_hand_wherever_digits_file_it(desk: Page) -> None:
    picks, placed = desk.locator("#left .pick"), desk.locator("#piles .pick")
    await expect(picks).to_have_count(3)
    third = await picks.nth(2).locator(".slip-words").text_content() or "none"
    await desk.keyboard.press("ArrowDown")
    await expect(picks.nth(1)).to_be_focused()
    await desk.locator("#last-show").focus()
    await desk.keyboard.press("ArrowDown")
    await expect(picks.nth(2)).to_be_focused()
    await desk.keyboard.press("2")
    await expect(placed).to_contain_text([third])
    await desk.keyboard.press("z")
    await expect(picks).to_have_count(3)
    # What has a use for arrows of its own keeps them.
    for elsewhere in ("#pile-title", "#filter-where", "#steps-fold > summary"):
        await desk.locator(elsewhere).focus()
        await desk.keyboard.press("ArrowUp")
        await expect(desk.locator(elsewhere)).to_be_focused()
    await desk.get_by_role("radio", name=starting(say("sort.voice_for"))).focus()
    await desk.keyboard.press("ArrowDown")
    await expect(desk.get_by_role("radio", name=starting(say("sort.voice_worry")))).to_be_checked()
    await desk.keyboard.press("f")


COFFEE = tuple(f"Free coffee and biscuits at the {where}" for where in ("door", "library", "hall"))
BIKES = tuple(f"Safe bicycle parking near the {where}" for where in ("school", "clinic", "station"))
SINGING = tuple(f"Sing in a choir every {day}" for day in ("Monday", "Tuesday", "Friday"))


async def _groups_are_offered_until_they_are_made_or_put_away(desk: Page) -> None:
    offered, foot = desk.locator("#outline > li"), desk.locator("#steps-fold > summary")
    await expect(offered).to_have_count(3)
    assert await foot.evaluate(WHOLLY_IN_SIGHT), "the keys are pushed away"
    singing = offered.filter(has_text="choir")
    await singing.locator("summary").press("Enter")
    await expect(singing.locator("li")).to_have_count(len(SINGING))
    assert {*await singing.locator("li").all_inner_texts()} == {*SINGING}
    await offered.filter(has_text="coffee").locator("summary").press("Enter")
    await singing.locator("button").press("Enter")
    await expect(desk.locator("#piles .slip")).to_have_count(len(SINGING))
    await expect(offered).to_have_count(2)
    # What one looks into stays open, and the next one is at hand.
    await expect(offered.locator("details[open]")).to_have_count(1)
    assert await desk.evaluate("document.querySelector('#outline').contains(document.activeElement)")
    await desk.keyboard.press("z")
    await expect(offered).to_have_count(3)
    await singing.locator("button").press("Enter")
    await expect(desk.locator("#piles .slip")).to_have_count(len(SINGING))
    # Of those filed by hand less is offered, and one note is no group.
    bikes = offered.filter(has_text="bicycle")
    await expect(bikes).to_contain_text(count("sort.notes", 3))
    for left in (count("sort.notes", 2), None):
        await desk.locator("#left .pick").filter(has_text="bicycle").first.focus()
        await desk.keyboard.press("1")
        await (expect(bikes).to_contain_text(left) if left else expect(bikes).to_have_count(0))
    await desk.locator("#outline-none").press("Enter")
    await expect(desk.locator("#outline-section")).to_be_hidden()
    await expect(desk.locator("#left .pick:focus")).to_have_count(1)
    for _ in BIKES[1:]:
        await desk.keyboard.press("z")
    await expect(desk.locator("#piles .slip")).to_have_count(len(SINGING))
    await desk.reload()
    await expect(desk.locator("#piles .slip")).to_have_count(len(SINGING))
    await expect(desk.locator("#outline-section")).to_be_hidden()


async def test_the_desk_proposes_piles_and_twins_and_does_nothing_by_itself(
    people: People, server: Server
) -> None:
    room, _, _ = await _at_the_piles(people, server)
    await server.write(room, [("utopia.see", text) for text in (*COFFEE, *BIKES, *SINGING)])
    desk = await people.come({"width": 1024, "height": 640})
    await enter(desk, room, "sort", room.facilitate_url)
    await _groups_are_offered_until_they_are_made_or_put_away(desk)
    for title in ("Walk to the shops", "Swim", "Eat well", "Sleep"):
        await server.ask(room, type="theme.make", id=new_id(), title=title)
    notes = [
        ("utopia.see", "Walking to the shops with friends"),
        ("utopia.see", "A walk to the shops, together"),
        ("utopia.see", "Walk to the shops slowly, with a rest, and a word for everybody we meet. " * 3),
    ]
    await server.write(room, notes)
    await desk.locator("#left .pick").filter(has_text="Walking to the shops").click()
    first = desk.locator("#likely-piles button").first
    await expect(first).to_contain_text("Walk to the shops")
    await expect(desk.locator("#likely-twins")).to_contain_text("A walk to the shops, together")
    assert await desk.locator("#piles .slip").count() == len(SINGING)
    await button(desk.locator("#likely-twins li").first, "sort.same").press("Enter")
    await expect(desk.locator("#left .twins:visible li")).to_have_count(1)
    await _the_note_in_hand_lies_in_sight(desk)


IN_HAND_OUT_OF_SIGHT = """() => {
  const list = document.querySelector("#left"), within = list.getBoundingClientRect();
  const card = list.querySelector(".current")?.getBoundingClientRect();
  if (!card) return ["none"];
  const from = card.top - within.top, whole = card.bottom <= within.bottom + 1;
  const begins = card.height > within.height - 16 && from < 20;
  return from >= -1 && (whole || begins) && within.height > 100 ? [] : [card.toJSON()];
}"""
FIRST_GUESS = "() => document.querySelector('#likely-piles button').getBoundingClientRect().top"


async def _the_note_in_hand_lies_in_sight(desk: Page) -> None:
    assert await in_the_end(desk, IN_HAND_OUT_OF_SIGHT) == []
    await desk.keyboard.press("ArrowUp")
    await desk.keyboard.press("Home")
    stood = await desk.evaluate(FIRST_GUESS)
    for key in (*["ArrowDown"] * 4, "End"):
        await desk.keyboard.press(key)
        assert await in_the_end(desk, IN_HAND_OUT_OF_SIGHT) == []
        assert await desk.evaluate(FIRST_GUESS) == stood, "its buttons have moved"
    # By hand, once what was drawn has come to rest.
    away = """() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => {
      document.querySelector("#left").scrollTop = 0;
      then();
    })))"""
    await desk.evaluate(away)
    assert await desk.evaluate(IN_HAND_OUT_OF_SIGHT) != []
    await desk.keyboard.press("Escape")
    assert await in_the_end(desk, IN_HAND_OUT_OF_SIGHT) == []
    await desk.keyboard.press("n")
    await desk.evaluate(away)
    await desk.keyboard.press("Escape")
    assert await in_the_end(desk, IN_HAND_OUT_OF_SIGHT) == []
    await desk.set_viewport_size({"width": 1024, "height": 600})
    assert await in_the_end(desk, IN_HAND_OUT_OF_SIGHT) == []
