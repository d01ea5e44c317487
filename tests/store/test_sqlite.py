"""What SQLite has to do for the promises: flush every commit, forget what was deleted, keep writes whole."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlmodel import SQLModel

from sessions.store import tables
from sessions.store.ground import Unfit
from sessions.store.register import CodeTaken
from sessions.store.sql import SqlStore
from sessions.store.writer import Writer
from tests.store.records import SESSION, grant, link, record, session

CANARY = "canary-bird-sings-at-dawn"
CODE = "BCDFGHJKL"


def canaries_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if CANARY.encode() in file.read_bytes()]


async def test_every_commit_is_flushed_in_wal_mode(sqlite: SqlStore) -> None:
    for engine in (sqlite._writing, sqlite._reading):
        with engine.connect() as db:
            pragmas = {
                name: db.execute(text(f"PRAGMA {name}")).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            }
        assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_the_migration_makes_the_tables_that_are_declared(sqlite: SqlStore) -> None:
    assert tables.FACTS.name in SQLModel.metadata.tables
    with sqlite._reading.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


async def test_data_of_a_newer_version_is_left_alone(tmp_path: Path, sqlite: SqlStore) -> None:
    file = tmp_path / "newer.sqlite"
    await SqlStore(file).close()
    with sqlite3.connect(file) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    with pytest.raises(Unfit) as unfit:
        SqlStore(file)
    assert unfit.value.code == "storage.newer"


async def test_no_word_of_a_deleted_session_is_left_in_any_file(sqlite: SqlStore, tmp_path: Path) -> None:
    await sqlite.add_session(session(title=CANARY, aim=CANARY, plan=CANARY.encode()), CODE)
    facts = [
        record(seq, fact=f'{{"text":"{CANARY} {seq}"}}'.encode(), key=f"{CANARY}{seq}")
        for seq in range(1, 400)
    ]
    await sqlite.append(SESSION, facts)
    await sqlite.add_grant(grant("mine", name=CANARY))
    await sqlite.add_link(link("sam", label=CANARY))
    assert canaries_in(tmp_path), "the search has to find what is there"
    await sqlite.delete_session(SESSION)
    assert canaries_in(tmp_path) == []


async def test_no_word_that_was_blanked_is_left_in_any_file(sqlite: SqlStore, tmp_path: Path) -> None:
    await sqlite.add_session(session(), CODE)
    long = f'{{"text":"{CANARY * 400}"}}'.encode()
    await sqlite.append(SESSION, [record(1), record(2, fact=long), record(3)])
    await sqlite.blank(SESSION, {2: b"{}"})
    assert canaries_in(tmp_path) == []
    assert len(await sqlite.after(SESSION, 0)) == 3


async def test_an_error_names_no_words(sqlite: SqlStore) -> None:
    await sqlite.add_session(session(), CODE)
    with pytest.raises(CodeTaken) as error:
        await sqlite.add_session(session(title=CANARY), "LKJHGFDCB")
    assert "UNIQUE" in f"{error.value.__cause__}"
    assert CANARY not in f"{error.value}{error.value.__cause__}"


async def test_what_was_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    file = tmp_path / "eutopia.sqlite"
    store = SqlStore(file)
    await store.add_session(session(), CODE)
    await store.append(SESSION, [record(1), record(2)])
    await store.close()
    again = SqlStore(file)
    assert await again.after(SESSION, 0) == [record(1), record(2)]
    await again.close()


@pytest.fixture
def writer(tmp_path: Path):
    engine = create_engine(
        f"sqlite:///{tmp_path / 'numbers.sqlite'}", connect_args={"check_same_thread": False}
    )
    with engine.begin() as db:
        db.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    writer = Writer(engine)
    yield writer
    writer.close()
    engine.dispose()


def keep(n: int):
    def work(db: Connection) -> int:
        db.execute(text("INSERT INTO numbers VALUES (:n)"), {"n": n})
        return n

    return work


def numbers(db: Connection) -> list[int]:
    return list(db.execute(text("SELECT n FROM numbers ORDER BY n")).scalars())


async def test_a_work_that_fails_takes_nothing_of_the_others_with_it(writer: Writer) -> None:
    def fails_half_way(db: Connection) -> None:
        keep(66)(db)
        raise ValueError("half way")

    works = [keep(1), fails_half_way, keep(2), keep(1), keep(3)]
    outcomes = await asyncio.gather(*[writer.write(work) for work in works], return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "int",
        "ValueError",
        "int",
        "IntegrityError",
        "int",
    ]
    assert await writer.write(numbers) == [1, 2, 3]


async def test_a_write_goes_on_when_its_asker_is_gone(writer: Writer) -> None:
    asking = asyncio.create_task(writer.write(keep(7)))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await writer.write(numbers) == [7]


async def test_a_failed_write_whose_asker_is_gone_stops_nothing(writer: Writer) -> None:
    await writer.write(keep(7))
    asking = asyncio.create_task(writer.write(keep(7)))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await writer.write(keep(8)) == 8


async def test_what_waits_is_written_before_the_writer_stops(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "eutopia.sqlite")
    await store.add_session(session(), CODE)
    writing = [asyncio.create_task(store.append(SESSION, [record(seq)])) for seq in range(1, 30)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writing)
    with sqlite3.connect(tmp_path / "eutopia.sqlite") as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone() == (29,)
    db.close()
