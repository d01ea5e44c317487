"""The store on SQLite: WAL, every commit flushed, one writer, reads by SELECT beside it."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, Executable, Select, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sessions.domain.refused import Refused
from sessions.store.chain import DAMAGED_RETRY_MS
from sessions.store.engine import engine_of, examine, unfit_for
from sessions.store.faults import Fault, fault_of, name_of, refusal_of
from sessions.store.ground import Unfit
from sessions.store.ledger import Erased, Ledger, wordless
from sessions.store.log import Record, Taken
from sessions.store.migrate import migrate
from sessions.store.register import CodeTaken, Grant, Host, Link, SessionRecord
from sessions.store.reserve import Reserve
from sessions.store.tables import CODES, FACTS, GRANTS, LINKS, SESSIONS
from sessions.store.writer import Writer

log = logging.getLogger(__name__)

DATABASE = "eutopia.sqlite"
"""What the file is called, in the folder of the data."""

T = TypeVar("T", bound=msgspec.Struct)


class SqlStore:
    """A Log and a Register in one file."""

    def __init__(
        self, file: Path, reserve: Reserve | None = None, broke: Callable[[], None] = lambda: None
    ) -> None:
        """`broke` is called, in a thread of the store's, when the disk has failed. Raises Unfit."""
        try:
            self._writing, self._reading = _opened(file)
        except Unfit as unfit:
            if not (reserve and fault_of(unfit) is Fault.FULL and reserve.free()):
                raise
            self._writing, self._reading = _opened(file)
            reserve.take_back()
        self._ledger = Ledger(file.with_name("erased.jsonl"))
        self._writer = Writer(self._writing, reserve, broke)

    async def close(self) -> None:
        await asyncio.to_thread(self._writer.close)
        if self._writer.is_broken:
            # Whoever closes the file last moves the WAL into it; after a failed flush nobody may.
            return
        self._reading.dispose()
        self._writing.dispose()

    # The log

    async def append(self, session: str, records: Sequence[Record]) -> None:
        rows = [{"session": session, **msgspec.structs.asdict(record)} for record in records]
        try:
            await self._writer.write(lambda db: db.execute(insert(FACTS), rows) and None)
        except IntegrityError as error:
            raise Taken from error

    async def after(self, session: str, seq: int) -> list[Record]:
        newer = select(FACTS).where(FACTS.c.session == session, FACTS.c.seq > seq)
        return await self._read(Record, newer.order_by(FACTS.c.seq))

    async def blank(self, session: str, facts: Mapping[int, bytes]) -> None:
        gone = wordless(facts.values())

        def work(db: Connection) -> None:
            if gone:
                self._ledger.add(Erased(session, gone))
            for seq, fact in facts.items():
                place = (FACTS.c.session == session, FACTS.c.seq == seq)
                db.execute(update(FACTS).where(*place).values(fact=fact))

        await self._writer.write(work, erases=True)

    async def count(self, session: str, kind: str) -> int:
        tag = func.instr(FACTS.c.fact, f'{{"type":"{kind}"'.encode()) == 1
        query = select(func.count().label("facts")).where(FACTS.c.session == session, tag)
        (row,) = await asyncio.to_thread(self._rows, query)
        return int(row["facts"])

    # The register

    async def add_session(self, session: SessionRecord, code: str) -> None:
        def work(db: Connection) -> None:
            db.execute(insert(SESSIONS).values(**msgspec.structs.asdict(session)))
            db.execute(insert(CODES).values(code=code, session=session.id))

        try:
            await self._writer.write(work)
        except IntegrityError as error:
            raise CodeTaken from error

    async def session(self, id: str) -> SessionRecord | None:
        return await self._one(SessionRecord, select(SESSIONS).where(SESSIONS.c.id == id))

    async def session_of_code(self, code: str) -> SessionRecord | None:
        known = select(SESSIONS).join(CODES, CODES.c.session == SESSIONS.c.id)
        return await self._one(SessionRecord, known.where(CODES.c.code == code, CODES.c.retired.is_(None)))

    async def session_of_old_code(self, code: str) -> SessionRecord | None:
        known = select(SESSIONS).join(CODES, CODES.c.session == SESSIONS.c.id)
        return await self._one(SessionRecord, known.where(CODES.c.code == code, CODES.c.retired.is_not(None)))

    async def codes(self, session: str) -> list[str]:
        known = select(CODES.c.code).where(CODES.c.session == session)
        oldest = known.order_by(CODES.c.retired.is_(None), CODES.c.retired, CODES.c.code)
        return [row["code"] for row in await asyncio.to_thread(self._rows, oldest)]

    async def renew_code(self, session: str, old: str, new: str, at: int) -> None:
        def work(db: Connection) -> None:
            way_in = (CODES.c.session == session, CODES.c.code == old, CODES.c.retired.is_(None))
            last = select(func.max(CODES.c.retired)).where(CODES.c.session == session)
            # In their order, also where the clock was set back.
            since = max(at, (db.execute(last).scalar() or 0) + 1)
            if db.execute(update(CODES).where(*way_in).values(retired=since)).rowcount:
                db.execute(insert(CODES).values(code=new, session=session))

        try:
            await self._writer.write(work)
        except IntegrityError as error:
            raise CodeTaken from error

    async def sessions(self) -> list[tuple[SessionRecord, str]]:
        known = select(SESSIONS, CODES.c.code).join(CODES, CODES.c.session == SESSIONS.c.id)
        newest = known.where(CODES.c.retired.is_(None)).order_by(SESSIONS.c.made.desc(), CODES.c.code)
        rows = await asyncio.to_thread(self._rows, newest)
        return [(_struct(SessionRecord, row), row["code"]) for row in rows]

    async def set_closed(self, session: str, at: int | None) -> None:
        await self._write(update(SESSIONS).where(SESSIONS.c.id == session).values(closed=at))

    async def delete_session(self, session: str) -> None:
        def work(db: Connection) -> None:
            self._ledger.add(Erased(session))
            for table in (FACTS, CODES, GRANTS, LINKS):
                db.execute(delete(table).where(table.c.session == session))
            db.execute(delete(SESSIONS).where(SESSIONS.c.id == session))

        await self._writer.write(work, erases=True)

    async def overdue(self, now: int) -> list[str]:
        rows = await asyncio.to_thread(self._rows, select(SESSIONS.c.id).where(SESSIONS.c.delete_by <= now))
        return [row["id"] for row in rows]

    async def add_grant(self, grant: Grant) -> None:
        await self._write(insert(GRANTS).values(**msgspec.structs.asdict(grant)))

    async def grants(self, browser: bytes) -> list[Grant]:
        return await self._read(Grant, _holding().where(GRANTS.c.browser == browser))

    async def grant_of_ticket(self, ticket: bytes) -> Grant | None:
        return await self._one(Grant, _holding().where(GRANTS.c.ticket == ticket))

    async def grants_in(self, session: str) -> list[Grant]:
        return await self._read(Grant, _holding().where(GRANTS.c.session == session))

    async def hosts(self, session: str) -> list[Host]:
        known = select(GRANTS.c.person, GRANTS.c.role, LINKS.c.label).outerjoin(
            LINKS, LINKS.c.id == GRANTS.c.link
        )
        here = (GRANTS.c.session == session) & (GRANTS.c.role == "facilitator")
        query = known.where(here | (GRANTS.c.role == "organiser")).order_by(GRANTS.c.made, GRANTS.c.id)
        rows = await asyncio.to_thread(self._rows, query)
        return [Host(row["person"], row["role"], row["label"] or "") for row in rows]

    async def set_seat(self, grant: Grant) -> None:
        seat = {"group": grant.group, "people": grant.people, "language": grant.language}
        await self._write(update(GRANTS).where(GRANTS.c.id == grant.id).values(**seat))

    async def let_go(self, grant: str) -> None:
        await self._write(update(GRANTS).where(GRANTS.c.id == grant).values(browser=b"", ticket=None))

    async def revoke(self, grant: str) -> None:
        await self._write(update(GRANTS).where(GRANTS.c.id == grant).values(revoked=True))

    async def add_link(self, link: Link) -> None:
        await self._write(insert(LINKS).values(**msgspec.structs.asdict(link)))

    async def link_of_secret(self, secret: bytes) -> Link | None:
        return await self._one(Link, _working().where(LINKS.c.secret == secret))

    async def links_in(self, session: str) -> list[Link]:
        return await self._read(Link, _working().where(LINKS.c.session == session))

    async def use_link(self, link: str, at: int) -> None:
        await self._write(update(LINKS).where(LINKS.c.id == link).values(used=at))

    async def revoke_link(self, link: str) -> list[str]:
        def work(db: Connection) -> list[str]:
            db.execute(update(LINKS).where(LINKS.c.id == link).values(revoked=True))
            made_by = (GRANTS.c.link == link, GRANTS.c.revoked.is_(False))
            ended = list(db.execute(select(GRANTS.c.id).where(*made_by)).scalars())
            db.execute(update(GRANTS).where(*made_by).values(revoked=True))
            return ended

        return await self._writer.write(work)

    async def _write(self, statement: Executable) -> None:
        await self._writer.write(lambda db: db.execute(statement) and None)

    async def _read(self, kind: type[T], query: Executable) -> list[T]:
        return [_struct(kind, row) for row in await asyncio.to_thread(self._rows, query)]

    async def _one(self, kind: type[T], query: Executable) -> T | None:
        return next(iter(await self._read(kind, query)), None)

    def _rows(self, query: Executable) -> list[Mapping[str, Any]]:
        try:
            with self._reading.begin() as db:
                return [dict(row) for row in db.execute(query).mappings()]
        except DBAPIError as error:
            if fault_of(error) is Fault.OTHER:
                raise
            name = name_of(error)
            log.error("The file could not be read: %s", name)
            if name.startswith("SQLITE_CORRUPT"):
                raise Refused("session.damaged", retry_ms=DAMAGED_RETRY_MS) from error
            # Reading again may work; only a failed write makes everything after it doubtful.
            raise refusal_of(Fault.BUSY) from error


def _opened(file: Path) -> tuple[Engine, Engine]:
    """The way to write and the way to read, to a file that is sound and up to date. Raises Unfit."""
    writing, reading = engine_of(file, "BEGIN IMMEDIATE"), engine_of(file, "BEGIN")
    try:
        examine(file)
        migrate(writing)
    except (sqlite3.Error, DBAPIError, OSError) as error:
        writing.dispose()
        raise unfit_for(file, error) from error
    return writing, reading


def _holding() -> Select[Any]:
    return select(GRANTS).where(GRANTS.c.revoked.is_(False))


def _working() -> Select[Any]:
    return select(LINKS).where(LINKS.c.revoked.is_(False))


def _struct(kind: type[T], row: Mapping[str, Any]) -> T:
    return kind(**{name: row[name] for name in kind.__struct_fields__})
