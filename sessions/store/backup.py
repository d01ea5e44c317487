"""A copy of everything, made while the server runs, and put back while it does not.

Both times it is read through first, fact by fact. What was erased since the copy was made is erased from
it again before anybody can open it.
"""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from sessions.store.chain import Damage
from sessions.store.engine import engine_of, unfit_for
from sessions.store.erasing import erase_again, take_out
from sessions.store.ground import Unfit, flush_folder
from sessions.store.ledger import Ledger
from sessions.store.migrate import migrate
from sessions.store.replay import replay


class Held(NamedTuple):
    """What a file was found to hold."""

    sessions: int
    facts: int


class PutBack(NamedTuple):
    """`aside`: where the database went that was there. `emptied`, `deleted`: facts, sessions erased again."""

    held: Held
    aside: Path | None
    emptied: int
    deleted: int


def back_up(database: Path, file: Path) -> Held:
    """Copy the database as it is now, read the copy through, and only then call it `file`. Raises Unfit."""
    if not database.exists():
        raise Unfit("backup.nothing", folder=str(database.parent))
    if file.exists():
        raise Unfit("backup.exists", file=str(file))
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    # Made first, so that nobody but us can read it.
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        # Not only to read: beside a stopped server that would leave an empty WAL lying there.
        with closing(_opened(database, "rw")) as db:
            db.execute("VACUUM INTO ?", (str(part),))
        held = read_through(part, file)
        if _leave_out_rehearsals(part):
            held = read_through(part, file)
        _flush(part)
        part.rename(file)
    except sqlite3.Error as error:
        raise unfit_for(database, error) from error
    finally:
        part.unlink(missing_ok=True)
    flush_folder(file.parent)
    return held


def _leave_out_rehearsals(file: Path) -> int:
    """Nothing of one may outlast it, so none is ever in a copy; how many were."""
    with closing(_opened(file, "rw")) as db:
        rehearsals = [id for (id,) in db.execute("SELECT id FROM sessions WHERE rehearsal").fetchall()]
        for id in rehearsals:
            take_out(db, id)
        db.commit()
        if rehearsals:
            db.execute("VACUUM")  # The pages that they lay on go too.
    return len(rehearsals)


def put_back(file: Path, database: Path, now: int) -> PutBack:
    """Make the copy the database; the one that was there stays beside it. `now`: UTC ms. Raises Unfit."""
    wal = file.with_name(f"{file.name}-wal")
    if wal.exists() and wal.stat().st_size:
        raise Unfit("backup.damaged", file=str(file), reason=f"a part of it lies in {wal.name}")
    coming = database.with_name("eutopia.coming.sqlite")
    _remove(coming)
    try:
        shutil.copyfile(file, coming)
        _bring_up_to_date(coming, file)
        read_through(coming, file)
        emptied, deleted = erase_again(coming, Ledger(database.with_name("erased.jsonl")), now)
        held = read_through(coming, file)
        _flush(coming)
        aside = _move_aside(database, now)
        coming.rename(database)
        flush_folder(database.parent)
    except sqlite3.Error as error:
        raise unfit_for(database, error) from error
    finally:
        _remove(coming)
    return PutBack(held, aside, emptied, deleted)


def read_through(file: Path, called: Path) -> Held:
    """Read every session from its first fact to its last, as a server would. Raises Unfit."""
    try:
        with closing(_opened(file)) as db:
            (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
                raise Damage("its pages or rows do not fit together")
            sessions = db.execute("SELECT id, plan FROM sessions").fetchall()
            return Held(len(sessions), sum(replay(db, id, plan)[0].seq for id, plan in sessions))
    except (Damage, msgspec.DecodeError, sqlite3.Error) as error:
        raise Unfit("backup.damaged", file=str(called), reason=str(error)) from error


def _bring_up_to_date(file: Path, called: Path) -> None:
    """A copy of an older version gets the tables of this one. Raises Unfit."""
    try:
        with closing(_opened(file)) as db:
            db.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise Unfit("backup.damaged", file=str(called), reason=str(error)) from error
    engine = engine_of(file, "BEGIN IMMEDIATE")
    try:
        migrate(engine)
    finally:
        engine.dispose()


def _move_aside(database: Path, now: int) -> Path | None:
    """Keep the database that is there, with its WAL if that cannot be moved into it; where it is now."""
    if not database.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    moment = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y-%m-%d-%H%M%S")
    aside = database.with_name(f"eutopia.replaced-{moment}.sqlite")
    # The WAL goes first: left alone beside a new database it would be taken for that one's.
    if (wal := Path(f"{database}-wal")).exists():
        wal.rename(f"{aside}-wal")
    Path(f"{database}-shm").unlink(missing_ok=True)
    try:
        # Under both names until the new one takes its place: at no moment is there none.
        os.link(database, aside)
    except OSError:
        database.rename(aside)
    flush_folder(database.parent)
    return aside


def _opened(file: Path, mode: str = "ro") -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True)


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(file: Path) -> None:
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)
