"""A world in one process: time that a test moves, a disk that fails, and lines that lose what they carry.

Nothing in it waits for a real clock, so an hour passes in a moment, and the same steps always end alike.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from sessions.domain.decide import Actor
from sessions.domain.messages import Asked, Done, NotDone, Witness
from sessions.domain.reach import Viewer
from sessions.domain.refused import Refused
from sessions.hall import Hall
from sessions.room import Room
from sessions.seat import Seat, view_of
from sessions.store.log import Record
from sessions.store.memory import MemoryStore
from tests.domain.histories import PLAN, START

Json = dict[str, Any]

SESSION = "the-session"
SALT = b"sixteen bytes of"


class VirtualTime(asyncio.BaseEventLoop):
    """An event loop without input or output: when nothing is left to do now, it is later at once."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = self
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def monotonic(self) -> float:
        """As the module `time` calls it."""
        return self._now

    def select(self, seconds: float | None) -> list[Any]:
        if seconds is None:
            raise AssertionError("everybody waits for somebody else")
        self._now += seconds
        return []

    def _process_events(self, events: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class Clock:
    """UTC milliseconds. It goes with the time of the loop, and can be put wrong."""

    def __init__(self, loop: VirtualTime) -> None:
        self._loop = loop
        self.wrong_ms = 0

    def __call__(self) -> int:
        return START + int(self._loop.time() * 1000) + self.wrong_ms


class Kept(MemoryStore):
    """What lies on the disk."""

    @property
    def records(self) -> list[Record]:
        return self._logs.get(SESSION, [])

    async def copy(self) -> "Kept":
        copy = Kept()
        await copy.append(SESSION, self.records)
        return copy


class Fault(Exception):
    """What a disk says that has had enough."""


class Disk:
    """A log as one process has it: slow, failing before or after it took a batch, gone with the process."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._go = asyncio.Event()
        self._go.set()
        self._batch: Sequence[Record] | None = None
        self._dead = False
        self.fault: str | None = None

    async def append(self, session: str, records: Sequence[Record]) -> None:
        self._check("before")
        if not self._go.is_set():
            self._batch = records
            await self._go.wait()
            self._batch = None
        self._check("before")
        await self._kept.append(session, records)
        self._check("after")

    async def after(self, session: str, seq: int) -> list[Record]:
        self._check("reading")
        return await self._kept.after(session, seq)

    async def blank(self, session: str, facts: Mapping[int, bytes]) -> None:
        self._check("before")
        await self._kept.blank(session, facts)
        self._check("after")

    async def count(self, session: str, kind: str) -> int:
        return await self._kept.count(session, kind)

    def hold(self) -> None:
        """From now on nothing that is written gets done."""
        self._go.clear()

    def let_go(self) -> None:
        self._go.set()

    async def die(self, landed: bool) -> None:
        """The process is no more; the batch it was writing may have reached the disk."""
        if landed and self._batch is not None:
            await self._kept.append(SESSION, self._batch)
        self._dead = True
        self._go.set()

    def _check(self, fault: str) -> None:
        if self._dead or self.fault == fault or (self.fault == "after" and fault == "reading"):
            raise Fault


class Watch(Protocol):
    """Whoever sees all that passes between the server and its devices."""

    def told(self, wire: "Wire", message: Json) -> None: ...

    def asked(self, actor: Actor, asked: Asked) -> None: ...

    def answered(self, actor: Actor, asked: Asked, answer: Done | NotDone, known: int) -> None:
        """`known`: how long the log was when the room was asked."""


class Wire:
    """One connection: what lies on the way to the server, and on the way to the device. Both end with it."""

    def __init__(self, watch: Watch) -> None:
        self.is_open = True
        self.is_stalled = False
        self.up: deque[bytes] = deque()
        self.down: deque[Json] = deque()
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()
        self.told = 0
        self.viewer: Viewer | None = None
        self._watch = watch

    # What the server sees of it: a line, as `sessions.seat` wants one.

    def write(self, frame: bytes) -> None:
        if self.is_open:
            self.say(msgspec.json.decode(frame))

    @property
    def waiting(self) -> int:
        return 50_000 if self.is_stalled else 0

    @property
    def is_taking(self) -> bool:
        return not self.is_stalled

    def cut(self) -> None:
        self.is_open = False
        self.up.clear()
        self.down.clear()

    def say(self, message: Json) -> None:
        self._watch.told(self, message)
        self.down.append(message)


class Process:
    """The server between its start and its end: the room, the hall, and whoever is connected."""

    def __init__(self, kept: Kept, clock: Clock, watch: Watch) -> None:
        self.disk = Disk(kept)
        self.room = Room(SESSION, PLAN, SALT, self.disk, clock)
        self.hall = Hall(self.room, clock)
        self._kept = kept
        self._watch = watch
        self._guests: dict[Wire, tuple[Seat, asyncio.Task[None]]] = {}

    async def start(self) -> None:
        await self.room.open()
        self.hall.open()

    async def admit(
        self, wire: Wire, actor: Actor, since: int, view: str | None, witness: Witness | None
    ) -> None:
        viewer = Viewer(actor.role, actor.id, actor.group)
        seat = Seat(viewer, wire, self.hall.starts_from(viewer, since, view, witness))
        wire.told, wire.viewer = seat.told, viewer
        wire.say({"type": "welcome", "seq": self.room.board.seq, "view": view_of(viewer)})
        self.hall.sit(seat)
        self._guests[wire] = seat, asyncio.create_task(self._listen(wire, actor))

    async def leave(self, wire: Wire) -> None:
        wire.cut()
        if wire in self._guests:
            seat, listening = self._guests.pop(wire)
            self.hall.leave(seat)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def stop(self) -> None:
        """In good order: what is being written is written."""
        for wire in list(self._guests):
            await self.leave(wire)
        self.disk.let_go()
        await self.hall.close()
        await self.room.close()

    async def crash(self, landed: bool) -> None:
        """Everything is gone that was not on the disk."""
        await self.disk.die(landed)
        for wire in list(self._guests):
            wire.cut()
        await self.stop()

    async def _listen(self, wire: Wire, actor: Actor) -> None:
        """One ask after the other, as they came."""
        while True:
            asked = msgspec.json.decode(await wire.arrived.get(), type=Asked)
            answer = await self._answer(actor, asked)
            if wire.is_open:
                wire.say(msgspec.to_builtins(answer))

    async def _answer(self, actor: Actor, asked: Asked) -> Done | NotDone:
        self._watch.asked(actor, asked)
        known = len(self._kept.records)
        answer: Done | NotDone
        try:
            receipt = await self.room.submit(actor, asked.key, asked.ask)
            answer = Done(asked.key, receipt.seq, receipt.mark)
        except Refused as refused:
            retry_ms = refused.facts.get("retry_ms")
            answer = NotDone(asked.key, refused.code, "", int(retry_ms) if retry_ms is not None else None)
        self._watch.answered(actor, asked, answer, known)
        return answer
