"""One thread that does all the writing, and flushes what has come in meanwhile with one commit.

After a flush that failed SQLite goes on as if nothing had happened. The writer does not: it writes
nothing any more and says so, for the process to end and to start again from what is on the disk.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine

from sessions.domain.refused import Refused
from sessions.store.faults import Fault, fault_of, name_of, refusal_of
from sessions.store.reserve import Reserve

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Connection], Any]
Outcome = tuple[bool, Any]

CHECKPOINT_ROWS = 6_000
"""Rows until the WAL is moved into the database, a few megabytes; a commit counts for some by itself."""
COMMIT_ROWS = 24
OWING_SECONDS = 2
"""How often what could not be done on a full disk is tried again."""


class _Asked(NamedTuple):
    work: Work
    erases: bool
    loop: asyncio.AbstractEventLoop
    outcome: asyncio.Future[Any]


class Writer:
    """Writes run to their end whatever becomes of who asked: a phone that leaves breaks nothing off."""

    def __init__(
        self, engine: Engine, reserve: Reserve | None = None, broke: Callable[[], None] = lambda: None
    ) -> None:
        """`broke` is called once, in the writer's thread, when nothing can be written here any more."""
        self.is_broken = False
        self._engine = engine
        self._reserve = reserve
        self._broke = broke
        self._full = False
        self._owes_wal = self._spent = False
        self._in_wal = 0
        self._waiting: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def write(self, work: Callable[[Connection], T], *, erases: bool = False) -> T:
        """Run `work` in a transaction; on return it is committed and flushed. Raises Refused.

        `erases`: what it took away is then in no file any more, the WAL included; while somebody copies
        the file it takes until they are done.
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
                batch = self._next_batch()
                open_ = None not in batch
                self._take([each for each in batch if each is not None], db)
                self._tidy(db)

    def _next_batch(self) -> list[_Asked | None]:
        owes = self._owes_wal or (self._reserve is not None and not self._reserve.is_whole)
        try:
            batch = [self._waiting.get(timeout=OWING_SECONDS if owes and not self.is_broken else None)]
        except Empty:
            return []
        while not self._waiting.empty():
            batch.append(self._waiting.get())
        return batch

    def _take(self, asked: list[_Asked], db: Connection) -> None:
        """Write what was asked, and answer. Who erases is answered when the WAL is empty too."""
        outcomes = self._write(db, asked)
        erasing: list[tuple[_Asked, Outcome]] = []
        for each, outcome in zip(asked, outcomes, strict=True):
            if each.erases and outcome[0]:
                erasing.append((each, outcome))
            else:
                _answer(each, outcome)
        if erasing:
            self._empty_wal(db)
        if self._spent and self._reserve is not None:
            self._reserve.take_back()
            self._spent = False
        for each, outcome in erasing:
            _answer(each, (False, refusal_of(Fault.BROKEN)) if self.is_broken else outcome)

    def _write(self, db: Connection, asked: list[_Asked]) -> list[Outcome]:
        """Commit all together; where there is no space for that, what erases alone, with the reserve."""
        outcomes = self._commit(db, asked)
        erasing = [place for place, each in enumerate(asked) if each.erases]
        if not (erasing and _found_no_space(outcomes)):
            return outcomes
        again = [asked[place] for place in erasing]
        erased = self._commit(db, again)
        if _found_no_space(erased) and self._spend():
            erased = self._commit(db, again)
        for place, outcome in zip(erasing, erased, strict=True):
            outcomes[place] = outcome
        return outcomes

    def _spend(self) -> bool:
        """Give up the space that was set aside; whether there was any."""
        self._spent = self._reserve is not None and self._reserve.free()
        return self._spent

    def _commit(self, db: Connection, asked: list[_Asked]) -> list[Outcome]:
        """All of them, or none where the disk says no; one that fails for itself takes none with it."""
        if not asked:
            return []
        if self.is_broken:
            return [(False, refusal_of(Fault.BROKEN))] * len(asked)
        try:
            with db.begin():
                before = _changes(db)
                outcomes = [_attempt(db, each.work) for each in asked]
                changed = _changes(db) - before
        except Exception as error:
            return [(False, self._failed(error))] * len(asked)
        self._in_wal += COMMIT_ROWS + changed
        if self._full and not all(each.erases for each in asked):
            self._full = False
            log.warning("There is space on the disk again: what waited is being saved.")
        return outcomes

    def _failed(self, error: Exception) -> Exception:
        """Find out what it means that nothing was written; returns what is said to those who asked."""
        fault = fault_of(error)
        match fault:
            case Fault.OTHER:
                return error
            case Fault.FULL if not self._full:
                self._full = True
                log.error("The disk is full. Make space on it; until then nothing new is saved.")
            case Fault.BROKEN:
                self._break(error)
        return refusal_of(fault)

    def _break(self, error: Exception) -> None:
        if self.is_broken:
            return
        self.is_broken = True
        log.critical(
            "The disk failed (%s). What was called saved is kept; nothing else is written. Eutopia ends now: "
            "look at the disk and its cables, then start it again.",
            name_of(error),
        )
        with suppress(RuntimeError):  # The loop to be told may have ended.
            self._broke()

    def _tidy(self, db: Connection) -> None:
        """What can wait until everybody has their answer."""
        if self.is_broken:
            return
        if self._owes_wal:
            self._empty_wal(db)
        elif self._in_wal >= CHECKPOINT_ROWS:
            self._checkpoint(db, "PASSIVE")
        if self._reserve is not None and not self._reserve.is_whole:
            self._reserve.keep()

    def _empty_wal(self, db: Connection) -> None:
        """Move the WAL into the database, where erased bytes are overwritten, and cut it to nothing."""
        emptied = self._checkpoint(db, "TRUNCATE")
        if not emptied and self._full and self._spend():
            emptied = self._checkpoint(db, "TRUNCATE")
        if not (emptied or self._owes_wal):
            log.warning("Erased words are in the WAL still; it is emptied as soon as that can be done.")
        self._owes_wal = not emptied

    def _checkpoint(self, db: Connection, how: str) -> bool:
        """Move what is committed into the database; whether nobody was in the way."""
        self._in_wal = 0
        try:
            # Beside the engine, which would begin a transaction.
            (busy, _, _) = _driver(db).execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        except Exception as error:
            self._failed(error)
            return False
        return not busy


def _attempt(db: Connection, work: Work) -> Outcome:
    """One that fails takes nothing of the others with it, as long as the disk is not what failed."""
    db.exec_driver_sql("SAVEPOINT work")
    try:
        outcome: Outcome = True, work(db)
    except Exception as error:
        # SQLite may have rolled back everything by itself; going on would commit each work alone.
        if fault_of(error) is not Fault.OTHER:
            raise
        db.exec_driver_sql("ROLLBACK TO work")
        outcome = False, error
    db.exec_driver_sql("RELEASE work")
    return outcome


def _driver(db: Connection) -> Any:
    return db.connection.driver_connection


def _changes(db: Connection) -> int:
    """Rows that this connection has changed, ever."""
    return int(_driver(db).total_changes)


def _found_no_space(outcomes: list[Outcome]) -> bool:
    return any(isinstance(value, Refused) and value.code == "storage.full" for _, value in outcomes)


def _answer(asked: _Asked, outcome: Outcome) -> None:
    # The loop may be gone when a server is ended in the middle of a write.
    if not asked.loop.is_closed():
        asked.loop.call_soon_threadsafe(_settle, asked.outcome, outcome)


def _settle(future: asyncio.Future[Any], outcome: Outcome) -> None:
    fine, value = outcome
    if future.cancelled():
        return
    if fine:
        future.set_result(value)
    else:
        future.set_exception(value)
        future.exception()  # Seen: who asked may have left, and then nobody would look.
