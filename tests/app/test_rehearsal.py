"""Rehearsals: a room of its own, people who come by the real path, and nothing left of it."""

import asyncio
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import crowd as crowds, rehearsal as rehearsing
from app.addresses import doorstep
from app.backing import backup
from app.opening import NewSession, open_session
from app.pretend import PretendPhone, TurnedAway, Writing
from app.sayings import Sayings
from sessions.domain.plans import PhoneManner
from sessions.shelf import Shelf
from sessions.store.backup import put_back, read_through
from sessions.store.sql import DATABASE
from tests.app.client import Browser, People, Refusal, Workshop, new_id
from tests.app.running import KEY, Running, running

CANARY = "canary-bird-sings-at-dawn"
HOUR_MS = 3_600_000


def files_with(word: str, folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]


async def plan(people: People, **changes: Any) -> dict[str, Any]:
    """The plan of 45 minutes, whole, for few people."""
    page = (await (await people.organiser()).http.get("/start")).text
    data = page.partition('<script type="application/json" id="page">')[2].partition("</script>")[0]
    import json

    whole = next(each for each in json.loads(data)["plans"] if each["id"] == "gp-surgery-45")
    return {**whole, "expected": 6, **changes}


async def rehearsal_of(workshop: Workshop, host: Browser) -> Workshop:
    """Open one, and let this browser into it as its page does."""
    said = await host.post(f"/api/sessions/{workshop.code}/rehearsal")
    await host.enter(said["url"].partition("#")[2])
    code = said["code"]
    return Workshop(
        code, f"{host.origin}/j/{code}", host.origin + said["url"], f"{host.origin}/s/{code}/wall"
    )


def path(rehearsal: Workshop) -> str:
    return f"/api/sessions/{rehearsal.code}/rehearsal"


async def test_a_rehearsal_is_a_room_of_its_own_on_the_same_plan(people: People) -> None:
    workshop = await people.workshop(title="Tuesday", aim="walk more")
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    assert rehearsal.code != workshop.code
    async with (
        host.live("facilitator", workshop.code) as real,
        host.live("facilitator", rehearsal.code) as seat,
    ):
        card, own = real.welcome["session"], seat.welcome["session"]
        assert own["plan"] == card["plan"]
        assert own["title"] == "Rehearsal: Tuesday"
        before = len(real.heard)
        await seat.ask("stage.open", stage="matrix-alone")
        phone = await people.phone(rehearsal, "g1")
        await phone.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "Only tried"})
        await seat.until(lambda rows: "Only tried" in rows.texts())
        await asyncio.sleep(0.2)
        assert not [frame for frame in real.heard[before:] if frame["type"] == "change"]
    for page in ("", "/wall", "/facilitate", "/sort", "/list"):
        text = (await (phone if page == "" else host).http.get(f"/s/{rehearsal.code}{page}")).text
        assert 'class="rehearsal-strip"' in text, page
        if page:
            assert "rehearsal-strip" not in (await host.http.get(f"/s/{workshop.code}{page}")).text, page
    assert "rehearsal-strip" in (await phone.http.get(f"/j/{rehearsal.code}")).text


async def test_a_second_press_leads_to_the_same_rehearsal(people: People) -> None:
    workshop = await people.workshop()
    host = await people.host(workshop)
    first, second = await rehearsal_of(workshop, host), await rehearsal_of(workshop, host)
    assert first.code == second.code
    with pytest.raises(Refusal) as refused:
        await host.post(path(first))
    assert refused.value.code == "rehearsal.already"


async def test_only_its_host_brings_people_and_leaves(people: People) -> None:
    workshop = await people.workshop()
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    stranger, phone = people.browser(), await people.phone(rehearsal, "g1")
    for browser in (stranger, phone, await people.wall(rehearsal)):
        for method, where in (("GET", ""), ("POST", "/people"), ("DELETE", "/people"), ("DELETE", "")):
            with pytest.raises(Refusal) as refused:
                await browser.call(method, path(rehearsal) + where, {} if method == "POST" else None)
            assert refused.value.code == "grant.missing", (method, where)
    assert (await host.get(path(rehearsal)))["here"] == 0


