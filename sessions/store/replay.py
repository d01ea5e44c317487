"""A session as a file holds it, read with the file's own words and nothing of a server around it."""

import sqlite3

import msgspec

from sessions.domain.board import Board
from sessions.domain.evolve import evolve, opening
from sessions.domain.facts import Entry
from sessions.domain.marks import FIRST
from sessions.domain.plans import Plan
from sessions.store.chain import Damage, following
from sessions.store.log import Record

NAMES = ", ".join(Record.__struct_fields__)


def records(db: sqlite3.Connection, session: str) -> list[Record]:
    query = f"SELECT {NAMES} FROM facts WHERE session = ? ORDER BY seq"  # noqa: S608 (names of ours)
    return [Record(*row) for row in db.execute(query, (session,))]


def replay(db: sqlite3.Connection, session: str, plan: bytes) -> tuple[Board, str]:
    """The board that its log amounts to, and the last mark. Raises Damage, DecodeError."""
    board, chain = opening(msgspec.json.decode(plan, type=Plan)), FIRST
    for record in records(db, session):
        try:
            fact = following(record, board.seq, chain)
        except Damage as damage:
            raise Damage(f"session {session}: {damage}") from damage
        evolve(board, Entry(record.seq, record.at, record.actor, fact))
        chain = record.mark
    return board, chain
