"""One thread that does all the writing, and flushes what has come in meanwhile with one commit."""

import asyncio
import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Connection], Any]
Outcome = tuple[bool, Any]


class _Asked(NamedTuple):
    work: Work
    erases: bool
    loop: asyncio.AbstractEventLoop
    outcome: asyncio.Future[Any]


class Writer:
    """Writes run to their end whatever becomes of who asked: a phone that leaves breaks nothing off."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def write(self, work: Callable[[Connection], T], *, erases: bool = False) -> T:
        """Run `work` in a transaction; on return it is committed and flushed.

        `erases`: what it took away is then in no file any more, the WAL included.
        """
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[T] = loop.create_future()
        self._waiting.put(_Asked(work, erases, loop, outcome))
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
                asked = [each for each in batch if each is not None]
                outcomes = self._commit(db, [each.work for each in asked])
                if any(each.erases for each in asked):
                    _empty_wal(db)
                for each, outcome in zip(asked, outcomes, strict=True):
                    # The loop may be gone when a server is ended in the middle of a write.
                    if not each.loop.is_closed():
                        each.loop.call_soon_threadsafe(_settle, each.outcome, outcome)

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


def _empty_wal(db: Connection) -> None:
    """Move the WAL into the database, where erased bytes are overwritten, and cut it to nothing."""
    driver = db.connection.driver_connection
    assert driver is not None
    try:
        # Beside the engine, which would begin a transaction.
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except Exception as error:
        log.warning("erased words stay in the WAL until the next erasure: %s", type(error).__name__)


def _settle(future: asyncio.Future[Any], outcome: Outcome) -> None:
    fine, value = outcome
    if future.cancelled():
        return
    if fine:
        future.set_result(value)
    else:
        future.set_exception(value)
