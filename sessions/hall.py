"""The seats of a room, and the one task that tells them all what is new."""

import asyncio
import time
from collections.abc import Iterable

import msgspec

from sessions.domain.messages import Now
from sessions.domain.rights import Role
from sessions.editions import Edition
from sessions.frames import frames
from sessions.room import Clock, Room
from sessions.seat import Seat

BEAT, FULL_BEAT, MANY = 0.025, 0.05, 300
"""Seconds between frames to phones, and above how many seats they come half as often."""


class Hall:
    """Walls and hosts get a frame a commit; phones the first change at once, then one frame a beat."""

    def __init__(self, room: Room, clock: Clock) -> None:
        self.room = room
        self.seats: set[Seat] = set()
        self.joined: dict[str, str | None] = {}
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []
        self._beaten = 0.0

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._tell()), asyncio.create_task(self._say_now())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for seat in self.seats:
            seat.leave()

    def sit(self, seat: Seat) -> None:
        """Let the device in, and tell it what it lacks."""
        self.seats.add(seat)
        self._catch_up([seat])

    def leave(self, seat: Seat) -> None:
        self.seats.discard(seat)
        seat.leave()

    def groups(self) -> frozenset[str]:
        """Groups that somebody joined from, or that wrote before they left."""
        wrote = {note.group for note in self.room.board.notes.values() if self.room.board.is_here(note)}
        return frozenset(group for group in wrote.union(self.joined.values()) if group is not None)

    def now(self) -> Now:
        here = {seat.viewer.person for seat in self.seats if seat.viewer.role is Role.PARTICIPANT}
        wrote = self.room.board.writers()
        return Now(
            time=self._clock(),
            joined=len(self.joined),
            here=len(here),
            done=len(wrote),
            waiting=len(self.joined.keys() - wrote),
            groups=len(self.groups()),
        )

    async def _tell(self) -> None:
        while True:
            stirred = self.room.stirred
            self._catch_up(seat for seat in self.seats if seat.viewer.role is not Role.PARTICIPANT)
            if await self._beat(stirred):
                self._catch_up(seat for seat in self.seats if seat.viewer.role is Role.PARTICIPANT)
                self._beaten = time.monotonic()
            if not any(seat.read < self.room.board.seq for seat in self.seats):
                await stirred.wait()

    async def _beat(self, stirred: asyncio.Event) -> bool:
        """Wait for the beat, or for the next commit; whether it is the phones' turn."""
        beat = FULL_BEAT if len(self.seats) > MANY else BEAT
        left = self._beaten + beat - time.monotonic()
        if left <= 0:
            return True
        try:
            await asyncio.wait_for(stirred.wait(), left)
        except TimeoutError:
            return True
        return False

    def _catch_up(self, seats: Iterable[Seat]) -> None:
        """Tell these seats all that is new to them; what they share is looked up and encoded once."""
        board, marks = self.room.board, self.room.marks
        editions: dict[tuple[Role, int], Edition] = {}
        encoded: dict[tuple[Role, int, int], list[bytes]] = {}
        for seat in seats:
            if (seat.read >= board.seq and seat.told > 0) or seat.busy:
                continue
            role, start, read = seat.viewer.role, seat.told, seat.read
            seat.read = board.seq
            edition = editions.get((role, read))
            if edition is None:
                edition = editions[role, read] = Edition(board.rows, role, read)
            fits = edition.fits(seat.viewer)
            news = edition.news if fits else board.rows.since(seat.viewer, read)
            if not news and start > 0:
                continue
            told = encoded.get((role, read, start)) if fits else None
            if told is None:
                told = frames(news, start, board.seq, marks)
            if fits:
                encoded[role, read, start] = told
            seat.told = board.seq
            seat.tell(told)

    async def _say_now(self) -> None:
        said: bytes | None = None
        while True:
            await asyncio.sleep(1)
            for seat in self.seats:
                if seat.viewer.role is not Role.PARTICIPANT and not seat.busy:
                    said = msgspec.json.encode(self.now()) if said is None else said
                    seat.tell([said])
            said = None
