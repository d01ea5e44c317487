"""From a code to a live room: opened when somebody comes, put away when nobody was there for a while."""

import asyncio
from contextlib import suppress

import msgspec

from sessions.domain.plans import Plan
from sessions.hall import Hall
from sessions.room import Clock, Room
from sessions.store.log import Log
from sessions.store.register import Register, SessionRecord

IDLE_SECONDS = 600
DAY_MS = 86_400_000


class Lobby:
    """Every open room of this process."""

    def __init__(self, log: Log, register: Register, clock: Clock) -> None:
        self._log = log
        self._register = register
        self._clock = clock
        self._halls: dict[str, Hall] = {}
        self._idle: dict[str, int] = {}
        self._opening: dict[str, asyncio.Lock] = {}
        self._tidying: asyncio.Task[None] | None = None

    def open(self) -> None:
        self._tidying = asyncio.create_task(self._tidy())

    async def close(self) -> None:
        if self._tidying is not None:
            self._tidying.cancel()
            with suppress(asyncio.CancelledError):
                await self._tidying
        for id in list(self._halls):
            await self.put_away(id)

    async def hall(self, session: SessionRecord) -> Hall:
        """The open hall of a session."""
        async with self._opening.setdefault(session.id, asyncio.Lock()):
            if session.id not in self._halls:
                plan = msgspec.json.decode(session.plan, type=Plan)
                room = Room(session.id, plan, session.salt, self._log, self._clock)
                await room.open()
                hall = self._halls[session.id] = Hall(room, self._clock)
                for grant in await self._register.grants_in(session.id):
                    if grant.role == "participant":
                        hall.joined[grant.person] = grant.group
                hall.open()
            return self._halls[session.id]

    async def put_away(self, session: str) -> None:
        """Close the room; the log keeps everything."""
        hall = self._halls.pop(session, None)
        self._idle.pop(session, None)
        if hall is not None:
            await hall.close()
            await hall.room.close()

    async def sweep(self) -> list[str]:
        """Delete the sessions whose time has come; returns their ids."""
        overdue = await self._register.overdue(self._clock())
        for session in overdue:
            await self.put_away(session)
            await self._register.delete_session(session)
        return overdue

    def seats(self) -> int:
        return sum(len(hall.seats) for hall in self._halls.values())

    async def _tidy(self) -> None:
        rounds = 0
        while True:
            if rounds % 3_600 == 0:
                await self.sweep()
            await asyncio.sleep(1)
            rounds += 1
            for id, hall in list(self._halls.items()):
                await hall.room.erase()
                self._idle[id] = 0 if hall.seats else self._idle.get(id, 0) + 1
                if self._idle[id] > IDLE_SECONDS:
                    await self.put_away(id)
