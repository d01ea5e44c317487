"""The pretend people of rehearsals: they come one by one, follow the stages, write, and answer."""

import asyncio
import random
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from enum import StrEnum

from app.answering import Answering
from app.keys import new_id
from app.pretend import PretendPhone, TurnedAway, Writing
from app.sayings import Sayings
from sessions.domain.plans import PhoneManner, Plan, Stage
from sessions.domain.refused import Refused
from sessions.domain.rows import Sees

USUAL = 31
MOST = 60
MOST_IN_ALL = 120
"""Of all rehearsals together: each person is two open sockets of this process, and a little of its time."""
ALONE_SECONDS = 600
"""How long people stay where no host and no wall is looking."""
LOOK_SECONDS = 10
TICK_SECONDS = 0.5
TAP_SECONDS = (1, 6)
NOTES = (3, 5)
"""How many notes a person writes in a round of their own; where all is shown at once, one or none."""


class Pace(StrEnum):
    CALM = "calm"
    QUICK = "quick"


SPEED = {Pace.CALM: 1.0, Pace.QUICK: 8.0}


class Crowd:
    """The people of one rehearsal. `origin`: where this machine itself reaches the server."""

    def __init__(
        self, origin: str, code: str, plan: Plan, people: int, is_watched: Callable[[], bool]
    ) -> None:
        self.people = people
        self.here = 0
        self.pace = Pace.CALM
        self._origin = origin
        self._code = code
        self._groups: list[str | None] = [group.id for group in plan.groups] or [None]
        self._plan = plan
        self._stages = {stage.id: stage for stage in plan.stages}
        self._chance = random.Random()
        self._sayings = Sayings(plan, self._chance)
        self._is_watched = is_watched
        self._task = asyncio.create_task(self._gather(), name=f"pretend people of {code}")

    @property
    def is_over(self) -> bool:
        return self._task.done()

    async def go(self) -> None:
        """Send everybody home; returns when nobody is left."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _gather(self) -> None:
        """Bring everybody in, and stay while somebody looks."""
        phones: list[PretendPhone] = []
        try:
            async with AsyncExitStack() as stack, asyncio.TaskGroup() as living:
                staying = living.create_task(self._stay())
                with suppress(TurnedAway):
                    for who in range(self.people):
                        group = self._groups[who % len(self._groups)]
                        phone = await PretendPhone.join(self._origin, self._code, group)
                        phones.append(phone)
                        living.create_task(self._live(await stack.enter_async_context(phone)))
                        await asyncio.sleep(self._chance.uniform(0.2, 1.2) / SPEED[self.pace])
                await staying
        except* _Alone:
            pass
        finally:
            for phone in phones:
                with suppress(TurnedAway):
                    await phone.leave()

    async def _live(self, phone: PretendPhone) -> None:
        """One person: reads, thinks, writes, taps. Each stage is met with so many notes and no more."""
        left: dict[str, int] = {}
        answering = Answering(self._plan, self._chance)
        self.here += 1
        while phone.is_in:
            stage = self._stages.get(phone.stage or "")
            answer = answering.next(phone, stage) if stage else None
            if answer:
                await phone.ask(answer)
                await asyncio.sleep(self._chance.uniform(*TAP_SECONDS) / SPEED[self.pace])
            elif stage is None or not left.setdefault(stage.id, self._notes(stage)):
                await asyncio.sleep(TICK_SECONDS)
            elif await self._think(phone, stage, left[stage.id]):
                left[stage.id] -= 1
                zone, text = self._sayings.one(stage)
                await phone.write(Writing(0, new_id(), zone, text))
        self.here -= 1

    def _notes(self, stage: Stage) -> int:
        if stage.manner is not PhoneManner.WRITE or not stage.boards:
            return 0
        return self._chance.randint(*(NOTES if stage.sees is Sees.AUTHOR else (0, 1)))

    async def _think(self, phone: PretendPhone, stage: Stage, left: int) -> bool:
        """Take the time a note takes; whether the stage is still the same."""
        seconds = self._chance.uniform(0.3, 1.7) * max(stage.minutes, 2) * 60 / (left + 2)
        while seconds > 0 and phone.is_in and phone.stage == stage.id:
            await asyncio.sleep(TICK_SECONDS)
            seconds -= TICK_SECONDS * SPEED[self.pace]
        return phone.is_in and phone.stage == stage.id

    async def _stay(self) -> None:
        """Until nobody looks any more, or the room has sent everybody out."""
        alone = 0
        while alone < ALONE_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)
            alone = 0 if self._is_watched() else alone + LOOK_SECONDS
            if not self.here:
                break
        raise _Alone


class _Alone(Exception):
    """Time to go."""


class Rehearsals:
    """Those of this process: which workshop each is for, and who was brought to it. By ids of sessions."""

    def __init__(self) -> None:
        self.workshops: dict[str, str] = {}
        """Rehearsal -> the workshop it is for. After a restart nobody knows any more."""
        self._crowds: dict[str, Crowd] = {}

    def crowd(self, rehearsal: str) -> Crowd | None:
        crowd = self._crowds.get(rehearsal)
        return None if crowd is None or crowd.is_over else crowd

    def of(self, workshop: str) -> str | None:
        """The rehearsal of a workshop, if it was opened here."""
        return next((each for each, known in self.workshops.items() if known == workshop), None)

    def bring(self, rehearsal: str, make: Callable[[int], Crowd], people: int) -> Crowd:
        """People come, unless they are here. Raises Refused where other rehearsals have all there are."""
        crowd = self.crowd(rehearsal)
        if crowd is None:
            taken = sum(each.people for each in self._crowds.values() if not each.is_over)
            if taken + people > MOST_IN_ALL:
                raise Refused("rehearsal.crowded", retry_ms=60_000)
            crowd = self._crowds[rehearsal] = make(people)
        return crowd

    @property
    def here(self) -> int:
        return sum(each.here for each in self._crowds.values())

    async def send_home(self, rehearsal: str) -> None:
        crowd = self._crowds.pop(rehearsal, None)
        if crowd is not None:
            await crowd.go()

    async def close(self) -> None:
        for rehearsal in list(self._crowds):
            await self.send_home(rehearsal)


def so_many(plan: Plan) -> int:
    """How many pretend people a room of this plan gets."""
    return min(plan.expected or USUAL, MOST)
