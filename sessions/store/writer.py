"""One thread that does all the writing, and flushes what has come in meanwhile with one commit."""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
Work = Callable[[Connection], Any]
Outcome = tuple[bool, Any]


class Writer:
    """Writes run to their end whatever becomes of who asked: a phone that leaves breaks nothing off."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[tuple[Work, asyncio.AbstractEventLoop, asyncio.Future[Any]] | None]
        self._waiting = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction; on return it is committed and flushed."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()
        self._waiting.put((work, loop, outcome))
        return await asyncio.shield(outcome)

    def close(self) -> None:
        """Finish what is waiting, then stop."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        with self._engine.connect() as db:
            open_ = True
            while open_:
                batch = [self._waiting.get()]
                while not self._waiting.empty():
                    batch.append(self._waiting.get())
                open_ = None not in batch
                works = [each for each in batch if each is not None]
                outcomes = self._commit(db, [work for work, _, _ in works])
                for (_, loop, future), outcome in zip(works, outcomes, strict=True):
                    # The loop may be gone when a server is ended in the middle of a write.
                    if not loop.is_closed():
                        loop.call_soon_threadsafe(_settle, future, outcome)

    def _commit(self, db: Connection, works: list[Work]) -> list[Outcome]:
        try:
            with db.begin():
                return [_attempt(db, work) for work in works]
        except Exception as error:
            return [(False, error)] * len(works)


def _attempt(db: Connection, work: Work) -> Outcome:
    """One that fails takes nothing of the others with it."""
    try:
        with db.begin_nested():
            return True, work(db)
    except Exception as error:
        return False, error


def _settle(future: asyncio.Future[Any], outcome: Outcome) -> None:
    fine, value = outcome
    if future.cancelled():
        return
    if fine:
        future.set_result(value)
    else:
        future.set_exception(value)
