"""A disk that is full, or that fails: nothing is written by halves, and a failed flush is the end."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sessions.domain.refused import Refused
from sessions.store.engine import SETTINGS, engine_of
from sessions.store.faults import Fault, fault_of
from sessions.store.ground import Unfit
from sessions.store.ledger import Erased, Ledger, wordless
from sessions.store.reserve import Reserve
from sessions.store.sql import SqlStore
from tests.store.records import OTHER, SESSION, record, session

CODES = ("BCDFGHJKL", "LKJHGFDCB")
LARGE = b'{"type":"note.added","id":"big","zone":"z","text":"' + b"long " * 4_000 + b'","group":null}'


class Broken:
    """Counts how often it was told."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def broke() -> Broken:
    return Broken()


@pytest.fixture
async def store(tmp_path: Path, broke: Broken) -> AsyncIterator[SqlStore]:
    store = SqlStore(tmp_path / "eutopia.sqlite", broke=broke)
    for id, code in zip((SESSION, OTHER), CODES, strict=True):
        await store.add_session(session(id), code)
    await store.append(SESSION, [record(1), record(2)])
    yield store
    await store.close()


async def set_(store: SqlStore, pragma: str) -> None:
    """Change the writer's own connection, as a disk would change under it."""
    await store._writer.write(lambda db: db.exec_driver_sql(f"PRAGMA {pragma}") and None)


async def fill(store: SqlStore) -> None:
    """Let the file grow no more."""
    await set_(store, "max_page_count=1")


async def at_once(store: SqlStore, sent: list[Coroutine[Any, Any, None]]) -> list[object]:
    """Let them wait for one commit, and see what becomes of each."""
    busy = asyncio.create_task(store._writer.write(lambda _: time.sleep(0.2)))
    await asyncio.sleep(0.05)
    said = await asyncio.gather(*sent, return_exceptions=True)
    await busy
    return list(said)


async def refusal(asking: object) -> Refused:
    with pytest.raises(Refused) as refused:
        await asking  # type: ignore[misc]
    return refused.value


async def test_on_a_full_disk_nothing_of_a_commit_is_written_and_all_are_asked_to_wait(
    store: SqlStore,
) -> None:
    await fill(store)
    sent = [
        store.append(SESSION, [record(3)]),
        store.append(SESSION, [record(4, fact=LARGE), record(5, fact=LARGE)]),
        store.set_closed(OTHER, 7),
    ]
    said = await at_once(store, sent)
    assert [str(each) for each in said] == ["storage.full retry_ms=5000"] * 3
    assert [each.seq for each in await store.after(SESSION, 0)] == [1, 2]
    other = await store.session(OTHER)
    assert other is not None
    assert other.closed is None


async def test_a_full_disk_is_over_when_there_is_space_again(store: SqlStore, caplog) -> None:
    await fill(store)
    for _ in range(3):
        assert (await refusal(store.append(SESSION, [record(3, fact=LARGE)]))).code == "storage.full"
    await set_(store, "max_page_count=1000000")
    await store.append(SESSION, [record(3, fact=LARGE)])
    assert [each.seq for each in await store.after(SESSION, 0)] == [1, 2, 3]
    assert caplog.text.count("The disk is full") == 1


async def test_erasing_goes_through_beside_notes_that_find_no_space(store: SqlStore) -> None:
    await fill(store)
    sent = [
        store.append(SESSION, [record(3, fact=LARGE)]),
        store.blank(SESSION, {2: b"{}"}),
        store.delete_session(OTHER),
        store.append(SESSION, [record(4, fact=LARGE)]),
    ]
    said = await at_once(store, sent)
    assert [getattr(each, "code", "done") for each in said] == [
        "storage.full",
        "done",
        "done",
        "storage.full",
    ]
    assert [each.fact for each in await store.after(SESSION, 0)] == [record(1).fact, b"{}"]
    assert await store.session(OTHER) is None


