"""Every route, as each of five people, in their own room and in another: no more than they may."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx
import pytest
from starlette.routing import Mount

from app.main import create_app
from app.settings import Settings
from tests.app.client import Browser, People, Refusal, Workshop, new_id

EVERYBODY = ("nobody", "participant", "wall", "facilitator", "organiser")
HOSTS = ("facilitator", "organiser")
SCREENS = ("wall", *HOSTS)
PEOPLE = ("participant",)
WITHIN = ("participant", *SCREENS)
READING = ("GET", "LIVE")
MISSING = (401, "grant.missing")
NO_REHEARSAL = (404, "rehearsal.unknown")
TO_START, TO_JOIN = (303, "/start"), (303, "/j/{code}")


class Case(NamedTuple):
    """One request: who may make it, and what everybody else is told."""

    method: str
    path: str
    may: tuple[str, ...]
    body: Any = None
    query: str = ""
    told: tuple[int, str] = MISSING

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}{self.query}"


def asking(type: str, **fields: Any) -> dict[str, Any]:
    return {"asks": [{"key": new_id(), "ask": {"type": type, **fields}}]}


SESSION = "/api/sessions/{code}"
CASES = [
    Case("GET", "/", EVERYBODY),
    Case("GET", "/j", EVERYBODY),
    Case("GET", "/start", EVERYBODY),
    Case("GET", "/sessions", ("organiser",), told=TO_START),
    Case("GET", "/healthz", EVERYBODY),
    Case("GET", "/readyz", EVERYBODY),
    Case("GET", "/j/{code}", EVERYBODY),
    Case("GET", "/s/{code}", PEOPLE, told=TO_JOIN),
    Case("GET", "/s/{code}/wall", EVERYBODY),
    Case("GET", "/s/{code}/facilitate", EVERYBODY),
    Case("GET", "/s/{code}/sort", EVERYBODY),
    Case("GET", "/s/{code}/qr.svg", EVERYBODY),
    Case("GET", "/s/{code}/list", WITHIN),
    Case("GET", "/s/{code}/list.{kind}", WITHIN),
    Case("GET", "/s/{code}/log.jsonl", HOSTS),
    Case("GET", "/s/{code}/record", ("organiser",)),
    Case("GET", "/s/{code}/record.csv", ("organiser",)),
    Case("POST", "/api/enter", (), {"secret": "no such secret"}, told=(401, "secret.unknown")),
    Case("POST", "/api/pair", EVERYBODY),
    Case("GET", "/api/pair", WITHIN, told=(404, "letters.unknown")),
    Case("POST", "/api/sessions", ("organiser",), {"plan": "blank", "title": "Another"}),
    Case("POST", f"{SESSION}/pair", HOSTS, {"letters": "{letters}"}),
    Case("POST", f"{SESSION}/pack", HOSTS, {"parts": ["dots"]}),
    Case("GET", f"{SESSION}/screens", HOSTS),
    Case("DELETE", f"{SESSION}/screens/{{screen}}", HOSTS),
    Case("POST", f"{SESSION}/links", HOSTS, {"role": "wall", "label": "Kim"}),
    Case("GET", f"{SESSION}/links", HOSTS),
    Case("DELETE", f"{SESSION}/links/{{link}}", HOSTS),
    Case("POST", f"{SESSION}/asks", PEOPLE, asking("note.take_back", id=new_id()), "?as=participant"),
    Case("POST", f"{SESSION}/asks", SCREENS, asking("wall.blank", on=False), "?as=wall"),
    Case("POST", f"{SESSION}/asks", HOSTS, asking("wall.blank", on=False), "?as=facilitator"),
    Case("GET", f"{SESSION}/changes", PEOPLE, query="?as=participant"),
    Case("GET", f"{SESSION}/changes", SCREENS, query="?as=wall"),
    Case("GET", f"{SESSION}/changes", HOSTS, query="?as=facilitator"),
    Case("GET", f"{SESSION}/changes", HOSTS, query="?as=facilitator&hello=1"),
    Case("LIVE", "/live/{code}", PEOPLE, query="participant"),
    Case("LIVE", "/live/{code}", SCREENS, query="wall"),
    Case("LIVE", "/live/{code}", HOSTS, query="facilitator"),
    Case("POST", f"{SESSION}/rehearsal", HOSTS),
    # These are of a workshop, and it is no rehearsal.
    Case("GET", f"{SESSION}/rehearsal", (), told=NO_REHEARSAL),
    Case("DELETE", f"{SESSION}/rehearsal", (), told=NO_REHEARSAL),
    Case("POST", f"{SESSION}/rehearsal/people", (), {"pace": "calm"}, told=NO_REHEARSAL),
    Case("DELETE", f"{SESSION}/rehearsal/people", (), told=NO_REHEARSAL),
    Case("GET", f"{SESSION}/suggestions", HOSTS),
    Case("GET", f"{SESSION}/suggestions", HOSTS, query="?as=presenter"),
    Case("GET", f"{SESSION}/suggestions/essentials", HOSTS),
    Case("GET", f"{SESSION}/piles", PEOPLE, query="?note=any"),
    Case("PATCH", f"{SESSION}/me", PEOPLE, {"group": "g1"}),
    Case("POST", f"{SESSION}/next", PEOPLE),
    Case("POST", f"{SESSION}/leave", PEOPLE),
    Case("GET", f"{SESSION}/code", SCREENS),
    Case("POST", f"{SESSION}/code", HOSTS),
    Case("POST", f"{SESSION}/close", HOSTS),
    Case("POST", f"{SESSION}/reopen", HOSTS),
    # From here on everybody has a cookie.
    Case("GET", "/wall", EVERYBODY),
    Case("POST", f"{SESSION}/join", EVERYBODY, {}),
    Case("DELETE", SESSION, ("organiser",)),
]


def routes() -> set[tuple[str, str]]:
    """Every route of the application; a socket's method is LIVE."""

    def under(listed: Any) -> Any:
        for route in listed:
            if hasattr(route, "original_router"):
                yield from under(route.original_router.routes)
            elif isinstance(route, Mount):
                # Our own files, the same for everybody.
                assert route.path.startswith("/static/")
            else:
                for method in getattr(route, "methods", None) or ("LIVE",):
                    yield method, route.path

    return set(under(create_app(Settings()).routes))


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    assert {(case.method, case.path) for case in CASES} == routes()


