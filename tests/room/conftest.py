"""Rooms over both stores, a clock that a test sets, and a store that fails when it is told to."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

import pytest

from sessions.room import Room
from sessions.store.log import Log, Record
from tests.domain.histories import PLAN, START
from tests.store.conftest import Store, store as store
from tests.store.records import SESSION, session

CODE = "BCDFGHJKL"
SALT = b"sixteen bytes of"


class Clock:
    """UTC milliseconds, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now


class Fault(Exception):
    """What a disk says that has had enough."""


class Faulty:
    """A real log, that can fail before or after it committed, and when it is read."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.before = self.after_commit = self.reading = False
        self.turns: list[int] = []
        self.committing: Callable[[], Awaitable[None]] | None = None

    async def append(self, session: str, records: Sequence[Record]) -> None:
        if self.before:
            raise Fault
        if self.committing is not None:
            await self.committing()
        await self._log.append(session, records)
        self.turns.append(len(records))
        if self.after_commit:
            raise Fault

    async def after(self, session: str, seq: int) -> list[Record]:
        if self.reading:
            raise Fault
        return await self._log.after(session, seq)

    async def blank(self, session: str, facts: Mapping[int, bytes]) -> None:
        if self.before:
            raise Fault
        await self._log.blank(session, facts)

    async def count(self, session: str, kind: str) -> int:
        return await self._log.count(session, kind)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def log(store: Store) -> Faulty:
    await store.add_session(session(plan=b"", salt=SALT), CODE)
    return Faulty(store)


OpenRoom = Callable[[], Awaitable[Room]]


@pytest.fixture
async def open_room(log: Faulty, clock: Clock) -> AsyncIterator[OpenRoom]:
    """Open the room of the one session; again, as after a restart."""
    opened: list[Room] = []

    async def open_() -> Room:
        room = Room(SESSION, PLAN, SALT, log, clock)
        await room.open()
        opened.append(room)
        return room

    yield open_
    for room in opened:
        await room.close()


@pytest.fixture
async def room(open_room: OpenRoom) -> Room:
    return await open_room()
