"""The ways into the file: every connection is set to keep its word, and asked whether it does."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from sessions.store.faults import Fault, fault_of, name_of
from sessions.store.ground import Unfit

OLDEST = (3, 35, 0)
SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
    # The writer does it, and hears of what fails there: a checkpoint by itself keeps that to itself.
    "wal_autocheckpoint": 0,
    # Somebody who copies the file for longer is not waited for: everybody else would have to wait too.
    "busy_timeout": 1_000,
    # In memory: the disk may be full, and words have no business in files that nobody knows of.
    "temp_store": 2,
}

LOOK_THROUGH_BYTES = 128 * 1024 * 1024
"""Files up to this size are looked through at the start; larger ones would keep people waiting."""


def examine(file: Path) -> None:
    """Look at the file before anybody relies on it. Raises Unfit, sqlite3.Error."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        settle(connection)
        # A process that ended for a failed flush may have left a WAL that is in memory and on no disk:
        # what is moved into the database now is written and flushed once more.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if file.stat().st_size <= LOOK_THROUGH_BYTES:
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                raise Unfit("storage.damaged", file=str(file), reason="quick_check")
    finally:
        connection.close()


def unfit_for(file: Path, error: Exception) -> Unfit:
    """What an error says about the file that was to be opened."""
    name = name_of(error)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return Unfit("storage.damaged", file=str(file), reason=name)
    if fault_of(error) is Fault.BUSY:
        return Unfit("storage.in_use", folder=str(file.parent))
    return Unfit("storage.unwritable", folder=str(file.parent), reason=name)


def engine_of(file: Path, begin: str) -> Engine:
    """Connections to the file whose transactions begin so. Raises Unfit when the first one is opened."""
    # An error that names its parameters would write people's words into the server's log.
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # The driver would begin transactions at moments of its own.
        settle(connection)

    @event.listens_for(engine, "begin")
    def began(db: Connection) -> None:
        db.exec_driver_sql(begin)

    return engine


def settle(connection: sqlite3.Connection) -> None:
    """Set a connection, and read back what it was set to. Raises Unfit."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise Unfit("storage.settings", what="SQLite", value=sqlite3.sqlite_version)
    for name, wanted in SETTINGS.items():
        connection.execute(f"PRAGMA {name}={wanted}").fetchall()
        (value,) = connection.execute(f"PRAGMA {name}").fetchone()
        if value != wanted:
            raise Unfit("storage.settings", what=name, value=str(value))