async def test_a_workshop_is_never_filled_nor_left_like_a_rehearsal(people: People) -> None:
    workshop = await people.workshop()
    organiser = await people.organiser()
    for method, where in (("GET", ""), ("POST", "/people"), ("DELETE", "/people"), ("DELETE", "")):
        with pytest.raises(Refusal) as refused:
            await organiser.call(method, path(workshop) + where, {} if method == "POST" else None)
        assert (refused.value.status, refused.value.code) == (404, "rehearsal.unknown"), (method, where)
    async with organiser.live("facilitator", workshop.code) as seat:
        assert seat.welcome["session"]["title"] == "An afternoon"


@pytest.mark.long
async def test_pretend_people_join_and_write_only_while_phones_may(people: People) -> None:
    workshop = await people.workshop(plan=await plan(people))
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    assert (await host.get(path(rehearsal)))["pace"] is None
    async with host.live("facilitator", rehearsal.code) as desk:
        said = await host.post(path(rehearsal) + "/people", {"pace": "quick"})
        assert (said["most"], said["pace"]) == (6, "quick")

        def now() -> dict[str, Any]:
            return next((each for each in reversed(desk.heard) if each["type"] == "now"), {})

        await desk.until(lambda rows: now().get("here") == 6)
        assert (await host.get(path(rehearsal)))["here"] == 6
        await desk.ask("stage.open", stage="frame")
        await asyncio.sleep(2)
        assert desk.rows.texts() == [], "they listen"
        await desk.ask("stage.open", stage="matrix-alone")
        await desk.until(lambda rows: len(rows.of("note")) >= 8)
        zones = {row["zone"] for row in desk.rows.of("note")}
        assert len(zones) > 1
        assert {zone.partition(".")[0] for zone in zones} == {"matrix"}
        assert {row["group"] for row in desk.rows.of("origin")} == {"g1", "g2"}
        done = await desk.ask("stage.open", stage="matrix-together")
        await asyncio.sleep(3)
        late = [row for row in desk.rows.of("note") if row["seq"] > done["seq"] + 1]
        assert len(late) <= 1, "phones are down"
        again = await host.post(path(rehearsal) + "/people", {"pace": "calm"})
        assert (again["here"], again["pace"]) == (6, "calm"), "nobody comes twice"
        await host.call("DELETE", path(rehearsal) + "/people")
        await desk.until(lambda rows: now().get("joined") == 0)


@pytest.mark.long
async def test_pretend_people_answer_file_choose_and_help_where_phones_are_asked(people: People) -> None:
    workshop = await people.workshop(plan=await plan(people))
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    piles, lines = [new_id() for _ in range(2)], [new_id() for _ in range(12)]
    async with host.live("facilitator", rehearsal.code) as desk:
        await host.post(path(rehearsal) + "/people", {"pace": "quick"})
        await desk.ask("stage.open", stage="matrix-alone")
        await desk.until(lambda rows: len(rows.of("note")) >= 8)
        await desk.ask("stage.open", stage="must-haves")
        essentials = {row["id"] for row in desk.rows.of("essential")}
        await desk.until(
            lambda rows: (
                sum(row["do"] + row["could"] + row["not_here"] for row in rows.of("answers"))
                == 6 * len(essentials)
            )
        )
        for pile in piles:
            await desk.ask("theme.make", id=pile, title=f"Pile {pile[:3]}")
        await desk.ask("stage.open", stage="sort")
        notes = len(desk.rows.of("note"))
        await desk.until(lambda rows: len(rows.of("filing")) >= notes)
        assert {row["theme"] for row in desk.rows.of("place")} == set(piles)
        for line in lines:
            await desk.ask("item.make", id=line, text=f"Line {line[:3]}", theme=None)
        await desk.ask("stage.open", stage="choose")
        await desk.ask("votes.open", items=lines, budget=4)
        await desk.until(lambda rows: any(row["people"] == 6 for row in rows.of("turnout")))
        await desk.ask("stage.open", stage="help")
        await desk.until(lambda rows: len(rows.of("offer")) >= 1)
        await host.call("DELETE", path(rehearsal) + "/people")


