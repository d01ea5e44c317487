"""The 45-minute plan in fast motion: a whole room, every control, by mouse and again by keyboard."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.cast import EXPECTED, Cast, add_by_hand, come, next_person, slip_by_hand
from tests.browser.choices import CHOICES
from tests.browser.hands import Hand, Way, together
from tests.browser.people import People
from tests.browser.screens import button, note, say, slip, state, write
from tests.browser.server import Server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="session"),
]

WALK = "Walk to the shop together"
NAMED = "Dr Smith could go first"
FIRST = {
    WALK: "One person",
    "A bench half way": "The place and the rules",
    "Ask a neighbour along": "People around us",
    "Shoes by the door": "One person",
    "Walk at lunch with the team": "People around us",
}


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
async def test_the_whole_workshop(people: People, server: Server, way: Way) -> None:
    cast = await come(people, server, Hand(way))
    for scene in (*IDEAS, *CHOICES):
        await scene(cast)
    await cast.hand.lost_nothing()


async def _arrive(cast: Cast) -> None:
    joined = say("wall.joined_of", n=EXPECTED, of=EXPECTED)
    await expect(cast.wall.locator(".arrival-here")).to_have_text(joined)
    await cast.next("Come in", key="facilitate.start")
    await expect(cast.wall.get_by_alt_text(say("wall.qr"))).to_be_visible()
    await cast.next("Why we are here")
    await expect(cast.phones[0].locator("#hint")).to_have_text(say("phone.hint_listen"))
    await expect(cast.phones[0].locator("#composer")).to_be_hidden()


async def _alone(cast: Cast) -> None:
    """Nobody reads another's words, until one press shows all but what waits."""
    await cast.next("Ideas, on your own")
    one, *others = cast.phones
    await add_by_hand(cast, one, "One person", WALK)
    rest = list(FIRST.items())[1:]
    await together(*(write(phone, zone, text) for phone, (text, zone) in zip(others, rest, strict=False)))
    await write(cast.phones[8], "One person", NAMED)
    await add_by_hand(cast, cast.shared, "One person", "Said by the first of two")
    await next_person(cast)
    await expect(cast.shared.locator("#mine")).to_be_hidden()
    await add_by_hand(cast, cast.shared, "One person", "Said by the second of two")
    await slip_by_hand(cast, "From paper: a walking map", 14)
    await expect(cast.wall.locator(".note.blank").first).to_be_visible()
    for known in (await cast.wall.content(), "".join(cast.heard), await cast.phones[9].content()):
        assert [text for text in (*FIRST, NAMED, "Said by", "From paper") if text in known] == []
    await cast.is_accessible(cast.desk, cast.co, cast.wall, one, cast.scribe)

    shows = say("facilitate.show_keep", n=5, kept=1)
    await cast.hand.press(button(cast.co, "facilitate.show_label", show=shows, zone="One person"))
    await expect(cast.wall.get_by_text(WALK)).to_be_visible()
    await expect(state(note(one, WALK))).to_have_text(say("phone.shown"))
    await expect(slip(cast.desk, NAMED)).to_contain_text(say("facilitate.waits_names"))
    assert "Smith" not in await cast.wall.content() + "".join(cast.heard)


async def _read_out(cast: Cast) -> None:
    await cast.next("Ideas, together")
    await cast.hand.press(button(cast.phones[1], "phone.came_up"))
    await add_by_hand(cast, cast.phones[1], "People around us", "Children come along too")
    chosen = {"Oak": (0, WALK), "Elm": (2, "Ask a neighbour along"), "Ash": (3, "Shoes by the door")}
    for n, text in chosen.values():
        pick = note(cast.phones[n], text).locator(".pick").get_by_role("button")
        await cast.hand.press(pick)
    step = cast.desk.locator("#readouts-next")
    for table, (_, text) in chosen.items():
        await expect(step).to_have_text(say("facilitate.readouts_next", name=table))
        await cast.hand.press(step)
        await expect(cast.wall.locator(".big-words")).to_have_text(text)
    await expect(step).to_have_text(say("facilitate.readouts_end"))
    await cast.hand.press(step)
    await expect(cast.wall.locator(".big-words")).to_have_count(0)


async def _eyes_up(cast: Cast) -> None:
    """Look up, show big, one row lit, read, blank: from the laptop and from the hand."""
    for host in (cast.desk, cast.co):
        await cast.hand.press(button(host, "facilitate.look_up"))
        await expect(cast.phones[0].locator("#hint")).to_have_text(say("phone.hint_look-up"))
        await cast.hand.press(button(host, "facilitate.look_up_end"))
        await expect(cast.phones[0].locator("#hint")).to_have_text(say("phone.hint_talk"))
        await cast.on_slip(host, WALK, "facilitate.show_big")
        for screen in (cast.wall.locator(".big-words"), cast.phones[5].locator("#big-words")):
            await expect(screen).to_have_text(WALK)
        await cast.hand.press(button(host, "facilitate.big_end"))
        await expect(cast.phones[5].locator("#big")).to_be_hidden()
        await cast.hand.press(button(host, "facilitate.light_label", zone="One person"))
        await expect(cast.wall.locator(".zone.lit .zone-title")).to_have_text("One person")
        await cast.hand.press(button(host, "facilitate.light_end_label", zone="One person"))
        await expect(cast.wall.locator(".zone.lit")).to_have_count(0)
        await cast.hand.choose(host.locator("#wall-of"), "One person")
        await expect(cast.wall.locator(".read-notes")).to_be_visible()
        await cast.hand.press(button(host, "facilitate.wall_whole"))
        await expect(cast.wall.locator(".read-notes")).to_have_count(0)
        await cast.hand.press(button(host, "facilitate.wall_blank"))
        await expect(cast.wall.locator("#main")).to_be_hidden()
        await cast.hand.press(button(host, "facilitate.wall_unblank"))
        await expect(cast.wall.locator("#main")).to_be_visible()


