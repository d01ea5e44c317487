"""Frames that were bent, broken and mixed: no answer is a fault of ours, and no end is unexplained."""

import asyncio
import copy
import json
import random
from functools import partial
from typing import Any

import pytest

from tests.app.client import Live, People, Rows, new_id

SEED = 20_261_122
FRAMES = 2_500
NOTE = "AAAAAAAAAAAAAAAAAAAAAA"


def ask(type: str, **fields: Any) -> dict[str, Any]:
    return {"type": "ask", "key": NOTE, "ask": {"type": type, **fields}}


GOOD: list[dict[str, Any]] = [
    {"type": "hello", "protocol": 1, "as": "participant", "since": 0, "witness": {"seq": 1, "mark": "ab"}},
    {"type": "beat", "seen": 3},
    ask("note.add", id=NOTE, zone="matrix.social", text="walk"),
    ask("note.edit", id=NOTE, text="run"),
    ask("note.move", id=NOTE, zone="utopia.see"),
    ask("note.take_back", id=NOTE),
    ask("note.put_back", id=NOTE),
    ask("note.hide", id=NOTE, why="rude"),
    ask("stage.open", stage="matrix-together"),
    ask("timer.set", seconds=60),
    ask("timer.add", seconds=-60),
    ask("wall.show", manner="read", of=NOTE, page=1),
    ask("theme.make", id=NOTE, title="walking"),
    ask("theme.merge", theme=NOTE, into=NOTE),
    ask("notes.place", notes=[NOTE], theme=NOTE, voice="for"),
    ask("item.make", id=NOTE, text="walk", theme=NOTE),
    ask("undo", seq=1),
]  # fmt: skip
ODD: list[Any] = [
    None, True, -1, 0, 1, 2**53, 10**30, 1.5, 1e308, "", " ", "\0", "\u200b", "=1+1", "a" * 300, "ö" * 281,
    [], {}, [[]], {"type": "ask"}, "matrix.social", "matrix", "matrix.social\n", NOTE, NOTE + "\n", "for",
    "📎" * 9, "\ud83d", "note.add", "note.added", "__proto__", [NOTE] * 501, "../..",
]  # fmt: skip
NOISE = '{}[]",:\\u0\x00\x7f\u2028é😀 tfn123e+-.'


class Bender:
    """Bends good frames, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def frame(self) -> str | bytes:
        good = copy.deepcopy(self.chance.choice(GOOD))
        if self.chance.random() < 0.5 and good["type"] == "ask":
            good["key"] = new_id()
            good["ask"] |= {"id": new_id()} if "id" in good["ask"] and self.chance.random() < 0.5 else {}
        for _ in range(self.chance.choice((0, 1, 1, 1, 2, 3))):
            self.bend(good)
        text = json.dumps(good, ensure_ascii=self.chance.random() < 0.9 or "\\ud83d" in json.dumps(good))
        if self.chance.random() < 0.35:
            text = self.scratch(text)
        return text

    def bend(self, frame: dict[str, Any]) -> None:
        """Give, take or swap one field, somewhere."""
        where = frame
        while (
            inner := [each for each in where.values() if isinstance(each, dict)]
        ) and self.chance.random() < 0.7:
            where = self.chance.choice(inner)
        names = [*where, "approved", "__proto__", "seq"]
        name = self.chance.choice(names)
        match self.chance.randrange(4):
            case 0:
                where.pop(name, None)
            case 1:
                where[name] = self.chance.choice(list(GOOD[self.chance.randrange(len(GOOD))].values()))
            case _:
                where[name] = self.chance.choice(ODD)

    def scratch(self, text: str) -> str:
        """Cut, double or overwrite a few letters."""
        for _ in range(self.chance.randrange(1, 4)):
            at = self.chance.randrange(len(text) + 1)
            match self.chance.randrange(3):
                case 0:
                    text = text[:at] + self.chance.choice(NOISE) + text[at + 1 :]
                case 1:
                    text = text[:at] + text[at + self.chance.randrange(9) :]
                case _:
                    text = text[:at] + text[at : at + 20] + text[at:]
        return text


def is_over(seat: Live, _: Rows) -> bool:
    """Ended, or its beat was answered."""
    return not seat.is_open or any(frame["type"] == "now" for frame in seat.heard)


FINE = {"welcome", "change", "done", "refused", "now", "going"}


def judge(seat: Live) -> None:
    for frame in seat.heard:
        assert frame["type"] in FINE
        assert frame.get("code") != "server.fault", frame
    assert seat.closed in (None, 1000, 1003, 1008, 1009, 1012), seat.closed


@pytest.mark.parametrize("role", ["participant", "facilitator"])
async def test_no_bent_frame_is_answered_with_a_fault(people: People, role: str) -> None:
    workshop = await people.workshop()
    browser = await (people.host(workshop) if role == "facilitator" else people.phone(workshop, "g1"))
    bender = Bender(SEED if role == "participant" else SEED + 1)
    sent = 0
    while sent < FRAMES // 2:
        async with browser.live(role, since=0) as seat:
            while sent < FRAMES // 2 and seat.is_open:
                await seat.send(bender.frame())
                sent += 1
                if sent % 8 == 0:
                    await asyncio.sleep(0)
            await seat.send({"type": "beat", "seen": 0})
            await seat.until(partial(is_over, seat))
        judge(seat)
    async with browser.live(role) as seat:
        await seat.send({"type": "beat", "seen": 0})
        assert await seat.hear("now")


async def test_no_bent_hello_is_answered_with_a_fault(people: People) -> None:
    workshop = await people.workshop()
    browser = await people.phone(workshop, "g1")
    chance, bender = random.Random(SEED), Bender(SEED + 2)

    async def greet(hello: str | bytes) -> None:
        async with browser.socket() as seat:
            await seat.send(hello)
            await seat.until(lambda _: seat.welcome or not seat.is_open)
        judge(seat)

    for _ in range(15):
        hellos = []
        for _ in range(10):
            hello = copy.deepcopy(GOOD[0])
            bender.bend(hello)
            text = json.dumps(hello)
            hellos.append(bender.scratch(text) if chance.random() < 0.3 else text)
        await asyncio.gather(*[greet(hello) for hello in hellos])


async def test_no_bent_body_is_answered_with_a_fault(people: People) -> None:
    workshop = await people.workshop()
    phone, bender = await people.phone(workshop, "g1"), Bender(SEED + 3)
    organiser = await people.organiser()
    bodies: dict[str, Any] = {
        f"/api/sessions/{workshop.code}/asks": {"asks": [{"key": NOTE, "ask": GOOD[2]["ask"]}]},
        f"/api/sessions/{workshop.code}/join": {"group": "g1", "name": "Ann", "people": 2},
        "/api/enter": {"secret": "secret"},
        "/api/sessions": {"plan": "blank", "title": "A day", "groups": [{"name": "a"}], "noun": {"one": "a"}},
        "/api/pair": {},
    }  # fmt: skip
    for place in range(300):
        path, good = list(bodies.items())[place % len(bodies)]
        body = copy.deepcopy(good)
        bender.bend(body)
        text = json.dumps(body)
        browser = organiser if path == "/api/sessions" else phone
        answer = await browser.http.post(
            path,
            content=bender.scratch(text) if bender.chance.random() < 0.3 else text,
            headers={"content-type": bender.chance.choice(("application/json", "text/plain", "x"))},
        )
        assert answer.status_code < 500, (path, text, answer.text)
        if answer.is_error:
            assert set(answer.json()) >= {"code", "message"}, (path, text)
