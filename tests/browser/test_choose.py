"""The room chooses: dots that nobody sees before the end, worries, and hands; by thumb and by keyboard."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.app.client import new_id
from tests.browser.looks import in_the_end
from tests.browser.people import DESK, PHONE, People
from tests.browser.screens import button, count, enter, join, say
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMES = ("Walk together", "Signs in steps", "Sit less in meetings", "A champion", "مجموعة مشي", "Tea")


async def chosen(server: Server, stage: str = "choose", names: tuple[str, ...] = NAMES) -> Room:
    """A room with a list in the open, at this stage."""
    room = await server.open(stage="list")
    for name in names:
        theme = new_id()
        await server.ask(room, type="theme.make", id=theme, title=name)
        await server.ask(room, type="item.make", id=new_id(), text=f"{name}, all of it", theme=theme)
    await server.ask(room, type="stage.open", stage="sort")
    await server.ask(room, type="stage.open", stage=stage)
    return room


async def at_the_desk(people: People, room: Room, size: dict[str, int] = DESK, **options: Any) -> Page:
    desk = await people.come(size, **options)
    await enter(desk, room, "", room.facilitate_url)
    return desk


async def on_the_wall(people: People, room: Room) -> Page:
    wall = await people.come({"width": 1920, "height": 1080})
    await enter(wall, room, "wall", room.facilitate_url)
    return wall


def line(phone: Page, name: str) -> Locator:
    return phone.locator("#choose .choice-row").filter(has_text=name)


async def several(phone: Page, room: Room, many: int) -> None:
    """One phone for so many people, whatever the joining page looks like."""
    origin, _, _ = room.join_url.partition("/j/")
    body = {"group": None, "people": many}
    path = f"{origin}/api/sessions/{room.code}/join"
    answer = await phone.context.request.post(path, data=body, headers={"origin": origin})
    assert answer.ok, await answer.text()
    await phone.goto(f"{origin}/s/{room.code}")


async def test_a_vote_from_opening_to_the_list_in_its_order(people: People, server: Server) -> None:
    room = await chosen(server)
    desk, wall = await at_the_desk(people, room), await on_the_wall(people, room)
    one, other = await people.phone(), await people.phone()
    await join(one, room.join_url, "Oak")
    await join(other, room.join_url, "Elm")
    await expect(one.locator(".dots-left")).to_have_text(say("phone.dots_soon"))
    await expect(desk.get_by_label(say("facilitate.vote_budget"))).to_have_value("2")
    await button(desk, "facilitate.vote_start").click()
    await expect(one.locator(".choice")).to_have_count(6)

    await line(one, "Signs in steps").locator(".choice").click()
    await line(one, "Signs in steps").locator(".choice").click()
    have = count("phone.dots_have", 2)
    await expect(one.locator(".dots-left")).to_have_text(f"{have} {say('phone.dots_none')}")
    await line(one, "Tea").locator(".choice").click()
    await expect(one.get_by_role("alert")).to_have_text(say("phone.dots_spent"))
    await line(one, "Signs in steps").locator(".less").click()
    await line(one, "Tea").locator(".choice").click()
    await line(other, "Signs in steps").locator(".choice").click()
    await expect(one.locator("#choose .state")).to_have_text(say("phone.saved"))

    # Who has chosen is told, and nothing of what.
    await expect(desk.locator("#vote-turnout")).to_have_text(say("facilitate.vote_turnout", n=2, of=2))
    await expect(wall.locator(".choose-turnout")).to_have_text(say("wall.chosen_of", n=2, of=2))
    for screen in (desk, wall):
        assert not re.search(r"\d dots?\b", await screen.locator("body").inner_text())
    await expect(wall.locator(".choose-bar:visible")).to_have_count(0)

    await button(desk, "facilitate.vote_close").click()
    await expect(button(desk, "facilitate.vote_reveal")).to_be_focused()
    await expect(line(one, "Tea").locator(".choice")).to_be_disabled()
    await expect(one.locator(".dots-left")).to_have_text(say("phone.dots_closed"))
    await button(desk, "facilitate.vote_reveal").press("Enter")
    await expect(desk.locator("#vote-seen")).to_have_text(say("facilitate.vote_seen"))
    for screen, place in ((wall, ".choose-said"), (one, ".choice-dots"), (other, ".choice-dots")):
        shown = screen.locator(place)
        await expect(shown.nth(1)).to_have_text("2 dots")
        assert (await shown.all_inner_texts())[:6] == [
            "0 dots",
            "2 dots",
            "0 dots",
            "0 dots",
            "0 dots",
            "1 dot",
        ]
    await expect(button(desk, "facilitate.vote_order")).to_be_focused()
    await button(desk, "facilitate.vote_order").press("Enter")
    await expect(desk.locator("#vote-result li").first).to_contain_text("Signs in steps")
    await expect(button(desk, "facilitate.vote_order")).to_be_hidden()
    await expect(button(desk, "facilitate.vote_again")).to_be_focused()
    await expect(desk.locator("#vote-ordered")).to_have_text(say("facilitate.vote_ordered"))
    await desk.goto(re.sub(r"/facilitate.*", "/list", desk.url))
    first = desk.locator(".paper-line").first
    await expect(first).to_contain_text("Signs in steps")
    await expect(first).to_contain_text(count("list.dots", 2))
    sent = await desk.locator("#email-words").input_value()
    assert re.search(r"^A\. Signs in steps.*\n\(.*" + count("list.dots", 2), sent, re.MULTILINE)


async def test_votes_wait_on_a_phone_without_a_line_and_then_count(people: People, server: Server) -> None:
    room = await chosen(server)
    phone = await people.phone(forgive=re.compile("ERR_|WebSocket"))
    await join(phone, room.join_url, "Oak")
    desk = await at_the_desk(people, room, forgive=re.compile("ERR_|WebSocket"))
    await button(desk, "facilitate.vote_start").click()
    await expect(desk.locator("#next-vote")).to_have_text(say("facilitate.next_vote_open"))
    await expect(phone.locator(".choice").first).to_be_enabled()
    await phone.context.set_offline(True)
    await line(phone, "Tea").locator(".choice").click()
    await expect(line(phone, "Tea").locator(".choice-dots")).to_have_text("●")
    await expect(phone.locator("#choose .state")).to_have_text(re.compile("On this phone"))
    await phone.context.set_offline(False)
    await expect(phone.locator("#choose .state")).to_have_text(say("phone.saved"))
    await expect(desk.locator("#vote-turnout")).to_have_text(say("facilitate.vote_turnout", n=1, of=1))
    await phone.reload()
    await expect(line(phone, "Tea").locator(".choice-dots")).to_have_text("●")
    # Who shares the phone hands it on right where the ballot ends.
    await expect(phone.locator("#choose + #handing > summary")).to_be_visible()
    await _no_step_opens_late(desk)
    await button(desk, "facilitate.vote_close").click()
    await expect(desk.locator("#next-vote")).to_have_text(say("facilitate.next_vote_unseen"))
    await _dots_are_shown_a_stage_late(desk)


async def _dots_are_shown_a_stage_late(desk: Page) -> None:
    """The room has gone on, the wall is blank: it shows the dots all the same, and the host reads that."""
    wall = await desk.context.new_page()
    await wall.goto(re.sub(r"/facilitate.*", "/wall", desk.url))
    said, heading = wall.locator(".choose-said"), wall.get_by_role("heading", level=1)
    asked = await heading.inner_text()
    await expect(said).to_have_count(6)
    await button(desk, "facilitate.wall_blank").click()
    await expect(wall.locator("body")).to_have_class(re.compile("is-blank"))
    await button(desk, "facilitate.vote_reveal").press("Enter")
    await expect(said.nth(5)).to_have_text(count("wall.dots", 1))
    await expect(said.nth(5)).to_be_visible()
    await expect(heading).not_to_have_text(asked)
    await expect(wall.locator("body")).to_contain_text(say("wall.vote_shown"))
    await expect(desk.locator("#next-vote")).to_be_hidden()
    await expect(desk.locator("#vote-seen")).to_have_text(say("facilitate.vote_seen_wall"))
    await expect(desk.locator("#wall-now")).to_have_text(say("facilitate.wall_shows_votes"))
    await expect(button(desk, "facilitate.vote_order")).to_be_focused()
    await button(desk, "facilitate.wall_blank").click()
    await expect(desk.locator("#vote-seen")).to_have_text(say("facilitate.vote_unseen"))
    await button(desk, "facilitate.wall_unblank").click()
    await button(desk, "facilitate.wall_whole").click()
    await expect(heading).to_have_text(asked)
    await expect(desk.locator("#vote-shown")).to_be_hidden()


async def _no_step_opens_late(desk: Page) -> None:
    """*Next* without a line: given up, and said so, before the line is back."""
    following = button(desk, "facilitate.next", title="Can we live with it?")
    # The list is on the wall already: nothing new comes with the next step.
    await expect(desk.locator("#next-shows")).to_be_empty()
    await desk.context.set_offline(True)
    await following.click()
    await expect(desk.locator("#trouble")).to_have_text(say("facilitate.not_done"))
    await desk.context.set_offline(False)
    await expect(desk.locator("#connection")).to_have_text(say("facilitate.connection_open"))
    await expect(desk.locator("#stage-title")).to_have_text("Choose")
    await following.click()
    await expect(desk.locator("#stage-title")).to_have_text("Can we live with it?")
    await expect(desk.locator("#trouble")).to_be_hidden()


async def test_a_phone_for_four_counts_hands(people: People, server: Server) -> None:
    room = await chosen(server)
    phone, desk = await people.phone(), await at_the_desk(people, room)
    await several(phone, room, 4)
    await button(desk, "facilitate.vote_start").click()
    left = phone.locator(".dots-left")
    await expect(left).to_contain_text(say("phone.dots_for", people=4, n=8))
    hands = phone.get_by_label(re.compile("Hands for B"))
    await hands.fill("7")
    await hands.press("Tab")
    await expect(left).to_contain_text(count("phone.dots_left", 1))
    await phone.get_by_label(re.compile("Hands for C")).fill("2")
    await phone.get_by_label(re.compile("Hands for C")).press("Tab")
    await expect(phone.get_by_label(re.compile("Hands for C"))).to_have_value("0")
    await expect(desk.locator("#vote-turnout")).to_have_text(say("facilitate.vote_turnout", n=4, of=4))


async def test_of_many_lines_the_host_chooses_twelve(people: People, server: Server) -> None:
    room = await chosen(server, names=tuple(f"Idea {n:02}" for n in range(1, 15)))
    desk, phone = await at_the_desk(people, room, PHONE), await people.phone()
    await join(phone, room.join_url, "Oak")
    await expect(desk.locator("#vote-choice input:checked")).to_have_count(12)
    await desk.locator("#vote-choice label").filter(has_text="Idea 02").click()
    await desk.locator("#vote-choice label").filter(has_text="Idea 14").click()
    await expect(desk.locator("#vote-choice input:checked")).to_have_count(12)
    await button(desk, "facilitate.vote_start").click()
    await expect(phone.locator(".choice")).to_have_count(12)
    names = await phone.locator(".choice-name").all_inner_texts()
    assert "Idea 14" in names
    assert "Idea 02" not in names


async def test_a_worry_is_told_with_its_reason_to_the_host_alone(people: People, server: Server) -> None:
    room = await chosen(server, "worries")
    phone, desk, wall = await people.phone(), await at_the_desk(people, room), await on_the_wall(people, room)
    await join(phone, room.join_url, "Oak")
    await expect(desk.locator("#consent-none")).to_be_visible()
    await line(phone, "Tea").locator(".choice").press("Enter")
    await phone.get_by_role("radio", name=say("phone.feel_stop")).check()
    await phone.get_by_label(say("phone.feel_why")).fill("canary why")
    await button(phone, "phone.feel_send").press("Enter")
    await expect(line(phone, "Tea").locator(".choice")).to_be_focused()
    await expect(line(phone, "Tea").locator(".choice-said")).to_have_text(
        f"{say('phone.feel_stop')}: “canary why”"
    )
    told = desk.locator("#consent-lines li.line-answer").filter(has_text="Tea")
    await expect(told).to_contain_text("canary why")
    await expect(told).to_contain_text(count("facilitate.felt_stop", 1))
    await expect(wall.locator("body")).not_to_contain_text(count("wall.felt_stop", 1))
    await button(desk, "facilitate.consent_show").click()
    await expect(wall.locator(".choose-line").nth(5)).to_contain_text(count("wall.felt_stop", 1))
    await expect(wall.locator("body")).not_to_contain_text("canary")
    # People can see this screen: then the reasons are not on it.
    await desk.get_by_label(say("facilitate.seen")).check()
    await expect(desk.locator("#consent-lines")).to_contain_text(count("facilitate.felt_stop", 1))
    await expect(desk.locator("body")).not_to_contain_text("canary")


async def test_a_name_is_on_the_list_once_its_owner_says_so_and_gone_when_taken_back(
    people: People, server: Server
) -> None:
    room = await chosen(server, "help")
    phone, desk, wall = await people.phone(), await at_the_desk(people, room), await on_the_wall(people, room)
    await join(phone, room.join_url, "Oak")
    mine = line(phone, "A champion")
    await mine.locator(".choice").click()
    await phone.get_by_label(say("phone.help_name")).fill("Zofia")
    await button(phone, "phone.help_send").click()
    await expect(mine.locator(".choice-said")).to_have_text(say("phone.help_private", name="Zofia"))
    alone = say("facilitate.help_private", name="Zofia")
    await expect(desk.locator("#help-lines")).to_contain_text(alone)
    await expect(wall.locator("body")).not_to_contain_text("Zofia")
    await mine.locator(".choice").click()
    await phone.get_by_label(say("phone.help_agree")).check()
    await button(phone, "phone.save").click()
    await expect(wall.locator(".choose-line").nth(3)).to_contain_text("Zofia")
    await expect(desk.locator("#help-lines")).not_to_contain_text(alone)
    await mine.locator(".choice").click()
    await button(phone, "phone.take_back").click()
    await expect(mine.locator(".choice")).to_be_focused()
    for screen in (desk, wall):
        await expect(screen.locator("body")).not_to_contain_text("Zofia")


async def test_somebody_who_says_why_is_not_moved(people: People, server: Server) -> None:
    room = await chosen(server, "worries")
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await line(phone, "Tea").locator(".choice").click()
    why = phone.get_by_label(say("phone.feel_why"))
    await why.press_sequentially("Half a rea")
    await server.ask(room, type="stage.open", stage="help")
    await expect(phone.locator("#choose")).to_contain_text(say("phone.moved_on"))
    await expect(why).to_be_focused()
    await why.press_sequentially("son")
    await button(phone, "phone.feel_send").click()
    await expect(phone.locator("#hint")).to_have_text(say("phone.hint_help"))
    await expect(phone.get_by_label(say("phone.feel_why"))).to_have_count(0)


LONG = (
    "Walk together from the surgery door, staff and patients, every single week of the year",
    "Gwneud yr ystafell aros yn lle i symud, sgwrsio a gwenu gyda’n gilydd bob dydd o’r wythnos",
    "ڈاکٹر کے دروازے سے ہر منگل کو سب مل کر چہل قدمی کریں اور ساتھ میں چائے پئیں",
    "Protect a real lunch break for everybody who works here, reception too",
)
CUT_OFF = """() => [...document.querySelectorAll("#main ol")].flatMap((list) => {
  const { bottom } = list.getBoundingClientRect();
  return [...list.children].filter((line) => line.getBoundingClientRect().bottom > bottom + 1)
    .map((line) => line.innerText);
})"""
# A wall that was given another size lays itself out in one of the next frames.
PLACES = """async () => {
  for (let n = 0; n < 4; n++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [...document.querySelectorAll(".choose-name")].map((each) => each.getBoundingClientRect().top);
}"""


async def test_twelve_long_lines_fit_on_every_wall_and_none_moves_when_the_bars_come(
    people: People, server: Server
) -> None:
    room = await chosen(server, names=LONG * 3)
    wall = await on_the_wall(people, room)
    await server.ask(room, type="stage.open", stage="list")
    await expect(wall.locator(".line")).to_have_count(12)
    await _fits(wall)
    await server.ask(room, type="stage.open", stage="choose")
    lines = [row["id"] for row in await server.rows(room, "item")]
    await server.ask(room, type="votes.open", items=lines, budget=4)
    await expect(wall.locator(".under")).to_have_text(count("wall.vote_open", 4))
    before = await _fits(wall)
    await server.ask(room, type="votes.reveal")
    await expect(wall.locator(".choose-said").first).to_have_text(count("wall.dots", 0))
    assert await _fits(wall) == before


async def _fits(wall: Page) -> list[list[float]]:
    """On every wall; gives back where the lines stand, wall by wall."""
    places = []
    for width, height in ((1024, 768), (1280, 720), (1280, 800), (1920, 1080)):
        await wall.set_viewport_size({"width": width, "height": height})
        places.append(await wall.evaluate(PLACES))
        assert await in_the_end(wall, CUT_OFF) == [], (width, height)
    return places
