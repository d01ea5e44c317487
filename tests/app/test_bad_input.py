"""Bad input: a stable code, one plain sentence, nothing stored, and the line stays open for the next."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from app.wording import words
from tests.app.client import Browser, Live, People, Refusal, Workshop, new_id
from tests.app.running import Running

SENTENCES = words()
ID = "AAAAAAAAAAAAAAAAAAAAAA"
BIG = 2**53


def frame(**ask: Any) -> dict[str, Any]:
    return {"type": "ask", "key": new_id(), "ask": ask}


def note(text: str = "walk", **more: Any) -> dict[str, Any]:
    return {"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": text, **more}


def is_a_sentence(code: str, message: str) -> bool:
    """The one of our sentences that belongs to this code, with its numbers filled in."""
    filled = not re.search(r"\{[a-z_]+\}", message)
    return SENTENCES.has(f"refused.{code}") and filled and message.endswith(".")


@pytest.fixture
async def workshop(people: People) -> Workshop:
    return await people.workshop()


@pytest.fixture
async def ann(people: People, workshop: Workshop) -> Browser:
    return await people.phone(workshop, "g1")


@pytest.fixture
async def seat(ann: Browser) -> AsyncIterator[Live]:
    async with ann.live() as seat:
        yield seat


def facts(house: Running, workshop: Workshop) -> int:
    """How many facts the log of a session has."""

    async def count() -> int:
        session = await house.house.register.session_of_code(workshop.code)
        assert session is not None
        return len(await house.house.log.after(session.id, 0))

    return house.run(count())


BEGINNINGS: dict[str, tuple[Any, str, int]] = {
    "an ask": (frame(**note()), "frame.out_of_place", 1012),
    "a beat": ({"type": "beat", "seen": 0}, "frame.out_of_place", 1012),
    "no JSON": ("hello", "frame.not_json", 1012),
    "nothing": ("", "frame.not_json", 1012),
    "bytes": (b'{"type":"hello","protocol":1,"as":"wall"}', "frame.binary", 1003),
    "no protocol": ({"type": "hello", "as": "participant"}, "frame.misshapen", 1012),
    "another protocol": ({"type": "hello", "protocol": 2, "as": "participant"}, "protocol.other", 1012),
    "a role of one's own": ({"type": "hello", "protocol": 1, "as": "admin"}, "frame.misshapen", 1012),
    "a negative seq": ({"type": "hello", "protocol": 1, "as": "wall", "since": -1}, "frame.misshapen", 1012),
    "a seq beyond numbers": (
        {"type": "hello", "protocol": 1, "as": "wall", "since": BIG},
        "frame.misshapen",
        1012,
    ),
    "a field too many": (
        {"type": "hello", "protocol": 1, "as": "participant", "approved": True},
        "frame.misshapen",
        1012,
    ),
    "a place one has not": ({"type": "hello", "protocol": 1, "as": "facilitator"}, "grant.missing", 4401),
}


@pytest.mark.parametrize(("first", "code", "close"), BEGINNINGS.values(), ids=BEGINNINGS)
async def test_a_socket_that_begins_badly_is_told_why_and_closed(
    ann: Browser, first: Any, code: str, close: int
) -> None:
    async with ann.socket() as socket:
        await socket.send(first)
        going = await socket.end()
        assert (going.get("code"), going["close"]) == (code, close)
        assert is_a_sentence(code, going["message"])


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "{here}.evil.example"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": ""},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
    ids=["foreign", "null", "a longer name", "another port", "none", "a forged host"],
)
async def test_a_socket_from_elsewhere_is_not_opened(ann: Browser, headers: dict[str, str]) -> None:
    said = {"Origin": ann.origin, "Cookie": ann.cookie} | headers
    if said["Origin"].startswith("{here}"):
        said["Origin"] = said["Origin"].format(here=ann.origin)
    with pytest.raises(InvalidStatus) as refused:
        async with ann.socket(**said):
            pass
    assert refused.value.response.status_code == 403


STRANGERS: dict[str, dict[str, Any]] = {
    "no cookie": {"Cookie": ""},
    "a cookie of nobody": {"Cookie": "eutopia=" + "A" * 43},
    "a cut cookie": {"Cookie": "{cut}"},
    "the link's secret as a cookie": {"Cookie": "eutopia={secret}"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
async def test_a_socket_of_a_stranger_is_closed(
    ann: Browser, workshop: Workshop, headers: dict[str, str]
) -> None:
    cookie = headers["Cookie"].format(cut=ann.cookie[:-1], secret=workshop.secret)
    async with ann.socket(Origin=ann.origin, Cookie=cookie) as socket:
        await socket.send({"type": "hello", "protocol": 1, "as": "participant"})
        going = await socket.end()
        assert (going["code"], going["close"]) == ("grant.missing", 4401)


async def test_a_place_in_another_room_is_no_place(people: People, ann: Browser) -> None:
    other = await people.workshop()
    with pytest.raises(Refusal, match="not in this workshop"):
        async with ann.live(code=other.code):
            pass
    with pytest.raises(Refusal, match="not in this workshop"):
        async with people.browser().live(code=other.code, ticket=ann.me["ticket"]):
            pass


FRAMES: dict[str, tuple[Any, str]] = {
    "20 an unknown type": ({"type": "fly"}, "frame.misshapen"),
    "20 no type": ({"key": ID}, "frame.misshapen"),
    "20 a second hello": ({"type": "hello", "protocol": 1, "as": "participant"}, "frame.out_of_place"),
    "20 an unknown ask": (frame(type="note.fly", id=ID), "frame.misshapen"),
    "20 no object": ("[1]", "frame.misshapen"),
    "20 a number": ("7", "frame.misshapen"),
    "20 no JSON": ("note.add", "frame.not_json"),
    "20 half": ('{"type":"ask","key":', "frame.not_json"),
    "25 nested lists": ("[" * 60_000, "frame.misshapen"),
    "25 nested objects": ('{"type":' * 8_000, "frame.not_json"),
    "26 a number of 5,000 digits": ('{"type":"beat","seen":' + "9" * 5_000 + "}", "frame.misshapen"),
    "26 a huge power": ('{"type":"beat","seen":1e999}', "frame.misshapen"),
    "28 a role": (frame(**note(role="facilitator")), "frame.misshapen"),
    "28 a seq": (frame(**note(seq=1)), "frame.misshapen"),
    "28 an author": (frame(**note(author=ID)), "frame.misshapen"),
    "28 an approval": (frame(**note()) | {"approved": True}, "frame.misshapen"),
    "29 __proto__": (frame(**note(__proto__={"admin": True})), "frame.misshapen"),
    "29 constructor": (frame(**note()) | {"constructor": {}}, "frame.misshapen"),
    "30 no key": ({"type": "ask", "ask": note()}, "frame.misshapen"),
    "30 an empty key": (frame(**note()) | {"key": ""}, "frame.misshapen"),
    "30 a short key": (frame(**note()) | {"key": "A" * 21}, "frame.misshapen"),
    "30 a long key": (frame(**note()) | {"key": "A" * 23}, "frame.misshapen"),
    "30 a key with a path": (frame(**note()) | {"key": "../" + "A" * 19}, "frame.misshapen"),
    "30 a key that is a number": (frame(**note()) | {"key": 7}, "frame.misshapen"),
    "30 a key with a line end": (frame(**note()) | {"key": "A" * 22 + "\n"}, "frame.misshapen"),
    "33 a negative beat": ({"type": "beat", "seen": -1}, "frame.misshapen"),
    "33 a beat beyond numbers": ({"type": "beat", "seen": BIG}, "frame.misshapen"),
    "34 a done": ({"type": "done", "key": ID, "seq": 1, "mark": ""}, "frame.misshapen"),
    "34 a refusal": ({"type": "refused", "key": ID, "code": "x", "message": "x"}, "frame.misshapen"),
    "34 a change": ({"type": "change", "from": 0, "to": 9, "put": [], "drop": []}, "frame.misshapen"),
    "35 a note that never was": (frame(type="note.edit", id=ID, text="walk"), "note.gone"),
    "35 a zone that never was": (frame(**note() | {"zone": "matrix.nowhere"}), "zone.unknown"),
    "35 a zone that is none": (frame(**note() | {"zone": "matrix/social"}), "frame.misshapen"),
    "35 the host's work": (frame(type="stage.open", stage="list"), "role.cannot"),
    "39 nothing": (frame(**note("")), "text.empty"),
    "39 spaces": (frame(**note(" \n\t ")), "text.empty"),
    "39 a space of no width": (frame(**note("\u200b")), "text.empty"),
    "39 fillers": (frame(**note("\u3164\u2800")), "text.empty"),
    "40 281 letters": (frame(**note("ö" * 281)), "text.too_long"),
    "40 many bytes": (frame(**note("a" + "\u0301" * 2_000)), "text.too_big"),
    "40 31 lines": (frame(**note("\n".join("abcdefghijklmnopqrstuvwxyzabcde"))), "text.too_many_lines"),
    "40 more than any text": (frame(**note("a" * 20_001)), "frame.misshapen"),
    "41 a NUL": (frame(**note("walk\0run")), "text.nul"),
    "41 half a letter": (f'{{"type":"ask","key":"{ID}","ask":{{"type":"note.add","id":"{ID}",'
                         '"zone":"matrix.social","text":"\\ud800"}}', "frame.not_json"),
    "69 a clock of a year": (frame(type="timer.set", seconds=10**9), "frame.misshapen"),
    "69 a clock of less than nothing": (frame(type="timer.set", seconds=-1), "frame.misshapen"),
    "69 a clock of a word": (frame(type="timer.set", seconds="long"), "frame.misshapen"),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "code"), FRAMES.values(), ids=FRAMES)
async def test_a_bad_frame_is_refused_and_the_next_one_is_not(
    house: Running, workshop: Workshop, seat: Live, bad: Any, code: str
) -> None:
    await seat.send(bad)
    refused = await seat.hear("refused")
    assert refused["code"] == code
    assert is_a_sentence(code, refused["message"])
    if isinstance(bad, dict) and isinstance(bad.get("key"), str) and len(bad["key"]) == 22:
        assert refused["key"] == bad["key"]
    assert facts(house, workshop) == 0
    assert (await seat.ask(**note("and now a good one")))["seq"] == 1


@pytest.mark.parametrize(("bad", "code"), [each for each in FRAMES.values() if "frame." not in each[1]])
async def test_over_plain_http_it_is_refused_alike(ann: Browser, bad: Any, code: str) -> None:
    (reply,) = await ann.post_asks([{"key": bad["key"], "ask": bad["ask"]}], ann.code, "participant")
    assert (reply["type"], reply["code"], reply["key"]) == ("refused", code, bad["key"])
    assert is_a_sentence(code, reply["message"])


async def test_a_note_that_is_too_long_is_told_by_how_much(seat: Live) -> None:
    with pytest.raises(Refusal, match="That is 3 too many letters"):
        await seat.ask(**note("👩🏾‍🦽" * 70 + "ööö"))
    await seat.ask(**note("👩🏾‍🦽" * 70))
    await seat.ask(**note("o\u0308" * 280))


async def test_the_note_of_another_is_answered_like_one_that_is_not_there(
    people: People, workshop: Workshop, seat: Live
) -> None:
    other = await people.workshop()
    bob, stranger = await people.phone(workshop, "g1"), await people.phone(other, "g1")
    notes = {}
    for who, browser in (("a neighbour", bob), ("somebody elsewhere", stranger)):
        notes[who] = new_id()
        await browser.asks({**note(), "id": notes[who]})
    notes["taken back"] = (mine := note())["id"]
    await seat.ask(**mine)
    await seat.ask("note.take_back", id=mine["id"])
    notes["nobody"] = new_id()
    said = set()
    for who, id in notes.items():
        for ask in (
            {"type": "note.edit", "id": id, "text": "mine now"},
            {"type": "note.move", "id": id, "zone": "matrix.individual"},
            {"type": "note.take_back", "id": id},
            {"type": "note.put_back", "id": id}
            if who != "taken back"
            else {"type": "note.take_back", "id": id},
        ):
            with pytest.raises(Refusal) as refused:
                await seat.ask(**ask)
            said.add((refused.value.code, refused.value.message))
    assert said == {("note.gone", "That note is not there any more.")}


async def test_a_key_that_is_sent_a_thousand_times_is_one_note(
    house: Running, workshop: Workshop, seat: Live, people: People
) -> None:
    key, ask = new_id(), note()
    replies = {json.dumps(await seat.ask(key=key, **ask)) for _ in range(200)}
    for _ in range(800):
        await seat.send({"type": "ask", "key": key, "ask": ask})
    while len(done := [frame for frame in seat.heard if frame["type"] == "done"]) < 1_000:
        await seat.hear("done")
    assert replies == {json.dumps(frame) for frame in done}
    assert facts(house, workshop) == 1
    with pytest.raises(Refusal) as refused:
        await seat.ask(key=key, **ask | {"text": "other words"})
    assert refused.value.code == "key.reused"
    # The key of somebody else is a key like any other.
    await (await people.phone(workshop)).asks(note())
    assert facts(house, workshop) == 2


TEXTS = {
    "41 controls": ("a\x0bb\x0cc\x85d\x07e\x9bf\ufffeg", "a b c\ndefg"),
    "43 NFD": ("cafe\u0301", "café"),
    "45 a family": ("👨‍👩‍👧‍👦" * 25, "👨‍👩‍👧‍👦" * 25),
    "45 the flag of Wales": ("🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru"),
    "45 stacked marks": ("z" + "\u0301" * 500, "ź" + "\u0301" * 7),
    "46 Welsh, Polish, Urdu, Chinese, astral": ("ŵŷ żółć اردو 走路 𠀀", "ŵŷ żółć اردو 走路 𠀀"),
    "47 a script": (
        "<script>alert(1)</script>\u2028<img onerror=x>",
        "<script>alert(1)</script>\n<img onerror=x>",
    ),
    "48 templates": ("{{7*7}} {% include x %} ${7*7} %s%n #{x}", "{{7*7}} {% include x %} ${7*7} %s%n #{x}"),
    "49 links": ("javascript:alert(1) http://evil.example", "javascript:alert(1) http://evil.example"),
    "50 a formula": ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
    "51 separators": ('a "b", c; d\r\ne', 'a "b", c; d\ne'),
    "70 SQL and shell": (
        "'; DROP TABLE facts; -- $(reboot) ../../etc",
        "'; DROP TABLE facts; -- $(reboot) ../../etc",
    ),
}


@pytest.mark.parametrize(("typed", "kept"), TEXTS.values(), ids=TEXTS)
async def test_words_are_kept_and_told_as_they_were_typed(
    people: People, workshop: Workshop, seat: Live, typed: str, kept: str
) -> None:
    await seat.ask(**note(typed))
    await seat.until(lambda rows: rows.texts() == [kept])
    async with (await people.host(workshop)).plain("facilitator") as desk:
        assert desk.rows.texts() == [kept]


async def test_a_frame_that_is_too_long_ends_the_socket_and_the_next_one_opens(ann: Browser) -> None:
    async with ann.live() as seat:
        await seat.send(json.dumps(frame(**note("a" * 70_000))))
        assert (await seat.end())["close"] == 1009
    async with ann.live() as seat:
        await seat.ask(**note())


async def test_bytes_end_the_socket(seat: Live) -> None:
    await seat.send(b"\x00\x01")
    going = await seat.end()
    assert (going["code"], going["close"]) == ("frame.binary", 1003)


async def test_a_socket_that_makes_no_sense_for_long_is_ended(seat: Live) -> None:
    for _ in range(20):
        await seat.send("nonsense")
    going = await seat.end()
    assert (going["code"], going["close"]) == ("frame.too_many", 1008)


BODIES: dict[str, tuple[Any, int, str]] = {
    "no JSON": ("asks", 400, "frame.not_json"),
    "nothing": ("", 400, "frame.not_json"),
    "no asks": ("{}", 400, "frame.misshapen"),
    "half a letter": (b"\xff", 400, "frame.not_json"),
    "nested lists": ("[" * 200_000, 400, "frame.misshapen"),
    "nested objects": ('{"asks":' * 20_000, 400, "frame.misshapen"),
    "a field too many": ('{"asks":[],"role":"facilitator"}', 400, "frame.misshapen"),
    "65 asks": (json.dumps({"asks": [{"key": ID, "ask": note()}] * 65}), 413, "request.too_big"),
    "more than is taken": ("a" * (256 * 1024 + 1), 413, "request.too_big"),
}


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES)
async def test_a_bad_body_of_asks_is_refused_whole(
    house: Running, workshop: Workshop, ann: Browser, body: Any, status: int, code: str
) -> None:
    answer = await ann.http.post(f"/api/sessions/{workshop.code}/asks", content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert is_a_sentence(code, answer.json()["message"])
    assert facts(house, workshop) == 0


async def test_a_body_that_comes_in_pieces_is_measured_too(workshop: Workshop, ann: Browser) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"a" * 10_000

    answer = await ann.http.post(f"/api/sessions/{workshop.code}/asks", content=pieces())
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_big")
    answer = await ann.http.post(f"/api/sessions/{workshop.code}/join", content=pieces())
    assert answer.status_code in (413, 422)


SESSIONS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no title": ({"title": ""}, 422, "request.misshapen"),
    "a title of nothing": ({"title": "\u200b"}, 409, "text.empty"),
    "a title with a NUL": ({"title": "a\0b"}, 409, "text.nul"),
    "a long title": ({"title": "a" * 121}, 422, "request.misshapen"),
    "kept for no day": ({"keep_days": 0}, 422, "request.misshapen"),
    "kept for less than nothing": ({"keep_days": -1}, 422, "request.misshapen"),
    "kept for ever": ({"keep_days": 10**9}, 422, "request.misshapen"),
    "kept for a word": ({"keep_days": "long"}, 422, "request.misshapen"),
    "no such plan": ({"plan": "../../etc/passwd"}, 404, "plan.unknown"),
    "a plan that is none": ({"plan": {"id": "mine"}}, 422, "plan.misshapen"),
    "a plan with a field of broken letters": ({"plan": {"\ud800": 1}}, 409, "text.broken"),
    "a plan with broken letters": ({"plan": "\ud800"}, 404, "plan.unknown"),
    "a group twice": ({"groups": [{"id": "g1", "name": "a"}, {"id": "g1", "name": "b"}]}, 409, "plan.unfit"),
    "a group with no name": ({"groups": ["\u200b"]}, 409, "text.empty"),
    "a group with a path for an id": ({"groups": [{"id": "../x", "name": "a"}]}, 422, "plan.misshapen"),
    "too many groups": ({"groups": ["a"] * 61}, 422, "request.misshapen"),
    "a language that is a path": ({"language": "../../words"}, 422, "request.misshapen"),
    "a field too many": ({"organiser": "me"}, 422, "request.misshapen"),
}


@pytest.mark.parametrize(("about", "status", "code"), SESSIONS.values(), ids=SESSIONS)
async def test_a_workshop_that_cannot_be_is_not_opened(
    house: Running, people: People, about: dict[str, Any], status: int, code: str
) -> None:
    before = len(house.run(house.house.register.sessions()))
    with pytest.raises(Refusal) as refused:
        await people.workshop(**about)
    assert (refused.value.status, refused.value.code) == (status, code)
    assert is_a_sentence(code, refused.value.message)
    assert len(house.run(house.house.register.sessions())) == before


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "\0", "Europe/"])
async def test_a_time_zone_that_is_none_does_no_harm(people: People, zone: str) -> None:
    workshop = await people.workshop(time_zone=zone)
    assert (await people.browser().http.get(f"/j/{workshop.code}")).status_code == 200


JOINS: dict[str, tuple[Any, int, str]] = {
    "a group of another room": ({"group": "g9"}, 422, "group.unknown"),
    "nobody": ({"people": 0}, 422, "request.misshapen"),
    "a crowd": ({"people": 10**9}, 422, "request.misshapen"),
    "a long name": ({"name": "a" * 81}, 422, "request.misshapen"),
    "a role": ({"role": "facilitator"}, 422, "request.misshapen"),
    "a list": ([], 422, "request.misshapen"),
}


@pytest.mark.parametrize(("about", "status", "code"), JOINS.values(), ids=JOINS)
async def test_a_bad_join_lets_nobody_in(
    people: People, workshop: Workshop, about: Any, status: int, code: str
) -> None:
    browser = people.browser(workshop.code)
    with pytest.raises(Refusal) as refused:
        await browser.post(f"/api/sessions/{workshop.code}/join", about)
    assert (refused.value.status, refused.value.code) == (status, code)
    with pytest.raises(Refusal):
        async with browser.live():
            pass


@pytest.mark.parametrize(
    ("query", "status"),
    [("since=-1", 422), (f"since={BIG}", 422), ("since=x", 422), ("as=admin", 422), ("witness=1", 422),
     (f"witness={'9' * 5_000}-a", 422), (f"view={'a' * 65}", 422)],
)  # fmt: skip
async def test_a_bad_cursor_is_refused(ann: Browser, query: str, status: int) -> None:
    with pytest.raises(Refusal) as refused:
        await ann.get(f"/api/sessions/{ann.code}/changes?{query}")
    assert (refused.value.status, refused.value.code) == (status, "request.misshapen")


async def test_a_code_is_read_in_any_dress(people: People, workshop: Workshop) -> None:
    code = workshop.code
    for typed in (
        code.lower(),
        f"{code[:3]} {code[3:6]} {code[6:]}",
        f"{code[:3]}-{code[3:6].lower()}–{code[6:]}",
    ):
        assert (await people.browser().http.get(f"/j/{typed}")).status_code == 200


WRONG_CODES = [
    "OOOOOOOOO",
    "BCDFGHJK",
    "BCDFGHJKLM",
    "AEIOUAEIO",
    "' OR 1=1 --",
    "%00",
    "B" * 2_000,
    "ßßßß",
    "-",
]


async def test_every_code_that_is_none_gets_the_one_answer(people: People, workshop: Workshop) -> None:
    browser = people.browser(address="127.0.0.58")
    almost = workshop.code[:-1] + ("B" if workshop.code[-1] != "B" else "C")
    said = set()
    for typed in [*WRONG_CODES, almost]:
        answer = await browser.http.get(f"/api/sessions/{typed.replace('/', '')}/changes")
        said.add((answer.status_code, answer.text))
    sentence = SENTENCES.say("refused.code.unknown")
    assert said == {(404, f'{{"code":"code.unknown","message":"{sentence}"}}')}


@pytest.mark.parametrize(
    "path",
    ["/docs", "/redoc", "/openapi.json", "/metrics", "/static/", "/static/../app/main.py",
     "/%2e%2e/etc/passwd", "//evil.example", "/static/..%5c..%5cpyproject.toml", "/nope", "/.env", "/api",
     "/live", "/s", "/%00"],
)  # fmt: skip
async def test_there_is_nothing_behind_other_paths(people: People, path: str) -> None:
    browser = people.browser(address="127.0.0.65")
    answer = await browser.http.get(browser.origin + path)
    assert (answer.status_code, answer.json()["code"]) == (404, "page.unknown")


async def test_the_files_of_the_house_are_not_served(people: People) -> None:
    browser = people.browser()
    page = (await browser.http.get("/")).text
    static = page.partition('"/static/')[2].partition("/")[0]
    for path in ("../main.py", "%2e%2e/main.py", "..%2fmain.py", "%00", "", "js", "js/"):
        answer = await browser.http.get(f"/static/{static}/{path}")
        assert answer.status_code == 404, path


SECRETS = ["", "x", "{secret}x", "{cut}", "{code}", "'; --", "ö" * 100, "{key}x", "\0"]


@pytest.mark.parametrize("secret", SECRETS)
async def test_a_wrong_secret_opens_nothing(people: People, workshop: Workshop, secret: str) -> None:
    tried = secret.format(
        secret=workshop.secret, cut=workshop.secret[:-1], code=workshop.code, key=people.key
    )
    with pytest.raises(Refusal) as refused:
        await people.browser().enter(tried)
    assert (refused.value.status, refused.value.code) in ((401, "secret.unknown"), (422, "request.misshapen"))


async def test_a_secret_opens_nothing_where_it_does_not_belong(people: People, workshop: Workshop) -> None:
    for secret in (workshop.secret, people.key):
        browser = people.browser(workshop.code)
        for where in (f"?secret={secret}", f"?ticket={secret}", f"?key={secret}"):
            answer = await browser.http.get(f"/api/sessions/{workshop.code}/changes{where}&as=facilitator")
            assert answer.status_code == 401
        browser.http.headers["authorization"] = f"Bearer {secret}"
        answer = await browser.http.get(f"/api/sessions/{workshop.code}/changes?as=facilitator")
        assert answer.status_code == 401
        del browser.http.headers["authorization"]
        browser.http.cookies.set("eutopia", secret)
        answer = await browser.http.get(f"/api/sessions/{workshop.code}/links")
        assert answer.status_code == 401


async def test_a_stale_cookie_joins_as_somebody_new(people: People, workshop: Workshop) -> None:
    browser = people.browser(workshop.code)
    browser.http.cookies.set("eutopia", "of-a-server-that-is-no-more", domain="127.0.0.1", path="/")
    assert (await browser.http.get(f"/s/{workshop.code}")).headers["location"] == f"/j/{workshop.code}"
    await browser.join(workshop.code, group="g1")
    async with browser.live() as seat:
        await seat.ask(**note())


async def test_many_bad_guests_at_once_disturb_nobody(people: People, workshop: Workshop, seat: Live) -> None:
    async def noise() -> None:
        browser = await people.phone(workshop)
        async with browser.live() as bad:
            for place in range(30):
                await bad.send(list(FRAMES.values())[place % 20][0])

    noises = asyncio.gather(*[noise() for _ in range(5)], return_exceptions=True)
    for _ in range(20):
        await seat.ask(**note())
    await noises
    await seat.until(lambda rows: len(rows.of("note")) == 20)


HEADS: dict[str, tuple[list[bytes], bytes]] = {
    "an endless header": ([b"X: ", *[b"a" * 60_000] * 20], b"431"),
    "endless headers": ([b"X: a\r\n" * 10_000] * 20, b"431"),
    "a head that never ends": ([b"X: a\r\nX"], b""),
    "two lengths": ([b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"], b"400"),
    "a length that is a word": ([b"Content-Length: long\r\n\r\n{}"], b"400"),
}


@pytest.mark.parametrize(("parts", "status"), HEADS.values(), ids=HEADS)
async def test_a_head_that_is_none_is_hung_up_on(
    house: Running, parts: list[bytes], status: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.heads.RECEIPT_SECONDS", 0.2)
    where = house.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*where.split(":"))
    with suppress(ConnectionError):
        for part in [f"POST /api/enter HTTP/1.1\r\nHost: {where}\r\n".encode(), *parts]:
            writer.write(part)
            await writer.drain()
    with suppress(ConnectionError):
        async with asyncio.timeout(5):
            answer = await reader.read()
        assert answer.split(b" ")[1:2] == ([status] if status else [])
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()
    assert house.run(house.house.register.sessions()) is not None


async def test_a_line_that_is_used_slowly_but_well_stays(house: Running) -> None:
    where = house.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*where.split(":"))
    for _ in range(3):
        for part in (b"GET /healthz HTTP/1.1\r\n", f"Host: {where}\r\n".encode(), b"\r\n"):
            writer.write(part)
            await asyncio.sleep(0.05)
        assert (await reader.readuntil(b'{"ok":true}')).startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()
