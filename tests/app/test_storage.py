"""Disks that are full, that fail, or that kept something else than was written, under a real server."""

import asyncio
import os
import re
import sqlite3
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import httpx
import pytest

from app.wording import words
from sessions.store.register import SessionRecord
from tests.app.client import Browser, People, Refusal, new_id
from tests.app.running import Running, running
from tests.simulation.server import Server, serving

MIB = 1024 * 1024
CANARY = "canary-bird-sings-at-dawn"
ENDS_SECONDS = 5


@asynccontextmanager
async def come(server: Server | Running) -> AsyncIterator[People]:
    async with People(server.origin, server.key) as people:
        yield people


def note(text: str, id: str = "") -> dict[str, str]:
    return {"type": "note.add", "id": id or new_id(), "zone": "matrix.social", "text": text}


async def send(phone: Browser, ask: dict[str, str], key: str) -> dict[str, object]:
    (reply,) = await phone.post_asks([{"key": key, "ask": ask}], phone.code, "participant")
    return reply


def stored(database: Path) -> list[str]:
    """The keys in the log, in order; of one session."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return [key for (key,) in db.execute("SELECT key FROM facts ORDER BY session, seq")]


def files_with(word: str, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.is_file() and word.encode() in file.read_bytes()]


# The full disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MiB, to be filled."""
    folder = tmp_path / "data"
    folder.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "eutopia-test", folder], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("NO SMALL DISK: under CI=true the full disk has to be tried (as root)", pytrace=False)
        pytest.skip("NO SMALL DISK: the full disk was NOT tried (it needs root, to mount one)")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> Path:
    """Take all the space there is."""
    filler = folder / "filler"
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


async def until(holds: object, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # type: ignore[operator]  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def write_until_refused(
    phone: Browser, saved: set[str], waiting: dict[str, dict[str, str]], times: int
) -> None:
    """Write until the disk was too full for so many notes."""
    refused = 0
    for _ in range(600):
        key, ask = new_id(), note("what the room thinks " * 12)
        reply = await send(phone, ask, key)
        if reply["type"] == "done":
            saved.add(key)
            continue
        assert reply["code"] == "storage.full"
        assert reply["message"] == words().say("refused.storage.full")
        assert isinstance(reply["retry_ms"], int)
        waiting[key] = ask
        refused += 1
        if refused == times:
            return
    raise AssertionError("the disk never was full")


async def test_a_full_disk_is_said_erased_from_and_survived_without_a_restart(small_disk: Path) -> None:
    with serving(small_disk, NUMBERS="sessions.room.PUT_BACK_MS=2000") as server:
        async with come(server) as people:
            workshop, other = await people.workshop(), await people.workshop(title="To be deleted")
            host, phone = await people.host(workshop), await people.phone(workshop, "g1")
            organiser, elsewhere = await people.organiser(), await people.phone(other, "g1")
            await elsewhere.asks(note(f"elsewhere {CANARY}"))
            gone = new_id()
            await phone.asks(
                note(f"here {CANARY}", gone), note("kept"), {"type": "note.take_back", "id": gone}
            )
            assert files_with(CANARY, small_disk), "the search has to find what is there"
            filler, saved, waiting = fill(small_disk), set[str](), dict[str, dict[str, str]]()
            await write_until_refused(phone, saved, waiting, 5)

            async with host.live("facilitator") as desk:
                assert "kept" in desk.rows.texts(), "the board can be read"
            assert (await host.http.get(f"/s/{workshop.code}/list.json")).status_code == 200
            stranger = people.browser(workshop.code)
            with pytest.raises(Refusal) as refused:
                await stranger.join(workshop.code, group="g1")
            assert (refused.value.status, refused.value.code) == (503, "storage.full")

            assert (await organiser.http.delete(f"/api/sessions/{other.code}")).status_code == 204
            await until(lambda: files_with(CANARY, small_disk) == [])
            with pytest.raises(Refusal) as unknown:
                await elsewhere.asks(note("anything"))
            assert unknown.value.code == "code.unknown"
            await write_until_refused(phone, saved, waiting, 1)

            filler.unlink()
            for key, ask in waiting.items():
                assert (await send(phone, ask, key))["type"] == "done"
            await stranger.join(workshop.code, group="g1")
            keys = stored(server.database)
            assert len(keys) == len(set(keys)) == 3 + len(saved) + len(waiting)
            assert saved | waiting.keys() <= set(keys)
            await until(lambda: (small_disk / "eutopia.reserve").exists())
        said = server.log.read_text()
        assert 1 <= said.count("The disk is full") <= 3, "it is said once, and not for every note"
        assert "Traceback" not in said


async def test_a_server_starts_on_a_full_disk_and_shows_what_it_has(small_disk: Path) -> None:
    with serving(small_disk) as server:
        async with come(server) as people:
            workshop = await people.workshop()
            host, phone = await people.host(workshop), await people.phone(workshop, "g1")
            await phone.asks(note("kept"))
            filler, waiting = fill(small_disk), dict[str, dict[str, str]]()
            await write_until_refused(phone, set(), waiting, 5)
            server.kill()
            fill(small_disk)
            server.start()
            async with host.live("facilitator") as desk:
                assert "kept" in desk.rows.texts()
            filler.unlink()
            for key, ask in waiting.items():
                assert (await send(phone, ask, key))["type"] == "done"


# The disk that fails


async def write_until_it_ends(phone: Browser) -> tuple[set[str], dict[str, dict[str, str]]]:
    """Notes, one after the other, until nobody answers: what was saved, and what was not."""
    saved: set[str] = set()
    waiting: dict[str, dict[str, str]] = {}
    for n in range(500):
        key, ask = new_id(), note(f"note {n}")
        waiting[key] = ask
        try:
            reply = await send(phone, ask, key)
        except (httpx.TransportError, Refusal):
            return saved, waiting
        if reply["type"] == "done":
            saved.add(key)
            del waiting[key]
        else:
            assert reply["code"] in ("storage.broken", "server.going")
            await asyncio.sleep(0.02)
    raise AssertionError("it never ended")