async def _keep_time(cast: Cast) -> None:
    desk, hand = cast.desk, cast.hand
    await hand.press(button(desk, "facilitate.clock_start", minutes=6))
    await hand.press(button(desk, "facilitate.clock_add"))
    await expect(desk.get_by_role("timer")).to_contain_text("6:")
    await hand.press(button(cast.co, "facilitate.clock_pause"))
    await expect(cast.phones[0].locator("#clock")).to_have_text(say("common.clock_paused"))
    await hand.press(button(cast.co, "facilitate.clock_resume"))
    soon = "(() => { const at = new Date(Date.now() + 25 * 60000), two = (n) => String(n).padStart(2, '0');"
    at = await desk.evaluate(soon + " return two(at.getHours()) + two(at.getMinutes()); })()")
    await desk.locator("#stop-at").focus()
    await desk.keyboard.type(at)
    await desk.keyboard.press("Enter")
    behind = desk.locator("#behind")
    await expect(behind).to_have_text(re.compile(r"\d+ minutes? behind"))
    told = int((await behind.inner_text()).split()[0])
    await hand.press(button(desk, "facilitate.catch_up"))
    await expect(desk.locator("#catch-up-lines li").first).to_contain_text("→")
    await hand.press(button(desk, "facilitate.catch_up_take"))
    await expect(behind).not_to_have_text(re.compile(f"^({told}|{told + 1}) minutes behind"))
    await hand.press(button(desk, "facilitate.catch_up_undo"))
    await expect(behind).to_have_text(re.compile(f"^({told}|{told + 1}) minutes behind"))
    await hand.press(button(desk, "facilitate.clock_off"))
    await desk.wait_for_timeout(850)
    await hand.press(desk.locator("#next"))
    await expect(desk.locator("#stage-title")).to_have_text("The best place, on your own")
    await hand.press(desk.locator("#slip"))
    await expect(desk.locator("#stage-title")).to_have_text("Ideas, together")
    await expect(desk.locator("#next")).to_be_focused()


async def _guard(cast: Cast) -> None:
    """By the second host, from a phone."""
    co, hand = cast.co, cast.hand
    await _handle(cast, "Shoes by the door", "facilitate.bin")
    await expect(state(note(cast.phones[3], "Shoes"))).to_have_text(say("phone.held_bin"))
    await hand.press(co.locator("#undo-last"))
    await expect(state(note(cast.phones[3], "Shoes"))).to_have_text(say("phone.shown"))
    await _handle(cast, "Walk at lunch", "facilitate.mute")
    await expect(cast.phones[4].locator("#muted")).to_have_text(say("phone.muted"))
    await hand.unfold(co.locator("#muted-title"))
    await hand.press(button(co, "facilitate.unmute"))
    await expect(cast.phones[4].locator("#muted")).to_be_hidden()
    await _handle(cast, NAMED, "facilitate.remove")
    await hand.press(button(slip(co, NAMED), "facilitate.remove_yes"))
    await expect(cast.phones[8].locator("#weather")).to_have_text(say("refused.seat.removed"))
    await hand.unfold(co.locator("summary").filter(has_text=say("facilitate.join")))
    await hand.press(button(co, "facilitate.room_lock"))
    await expect(cast.wall.get_by_text(say("wall.locked"))).to_be_visible()
    await hand.press(button(co, "facilitate.room_unlock"))
    await expect(cast.wall.get_by_text(say("wall.locked"))).to_be_hidden()
    was = await co.locator("#code").inner_text()
    await hand.press(button(co, "facilitate.code_new"))
    await hand.press(button(co, "facilitate.code_yes"))
    await expect(cast.desk.locator("#code")).not_to_have_text(was)
    await expect(cast.wall.locator(".strip .code")).to_have_text(await co.locator("#code").inner_text())


async def _best_place(cast: Cast) -> None:
    await cast.next("The best place, on your own")
    await add_by_hand(cast, cast.phones[0], "What I see", "A garden by the door")
    await write(cast.phones[1], "What I hear", "Somebody says hello")
    await write(cast.phones[2], "What I feel", "Welcome on every day")
    await expect(cast.wall.locator(".note.blank")).to_have_count(3)
    await cast.next("The best place, together")
    await expect(cast.wall.get_by_text("Somebody says hello")).to_be_visible()


async def _handle(cast: Cast, text: str, act: str) -> None:
    held = cast.co.locator("#notes > li").filter(has_text=text)
    await cast.hand.press(held.locator(".handle"))
    await cast.hand.press(button(held, act))


IDEAS = (_arrive, _alone, _read_out, _eyes_up, _keep_time, _guard, _best_place)