async def test_a_file_that_is_held_by_somebody_else_is_trouble_that_passes(
    store: SqlStore, broke: Broken, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "eutopia.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert (await refusal(store.append(SESSION, [record(3)]))).code == "storage.trouble"
        other.execute("ROLLBACK")
    await store.append(SESSION, [record(3)])
    assert broke.times == 0


async def test_words_erased_while_somebody_copies_the_file_leave_the_wal_when_they_are_done(
    store: SqlStore, tmp_path: Path
) -> None:
    await store.append(SESSION, [record(3, fact=note("n", "bittern"))])
    wal = tmp_path / "eutopia.sqlite-wal"
    with closing(sqlite3.connect(tmp_path / "eutopia.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM facts").fetchall()
        await store.blank(SESSION, {3: note("n", "")})
        assert b"bittern" in wal.read_bytes()
        await store.append(SESSION, [record(4)])
    async with asyncio.timeout(20):
        while b"bittern" in wal.read_bytes():  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert b"bittern" not in (tmp_path / "eutopia.sqlite").read_bytes()


async def test_after_a_write_that_failed_nothing_is_written_any_more(
    store: SqlStore, broke: Broken, tmp_path: Path, caplog
) -> None:
    await set_(store, "query_only=ON")
    assert (await refusal(store.append(SESSION, [record(3)]))).code == "storage.broken"
    said = await asyncio.gather(
        store.append(SESSION, [record(3)]), store.delete_session(OTHER), return_exceptions=True
    )
    assert [str(each) for each in said] == ["storage.broken retry_ms=5000"] * 2
    assert broke.times == 1
    assert caplog.text.count("The disk failed (SQLITE_READONLY)") == 1
    assert len(await store.after(SESSION, 0)) == 2, "what is there can be read"


async def test_a_store_whose_disk_failed_leaves_the_wal_alone(store: SqlStore, tmp_path: Path) -> None:
    wal = tmp_path / "eutopia.sqlite-wal"
    kept = wal.read_bytes()
    await set_(store, "query_only=ON")
    await refusal(store.append(SESSION, [record(3)]))
    await store.close()
    assert wal.read_bytes() == kept != b""


async def test_what_a_crash_left_in_the_wal_is_written_and_flushed_once_more_at_the_start(
    store: SqlStore, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("eutopia.sqlite", "eutopia.sqlite-wal"):
        (copy / name).write_bytes((tmp_path / name).read_bytes())
    assert (copy / "eutopia.sqlite-wal").stat().st_size > 0
    again = SqlStore(copy / "eutopia.sqlite")
    assert (copy / "eutopia.sqlite-wal").stat().st_size == 0
    assert len(await again.after(SESSION, 0)) == 2
    await again.close()


async def test_the_wal_is_moved_into_the_file_before_it_grows_large(store: SqlStore, tmp_path: Path) -> None:
    for turn in range(3, 40_003, 200):
        await store.append(SESSION, [record(seq) for seq in range(turn, turn + 200)])
    assert (tmp_path / "eutopia.sqlite-wal").stat().st_size < 4_000_000
    assert (tmp_path / "eutopia.sqlite").stat().st_size > 3_000_000


def test_a_failed_rollback_does_not_hide_what_it_was_for() -> None:
    def fails() -> None:
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorname = "SQLITE_FULL"
        try:
            raise full
        finally:
            raise sqlite3.OperationalError("no such savepoint: work")

    with pytest.raises(sqlite3.OperationalError) as last:
        fails()
    assert fault_of(last.value) is Fault.FULL


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("SQLITE_FULL", Fault.FULL),
        ("SQLITE_IOERR_SHMSIZE", Fault.FULL),
        ("SQLITE_IOERR_FSYNC", Fault.BROKEN),
        ("SQLITE_IOERR_WRITE", Fault.BROKEN),
        ("SQLITE_CORRUPT_VTAB", Fault.BROKEN),
        ("SQLITE_NOTADB", Fault.BROKEN),
        ("SQLITE_READONLY_DBMOVED", Fault.BROKEN),
        ("SQLITE_CANTOPEN", Fault.BROKEN),
        ("SQLITE_BUSY_SNAPSHOT", Fault.BUSY),
        ("SQLITE_CONSTRAINT_PRIMARYKEY", Fault.OTHER),
    ],
)
def test_faults_are_told_apart_by_the_name_of_the_error(name: str, fault: Fault) -> None:
    error = sqlite3.OperationalError("in other words every time")
    error.sqlite_errorname = name
    assert fault_of(error) is fault


async def test_a_setting_that_is_not_taken_is_found_at_the_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(SETTINGS, "synchronous", 7)
    with pytest.raises(Unfit) as unfit:
        SqlStore(tmp_path / "eutopia.sqlite")
    assert (unfit.value.code, unfit.value.facts["what"]) == ("storage.settings", "synchronous")


def test_every_connection_is_set_and_asked(tmp_path: Path) -> None:
    for begin in ("BEGIN", "BEGIN IMMEDIATE"):
        engine = engine_of(tmp_path / "eutopia.sqlite", begin)
        with engine.connect() as db:
            said = {
                name: db.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
            }
        engine.dispose()
        assert said == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "temp_store": 2,
        }


