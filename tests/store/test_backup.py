"""Copies: whole or not at all, read through before they are believed, and without what was erased since."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from sessions.domain.facts import AnyFact
from sessions.domain.marks import FIRST, mark
from sessions.store.backup import Held, back_up, put_back, read_through
from sessions.store.ground import Unfit
from sessions.store.log import Record
from sessions.store.sql import DATABASE, SqlStore
from tests.domain.histories import PLAN
from tests.store.records import OTHER, SESSION, grant, link, record, session

CANARY = "canary-bird-sings-at-dawn"
NOW = 1_767_323_045_000
CODES = ("BCDFGHJKL", "LKJHGFDCB")


def note(seq: int, text: str) -> Record:
    fact = {"type": "note.added", "id": f"n{seq}", "zone": "matrix.social", "text": text, "group": "red"}
    return record(seq, fact=json.dumps(fact, separators=(",", ":")).encode())


def chained(records: list[Record]) -> list[Record]:
    """The same with the marks that they would have."""
    chain, right = FIRST, []
    for each in records:
        chain = mark(chain, each.seq, each.at, each.key)
        right.append(msgspec.structs.replace(each, mark=chain))
    return right


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """Two sessions with five notes each; the words of the third are a canary."""
    folder = tmp_path / "data"
    folder.mkdir()
    store = SqlStore(folder / DATABASE)
    for id, code in zip((SESSION, OTHER), CODES, strict=True):
        await store.add_session(session(id, plan=msgspec.json.encode(PLAN)), code)
        texts = ["one", "two", f"{CANARY} of {id}", "four", "five"]
        await store.append(id, chained([note(seq, text) for seq, text in enumerate(texts, 1)]))
    yield store
    await store.close()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / DATABASE


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite"


def canaries_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if CANARY.encode() in file.read_bytes()]


async def test_a_copy_of_a_running_store_holds_what_was_committed(
    store: SqlStore, database: Path, copy: Path
) -> None:
    assert back_up(database, copy) == Held(2, 10)
    await store.append(SESSION, [note(6, "six")])
    assert read_through(copy, copy) == Held(2, 10)
    assert [file.name for file in copy.parent.iterdir() if file.is_file()] == [copy.name]
    assert copy.stat().st_mode & 0o077 == 0, "it is nobody else's to read"


async def test_a_copy_of_a_stopped_store_leaves_nothing_beside_it(
    store: SqlStore, database: Path, copy: Path
) -> None:
    await store.close()
    assert back_up(database, copy) == Held(2, 10)
    assert [file.name for file in database.parent.iterdir()] == [DATABASE]


async def test_what_was_put_back_is_what_was_copied(store: SqlStore, database: Path, copy: Path) -> None:
    before = [await store.after(id, 0) for id in (SESSION, OTHER)]
    back_up(database, copy)
    await store.append(SESSION, [note(6, "six")])
    await store.close()
    done = put_back(copy, database, NOW)
    assert (done.held, done.emptied, done.deleted) == (Held(2, 10), 0, 0)
    again = SqlStore(database)
    assert [await again.after(id, 0) for id in (SESSION, OTHER)] == before
    await again.close()


async def test_the_database_that_was_there_is_kept_with_all_it_had(
    store: SqlStore, database: Path, copy: Path
) -> None:
    back_up(database, copy)
    await store.append(SESSION, [note(6, "six")])
    await store.close()
    aside = put_back(copy, database, NOW).aside
    assert aside == database.with_name("eutopia.replaced-2026-01-02-030405.sqlite")
    with closing(sqlite3.connect(aside)) as db:
        assert db.execute("SELECT count(*) FROM facts").fetchone() == (11,)


async def test_a_copy_never_takes_the_place_of_a_file(store: SqlStore, database: Path, copy: Path) -> None:
    copy.write_text("the minutes of last year")
    with pytest.raises(Unfit) as unfit:
        back_up(database, copy)
    assert unfit.value.code == "backup.exists"
    assert copy.read_text() == "the minutes of last year"


async def test_words_erased_since_the_copy_are_in_no_file_after_it_is_put_back(
    store: SqlStore, database: Path, copy: Path
) -> None:
    back_up(database, copy)
    third = (await store.after(SESSION, 0))[2]
    empty = msgspec.structs.replace(msgspec.json.decode(third.fact, type=AnyFact), text="")
    await store.blank(SESSION, {3: msgspec.json.encode(empty)})
    await store.delete_session(OTHER)
    await store.close()
    assert CANARY.encode() in copy.read_bytes(), "the search has to find what is there"
    done = put_back(copy, database, NOW)
    assert (done.held, done.emptied, done.deleted) == (Held(1, 6), 1, 1)
    assert canaries_in(database.parent) == []
    again = SqlStore(database)
    kept = await again.after(SESSION, 0)
    assert kept[2] == msgspec.structs.replace(third, fact=msgspec.json.encode(empty))
    assert (kept[5].actor, kept[5].fact) == (third.actor, b'{"type":"note.taken_back","id":"n3"}')
    assert await again.after(OTHER, 0) == []
    assert await again.session_of_code(CODES[1]) is None
    await again.close()


async def test_a_number_given_out_again_after_a_restore_is_not_erased_for_what_it_was_before(
    store: SqlStore, database: Path, copy: Path
) -> None:
    """The ledger names notes: seq 6 of the first history was erased, seq 6 of the second stays."""
    back_up(database, copy)
    await store.append(SESSION, chained_after(await store.after(SESSION, 0), note(6, "gone")))
    gone = json.loads((await store.after(SESSION, 5))[0].fact) | {"text": ""}
    await store.blank(SESSION, {6: json.dumps(gone).encode()})
    await store.close()
    put_back(copy, database, NOW)
    again = SqlStore(database)
    other = record(6, key="other", fact=note(6, "stays").fact.replace(b'"n6"', b'"n7"'))
    await again.append(SESSION, chained_after(await again.after(SESSION, 0), other))
    later = copy.with_name("later.sqlite")
    back_up(database, later)
    await again.close()
    assert put_back(later, database, NOW + 60_000).emptied == 0


def chained_after(known: list[Record], new: Record) -> list[Record]:
    return [msgspec.structs.replace(new, mark=mark(known[-1].mark, new.seq, new.at, new.key))]


HARM = {
    "a fact gone": "DELETE FROM facts WHERE seq = 2",
    "another key": "UPDATE facts SET key = 'other' WHERE seq = 4",
    "another mark": "UPDATE facts SET mark = 'other' WHERE seq = 4",
    "a fact that cannot be read": "UPDATE facts SET fact = x'7b22' WHERE seq = 5",
    "a plan that cannot be read": "UPDATE sessions SET plan = x'7b22'",
    "facts of no session": "DELETE FROM sessions",
    "no tables": "DROP TABLE facts",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
async def test_what_does_not_hold_together_is_neither_copied_nor_put_back(
    store: SqlStore, database: Path, copy: Path, harm: str
) -> None:
    back_up(database, copy)
    await store.close()
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute(harm)
    whole = database.read_bytes()
    with pytest.raises(Unfit) as unfit:
        put_back(copy, database, NOW)
    assert unfit.value.code == "backup.damaged"
    assert database.read_bytes() == whole
    assert {file.name for file in database.parent.iterdir()} == {DATABASE}
    second = copy.with_name("second.sqlite")
    with pytest.raises(Unfit) as unfit:
        back_up(copy, second)
    assert unfit.value.code == "backup.damaged"
    assert [file.name for file in copy.parent.iterdir() if file.is_file() and "second" in file.name] == []


@pytest.mark.parametrize("content", [b"", b"not a database " * 500], ids=["empty", "another file"])
async def test_another_file_is_no_copy(store: SqlStore, database: Path, copy: Path, content: bytes) -> None:
    await store.close()
    copy.write_bytes(content)
    with pytest.raises(Unfit) as unfit:
        put_back(copy, database, NOW)
    assert unfit.value.code == "backup.damaged"


async def test_a_file_that_was_copied_by_hand_from_under_a_server_is_refused(
    store: SqlStore, database: Path, copy: Path
) -> None:
    copy.write_bytes(database.read_bytes())
    copy.with_name(f"{copy.name}-wal").write_bytes(database.with_name(f"{DATABASE}-wal").read_bytes())
    with pytest.raises(Unfit) as unfit:
        put_back(copy, database, NOW)
    assert unfit.value.code == "backup.damaged"


async def test_copies_made_while_it_is_written_hold_a_beginning_of_the_log(
    store: SqlStore, database: Path, tmp_path: Path
) -> None:
    async def write() -> None:
        known = await store.after(SESSION, 0)
        for seq in range(6, 200):
            known += chained_after(known, note(seq, f"note {seq}"))
            await store.append(SESSION, known[-1:])

    writing = asyncio.create_task(write())
    held: list[Held] = []
    while not writing.done():
        held.append(await asyncio.to_thread(back_up, database, tmp_path / f"{len(held)}.sqlite"))
    await writing
    facts = [each.facts for each in held]
    assert len(facts) > 1
    assert facts == sorted(facts)


@pytest.mark.parametrize("where", ["back.erase_again", "back._flush", "back._move_aside", "Path.rename"])
async def test_a_restore_that_is_killed_leaves_the_database_as_it_was_and_can_be_done_again(
    store: SqlStore, database: Path, copy: Path, where: str
) -> None:
    back_up(database, copy)
    await store.append(SESSION, chained_after(await store.after(SESSION, 0), note(6, "six")))
    await store.close()
    dies = f"""
import os, sessions.store.backup as back
from pathlib import Path
{where} = lambda *_: os.kill(os.getpid(), 9)
back.put_back(Path({str(copy)!r}), Path({str(database)!r}), {NOW})
"""
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", dies], check=False)
    assert killed.returncode == -9
    assert read_through(database, database) == Held(2, 11)
    assert put_back(copy, database, NOW + 60_000).held == Held(2, 10)
    assert read_through(database, database) == Held(2, 10)


async def test_grants_and_links_come_back_with_their_session(
    store: SqlStore, database: Path, copy: Path
) -> None:
    await store.add_grant(grant("mine", ticket=b"ticket"))
    await store.add_link(link("sam"))
    back_up(database, copy)
    await store.close()
    put_back(copy, database, NOW)
    again = SqlStore(database)
    assert await again.grant_of_ticket(b"ticket") == grant("mine", ticket=b"ticket")
    assert await again.links_in(SESSION) == [link("sam")]
    await again.close()
