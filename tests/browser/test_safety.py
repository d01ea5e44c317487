"""Nothing that people type runs anywhere, no page asks strangers, and a busy room is not a noisy one."""

import asyncio
import time

import pytest
from playwright.async_api import expect

from tests.browser.looks import MOVING, SIDEWAYS, in_the_end
from tests.browser.people import TURNED_AWAY, People
from tests.browser.screens import box, button, choose_zone, enter, join, link, note, say, slip, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

POISON = (
    "<img src=x onerror=\"globalThis.ran='img'\">",
    "<script>globalThis.ran='script'</script>",
    "<svg onload=\"globalThis.ran='svg'\"></svg>",
    "</script><script>globalThis.ran='broke out'</script>\u2028",
    "javascript:globalThis.ran='link'",
    "{{7*7}} ${7*7} #{7*7} {% include 'x' %} {n} {title}",
    "[click](javascript:globalThis.ran=1) http://evil.example/x.png",
)
SMALL_WINDOW = {"width": 800, "height": 500}
"""Here a wall is a plain list, with every note on it."""
PROJECTOR = {"width": 1920, "height": 1080}
SECONDS_OF_NOISE = 6
NOTES_A_SECOND = 20
ZONES = {
    "matrix-alone": ("matrix.social", "People around us"),
    "must-haves": ("utopia.see", "What I see"),
}
LISTEN = """() => {
  globalThis.said = [];
  const regions = [...document.querySelectorAll("[role=status], [role=alert], [aria-live=polite]")];
  for (const region of regions) {
    let before = region.textContent;
    new MutationObserver(() => {
      if (region.textContent !== before && region.textContent.trim() && region.checkVisibility()) {
        globalThis.said.push(`${region.id}: ${region.textContent}`);
      }
      before = region.textContent;
    }).observe(region, { childList: true, characterData: true, subtree: true });
  }
  return regions.length;
}"""
"""Everything that a screen reader would say by itself."""


async def test_what_people_type_is_shown_as_typed_and_runs_nowhere(people: People, server: Server) -> None:
    """The pages' own watch fails this test on any report, error or request to a stranger."""
    room = await server.open(
        title=POISON[0],
        host=POISON[1],
        aim=POISON[2],
        groups=[POISON[0], POISON[3].strip()],
        stage="matrix-alone",
    )
    phone, desk = await people.phone(), await people.come()
    wall = await people.come(SMALL_WINDOW)
    await join(phone, room.join_url, POISON[0])
    for text in POISON:
        await write(phone, "One person", text)
    ids = await server.write(room, [("matrix.social", text) for text in POISON], group="g2")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await server.ask(room, type="theme.make", id="p" * 22, title=POISON[0])
    await server.ask(room, type="notes.place", notes=ids, theme="p" * 22)
    await server.ask(room, type="item.make", id="i" * 22, text=POISON[1], theme="p" * 22)

    for text in POISON:
        assert await note(phone, text.strip()).count() == 1, text
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator("li.note").filter(has_text="{{7*7}}").first).to_be_visible()
    for stage in ("sort", "list"):
        await server.ask(room, type="stage.open", stage=stage)
        await expect(wall.locator(".pile, .line").first).to_be_visible()
    await enter(desk, room, "", room.facilitate_url)
    await expect(slip(desk, POISON[1]).first).to_be_visible()
    await link(desk, "facilitate.to_sort").click()
    await expect(desk.locator("#piles > li")).to_have_count(1)
    await desk.goto(f"{server.origin}/s/{room.code}/list")
    await expect(desk.locator("#line-A")).to_contain_text(POISON[1])
    await button(desk, "list.unfold").click()
    organiser = await people.come()
    await organiser.goto(server.start_link)
    await expect(organiser.locator("#open")).to_be_visible()
    await organiser.goto(f"{server.origin}/sessions")
    await expect(organiser.get_by_role("heading", name=POISON[0])).to_be_visible()
    for page in (phone, wall, desk, organiser):
        assert await page.evaluate("globalThis.ran ?? 'nothing'") == "nothing"
        assert await page.locator("img[src=x], [onerror], [onload], a[href*=javascript]").count() == 0


async def test_a_phone_keeps_no_more_than_it_says(people: People, server: Server) -> None:
    """One cookie that only the server reads, the drafts, the outbox, and a wish for bigger text."""
    room = await server.open(stage="matrix-alone")
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await write(phone, "One person", "Walk to the shop")
    await choose_zone(phone, "People around us")
    await box(phone).fill("A draft")
    await button(phone, "common.bigger_text").click()
    cookies = await phone.context.cookies()
    assert [(cookie["name"], cookie["httpOnly"]) for cookie in cookies] == [("eutopia", True)]
    assert await phone.evaluate("document.cookie") == ""
    assert await phone.evaluate("Object.keys(localStorage).sort()") == ["bigger", f"drafts {room.code}"]
    assert await phone.evaluate("Object.keys(sessionStorage)") == []
    bases = await phone.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert bases == ["eutopia"]
    assert await phone.evaluate("navigator.serviceWorker?.getRegistrations().then((all) => all.length)") == 0


async def test_a_link_to_nowhere_is_answered_in_words(people: People, server: Server) -> None:
    page = await people.come(forgive=TURNED_AWAY)
    for path in ("/j/BBBBBBBBB", "/s/BBBBBBBBB", "/nothing", "/s/BBBBBBBBB/wall"):
        answer = await page.goto(server.origin + path)
        assert answer is not None
        assert answer.status == 404, path
        await expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    assert await page.get_by_role("link", name=say("problem.to_the_start")).count() == 1