@pytest.mark.parametrize(
    "harm",
    [
        lambda pages: b"not a database " * 500,
        lambda pages: pages[:4096] + bytes(4096) + pages[8192:],
        lambda pages: pages[:4096] + b"\xff" * 300 + pages[4396:],
        lambda pages: pages[: len(pages) // 2],
    ],
    ids=["another file", "a page of zeros", "a page overwritten", "half of it"],
)
async def test_a_damaged_file_is_not_opened(store: SqlStore, tmp_path: Path, harm) -> None:
    await store.close()
    file = tmp_path / "eutopia.sqlite"
    file.write_bytes(harm(file.read_bytes()))
    with pytest.raises(Unfit) as unfit:
        SqlStore(file)
    assert unfit.value.code == "storage.damaged"


async def test_a_page_that_is_damaged_costs_the_sessions_that_lie_on_it_and_no_other(
    store: SqlStore, tmp_path: Path
) -> None:
    await store.append(OTHER, [record(1, fact=LARGE)])
    await store.close()
    file = tmp_path / "eutopia.sqlite"
    again = SqlStore(file)
    pages = bytearray(file.read_bytes())
    # A page in the middle of a long fact begins with the number of the next one.
    middle = next(page for page in range(0, len(pages), 4096) if b"long long" in pages[page + 4 : page + 24])
    pages[middle : middle + 4] = b"\x7f\xff\xff\xff"
    file.write_bytes(pages)
    assert (await refusal(again.after(OTHER, 0))).code == "session.damaged"
    assert len(await again.after(SESSION, 0)) == 2
    await again.append(SESSION, [record(3)])
    await again.close()


def test_a_folder_that_cannot_hold_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "eutopia.sqlite").mkdir()
    with pytest.raises(Unfit) as unfit:
        SqlStore(tmp_path / "eutopia.sqlite")
    assert unfit.value.code == "storage.unwritable"


def test_the_reserve_is_really_there_and_really_given_back(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path)
    file = tmp_path / "eutopia.reserve"
    assert reserve.is_whole
    assert file.stat().st_blocks * 512 >= file.stat().st_size > 0
    assert reserve.free()
    assert not file.exists()
    assert not reserve.free()
    reserve.keep()
    assert reserve.is_whole


def note(id: str, text: str) -> bytes:
    return json.dumps({"type": "note.added", "id": id, "zone": "z", "text": text, "group": None}).encode()


async def test_what_was_erased_is_in_the_ledger_by_its_ids_and_without_words(
    store: SqlStore, tmp_path: Path
) -> None:
    await store.append(SESSION, [record(3, fact=note("n1", "heron")), record(4, fact=note("n2", "bittern"))])
    await store.blank(SESSION, {4: note("n2", "")})
    await store.delete_session(OTHER)
    ledger = Ledger(tmp_path / "erased.jsonl")
    assert list(ledger.lines()) == [Erased(SESSION, ("n2",)), Erased(OTHER)]
    assert b"bittern" not in (tmp_path / "erased.jsonl").read_bytes()


def test_half_a_line_of_the_ledger_harms_no_other(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "erased.jsonl")
    ledger.add(Erased("one"))
    with (tmp_path / "erased.jsonl").open("ab") as file:
        file.write(b'{"session":"tw')
    ledger.add(Erased("three", ("n",)))
    assert list(ledger.lines()) == [Erased("one"), Erased("three", ("n",))]


def test_parts_without_words_are_named_and_facts_that_never_had_words_are_not() -> None:
    part = {"set": "words", "of": "part", "field": "text"}
    split = {
        "type": "note.split",
        "changes": [
            part | {"id": "p1", "now": "", "was": None},
            part | {"id": "p2", "now": "heron", "was": None},
        ],
    }
    dropped = {"type": "item.dropped", "changes": [{**part, "of": "item", "id": "i", "now": None, "was": ""}]}
    answered = [
        {"type": "essential.answered", "id": "a1", "essential": "e", "because": ""},
        {"type": "essential.answered", "id": "a2", "essential": "e", "because": "heron"},
        {"type": "essential.answered", "id": "a3", "essential": "e"},
    ]
    facts = [json.dumps(each).encode() for each in (split, dropped, *answered)]
    assert wordless([*facts, note("n", ""), note("m", "words"), b"{}", b"[]"]) == ("a1", "n", "p1")


async def test_an_erasure_that_cannot_be_put_into_the_ledger_is_not_made(
    store: SqlStore, tmp_path: Path
) -> None:
    (tmp_path / "erased.jsonl").mkdir()
    assert (await refusal(store.delete_session(OTHER))).code == "storage.broken"
    with closing(sqlite3.connect(tmp_path / "eutopia.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone() == (2,)