async def test_what_somebody_at_a_table_sees_is_what_a_member_sees(people: People) -> None:
    workshop = await people.workshop(plan=await plan(people))
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    async with host.live("facilitator", rehearsal.code) as desk:
        await desk.ask("stage.open", stage="matrix-alone")
        await host.post(path(rehearsal) + "/people", {"pace": "quick"})
        await desk.until(lambda rows: len(rows.of("note")) >= 6)
        # The same browser, which is host already, sits down at a table.
        await host.join(rehearsal.code, group="g2")
        async with host.live("participant", rehearsal.code) as phone:
            assert phone.welcome["you"]["group"] == "g2"
            assert phone.rows.texts() == []
            assert phone.rows.of("origin") == []
            await phone.ask("note.add", id=new_id(), zone="matrix.social", text="Mine alone")
            await phone.until(lambda rows: rows.texts() == ["Mine alone"])


async def test_leaving_deletes_it_whole_and_sends_everybody_out(people: People, house: Running) -> None:
    workshop = await people.workshop(title=CANARY, plan=await plan(people, aim=CANARY))
    host = await people.host(workshop)
    rehearsal = await rehearsal_of(workshop, host)
    word = f"rehearsed-{CANARY}"
    ann = await people.phone(rehearsal, "g1", name=word)
    async with (
        host.live("facilitator", rehearsal.code) as desk,
        host.live("wall", rehearsal.code) as wall,
        ann.live() as phone,
    ):
        await desk.ask("stage.open", stage="matrix-alone")
        await host.post(path(rehearsal) + "/people", {"pace": "quick"})
        await phone.ask("note.add", id=new_id(), zone="matrix.social", text=word)
        await desk.ask("theme.make", id=new_id(), title=f"{word} pile")
        await desk.until(lambda rows: len(rows.of("note")) > 2)
        assert f"pretend people of {rehearsal.code}" in house.run(_tasks())
        assert files_with(word, house.folder), "the search has to find what is there"
        copied = house.folder.parent / f"{rehearsal.code}.sqlite"
        assert backup(house.settings, copied) == 0
        began = time.monotonic()
        left = await host.call("DELETE", path(rehearsal))
        assert left == {"url": f"/s/{workshop.code}/facilitate"}
        for seat in (desk, wall, phone):
            assert (await seat.end())["code"] == "session.deleted"
        assert time.monotonic() - began < 2
    assert files_with(word, house.folder) == []
    assert files_with(f"Rehearsal: {CANARY}", house.folder) == []
    assert files_with(word, copied.parent) == [], "a copy has none of it, not even one taken meanwhile"
    assert files_with(CANARY, house.folder), "the workshop itself is untouched"
    after = copied.with_name(f"{rehearsal.code}-after.sqlite")
    assert backup(house.settings, after) == 0
    assert files_with(word, after.parent) == []
    assert read_through(after, after)
    for browser in (host, ann):
        with pytest.raises(Refusal) as refused:
            await browser.get(f"/api/sessions/{rehearsal.code}/changes", hello="1", **{"as": "facilitator"})
        assert refused.value.code == "code.unknown"
    assert f"pretend people of {rehearsal.code}" not in house.run(_tasks())


async def _tasks() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}


async def test_a_rehearsal_is_among_my_sessions_only_to_be_left(people: People) -> None:
    workshop = await people.workshop(title="Wednesday")
    organiser = await people.organiser()
    rehearsal = await rehearsal_of(workshop, organiser)
    page = (await organiser.http.get("/sessions")).text
    assert page.count(f'data-code="{rehearsal.code}"') == 1
    assert page.index("Rehearsal: Wednesday") < page.index(">Wednesday<")
    await organiser.call("DELETE", path(rehearsal))
    assert "Rehearsal: Wednesday" not in (await organiser.http.get("/sessions")).text


@pytest.fixture
def later() -> list[int]:
    return [0]


