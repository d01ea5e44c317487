"""A session as a file of lines: a heading, then its log. What goes out comes in again as an equal session.

This is the lossless copy, and holds all there is: held and private notes too, but no names and no grants.
"""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import asdict

from sessions.domain.facts import AnyFact
from sessions.domain.marks import FIRST, follows
from sessions.domain.plans import Plan
from sessions.domain.refused import Refused
from sessions.domain.tools import check
from sessions.store.log import Record
from sessions.store.register import SessionRecord

VERSION = 1


class Heading(Struct, frozen=True, forbid_unknown_fields=True):
    """The first line. `eutopia_log` is the version of this format; `made` is UTC ms."""

    eutopia_log: int
    title: str
    aim: str
    host: str
    contact: str
    language: str
    time_zone: str
    made: int
    plan: Plan


class _Line(Struct, frozen=True, forbid_unknown_fields=True):
    seq: int
    at: int
    actor: str
    key: str
    digest: bytes
    mark: str
    fact: Raw


def lines(session: SessionRecord, records: Iterable[Record]) -> Iterator[bytes]:
    """The file, line by line."""
    known = {name: getattr(session, name) for name in Heading.__struct_fields__[1:-1]}
    plan = msgspec.json.decode(session.plan, type=Plan)
    yield msgspec.json.encode(Heading(eutopia_log=VERSION, plan=plan, **known)) + b"\n"
    for record in records:
        yield msgspec.json.encode(_Line(**asdict(record) | {"fact": Raw(record.fact)})) + b"\n"


def read(file: Iterable[bytes]) -> tuple[Heading, list[Record]]:
    """What such a file holds, with every number, mark and fact checked. Raises Refused."""
    heading: Heading | None = None
    records: list[Record] = []
    for number, line in enumerate(filter(None, map(bytes.strip, file)), 1):
        try:
            if heading is None:
                heading = _heading(line)
            else:
                records.append(_record(line, records[-1] if records else None))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise Refused("archive.damaged", line=number, reason=str(error)) from None
    if heading is None:
        raise Refused("archive.damaged", line=1, reason="the file is empty")
    return heading, records


def _heading(line: bytes) -> Heading:
    heading = msgspec.json.decode(line, type=Heading)
    if heading.eutopia_log != VERSION:
        raise Refused("archive.newer", version=heading.eutopia_log)
    check(heading.plan)
    return heading


def _record(line: bytes, before: Record | None) -> Record:
    read = msgspec.json.decode(line, type=_Line)
    seq, chain = (before.seq, before.mark) if before else (0, FIRST)
    if read.seq != seq + 1:
        raise ValueError(f"{read.seq} comes after {seq}")
    if not follows(read.mark, chain, read.seq, read.at, read.key):
        raise ValueError(f"the mark of {read.seq} does not follow from what is above it")
    fact = bytes(read.fact)
    msgspec.json.decode(fact, type=AnyFact)
    return Record(**asdict(read) | {"fact": fact})
