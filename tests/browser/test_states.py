"""Every state of every page, with every sentence altered so that one that was not looked up shows.

In each axe finds nothing, nothing sticks out or is cut off, nothing is too small to hit, nothing moves.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from app.wording import words
from tests.browser import screens
from tests.browser.looks import DESK_TARGET, PHONE_TARGET, Looks, texts_of
from tests.browser.people import TURNED_AWAY, WEATHER, People
from tests.browser.proxy import Proxy
from tests.browser.screens import box, button, change, choose_zone, enter, join, note, say, starting, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONG = ("Somebody says hello at the door and shows people where to walk, each Friday at ten. " * 3).strip()
ZONES = ("individual", "social", "infrastructural")
SPREAD = [(f"matrix.{zone}", f"{zone} idea {n}") for zone in ZONES for n in range(5)]
BROUGHT = {"Lower Valley", "Active Valley", "Oak", "Elm", LONG, *(text for _, text in SPREAD)}
PILES = ("Walk together from the door", "Make room for bikes")

BROKEN = """() => {
  const add = (tag, look, text = "") => {
    const each = Object.assign(document.createElement(tag), { textContent: text });
    Object.assign(each.style, look);
    document.querySelector("main").append(each);
    return each;
  };
  add("img", {});
  add("p", { color: "#bbbbbb", background: "#ffffff" }, "Never looked up");
  add("div", { width: "2000px", height: "1px" });
  add("p", { width: "3em", overflow: "hidden", whiteSpace: "nowrap" }, "Lower Valley");
  add("button", { width: "10px", height: "10px", padding: "0" }).ariaLabel = "Said to readers only";
  add("p", {}).animate([{ opacity: 0 }, { opacity: 1 }], { duration: 60000 });
}"""

UNFOLD = """() => {
  for (const fold of document.querySelectorAll("summary")) if (fold.checkVisibility()) fold.click();
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def weather() -> AsyncIterator[Proxy]:
    async with Proxy() as between:
        yield between


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def altered(weather: Proxy, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server that marks every sentence of ours."""
    folder = tmp_path_factory.mktemp("altered")
    async with Server(folder, public_url=weather.origin, pseudo_words="true", sockets=2) as running:
        weather.target = running.port
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def server(altered: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setattr(screens, "WORDS", words(pseudo=True))
    return altered


@pytest_asyncio.fixture(loop_scope="session")
async def looks(server: Server) -> Looks:
    return Looks({*BROUGHT, *PILES, *texts_of(await server.plan("gp-surgery-45"))})


async def test_these_looks_see_what_they_look_for(people: People, server: Server, looks: Looks) -> None:
    """What is wrong with this page, they say; so a page on which they say nothing has none of it."""
    page = await people.come()
    await page.goto(server.origin)
    await page.evaluate(BROKEN)
    await looks.on("broken", page)
    with pytest.raises(AssertionError) as said:
        looks.are_good()
    for fault in ("axe: image-alt", "axe: color-contrast", "sideways", "cut off", "too small", "moving"):
        assert fault in str(said.value), fault
    for word in ("Never looked up", "Said to readers only"):
        assert f"“{word}”" in str(said.value), word


async def test_the_way_in(people: People, server: Server, looks: Looks) -> None:
    page = await people.come(forgive=TURNED_AWAY)
    await page.goto(server.origin)
    await looks.on("home", page)
    await button(page, "home.go").click()
    await looks.on("home, no code", page)
    await page.goto(f"{server.origin}/j/BBBBBBBBB")
    await looks.on("problem", page)
    room = await server.open()
    await page.goto(room.join_url)
    await looks.on("join", page)
    await button(page, "join.join").click()
    await looks.on("join, no group", page)
    await join(page, room.join_url, "Oak")
    await page.goto(room.join_url)
    await looks.on("join, joined", page)
    await page.goto(f"{server.origin}/wall")
    await expect(page.locator("[data-letters] span")).to_have_count(4)
    await looks.on("pair", page)
    await page.goto(f"{server.origin}/wall?was=ended")
    await expect(page.locator("[data-letters] span")).to_have_count(4)
    await looks.on("pair, disconnected", page)
    looks.are_good()


async def test_the_organiser_s_pages(people: People, server: Server, looks: Looks) -> None:
    looks.known |= texts_of(await server.plans())
    looks.known.add("Afternoon")
    page = await people.come()
    await page.goto(f"{server.origin}/start")
    await looks.on("start, stranger", page)
    await page.goto("about:blank")
    await page.goto(server.start_link)
    await expect(page.locator("#open")).to_be_visible()
    await looks.on("start", page)
    await page.get_by_text(say("start.edit")).click()
    for fold in await page.locator("#edit summary").all():
        await fold.click()
    await button(page, "start.open").click()
    await looks.on("start, edited, no title", page)
    await page.get_by_label(say("start.title"), exact=True).fill("Afternoon")
    await button(page, "start.open").click()
    await expect(page.get_by_role("heading", name="Afternoon")).to_be_visible()
    await page.locator("summary", has_text=say("pack.title")).click()
    await looks.on("made", page)
    await page.goto(f"{server.origin}/sessions")
    await page.locator(".ask-delete").first.click()
    await looks.on("sessions", page)
    await page.get_by_role("link", name=starting(say("sessions.again"))).first.click()
    await expect(page.get_by_label(say("start.title"), exact=True)).to_have_value("Afternoon")
    await looks.on("start, used again", page)
    looks.are_good()


async def test_a_rehearsal(people: People, server: Server, looks: Looks) -> None:
    room = await server.open(title="Lower Valley", plan="blank")
    looks.known |= texts_of(await server.plan("blank")) | {"Afternoon"}
    page = await people.come()
    await page.goto(server.start_link)
    await expect(page.locator("#open")).to_be_visible()
    await enter(page, room, "", room.facilitate_url)
    await expect(button(page, "rehearsal.try")).to_be_visible()
    await looks.on("facilitate, before anybody came", page)
    await button(page, "rehearsal.try").click()
    await expect(page.locator("#bring")).to_be_visible()
    await looks.on("rehearsal, nobody", page)
    code = page.url.split("/")[-2]
    await page.locator("#bring").click()
    await expect(page.locator("#pace-of-people")).to_be_visible()
    await looks.on("rehearsal, people", page)
    for path in ("wall", "sort", "list"):
        await page.goto(f"{server.origin}/s/{code}/{path}")
        await expect(page.locator(".rehearsal-strip")).to_be_visible()
        await looks.on(f"rehearsal, {path}", page)
    await page.goto(f"{server.origin}/sessions")
    await expect(page.locator(".leave-rehearsal").first).to_be_visible()
    await looks.on("sessions, with a rehearsal", page)
    looks.target = PHONE_TARGET
    phone = await people.phone()
    await phone.goto(f"{server.origin}/j/{code}")
    await looks.on("rehearsal, join", phone)
    await join(phone, phone.url, "Oak")
    await looks.on("rehearsal, phone", phone)
    await page.locator(".leave-rehearsal").first.click()
    await expect(phone.get_by_role("heading", name=say("rehearsal.over"))).to_be_visible()
    await looks.on("rehearsal, over", phone)
    looks.are_good()


async def test_a_phone(people: People, server: Server, weather: Proxy, looks: Looks) -> None:
    looks.target = PHONE_TARGET
    looks.known |= {"Ask a neighbour", "Typed before the lock", "x" * 281, "In the middle of"}
    room = await server.open()
    phone = await people.phone(forgive=WEATHER)
    await join(phone, room.join_url, "Oak")
    await looks.on("before", phone)
    await _stage(server, room, phone, "frame", say("phone.hint_listen"))
    await looks.on("listen", phone)
    await _stage(server, room, phone, "matrix-alone", say("phone.sees_author"))
    await looks.on("write", phone)
    weather.hold()
    await choose_zone(phone, "People around us")
    await box(phone).fill("Ask a neighbour")
    await button(phone, "phone.add").click()
    await expect(note(phone, "Ask a neighbour")).to_have_attribute("data-standing", "waiting")
    await looks.on("waiting", phone)
    weather.release()
    await write(phone, "One person", LONG)
    await box(phone).fill("x" * 281)
    await looks.on("typing, too long", phone)
    await box(phone).fill("")
    await change(note(phone, "Ask a neighbour")).click()
    await looks.on("fixing", phone)
    await button(phone, "phone.take_back").click()
    await looks.on("taken back", phone)
    await choose_zone(phone, "People around us")
    await box(phone).fill("Typed before the lock")
    await server.ask(room, type="zone.lock", zone="matrix.social")
    await button(phone, "phone.add").click()
    await expect(phone.get_by_role("alert")).to_have_text(say("refused.zone.locked"))
    await looks.on("refused, locked", phone)
    await choose_zone(phone, "One person")
    await box(phone).fill("In the middle of")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(phone.locator("#moved")).to_be_visible()
    await looks.on("moved on", phone)
    await button(phone, "phone.later").click()
    await looks.on("talk", phone)
    await button(phone, "phone.came_up").click()
    await looks.on("talk, writing", phone)
    await box(phone).fill("")
    await _stage(server, room, phone, "must-haves", say("phone.sees_room"))
    await looks.on("must-haves", phone)
    await _stage(server, room, phone, "list", say("phone.hint_look-up_here"))
    await looks.on("look up", phone)
    weather.die()
    await phone.locator("summary", has_text=say("phone.leave")).click()
    await expect(phone.locator("#weather")).to_be_visible()
    await looks.on("away, leaving", phone)
    weather.clear()
    await server.ask(room, type="session.close")
    await expect(phone.locator("#question")).to_have_text(say("phone.closed"), timeout=15_000)
    await looks.on("closed", phone)
    looks.are_good()


async def test_a_phone_in_bad_weather(people: People, server: Server, weather: Proxy, looks: Looks) -> None:
    looks.target = PHONE_TARGET
    looks.known |= {"Waits for a better day"}
    room = await server.open(stage="matrix-alone")
    phone = await people.phone(forgive=WEATHER)
    await join(phone, room.join_url, "Oak")
    weather.sign_in = "page"
    weather.cut()
    await expect(phone.locator("#weather")).to_have_text(say("phone.portal"))
    await looks.on("sign-in", phone)
    await choose_zone(phone, "One person")
    await box(phone).fill("Waits for a better day")
    await button(phone, "phone.add").click()
    await expect(screens.state(note(phone, "Waits for a better day"))).to_have_text(say("phone.waits_away"))
    await looks.on("sign-in, writing", phone)
    weather.clear()
    saved = note(phone, "Waits for a better day")
    await expect(saved).to_have_attribute("data-standing", "saved", timeout=15_000)
    for _ in range(2):
        more = await phone.context.new_page()
        await more.goto(phone.url)
        await expect(more.locator("#composer")).to_be_visible()
    await expect(phone.locator("#weather")).to_have_text(say("phone.too_often"))
    await looks.on("opened too often", phone)
    looks.are_good()


async def _stage(server: Server, room: Room, phone: Page, stage: str, hint: str) -> None:
    await server.ask(room, type="stage.open", stage=stage)
    await expect(phone.locator("#hint")).to_have_text(hint)


async def test_the_wall(people: People, server: Server, looks: Looks) -> None:
    room = await server.open()
    wall = await people.come()
    await enter(wall, room, "wall", room.facilitate_url)
    await _scene(wall, "arrival")
    await looks.on("arrival", wall)
    await server.ask(room, type="stage.open", stage="frame")
    await _scene(wall, "talk")
    await looks.on("talk", wall)
    ids = await server.write(room, [*SPREAD, ("matrix.social", LONG)])
    await server.ask(room, type="timer.set", seconds=300)
    await server.ask(room, type="stage.open", stage="matrix-alone")
    await _scene(wall, "board")
    await looks.on("whole, private", wall)
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(wall.locator("li.note").first).to_contain_text("idea")
    await looks.on("whole, shown", wall)
    await server.ask(room, type="wall.show", manner="read", of="matrix.social", page=0)
    await _scene(wall, "read")
    await looks.on("read", wall)
    await server.ask(room, type="wall.show", manner="whole")
    await server.ask(room, type="stage.open", stage="must-haves")
    await _scene(wall, "essentials")
    await looks.on("must-haves", wall)
    await _file(server, room, ids)
    await server.ask(room, type="stage.open", stage="sort")
    await _scene(wall, "piles")
    await looks.on("piles", wall)
    await server.ask(room, type="stage.open", stage="list")
    await _scene(wall, "list")
    await looks.on("list", wall)
    await server.ask(room, type="wall.blank", on=True)
    await expect(wall.locator("#main")).to_be_hidden()
    await looks.on("blank", wall)
    await server.ask(room, type="wall.blank", on=False)
    await server.ask(room, type="session.close")
    await _scene(wall, "closed")
    await looks.on("closed", wall)
    looks.are_good()


async def _scene(wall: Page, scene: str) -> None:
    await expect(wall.locator("#main")).to_have_attribute("data-scene", scene)


async def _file(server: Server, room: Room, notes: list[str]) -> None:
    """Two piles, one of them a line of the list."""
    await server.ask(room, type="theme.make", id="a" * 22, title=PILES[0])
    await server.ask(room, type="theme.make", id="b" * 22, title=PILES[1])
    await server.ask(room, type="notes.place", notes=notes[:5], theme="a" * 22)
    await server.ask(room, type="notes.place", notes=notes[5:7], theme="b" * 22, voice="worry")
    await server.ask(room, type="item.make", id="i" * 22, text=PILES[0], theme="a" * 22)


async def test_the_host_s_pages(people: People, server: Server, looks: Looks) -> None:
    room = await server.open()
    page = await people.come()
    await enter(page, room, "", room.facilitate_url)
    await expect(page.locator("#room")).to_be_visible()
    await looks.on("facilitate, arriving", page)
    await enter(page, room, "sort", room.facilitate_url)
    await expect(page.locator("#desk")).to_be_visible()
    await looks.on("sort, empty", page)
    await enter(page, room, "list", room.facilitate_url)
    await looks.on("list, empty", page)

    ids = await server.write(room, [*SPREAD, ("utopia.see", LONG)], group="g1")
    await server.ask(room, type="note.hide", id=ids[-1], why="names")
    await server.ask(room, type="stage.open", stage="matrix-together")
    await server.ask(room, type="timer.set", seconds=300)
    await _file(server, room, ids)
    await enter(page, room, "", room.facilitate_url)
    await expect(page.locator("#notes > li").first).to_be_visible()
    # All at once: a fold that comes in meanwhile would shift the others.
    await page.evaluate(UNFOLD)
    await button(page.locator("#notes > li").filter(has_text="idea").first, "facilitate.hide").click()
    await button(page, "facilitate.close").click()
    await looks.on("facilitate, everything open", page)
    await enter(page, room, "sort", room.facilitate_url)
    await expect(page.locator("#piles > li")).to_have_count(2)
    await page.locator("#left .pick").first.click()
    await looks.on("sort, full", page)
    await page.get_by_role("button", name=starting(say("sort.move"))).click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await looks.on("sort, where to", page)
    await enter(page, room, "list", room.facilitate_url)
    await button(page, "list.unfold").click()
    await looks.on("list, full", page)
    looks.are_good()


async def test_what_is_kept_back(people: People, server: Server, looks: Looks) -> None:
    room = await server.open(stage="matrix-alone")
    desk, phone, late = await people.come(), await people.phone(), await people.phone()
    looks.known |= {"1", "Mind the step"}
    await desk.goto(server.start_link)
    await expect(desk.locator("#open")).to_be_visible()
    await enter(desk, room, "facilitate", room.facilitate_url)
    await join(phone, room.join_url, "Oak")
    await join(late, room.join_url, "Oak")
    binned, *_ = await server.write(room, [("matrix.social", "Mind the step")], group="g2")
    await server.write(room, [("matrix.social", LONG)], group="g2")
    await write(phone, "One person", LONG)
    mine = desk.locator("#notes > li").filter(has_text=LONG).first
    await mine.locator(".handle").click()
    await button(mine, "facilitate.remove").click()
    await looks.on("facilitate, asked whether to remove a phone", desk)
    await button(mine, "facilitate.remove_no").click()
    await button(mine, "facilitate.mute").click()
    await server.ask(room, type="note.hide", id=binned, why="bin")
    await server.ask(room, type="room.lock", on=True)
    for fold in ("#bin-title", "#muted-title"):
        await desk.locator(fold).click()
    await desk.get_by_text(say("facilitate.join"), exact=True).click()
    await button(desk, "facilitate.code_new").click()
    await expect(desk.locator("#code-sure")).to_be_visible()
    await looks.on("facilitate, kept back and locked", desk)
    phones = Looks(looks.known, PHONE_TARGET)
    stranger = await people.phone()
    await stranger.goto(room.join_url)
    await phones.on("join, locked", stranger)
    # Whoever of the two wrote that note.
    await server.ask(room, type="author.mute", note=await _first_note(phone))
    await expect(phone.locator("#muted")).to_be_visible()
    await phones.on("stopped", phone)
    await change(phone.locator("#notes > li").first).click()
    await phones.on("stopped, taking back", phone)
    await server.ask(room, type="author.remove", note=await _first_note(phone))
    await expect(phone.locator("#again")).to_be_visible()
    await phones.on("removed", phone)
    wall = await people.come({"width": 1280, "height": 720})
    await enter(wall, room, "wall", room.facilitate_url)
    await expect(wall.locator(".strip-locked")).to_be_visible()
    await looks.on("wall, locked", wall)
    await desk.goto(f"{server.origin}/s/{room.code}/record")
    await looks.on("record", desk)
    looks.are_good()
    phones.are_good()


async def _first_note(phone: Page) -> str:
    """The id of this phone's last note."""
    id: str = await phone.locator("#notes > li").first.get_attribute("data-note") or ""
    return id


async def test_the_room_chooses(people: People, server: Server, looks: Looks) -> None:
    looks.target = PHONE_TARGET
    looks.known |= {"Zofia", "Who covers the desk?"}
    room = await server.open()
    await _file(server, room, await server.write(room, SPREAD))
    for stage in ("sort", "list", "choose"):
        await server.ask(room, type="stage.open", stage=stage)
    phone, desk, wall = await people.phone(), await people.come(), await people.come()
    await join(phone, room.join_url, "Oak")
    await enter(desk, room, "", room.facilitate_url)
    await enter(wall, room, "wall", room.facilitate_url)
    line = phone.locator("#choose .choice")

    async def look(state: str) -> None:
        await looks.on(f"{state}, phone", phone)
        looks.target = DESK_TARGET
        await looks.on(f"{state}, desk", desk)
        await looks.on(f"{state}, wall", wall)
        looks.target = PHONE_TARGET

    await expect(desk.locator("#vote-open")).to_be_enabled()
    await look("before the vote")
    await desk.locator("#vote-open").click()
    await line.click()
    await expect(phone.locator(".less")).to_be_visible()
    await look("voting")
    await desk.locator("#vote-reveal").click()
    await expect(wall.locator(".choose-bar")).to_be_visible()
    await look("the vote is shown")
    await server.ask(room, type="stage.open", stage="worries")
    await line.click()
    await phone.get_by_label(say("phone.feel_why")).fill("Who covers the desk?")
    await looks.on("a worry", phone)
    await button(phone, "phone.feel_send").click()
    await expect(desk.locator("#consent-lines li.line-answer")).to_be_visible()
    await desk.locator("#consent-show").click()
    await look("a worry told")
    await server.ask(room, type="stage.open", stage="help")
    await line.click()
    await phone.get_by_label(say("phone.help_name")).fill("Zofia")
    await phone.get_by_label(say("phone.help_agree")).check()
    await looks.on("a hand", phone)
    await button(phone, "phone.help_send").click()
    await expect(wall.locator(".choose-said")).to_have_text("Zofia")
    await look("a hand offered")
    await enter(desk, room, "list", room.facilitate_url)
    looks.target = DESK_TARGET
    await looks.on("list, chosen", desk)
    looks.are_good()
