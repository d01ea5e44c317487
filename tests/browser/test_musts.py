"""Must-haves: notes that say the same, the answers of the room, and what of both is told to whom."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.people import DESK, PHONE, WEATHER, People
from tests.browser.screens import button, count, enter, join, say
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SAID, ALIKE, OTHER = "A chat about moving at every visit", "Ask me how much I walk", "Signs in steps"
TEXT = "At each visit, talk about moving for one minute."
PROPOSED = (
    "Talk about moving for a minute",
    "At every visit, a minute about moving",
    "One minute at each visit",
)
WALL = {"width": 1920, "height": 1080}
ANSWERS = (("common.must_do", 3), ("common.must_could", 2))


async def _room(server: Server) -> tuple[Room, list[str]]:
    room = await server.open(stage="utopia-together")
    ids = await server.write(room, [("utopia.hear", SAID), ("utopia.feel", ALIKE), ("utopia.see", OTHER)])
    return room, ids


async def _desk(people: People, room: Room, size: dict[str, int] = DESK, **more: Any) -> tuple[Page, Locator]:
    desk = await people.come(size, **more)
    await enter(desk, room, "", room.facilitate_url)
    return desk, desk.locator("#musts-list > li").filter(has_text=TEXT)


async def _wall(people: People, room: Room) -> Locator:
    wall = await people.come(WALL)
    await enter(wall, room, "wall", room.facilitate_url)
    return wall.locator(".essential").filter(has_text=TEXT)


async def _phone(people: People, room: Room, **more: Any) -> tuple[Page, Locator]:
    phone = await people.phone(**more)
    await join(phone, room.join_url, "Oak")
    return phone, phone.locator("#must-list > li").filter(has_text=TEXT)


async def test_a_host_picks_the_notes_that_said_it_and_every_screen_counts_them(
    people: People, server: Server
) -> None:
    room, _ = await _room(server)
    desk, must = await _desk(people, room)
    await desk.locator("#musts-fold > summary").click()
    await expect(must).to_contain_text(say("common.must_nobody"))
    await button(must, "facilitate.must_pick_label", text=TEXT).press("Enter")
    dialog = desk.get_by_role("dialog")
    for text in (SAID, ALIKE):
        await desk.keyboard.type(text[:9])
        await desk.keyboard.press("Enter")
        await expect(dialog.get_by_role("button", name=text)).to_have_count(0)
        await dialog.get_by_role("searchbox").fill("")
    await button(dialog, "facilitate.pick_done").press("Enter")
    await expect(must).to_contain_text(count("common.must_said", 2))

    await server.ask(room, type="stage.open", stage="must-haves")
    wall = await _wall(people, room)
    _, mine = await _phone(people, room)
    for screen in (wall, mine):
        await expect(screen).to_contain_text(say("common.must_have_by_host"))
        await expect(screen).to_contain_text(count("common.must_said", 2))
    await button(must, "facilitate.must_read_label", text=TEXT).press("Enter")
    await button(must, "facilitate.must_not_label", text=ALIKE).press("Enter")
    for screen in (must, wall, mine):
        await expect(screen).to_contain_text(count("common.must_said", 1))
    assert await desk.evaluate("document.activeElement !== document.body"), "the focus was lost"


async def test_proposals_are_answered_one_by_one_with_one_key_and_are_asked_once(
    people: People, server: Server
) -> None:
    room = await server.open(stage="utopia-together")
    # The likeliest first.
    near, less, least = PROPOSED
    await server.write(room, [("utopia.hear", each) for each in (OTHER, least, near, less)])
    desk = await people.come()
    await enter(desk, room, "", room.facilitate_url)
    must = desk.locator("#musts-list > li").filter(has_text=TEXT)
    await desk.locator("#musts-fold > summary").click()
    for text, key, said in ((near, "y", 1), (less, "n", 1), (least, "Enter", 2)):
        yes = button(must, "facilitate.must_yes_label", text=text)
        await expect(yes).to_be_visible()
        if said == 1 and key == "y":
            await yes.focus()
        await expect(yes).to_be_focused()
        await desk.keyboard.press(key)
        await expect(must).to_contain_text(count("common.must_said", said))
    await expect(must.get_by_text(say("facilitate.must_same"))).to_be_hidden()
    assert await desk.evaluate("document.activeElement !== document.body"), "the focus was lost"


async def test_a_phone_answers_changes_says_why_and_takes_it_back(people: People, server: Server) -> None:
    room, _ = await _room(server)
    await server.ask(room, type="stage.open", stage="must-haves")
    _, must = await _desk(people, room)
    phone, mine = await _phone(people, room)
    await button(mine, "common.must_do").click()
    await expect(button(mine, "common.must_do")).to_have_attribute("aria-pressed", "true")
    await expect(mine.locator(".state").last).to_have_text(say("phone.must_saved"))
    await button(mine, "phone.must_not_here").click()
    await mine.get_by_label(say("phone.must_because")).fill("The hall is let")
    await phone.keyboard.press("Enter")
    await expect(mine.locator(".state").last).to_have_text(say("phone.must_saved_because"))
    await expect(must).to_contain_text(say("facilitate.must_answers", do=0, could=0, not_here=1))
    await must.locator(".must-voices summary").click()
    await expect(must.get_by_text("The hall is let")).to_be_visible()
    await phone.reload()
    await expect(mine.get_by_label(say("phone.must_because"))).to_have_value("The hall is let")
    await button(mine, "phone.must_not_here").click()
    await expect(must.get_by_text("The hall is let")).to_have_count(0)
    await expect(must.get_by_text(say("facilitate.must_answers", do=0, could=0, not_here=1))).to_be_hidden()


async def test_an_answer_waits_on_the_phone_while_there_is_no_connection(
    people: People, server: Server
) -> None:
    room, _ = await _room(server)
    await server.ask(room, type="stage.open", stage="must-haves")
    phone, mine = await _phone(people, room, forgive=WEATHER)
    await expect(button(mine, "common.must_do")).to_be_visible()
    await phone.context.set_offline(True)
    await phone.evaluate("dispatchEvent(new Event('offline'))")
    await button(mine, "common.must_could").click()
    await expect(mine.locator(".state").last).to_contain_text(say("phone.waits_away").split(".")[0])
    await phone.context.set_offline(False)
    await expect(mine.locator(".state").last).to_have_text(say("phone.must_saved"))


async def test_the_wall_draws_answers_only_when_nobody_is_singled_out(people: People, server: Server) -> None:
    room, _ = await _room(server)
    await server.ask(room, type="stage.open", stage="must-haves")
    wall = await _wall(people, room)
    phones = [await _phone(people, room) for _ in range(2)]
    first, second = (mine for _, mine in phones)
    await button(first, "common.must_do").click()
    await expect(first.locator(".state").last).to_have_text(say("phone.must_saved"))
    await expect(wall.locator(".essential-answers")).to_be_hidden()
    group = await people.phone()
    await group.goto(room.join_url)
    await group.evaluate(
        """async (code) => {
          await fetch(`/api/sessions/${code}/join`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ people: 5 }),
          });
        }""",
        room.code,
    )
    await group.goto(f"{server.origin}/s/{room.code}")
    theirs = group.locator("#must-list > li").filter(has_text=TEXT)
    await theirs.get_by_text(say("phone.hands")).click()
    for label, n in ANSWERS:
        await theirs.get_by_label(say(label), exact=True).fill(str(n))
    await button(theirs, "phone.hands_send").click()
    await expect(wall.locator(".essential-answers")).to_be_visible()
    told = [each.split() for each in await wall.locator(".essential-answers li").all_inner_texts()]
    assert [each[-1] for each in told] == ["4", "2", "0"]
    await expect(second.get_by_text("4", exact=True)).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["laptop", "in the hand"])
async def test_a_must_have_is_shown_big_with_whose_it_is(
    people: People, server: Server, size: dict[str, int]
) -> None:
    room, _ = await _room(server)
    await server.ask(room, type="stage.open", stage="must-haves")
    desk, must = await _desk(people, room, size)
    wall = await people.come(WALL)
    await enter(wall, room, "wall", room.facilitate_url)
    phone, _ = await _phone(people, room)
    await button(must, "facilitate.must_big_label", text=TEXT).click()
    await expect(wall.locator(".big")).to_contain_text(say("common.must_have_by_host"))
    await expect(wall.locator(".big")).to_contain_text(TEXT)
    await expect(phone.locator("#big")).to_contain_text(say("phone.big_by_host"))
    await expect(desk.locator("#big-words")).to_have_text(TEXT)