@pytest.mark.strace
@pytest.mark.parametrize("when", [1, 6])
async def test_after_a_failed_flush_nothing_is_called_saved_and_the_process_ends(
    tmp_path: Path, when: int
) -> None:
    with serving(tmp_path / "data") as server:
        async with come(server) as people:
            workshop = await people.workshop()
            host = await people.host(workshop)
            phones = [await people.phone(workshop, "g1") for _ in range(3)]
            server.stop()
            server._strace = [
                *("-ttt", "-e", "trace=fdatasync,fsync"),
                *("-e", f"inject=fdatasync,fsync:error=EIO:when={when}"),
            ]
            server.start()
            async with host.live("facilitator") as desk:
                ends = asyncio.create_task(desk.end())
                written = await asyncio.gather(*map(write_until_it_ends, phones))
                status = await asyncio.to_thread(server.wait, 30)
                ended = time.time()
                going = await ends
            failed = re.findall(r"(\d+\.\d+) .*EIO.*INJECTED", server.trace.read_text())
            assert len(failed) >= 1
            assert status == 1
            assert ended - float(failed[0]) <= ENDS_SECONDS
            assert going["code"] == "storage.broken"
            assert going["retry_ms"] > 0
            log = server.log.read_text()
            assert log.count("The disk failed (SQLITE_IOERR") == 1
            assert "note 1" not in log

            server._strace = []
            server.start()
            keys = stored(server.database)
            assert len(keys) == len(set(keys))
            for saved, _ in written:
                assert saved <= set(keys), "what was called saved is there"
            for phone, (_, waiting) in zip(phones, written, strict=True):
                for key, ask in waiting.items():
                    assert (await send(phone, ask, key))["type"] == "done"
            keys = stored(server.database)
            assert len(keys) == len(set(keys)) == sum(len(saved) + len(waiting) for saved, waiting in written)


@pytest.mark.strace
def test_a_flush_that_fails_at_the_start_is_said_in_a_sentence(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", strace=["-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO"])
    server.launch()
    assert server.wait(30) == 1
    said = server.log.read_text()
    assert (
        words().say("refused.storage.unwritable", folder=server.folder, reason="SQLITE_IOERR_FSYNC") in said
    )
    assert "Traceback" not in said


async def test_a_server_whose_disk_failed_is_not_ready(tmp_path: Path) -> None:
    with running(tmp_path / "data") as server:
        served = server._server.config.app  # type: ignore[union-attr]

        async def ask_while_it_breaks() -> tuple[int, int, dict[str, object]]:
            transport = httpx.ASGITransport(app=served)  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url=server.origin) as inside:
                before = (await inside.get("/readyz")).status_code
                server.house.broken.set()
                after = await inside.get("/readyz")
            return before, after.status_code, after.json()

        before, after, said = server.run(ask_while_it_breaks())
        assert (before, after, said["code"]) == (200, 503, "storage.broken")
        server._thread.join(ENDS_SECONDS)
        assert not server._thread.is_alive(), "it ends by itself"


# The disk that kept something else


HARM = {
    "a fact gone": "DELETE FROM facts WHERE session = ? AND seq = 2",
    "another key": "UPDATE facts SET key = key || 'x' WHERE session = ? AND seq = 2",
    "another mark": "UPDATE facts SET mark = '0123456789abcdef' WHERE session = ? AND seq = 2",
    "a fact that cannot be read": "UPDATE facts SET fact = x'7b22ff' WHERE session = ? AND seq = 2",
    "a fact nobody knows": """UPDATE facts SET fact = '{"type":"note.lost"}' WHERE session = ? AND seq = 2""",
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
async def test_a_damaged_session_shows_what_is_sound_and_takes_nothing_while_others_go_on(
    tmp_path: Path, harm: str
) -> None:
    with running(tmp_path / "data") as server:
        async with come(server) as people:
            damaged, sound = await people.workshop(), await people.workshop()
            phones = [await people.phone(each, "g1") for each in (damaged, sound)]
            hosts = [await people.host(each) for each in (damaged, sound)]
            for phone in phones:
                await phone.asks(note("one"), note("two"), note("three"))
            cookies = [dict(browser.http.cookies) for browser in (*phones, *hosts)]
            (id,) = (
                each.id
                for each, code in await asyncio.to_thread(server.run, _sessions(server))
                if code == damaged.code
            )
    with closing(sqlite3.connect(tmp_path / "data/eutopia.sqlite")) as db, db:
        assert db.execute(harm, (id,)).rowcount == 1
    with running(tmp_path / "data") as server:
        async with come(server) as people:
            browsers = [people.browser(code) for code in (damaged.code, sound.code) * 2]
            for browser, held in zip(browsers, cookies, strict=True):
                browser.http.cookies.update(held)
            phone, other_phone, host, other_host = browsers
            with pytest.raises(Refusal) as refused:
                await phone.asks(note("four"))
            assert refused.value.code == "session.damaged"
            assert refused.value.retry_ms, "the words wait on the phone: a backup may be put back"
            async with host.live("facilitator") as desk:
                assert desk.rows.texts() == ["one"]
            await other_phone.asks(note("four"))
            async with other_host.live("facilitator") as desk:
                assert desk.rows.texts() == ["four", "one", "three", "two"]


async def _sessions(server: Running) -> list[tuple[SessionRecord, str]]:
    return await server.house.register.sessions()
