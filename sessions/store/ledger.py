"""What was erased, by ids alone: a backup that is put back must not bring the words back with it.

A line is flushed before the erasure it names is committed. Lines of facts name notes, parts and answers, not
numbers: after a restore the numbers are given out again, and would point at words of somebody else.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from sessions.domain.facts import (
    AnyFact,
    EssentialAnswered,
    LineFelt,
    LineHelped,
    NoteAdded,
    NoteEdited,
    Sorted,
    Worded,
)
from sessions.store.ground import flush_folder


class Erased(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line. `notes`: ids of notes, parts and answers whose words are gone; without them the whole
    session is."""

    session: str
    notes: tuple[str, ...] | None = None


class Ledger:
    """A file of lines, added to and never changed."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def add(self, erased: Erased) -> None:
        """Write a line, flushed on return. Raises OSError, and then the file is as it was."""
        line = msgspec.json.encode(erased) + b"\n"
        descriptor = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        try:
            before = os.fstat(descriptor).st_size
            if before and os.pread(descriptor, 1, before - 1) != b"\n":
                line = b"\n" + line  # After a power cut in the middle of a line.
            try:
                written = os.write(descriptor, line)
                if written < len(line):
                    os.write(descriptor, line[written:])
                os.fsync(descriptor)
                if not before:
                    flush_folder(self._file.parent)
            except OSError:
                os.ftruncate(descriptor, before)
                raise
        finally:
            os.close(descriptor)

    def lines(self) -> Iterator[Erased]:
        """Every line that can be read. Half a line was of an erasure that never came to be."""
        if not self._file.exists():
            return
        for line in self._file.read_bytes().splitlines():
            try:
                yield msgspec.json.decode(line, type=Erased)
            except msgspec.DecodeError:
                continue


def wordless(facts: Iterable[bytes]) -> tuple[str, ...]:
    """Notes, parts and answers named without words; nobody can write such, so they were erased."""
    found: set[str] = set()
    for encoded in facts:
        try:
            fact = msgspec.json.decode(encoded, type=AnyFact)
        except msgspec.DecodeError:
            continue
        match fact:
            case NoteAdded() | NoteEdited() if not fact.text:
                found.add(fact.id)
            case EssentialAnswered(because=""):
                found.add(fact.id)
            case LineFelt(id, why="") | LineHelped(id, name=""):
                found.add(id)
            case Sorted(changes):
                found.update(
                    each.id
                    for each in changes
                    if isinstance(each, Worded) and each.of in ("note", "part") and "" in (each.now, each.was)
                )
    return tuple(sorted(found))