async def test_a_code_is_taken_however_it_is_typed(people: People, server: Server) -> None:
    room = await server.open()
    phone = await people.phone()
    await phone.goto(server.origin)
    typed = phone.get_by_label(say("home.code"), exact=True)
    await button(phone, "home.go").click()
    await expect(phone.get_by_role("alert").first).to_have_text(say("home.no_code"))
    await typed.fill("kxr aei")
    await button(phone, "home.go").click()
    await expect(phone.get_by_role("alert").first).to_have_text(say("home.not_a_code"))
    code = room.code.lower()
    await typed.fill(f" {code[:3]}-{code[3:6]} {code[6:]} ")
    await typed.press("Enter")
    await phone.wait_for_url(f"**/j/{room.code}")


@pytest.mark.parametrize("stage", ZONES)
async def test_a_busy_room_says_at_most_one_thing_in_five_seconds(
    people: People, server: Server, stage: str
) -> None:
    room = await server.open(stage=stage)
    desk, sort, wall = await people.come(), await people.come(), await people.come()
    phone = await people.phone()
    await enter(desk, room, "", room.facilitate_url)
    await enter(sort, room, "sort", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    await join(phone, room.join_url, "Oak")
    zone, title = ZONES[stage]
    pages = {"desk": desk, "sort": sort, "wall": wall, "phone": phone}
    for name, page in pages.items():
        assert await page.evaluate(LISTEN) > 0, f"{name} has nowhere to say anything"
    await choose_zone(phone, title)
    began = time.monotonic()
    for second in range(SECONDS_OF_NOISE):
        notes = [(zone, f"Note {n}") for n in range(NOTES_A_SECOND)]
        # Each note of one's own is news to its writer.
        await box(phone).fill(f"My note {second}")
        await button(phone, "phone.add").click()
        await asyncio.gather(server.write(room, notes), asyncio.sleep(1))
    assert await phone.evaluate("globalThis.said.length"), "this test hears what is said"
    for name, page in pages.items():
        said = await page.evaluate("globalThis.said")
        # A busy machine takes longer over the same noise.
        assert len(said) <= 1 + (time.monotonic() - began) // 5, (name, said)


async def test_a_typist_keeps_focus_and_words_in_a_busy_room(people: People, server: Server) -> None:
    room = await server.open(stage="must-haves")
    phone = await people.phone()
    await join(phone, room.join_url, "Oak")
    await choose_zone(phone, "What I see")
    for n in range(5):
        await box(phone).press_sequentially(f"word {n} ")
        await server.write(room, [("utopia.see", f"By another {n}.{each}") for each in range(10)])
        await expect(box(phone)).to_be_focused()
    await expect(box(phone)).to_have_value("word 0 word 1 word 2 word 3 word 4 ")


async def test_at_400_per_cent_every_page_is_read_downwards_only(people: People, server: Server) -> None:
    """A 1280 px window zoomed to 400 % is 320 px wide and 256 px high."""
    room = await _full(server)
    page = await people.come({"width": 320, "height": 256})
    for path in ("wall", "list", "sort", ""):
        await enter(page, room, path, room.facilitate_url)
        await expect(page.get_by_role("heading").first).to_be_visible()
        assert await in_the_end(page, SIDEWAYS) == [], path or "facilitate"
    await enter(page, room, "wall", room.facilitate_url)
    await expect(page.get_by_text("Heard 11")).to_be_visible()
    phone = await people.come({"width": 320, "height": 256})
    await join(phone, room.join_url, "Oak")
    assert await in_the_end(phone, SIDEWAYS) == []


async def test_where_less_motion_is_asked_for_nothing_moves(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-together")
    still, lively = await people.come(reduced_motion="reduce"), await people.come()
    for wall in (still, lively):
        await enter(wall, room, "wall", room.facilitate_url)
        await wall.evaluate(
            "() => { globalThis.moved = 0; addEventListener('animationstart', () => globalThis.moved += 1); }"
        )
    await server.write(room, [("matrix.social", "First")])
    for wall in (still, lively):
        await expect(slip(wall, "First")).to_be_visible()
    for n in range(3):
        await server.write(room, [("matrix.social", f"News {n}")])
        for wall in (still, lively):
            await expect(slip(wall, f"News {n}")).to_be_visible()
    await lively.wait_for_timeout(100)
    assert await lively.evaluate("globalThis.moved") > 0, "this test would see it if something moved"
    assert await still.evaluate("globalThis.moved") == 0
    assert await still.evaluate(MOVING) == []


async def test_a_new_note_moves_no_other_on_the_wall(people: People, server: Server) -> None:
    room = await server.open(stage="matrix-together")
    await server.write(room, [("matrix.social", f"Heard {n}") for n in range(3)])
    wall = await people.come(PROJECTOR)
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator("li.note")).to_have_count(3)
    places = (
        "() => Object.fromEntries([...document.querySelectorAll('li.note')].map((note) =>"
        " [note.textContent, JSON.stringify(note.getBoundingClientRect())]))"
    )
    before = await wall.evaluate(places)
    await server.write(room, [("matrix.social", f"New {n}") for n in range(2)])
    await expect(slip(wall, "New 1")).to_be_visible()
    after = await wall.evaluate(places)
    assert {text: after[text] for text in before} == before


async def _full(server: Server) -> Room:
    room = await server.open(stage="matrix-together")
    ids = await server.write(room, [("matrix.social", f"Heard {n}") for n in range(12)], group="g1")
    await server.ask(room, type="theme.make", id="p" * 22, title="Walk together from the door")
    await server.ask(room, type="notes.place", notes=ids[:3], theme="p" * 22)
    await server.ask(room, type="item.make", id="i" * 22, text="Walk together", theme="p" * 22)
    return room
