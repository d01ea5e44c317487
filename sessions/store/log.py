"""The log: one row a fact, numbered without gaps. It is the truth; everything else is drawn from it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct


class Record(Struct, frozen=True):
    """An entry as it is kept. `digest`: of the ask; `mark`: of the history up to here; `fact`: JSON."""

    seq: int
    at: int
    actor: str
    key: str
    digest: bytes
    mark: str
    fact: bytes


class Taken(Exception):
    """A number or a key of these records is already in the log: somebody else wrote first."""


class Log(Protocol):
    async def append(self, session: str, records: Sequence[Record]) -> None:
        """Write all of them or none, flushed to disk on return. Raises Taken."""

    async def after(self, session: str, seq: int) -> list[Record]:
        """Every record after `seq`, in order."""

    async def blank(self, session: str, facts: Mapping[int, bytes]) -> None:
        """Replace the facts of these numbers by the same without words: the only change the log knows."""

    async def count(self, session: str, kind: str) -> int:
        """How many facts of this kind (`note.added`) there are."""
