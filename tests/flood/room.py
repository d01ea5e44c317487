"""One flooded session: who sits in it, every note that was sent, and who was told of it how late."""

import asyncio
import json
import secrets
import time
from array import array
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

from tests.flood.seat import Seat, Told
from tests.flood.web import Json, Stop, Target
from tests.flood.wire import Broken

MOST_NOTES = 10_000
"""A session takes no more."""
BEAT_SECONDS = 15
AT_ONCE = 24
"""People who come in side by side."""
PATIENCE = 10
"""Seconds without any news after which what is missing counts as lost."""
SETTLE_SECONDS = 60
"""And the longest wait in all: where limits set the pace, a few notes may come in for ever."""

_CACHE_MOST = 4_096


class Room:
    """Open one with `room(target)`."""

    def __init__(
        self, target: Target, code: str, host: dict[str, str], most: int, sees: str = "room"
    ) -> None:
        self.target = target
        self.sees = sees
        self.code = code
        self.most = most
        self.phones: list[Seat] = []
        self.walls: list[Seat] = []
        self.sent = array("d", bytes(8 * most))
        self.saved: dict[int, float] = {}
        """Seconds until its `done`, of every note that was answered so."""
        self.authors: dict[int, Seat] = {}
        self.late = {"wall": array("d"), "phone": array("d")}
        self.told: dict[bytes, Told] = {}
        self.frames = 0
        self.gaps = 0
        self.duplicates = 0
        self.again: Counter[str] = Counter()
        """Why the server asked to send a note once more, and how often."""
        self.refused: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.last_news = 0.0
        self.closing = False
        self.written = 0
        self.offer = False
        """Whether devices offer compression, as browsers do."""
        self._host = host
        self._name = secrets.token_urlsafe(9)
        self._beating: asyncio.Task[None] | None = None

    @property
    def seats(self) -> list[Seat]:
        return self.walls + self.phones

    def id_of(self, note: int) -> str:
        return f"{self._name}{note:010d}"

    async def __aenter__(self) -> Self:
        self._beating = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing = True
        if self._beating is not None:
            self._beating.cancel()
        for seat in self.seats:
            seat.leave()

    async def come_in(self, phones: int, walls: int = 0) -> None:
        """Let so many more phones and walls in, and wait until they sit. Raises Stop."""
        doors = asyncio.Semaphore(AT_ONCE)

        async def phone() -> None:
            async with doors:
                await self.phone()

        try:
            async with asyncio.TaskGroup() as coming:
                for _ in range(phones):
                    coming.create_task(phone())
        except* Stop as stops:
            raise Stop(str(stops.exceptions[0])) from None
        for _ in range(walls):
            self.walls.append(await self.sit("wall", self._host))

    async def phone(self, source: str = "") -> Seat:
        """Join as a new person and take a seat. Raises Stop."""
        seat = await self.sit("phone", await self.join(source), source)
        self.phones.append(seat)
        return seat

    async def join(self, source: str = "") -> dict[str, str]:
        """Join as a new person: the cookie. Raises Stop."""
        path, origin = f"/api/sessions/{self.code}/join", self.target.url
        return {"Cookie": (await self.target.asked("POST", path, {}, source=source, Origin=origin)).cookie}

    async def sit(self, audience: str, cookie: dict[str, str], source: str = "") -> Seat:
        """A seat that has been told all that stands. Raises Stop."""
        target = self.target
        headers = {"Host": target.host, "Origin": target.url, **cookie}
        if self.offer:
            headers["Sec-WebSocket-Extensions"] = "permessage-deflate; client_max_window_bits"
        near = (source, 0) if source else None
        loop = asyncio.get_running_loop()
        seat = Seat(self, audience, f"/live/{self.code}", headers)
        seat.full = loop.create_future()
        try:
            async with asyncio.timeout(30):
                await loop.create_connection(lambda: seat, *target.address, ssl=target.tls, local_addr=near)
                await seat.opened
                seat.hello("wall" if audience == "wall" else "participant")
                await seat.full
        except (OSError, TimeoutError, Broken) as error:
            seat.leave()
            raise Stop(f"a {audience} could not sit down: {seat.going or str(error) or 'too late'}") from None
        return seat

    def read(self, payload: bytes, seat: Seat, now: float) -> Told | None:
        """A frame that was not read before: what it tells, or None for answers and the rest."""
        frame: Json = json.loads(payload)
        kind = frame["type"]
        if kind == "change":
            notes = self._ours(row["id"] for row in frame["put"] if row["kind"] == "note")
            gone = self._ours(frame["drop"])
            if len(self.told) >= _CACHE_MOST:
                self.told.clear()
            told = self.told[payload] = Told(frame["from"], frame["to"], notes, gone)
            return told
        if kind == "done":
            note = int(frame["key"][12:])
            if note not in self.saved:
                self.saved[note] = now - self.sent[note]
                self.authors[note] = seat
                seat.saved += 1
            self.last_news = now
        elif kind == "refused":
            self._was_refused(frame, seat)
        elif kind == "welcome":
            seat.welcomed = frame["seq"]
        elif kind == "going":
            seat.going = frame["code"]
        return None

    def _ours(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The notes of this flood among these."""
        return tuple(int(id[12:]) for id in ids if len(id) == 22 and id.startswith(self._name))

    def _was_refused(self, frame: Json, seat: Seat) -> None:
        retry = frame.get("retry_ms")
        if retry is None:
            self.refused[frame["code"]] += 1
            return
        # Nothing was applied: send the same once more, when it says.
        self.again[frame["code"]] += 1
        self.last_news = time.perf_counter()
        note = int(frame["key"][12:])
        asyncio.get_running_loop().call_later(retry / 1000, seat.write, note)

    async def write(self, rate: float, count: int) -> float:
        """Send so many notes at this rate, by all phones in turn: how late one was at worst, in seconds."""
        if self.written + count > self.most:
            raise Stop(f"a session takes {self.most} notes: fewer notes a second, or fewer seconds")
        began, behind, first = time.perf_counter(), 0.0, self.written
        for turn in range(count):
            due = began + turn / rate
            while (early := due - time.perf_counter()) > 0:  # noqa: ASYNC110 (a clock has no event)
                await asyncio.sleep(early)
            behind = max(behind, -early)
            self.phones[turn % len(self.phones)].write(first + turn)
            self.written += 1
        return behind

    def begin(self) -> None:
        """Measure from here on: what was sent before was to warm up."""
        for late in self.late.values():
            del late[:]
        self.frames = 0

    async def settle(self) -> None:
        """Wait until every note is saved and told to whom it is shown, or no news came for some seconds."""
        now = time.perf_counter()
        self.last_news, until = max(self.last_news, now), now + SETTLE_SECONDS
        while (now := time.perf_counter()) - self.last_news < PATIENCE and now < until:
            if len(self.saved) + self.refused.total() >= self.written and not self._owes():
                return
            await asyncio.sleep(0.01)

    def lost(self) -> int:
        """Deliveries that were owed and did not come: of every saved note, to every seat that may see it.

        Sockets that the server ended are not in it: they are named in `ended`.
        """
        if self.sees == "author":
            return sum(author.is_open and not author.seen[note] for note, author in self.authors.items())
        return sum(not seat.seen[note] for seat in self.seats if seat.is_open for note in self.saved)

    def _owes(self) -> bool:
        """Whether anything is still to come; `lost`, as far as counting tells."""
        if self.sees == "author":
            return any(phone.saved > phone.count for phone in self.phones if phone.is_open)
        return any(len(self.saved) > seat.count for seat in self.seats if seat.is_open)

    async def _beat(self) -> None:
        """Every device says now and then that it is there; not all at the same moment."""
        while True:
            seats = self.seats
            for each in seats:
                each.say(f'{{"type":"beat","seen":{each.to}}}')
                await asyncio.sleep(BEAT_SECONDS / (len(seats) + 1))
            if not seats:
                await asyncio.sleep(1)


@asynccontextmanager
async def room(target: Target, *, sees: str = "room", most: int = MOST_NOTES) -> AsyncIterator[Room]:
    """A workshop of one board, deleted in the end. `sees`: who is shown its notes. Raises Stop."""
    bearer = f"Bearer {target.key}"
    asked = target.asked("POST", "/api/sessions", _workshop(sees), Authorization=bearer)
    making = asyncio.create_task(asked)
    try:
        made = await asyncio.shield(making)
        code = made.body["code"].replace(" ", "")
        secret = made.body["facilitate_url"].partition("#")[2]
        host = {"Cookie": (await target.asked("POST", "/api/enter", {"secret": secret})).cookie}
        ask = {"key": secrets.token_urlsafe(16), "ask": {"type": "stage.open", "stage": "write"}}
        path = f"/api/sessions/{code}/asks?as=facilitator"
        await target.asked("POST", path, {"asks": [ask]}, Origin=target.url, **host)
        async with Room(target, code, host, most, sees) as opened:
            yield opened
    finally:
        # Also if the flood was ended before it knew what it had made.
        with suppress(Stop):
            code = (await making).body["code"].replace(" ", "")
            await target.call("DELETE", f"/api/sessions/{code}", Authorization=bearer)


def _workshop(sees: str) -> dict[str, Any]:
    zone = {"id": "ideas", "title": "Ideas", "prompt": "What could we do?"}
    board = {
        "id": "flood",
        "tool": "ideas",
        "title": "Flood",
        "layout": "lanes",
        "question": "What could we do?",
        "zones": [zone],
    }
    stage = {"id": "write", "title": "Write", "boards": ["flood"], "manner": "write", "sees": sees}
    plan = {"id": "flood", "title": "Flood", "boards": [board], "stages": [stage]}
    return {"plan": plan, "title": "Flood: a test that deletes itself"}
