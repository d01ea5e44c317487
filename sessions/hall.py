"""The seats of a room, and the one task that tells them all what is new."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from sessions.domain.messages import Now, Witness
from sessions.domain.plans import PhoneManner
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from sessions.editions import Edition
from sessions.frames import Frame, next_frame
from sessions.room import Clock, Room
from sessions.seat import Seat, view_of

BEAT = 0.025
"""Seconds between frames to phones."""
AT_ONCE = 100
NOW_SECONDS = 1
POLLED_SECONDS = 40
"""A phone without a socket asks every 25 seconds, and is in touch in between."""
TABLE_LEAST = 2


class Party(NamedTuple):
    """Who came with one device."""

    group: str | None
    people: int = 1


class Hall:
    """Walls and hosts get a frame a commit; phones the first change at once, then one frame a beat."""

    def __init__(self, room: Room, clock: Clock) -> None:
        self.room = room
        self.seats: set[Seat] = set()
        self.joined: dict[str, Party] = {}
        self._polled: dict[str, float] = {}
        self.returned: set[str] = set()
        """People whose device knew more than we do: something of the log was lost."""
        self._screened = -math.inf
        self._clock = clock
        self._tasks: list[asyncio.Task[None]] = []
        self._beaten = 0.0
        self._editions: dict[tuple[Role, int], Edition] = {}
        self._frames: dict[tuple[Role, int, int], Frame] = {}
        self._printed = -1
        """The seq that these two are of: five hundred who join a quiet room are told the same."""
        self._now: Now | None = None
        self._silent: tuple[str, ...] = ()
        self._counted = 0.0

    def open(self) -> None:
        self._tasks = [asyncio.create_task(self._tell()), asyncio.create_task(self._say_now())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def sit(self, seat: Seat) -> None:
        """Let the device in, and tell it what it lacks."""
        self.seats.add(seat)
        self._catch_up([seat])
        if seat.read < self.room.board.seq:
            # A large board comes in several frames, and the room may be quiet.
            self.room.stir()

    def leave(self, seat: Seat) -> None:
        self.seats.discard(seat)

    @property
    def is_watched(self) -> bool:
        """Whether a host or a wall is looking."""
        return any(seat.viewer.role is not Role.PARTICIPANT for seat in self.seats)

    def starts_from(self, viewer: Viewer, since: int, view: str | None, witness: Witness | None) -> int:
        """How far the device can be believed to know this board: `since`, or 0 to tell it everything."""
        if witness is not None and not self.room.remembers(witness.seq, witness.mark):
            # Hosts and walls keep nothing that they could send again.
            if viewer.role is Role.PARTICIPANT:
                self.returned.add(viewer.person)
            return 0
        return since if view == view_of(viewer) and since <= self.room.board.seq else 0

    def groups(self) -> frozenset[str]:
        """Groups that somebody joined from, or that wrote before they left."""
        wrote = {note.group for note in self.room.board.notes.values() if self.room.board.is_here(note)}
        came = {party.group for party in self.joined.values()}
        return frozenset(group for group in wrote | came if group is not None)

    def people(self, persons: Iterable[str]) -> int:
        """How many people these are: a device may be there for several."""
        return sum(self.joined.get(person, Party(None)).people for person in persons)

    def polled(self, person: str) -> None:
        """A phone that has no seat has asked for news."""
        self._polled[person] = time.monotonic()

    def screened(self) -> None:
        """A wall without a seat has asked for news."""
        self._screened = time.monotonic()

    @property
    def has_screen(self) -> bool:
        """A wall is connected, or was a moment ago: one that is loaded anew is not gone."""
        if any(seat.viewer.role is Role.WALL for seat in self.seats):
            self.screened()
        return time.monotonic() - self._screened < POLLED_SECONDS

    def now(self, role: Role) -> Now:
        """Every phone asks for it with each beat: counted at most twice a second."""
        at = time.monotonic()
        if self._now is None or at - self._counted > NOW_SECONDS / 2:
            self._now, self._silent, self._counted = self._count(), self.silent(), at
        # A presenter's screen is one that the room can see.
        silent = self._silent if role is Role.FACILITATOR else ()
        return replace(self._now, time=self._clock(), silent=silent)

    def silent(self) -> tuple[str, ...]:
        """Groups of which nobody has written on this stage's boards yet, as soon as some other group has.

        A group of one is a person, and nobody is pointed at.
        """
        board, plan = self.room.board, self.room.plan
        stage = next((each for each in plan.stages if each.id == board.stage), None)
        if stage is None or board.closed or stage.manner not in (PhoneManner.WRITE, PhoneManner.TALK):
            return ()
        notes = [
            note
            for note in board.notes.values()
            if board.is_here(note) and note.zone.partition(".")[0] in stage.boards
        ]
        wrote = {note.group for note in notes}
        wrote |= {self.joined[note.author].group for note in notes if note.author in self.joined}
        came = Counter[str | None]()
        for party in self.joined.values():
            came[party.group] += party.people
        quiet = [group.id for group in plan.groups if group.id not in wrote]
        return tuple(group for group in quiet if came[group] >= TABLE_LEAST) if notes else ()

    def _count(self) -> Now:
        here = {seat.viewer.person for seat in self.seats if seat.viewer.role is Role.PARTICIPANT}
        long_ago = time.monotonic() - POLLED_SECONDS
        self._polled = {person: at for person, at in self._polled.items() if at > long_ago}
        here |= self._polled.keys() & self.joined.keys()
        voices = self.room.board.voices()
        wrote = {person: min(many, self.people([person])) for person, many in voices.items()}
        return Now(
            time=self._clock(),
            joined=self.people(self.joined),
            here=self.people(here),
            done=sum(wrote.values()),
            waiting=self.people(self.joined) - sum(wrote[each] for each in self.joined.keys() & wrote.keys()),
            groups=len(self.groups()),
            returned=len(self.returned),
            trouble=self.room.trouble,
            screen=self.has_screen,
        )

    async def _tell(self) -> None:
        while True:
            stirred = self.room.stirred
            self._tell_screens()
            if await self._beat(stirred):
                self._beaten = time.monotonic()
                await self._tell_phones()
            if not any(seat.read < self.room.board.seq for seat in self.seats):
                await stirred.wait()

    def _tell_screens(self) -> None:
        self._catch_up(seat for seat in self.seats if seat.viewer.role is not Role.PARTICIPANT)

    async def _tell_phones(self) -> None:
        """Some at a time: what they ask meanwhile, and the wall, need not wait for hundreds of others."""
        phones = [seat for seat in self.seats if seat.viewer.role is Role.PARTICIPANT]
        for place in range(0, len(phones), AT_ONCE):
            self._catch_up(seat for seat in phones[place : place + AT_ONCE] if seat in self.seats)
            await asyncio.sleep(0)
            self._tell_screens()

    async def _beat(self, stirred: asyncio.Event) -> bool:
        """Wait for the beat, or for the next commit; whether it is the phones' turn."""
        left = self._beaten + BEAT - time.monotonic()
        if left <= 0:
            return True
        try:
            await asyncio.wait_for(stirred.wait(), left)
        except TimeoutError:
            return True
        return False

    def _catch_up(self, seats: Iterable[Seat]) -> None:
        """Tell these seats all that is new to them."""
        end = self.room.board.seq
        if end != self._printed:
            self._editions, self._frames, self._printed = {}, {}, end
        for seat in seats:
            # Whoever does not take what was sent gets fewer, larger frames.
            while seat.read < end and seat.line.is_taking:
                self._tell_next(seat)

    def _tell_next(self, seat: Seat) -> None:
        """Take one seat a frame further; what many share is looked up and encoded once."""
        board, role, start, read = self.room.board, seat.viewer.role, seat.told, max(seat.read, 0)
        edition = self._editions.get((role, read))
        if edition is None:
            edition = self._editions[role, read] = Edition(board.rows, role, read)
        fits = edition.fits(seat.viewer)
        news = edition.news if fits else board.rows.since(seat.viewer, read)
        if not news and start > 0:
            seat.read = board.seq
            return
        frame = self._frames.get((role, read, start)) if fits else None
        if frame is None:
            frame = next_frame(news, start, board.seq, self.room.marks)
            if fits:
                self._frames[role, read, start] = frame
        seat.told = seat.read = frame.to
        seat.tell(frame.text)

    async def _say_now(self) -> None:
        """Once a second: cut whoever is stuck, and tell screens and hosts how many are here."""
        while True:
            await asyncio.sleep(NOW_SECONDS)
            said: dict[Role, bytes] = {}
            for seat in list(self.seats):
                if seat.is_stuck(time.monotonic()):
                    seat.line.cut()
                elif seat.viewer.role is not Role.PARTICIPANT and seat.line.is_taking:
                    role = seat.viewer.role
                    if role not in said:
                        said[role] = msgspec.json.encode(self.now(role))
                    seat.tell(said[role])