@dataclass
class Room:
    workshop: Workshop
    word: str
    """In every note, pile and line of this room and nowhere else."""

    host: Browser


@dataclass
class Rooms:
    """Five people with their place in `own`, and none in `other`."""

    own: Room
    other: Room
    browsers: dict[str, Browser] = field(default_factory=dict)


async def written(people: People, word: str) -> Room:
    """A room with a shown note, a private one, a held one, a pile and a line."""
    workshop = await people.workshop()
    phone, host = await people.phone(workshop, "g1", name=f"{word} Smith"), await people.host(workshop)
    notes = {name: new_id() for name in ("shown", "private", "held")}
    zones = {"shown": "matrix.social", "held": "matrix.social", "private": "utopia.see"}
    pile = new_id()
    await phone.asks(
        *[{"type": "note.add", "id": notes[n], "zone": zones[n], "text": f"{word} {n}"} for n in notes]
    )
    await host.asks(
        {"type": "note.hide", "id": notes["held"]},
        {"type": "theme.make", "id": pile, "title": f"{word} pile"},
        {"type": "notes.place", "notes": [notes["shown"]], "theme": pile},
        {"type": "item.make", "id": new_id(), "text": f"{word} line", "theme": pile},
        {"type": "stage.open", "stage": "matrix-together"},
        {"type": "stage.open", "stage": "list"},
        role="facilitator",
    )
    return Room(workshop, word, host)


@pytest.fixture
async def rooms(people: People) -> Rooms:
    own, other = await asyncio.gather(written(people, "heron"), written(people, "bittern"))
    rooms = Rooms(own, other)
    rooms.browsers = {
        "nobody": people.browser(),
        "participant": await people.phone(own.workshop, "g1"),
        "wall": await people.wall(own.workshop),
        "facilitator": await people.host(own.workshop),
        "organiser": await people.organiser(),
    }
    return rooms