@pytest.fixture
def own_house(tmp_path: Path, later: list[int]) -> Iterator[Running]:
    """A server whose clock can be put on."""
    with running(tmp_path / "data", lambda: time.time_ns() // 1_000_000 + later[0]) as server:
        yield server


async def test_a_rehearsal_that_is_walked_away_from_is_gone_within_twelve_hours(
    own_house: Running, later: list[int]
) -> None:
    async with People(own_house.origin, KEY) as people:
        workshop = await people.workshop()
        host = await people.host(workshop)
        rehearsal = await rehearsal_of(workshop, host)
        phone = await people.phone(rehearsal, "g1")
        await phone.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": CANARY})
        assert files_with(CANARY, own_house.folder)
        later[0] = 11 * HOUR_MS - 60_000
        assert own_house.run(own_house.house.lobby.sweep()) == []
        later[0] = 11 * HOUR_MS + 60_000
        assert len(own_house.run(own_house.house.lobby.sweep())) == 1
        assert files_with(CANARY, own_house.folder) == []
        assert (await rehearsal_of(workshop, host)).code != rehearsal.code, "and another can be opened"


async def test_there_are_never_more_than_the_server_bears(
    own_house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with People(own_house.origin, KEY) as people:
        organiser = await people.organiser()
        whole = await plan(people, expected=crowds.MOST)
        rooms = [await rehearsal_of(await people.workshop(plan=whole), organiser) for _ in range(3)]
        for room in rooms[: crowds.MOST_IN_ALL // crowds.MOST]:
            await organiser.post(path(room) + "/people", {"pace": "quick"})
        with pytest.raises(Refusal) as refused:
            await organiser.post(path(rooms[-1]) + "/people", {})
        assert (refused.value.status, refused.value.code) == (503, "rehearsal.crowded")
        monkeypatch.setattr(rehearsing, "BUSY_SEATS", -1)
        with pytest.raises(Refusal) as refused:
            await organiser.post(path(await rehearsal_of(await people.workshop(), organiser)) + "/people", {})
        assert refused.value.code == "rehearsal.crowded", "real devices come first"
        for _ in range(8):
            await rehearsal_of(await people.workshop(), organiser)
        with pytest.raises(Refusal) as refused:
            await organiser.get(path(rooms[0]))
        assert refused.value.code == "code.unknown", "the oldest that nobody looked at made room"
        began = time.monotonic()
        own_house.stop()
        assert time.monotonic() - began < 8, "pretend people hold up no end"


async def test_a_copy_put_back_brings_no_rehearsal_with_it(own_house: Running, tmp_path: Path) -> None:
    async with People(own_house.origin, KEY) as people:
        workshop = await people.workshop()
        rehearsal = await rehearsal_of(workshop, await people.host(workshop))
        phone = await people.phone(rehearsal, "g1")
        await phone.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": CANARY})
        assert backup(own_house.settings, tmp_path / "copy.sqlite") == 0
    own_house.stop()
    held = put_back(tmp_path / "copy.sqlite", own_house.folder / DATABASE, 0).held
    assert held.sessions == 1
    assert files_with(CANARY, tmp_path / "copy.sqlite") == []


@pytest.mark.parametrize(
    ("host", "public_url"),
    [("0.0.0.0", "https://rooms.example.org"), ("127.0.0.2", ""), ("::1", "")],
    ids=["behind TLS", "one address alone", "IPv6"],
)
async def test_pretend_people_find_the_server_wherever_it_listens(
    tmp_path: Path, host: str, public_url: str
) -> None:
    with running(tmp_path / "data", host=host, public_url=public_url) as server:
        _, code = server.run(open_session(server.house, NewSession(plan="blank", title="Here")))
        here = doorstep(host, server.settings.port)
        async with await PretendPhone.join(here, code, None) as phone:
            assert await phone.write(Writing(0, new_id(), "ideas.ideas", "Found it"))
        with pytest.raises(TurnedAway):
            await PretendPhone.join(here, "BBBBBBBBB", None)


@pytest.mark.parametrize("id", sorted(Shelf.read().plans))
def test_there_is_something_to_write_in_every_plan(id: str) -> None:
    plan = Shelf.read().plans[id]
    zones = {f"{board.id}.{zone.id}" for board in plan.boards for zone in board.zones}
    sayings = Sayings(plan, random.Random(1))
    for stage in plan.stages:
        if stage.manner is PhoneManner.WRITE and stage.boards:
            said = [sayings.one(stage) for _ in range(200)]
            assert {zone for zone, _ in said} == {
                each for each in zones if each.split(".")[0] in stage.boards
            }
            assert all(0 < len(text) <= 280 for _, text in said)
            first = [text for zone, text in said if zone == said[0][0]]
            assert len(set(first[:4])) == len(first[:4]), "no line comes again before the others came"
