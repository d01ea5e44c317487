"""What was erased since a copy was made is erased from the copy, before anybody can open it."""

import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Set
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from msgspec.structs import astuple

from sessions.domain.facts import AnyFact, HelpTakenBack, NoteTakenBack, blanked
from sessions.domain.marks import mark
from sessions.store.engine import settle
from sessions.store.ledger import Ledger
from sessions.store.log import Record
from sessions.store.replay import NAMES, records, replay


def blanks(records: Iterable[Record], ids: frozenset[str]) -> dict[int, bytes]:
    """The facts among these that hold words of these notes, parts or answers: by seq, and without them."""
    found = {}
    for record in records:
        # What cannot be read in a damaged log cannot be searched either; all else is.
        with suppress(msgspec.DecodeError):
            fact = msgspec.json.decode(record.fact, type=AnyFact)
            if (blank := blanked(fact, ids)) != fact:
                found[record.seq] = msgspec.json.encode(blank)
    return found


def erase_again(file: Path, ledger: Ledger, now: int) -> tuple[int, int]:
    """Empty the words and delete the sessions that the ledger names; how many facts and sessions it were."""
    gone, notes = set[str](), defaultdict[str, set[str]](set)
    for line in ledger.lines():
        if line.notes is None:
            gone.add(line.session)
        else:
            notes[line.session].update(line.notes)
    emptied = deleted = 0
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        settle(db)
        db.execute("BEGIN IMMEDIATE")
        for session in gone:
            deleted += take_out(db, session)
        for session, names in notes.items():
            emptied += _empty(db, session, frozenset(names))
            _take_back(db, session, names, now)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return emptied, deleted


def take_out(db: sqlite3.Connection, session: str) -> int:
    """Delete a session with everything in it; 1 if it was there."""
    for table in ("facts", "codes", "grants", "links"):
        db.execute(f"DELETE FROM {table} WHERE session = ?", (session,))  # noqa: S608
    return db.execute("DELETE FROM sessions WHERE id = ?", (session,)).rowcount


def _empty(db: sqlite3.Connection, session: str, notes: frozenset[str]) -> int:
    emptied = blanks(records(db, session), notes)
    for seq, fact in emptied.items():
        db.execute("UPDATE facts SET fact = ? WHERE session = ? AND seq = ?", (fact, session, seq))
    return len(emptied)


def _take_back(db: sqlite3.Connection, session: str, notes: Set[str], now: int) -> None:
    """Words are erased of what was taken back alone, so this was: it does not stand there empty."""
    for (plan,) in db.execute("SELECT plan FROM sessions WHERE id = ?", (session,)).fetchall():
        board, chain = replay(db, session, plan)
        seq = board.seq
        back: list[tuple[str, AnyFact]] = [
            (note.author, NoteTakenBack(id))
            for id in sorted(notes & board.notes.keys())
            if (note := board.notes[id]).part_of is None and note.taken is None
        ]
        back += [
            (offer.by, HelpTakenBack(id))
            for id in sorted(notes & board.offers.keys())
            if not (offer := board.offers[id]).gone
        ]
        for actor, taken in back:
            seq, key = seq + 1, secrets.token_urlsafe(16)
            chain = mark(chain, seq, now, key)
            fact = msgspec.json.encode(taken)
            record = Record(seq, now, actor, key, secrets.token_bytes(8), chain, fact)
            query = f"INSERT INTO facts (session, {NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            db.execute(query, (session, *astuple(record)))
