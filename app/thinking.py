"""Suggestions, found in a process of their own: each once, and no more often than a room can look at them."""

import asyncio
import gzip
import time
from collections import OrderedDict
from collections.abc import Callable

import msgspec
from msgspec import Struct

from app.worker import Worker
from sessions.suggest.suggestions import Known, suggest, suggest_piles

KEPT_MOST = 64
"""Rooms and readers whose suggestions are kept; an answer for 1,000 notes is a few hundred KiB."""

REST_SECONDS = 2.0
"""What was found so lately is answered again though the room has moved on: with 500 phones filing it moves
on all the time, and the best three piles hardly do."""


class Answer(Struct, frozen=True):
    """Ready to be sent: a full room's is 300 KiB. `whole`: twins, piles and outline; `said`: the
    notes that say must-haves; both JSON in gzip. `piles`: the best of each note, where phones ask."""

    whole: bytes = b""
    said: bytes = b""
    piles: dict[str, tuple[str, ...]] = {}


def answer(known: Known, phones: bool) -> Answer:
    """In the worker: find it all, and leave nothing to do for the server but to send it."""
    if phones:
        return Answer(piles=suggest_piles(known))
    found = suggest(known)
    whole = {"twins": found.twins, "piles": found.piles, "outline": found.outline}
    return Answer(_packed(whole), _packed(found.said))


def _packed(value: object) -> bytes:
    return gzip.compress(msgspec.json.encode(value), 6, mtime=0)


class _Thought(Struct):
    """What was found for one reader. `seq`: what it was found at; `at`: when, in monotonic seconds."""

    seq: int = -1
    at: float = 0.0
    found: Answer = Answer()
    running: "asyncio.Task[None] | None" = None


class Thinking:
    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        # Notes are saved and told first; suggestions take the time that is left.
        self._worker = Worker(yielding=10)
        self._thoughts: OrderedDict[tuple[str, str], _Thought] = OrderedDict()
        self._now = now

    async def about(
        self, session: str, reader: str, seq: int, known: Callable[[], Known], note: str = ""
    ) -> Answer:
        """What there is to suggest to a reader at about `seq`. `note`: one that a phone asks about.

        `known` is called only when something has to be found, so that the board is not read for nothing.
        """
        thought = self._thoughts.setdefault((session, reader), _Thought())
        self._thoughts.move_to_end((session, reader))
        while len(self._thoughts) > KEPT_MOST:
            self._thoughts.popitem(last=False)
        while not self._will_do(thought, seq, note):
            if thought.running is None:
                work = self._find(thought, seq, known(), phones=bool(note))
                thought.running = asyncio.create_task(work)
            # Shielded: somebody who leaves must not take it from the others who wait for it.
            await asyncio.shield(thought.running)
        return thought.found

    def forget(self, session: str) -> None:
        """Nothing of a deleted session is kept."""
        for key in [key for key in self._thoughts if key[0] == session]:
            del self._thoughts[key]

    def close(self) -> None:
        self._worker.close()

    def _will_do(self, thought: _Thought, seq: int, note: str) -> bool:
        if thought.seq >= seq:
            return True
        fresh = thought.seq >= 0 and self._now() - thought.at < REST_SECONDS
        return fresh and (not note or note in thought.found.piles)

    async def _find(self, thought: _Thought, seq: int, known: Known, phones: bool) -> None:
        try:
            found = await self._worker.run(answer, known, phones)
            thought.seq, thought.at, thought.found = seq, self._now(), found
        finally:
            thought.running = None
