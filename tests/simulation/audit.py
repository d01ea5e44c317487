"""What must hold after a power cut, whatever the disk kept."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from sessions.domain.board import Board
from sessions.domain.evolve import evolve, opening
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.marks import FIRST, mark
from sessions.domain.plans import Plan
from sessions.store.ledger import Ledger
from tests.simulation.recording import DATABASE, KEY, Promise, Recording

LEDGER = "erased.jsonl"

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_SESSIONS = "SELECT sessions.id, codes.code, plan FROM sessions JOIN codes ON codes.session = sessions.id"
_FACTS = "SELECT session, seq, at, actor, key, mark, fact FROM facts ORDER BY session, seq"


class _Row(NamedTuple):
    session: str
    seq: int
    at: int
    actor: str
    key: str
    mark: str
    fact: bytes


class Audit:
    """Of the disks that cuts of one recording left: every promise that was broken, as a sentence."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._facts: dict[bytes, AnyFact] = {}
        self._replayed: dict[str, tuple[list[_Row], Board]] = {}

    def faults(self, folder: Path, at: int) -> list[str]:
        """Open what is left as the server would. `at`: how many calls had begun."""
        promised = self._recording.promised(at)
        key = (folder / KEY).read_text() if (folder / KEY).exists() else ""
        if key != self._recording.key and (promised or (folder / KEY).exists()):
            return [f"the organiser's key is {key!r}"]
        if not (folder / DATABASE).exists():
            return [f"no database, and {len(promised)} asks were promised"] * bool(promised)
        with closing(sqlite3.connect(folder / DATABASE)) as db:
            try:
                return list(self._in_database(db, folder, promised, at))
            except sqlite3.DatabaseError as error:
                return [f"does not open: {error}"]

    def _in_database(
        self, db: sqlite3.Connection, folder: Path, promised: list[Promise], at: int
    ) -> Iterator[str]:
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        (fine,) = db.execute("PRAGMA integrity_check").fetchone()
        if fine != "ok":
            yield f"integrity: {fine}"
            return
        if db.execute("PRAGMA foreign_key_check").fetchall():
            yield "rows of a session that is not there"
        if not db.execute("SELECT name FROM sqlite_master WHERE name = 'facts'").fetchall():
            yield from [f"no tables, and {len(promised)} asks were promised"] * bool(promised)
            return
        rows = [_Row(*row) for row in db.execute(_FACTS)]
        codes = {id: code for id, code, _ in db.execute(_SESSIONS)}
        yield from self._in_order(rows, {id: plan for id, _, plan in db.execute(_SESSIONS)})
        yield from self._kept(rows, promised, at)
        yield from self._words(rows, folder, at)
        if at > self._recording.deleted_at and self._recording.deleted in codes.values():
            yield "the deleted session is back"

    def _in_order(self, rows: list[_Row], plans: dict[str, bytes]) -> Iterator[str]:
        """One order without gaps, its marks a chain, and a board that replays."""
        logs: dict[str, list[_Row]] = {}
        for row in rows:
            log = logs.setdefault(row.session, [])
            before = log[-1] if log else None
            if row.seq != len(log) + 1:
                yield f"{row.seq} comes after {len(log)}"
            if row.mark != mark(before.mark if before else FIRST, row.seq, row.at, row.key):
                yield f"the mark of {row.seq} does not follow"
            log.append(row)
        for session, log in logs.items():
            self._replay(session, log, plans[session])

    def _replay(self, session: str, log: list[_Row], plan: bytes) -> None:
        """Every fact is taken by the board. What was replayed for an earlier cut is not replayed again."""
        done, board = self._replayed.get(session, ([], None))
        if done[: len(log)] == log:
            return
        if board is None or log[: len(done)] != done:
            done, board = [], opening(msgspec.json.decode(plan, type=Plan))
        for row in log[len(done) :]:
            evolve(board, Entry(row.seq, row.at, row.actor, self._fact(row)))
        self._replayed[session] = log, board

    def _kept(self, rows: list[_Row], promised: list[Promise], at: int) -> Iterator[str]:
        """All that was promised is there as it was promised, nothing else, and in everybody's own order."""
        recording = self._recording
        stored = {row.key: row for row in rows}
        if len(stored) < len(rows):
            yield "a key is stored twice"
        yield from (f"{row.seq} was asked by nobody" for row in rows if row.key not in recording.asked)
        for promise in promised:
            if at > recording.last_of_deleted and promise.key in recording.deleted_keys:
                continue
            row = stored.get(promise.key)
            if row is None or (row.seq, row.mark) != (promise.seq, promise.mark):
                yield f"{promise.seq} was promised and is lost"
        last: dict[str, int] = {}
        for key, asked in recording.asked.items():
            if key in stored:
                if stored[key].seq < last.get(asked.device, 0):
                    yield f"{asked.device}: {stored[key].seq} came out of order"
                last[asked.device] = stored[key].seq

    def _words(self, rows: list[_Row], folder: Path, at: int) -> Iterator[str]:
        """What people wrote, once and as they wrote it; what was erased stays so, and is in the ledger."""
        recording = self._recording
        ledger = {note for line in Ledger(folder / LEDGER).lines() for note in line.notes or ()}
        told: Counter[str] = Counter()
        for row in rows:
            asked = recording.asked.get(row.key)
            if asked is None or not asked.words:
                continue
            fact = self._fact(row)
            words = getattr(fact, "text", "")
            told[words] += 1
            if words:
                if words != asked.words:
                    yield f"{row.seq} has other words than were sent"
                if words in recording.erased and at > recording.erased_at:
                    yield f"{row.seq} has its erased words back"
            elif asked.words not in recording.taken_back:
                yield f"{row.seq} has lost its words"
            elif getattr(fact, "id", "") not in ledger:
                yield f"{row.seq} was erased, and a restored backup would not know"
        yield from (f"twice: {words}" for words, times in told.items() if words and times > 1)

    def _fact(self, row: _Row) -> AnyFact:
        if row.fact not in self._facts:
            self._facts[row.fact] = msgspec.json.decode(row.fact, type=AnyFact)
        return self._facts[row.fact]
