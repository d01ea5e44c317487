"""From a code to a live room: opened when somebody comes, put away when nobody was there for a while."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

import msgspec

from sessions.domain.plans import Plan
from sessions.domain.refused import Refused
from sessions.hall import Hall, Party
from sessions.room import Clock, Room
from sessions.store.log import Log
from sessions.store.register import Register, SessionRecord

log = logging.getLogger(__name__)

IDLE_SECONDS = 600
SWEEP_SECONDS = 3_600


class Lobby:
    """Every open room of this process."""

    def __init__(
        self, log: Log, register: Register, clock: Clock, deleted: Callable[[str], None] = lambda _: None
    ) -> None:
        """`deleted` is told the id of each session that is no more."""
        self._log = log
        self._register = register
        self._clock = clock
        self._deleted = deleted
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
        """The open hall of a session. Raises Refused when the session has been deleted meanwhile."""
        async with self._opening.setdefault(session.id, asyncio.Lock()):
            if session.id not in self._halls:
                if await self._register.session(session.id) is None:
                    raise Refused("code.unknown")
                plan = msgspec.json.decode(session.plan, type=Plan)
                room = Room(session.id, plan, session.salt, self._log, self._clock)
                await room.open()
                hall = self._halls[session.id] = Hall(room, self._clock)
                for grant in await self._register.grants_in(session.id):
                    if grant.role == "participant":
                        hall.joined[grant.person] = Party(grant.group, grant.people)
                hall.open()
            # Phones without a socket have no seat, and still are here.
            self._idle[session.id] = 0
            return self._halls[session.id]

    async def put_away(self, session: str) -> None:
        """Close the room; the log keeps everything."""
        hall = self._halls.pop(session, None)
        self._idle.pop(session, None)
        if hall is not None:
            await hall.close()
            await hall.room.close()

    async def delete(self, session: str) -> None:
        """Delete a session with everything in it, for good."""
        async with self._opening.setdefault(session, asyncio.Lock()):
            await self.put_away(session)
            await self._register.delete_session(session)
        self._opening.pop(session, None)
        self._deleted(session)

    async def sweep(self) -> list[str]:
        """Delete the sessions whose time has come; returns their ids."""
        overdue = await self._register.overdue(self._clock())
        for session in overdue:
            await self.delete(session)
        return overdue

    def seats(self) -> int:
        return sum(len(hall.seats) for hall in self._halls.values())

    async def _tidy(self) -> None:
        rounds = 0
        while True:
            try:
                await self._tidy_up(sweeping=rounds % SWEEP_SECONDS == 0)
                rounds += 1
            except Refused as refusal:
                log.warning("tidying up has to wait: %s", refusal.code)
            except Exception:
                # What could not be done now is due again in a second.
                log.exception("tidying up failed")
            await asyncio.sleep(1)

    async def _tidy_up(self, *, sweeping: bool) -> None:
        if sweeping:
            await self.sweep()
        for id, hall in list(self._halls.items()):
            try:
                await hall.room.erase()
            except Refused as refusal:
                log.warning("words taken back could not be erased yet: %s", refusal.code)
            self._idle[id] = 0 if hall.seats else self._idle.get(id, 0) + 1
            if self._idle[id] > IDLE_SECONDS:
                await self.put_away(id)