async def ask(case: Case, browser: Browser, room: Room, people: People) -> tuple[int, str, str]:
    """The status, the code of a refusal or the place of a redirect, and all that was said."""
    code = room.workshop.code
    if case.method == "LIVE":
        try:
            async with browser.live(case.query, code) as seat:
                return 200, "", json.dumps(seat.heard)
        except Refusal as refused:
            return {4401: 401, 4404: 404}[refused.said["close"]], refused.code, json.dumps(refused.said)
    letters = link = screen = ""
    if "{letters}" in str(case.body):
        letters = (await people.browser().post("/api/pair"))["letters"]
    if "{link}" in case.path:
        link = (await room.host.post(f"/api/sessions/{code}/links", {"role": "wall"}))["id"]
    if "{screen}" in case.path:
        await people.wall(room.workshop)
        screen = (await room.host.http.get(f"/api/sessions/{code}/screens")).json()[-1]["id"]
    body = None if case.body is None else json.loads(json.dumps(case.body).replace("{letters}", letters))
    path = case.path.format(code=code, kind="csv", link=link, screen=screen) + case.query
    answer: httpx.Response = await browser.http.request(case.method, path, json=body)
    said = answer.json().get("code", "") if answer.is_error else answer.headers.get("location", "")
    return answer.status_code, said, answer.text


async def test_nobody_reads_what_they_may_not(people: People, rooms: Rooms) -> None:
    for case in CASES:
        if case.method in READING:
            await as_everybody(case, people, rooms)


DOING = [case for case in CASES if case.method not in READING]


@pytest.mark.parametrize("case", DOING, ids=lambda case: case.name)
async def test_nobody_does_what_they_may_not(case: Case, people: People, rooms: Rooms) -> None:
    await as_everybody(case, people, rooms)


async def as_everybody(case: Case, people: People, rooms: Rooms) -> None:
    for who, browser in rooms.browsers.items():
        for room, within in ((rooms.other, who in ("nobody", "organiser")), (rooms.own, True)):
            # A place in one room is none in another; whoever needs no place has it everywhere.
            may = who in case.may and (within or case.may == EVERYBODY or "{code}" not in case.path)
            status, said, text = await ask(case, browser, room, people)
            where = f"{case.name}: {who} in {'their own' if room is rooms.own else 'the other'} room"
            if may:
                assert status in (200, 201, 204), (where, status, text)
            else:
                told = (case.told[0], case.told[1].format(code=room.workshop.code))
                assert (status, said) == told, where
                assert room.word not in text, where
            other = rooms.other if room is rooms.own else rooms.own
            assert other.word not in text, where


async def test_nothing_of_another_room_is_in_any_frame_or_file(people: People, rooms: Rooms) -> None:
    own, other = rooms.own, rooms.other
    code = own.workshop.code
    host = rooms.browsers["facilitator"]
    seats = [
        ("participant", "participant"),
        ("wall", "wall"),
        ("facilitator", "facilitator"),
        ("organiser", "wall"),
    ]
    said: dict[str, str] = {}
    async with (await people.host(other.workshop)).live("facilitator") as desk:
        for who, role in seats:
            browser = rooms.browsers[who]
            async with browser.live(role, code) as live, browser.plain(role, code) as plain:
                # Both rooms are busy while this one listens.
                await desk.ask("theme.make", id=new_id(), title=f"{other.word} again")
                async with host.live("facilitator") as own_desk:
                    done = await own_desk.ask("timer.set", seconds=60)
                await live.knows(done["seq"])
                await plain.knows(done["seq"])
                said[f"{who} as {role}"] = json.dumps([live.heard, plain.heard])
    for who in ("participant", "wall", "facilitator", "organiser"):
        for kind in ("csv", "md", "json"):
            said[f"{who}'s {kind}"] = (await rooms.browsers[who].http.get(f"/s/{code}/list.{kind}")).text
        said[f"{who}'s list"] = (await rooms.browsers[who].http.get(f"/s/{code}/list")).text
    for who, text in said.items():
        assert f"{own.word} shown" in text, who
        assert other.word not in text, who
        is_host = who.startswith(("facilitator", "organiser'"))
        assert (f"{own.word} private" in text) == (f"{own.word} held" in text) == is_host, who
        assert "Smith" not in text, who


async def test_plans_scripts_and_must_haves_to_come_are_for_hosts(people: People) -> None:
    workshop = await people.workshop()
    assert '"plans": []' in (await people.browser().http.get("/start")).text
    phone, host = await people.phone(workshop), await people.host(workshop)
    async with phone.live() as seat, host.live("facilitator") as desk:
        plans = seat.welcome["session"]["plan"], desk.welcome["session"]["plan"]
        assert [bool(plan["essentials"]) for plan in plans] == [False, True]
        assert seat.rows.of("essential") == [] != desk.rows.of("essential")
        assert seat.rows.of("origin") == []
