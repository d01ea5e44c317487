"""Disks that are slow, full, broken or changed behind the server's back, and clocks that jump."""

import asyncio
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.simulation import checker
from tests.simulation.crowd import Crowd, writing
from tests.simulation.device import Device
from tests.simulation.disks import (
    came_in,
    disturbed,
    ended,
    keys,
    knows,
    move_into_the_database,
    phones,
    serving_later,
    settled,
    wal_of,
    was_forgotten,
    was_refused,
    write_each,
)
from tests.simulation.history import Json
from tests.simulation.scale import SEED, scaled
from tests.simulation.server import Server

pytestmark = pytest.mark.timeout(scaled(120, 600))

LEAVING_SECONDS = 5 + 3
"""Within five; the rest is for a machine that has more to do."""


# Slow


@pytest.mark.strace
@pytest.mark.parametrize("delay", [0.01, 0.05, 0.2])
async def test_a_slow_disk_delays_answers_and_nothing_else(server: Server, delay: float) -> None:
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        busy, quiet = await crowd.room(), await crowd.room()
        writers = await phones(crowd, busy, 12)
        (lonely,) = await phones(crowd, quiet, 1)
        wall = await crowd.wall(busy)
        await came_in(wall)
        reads: list[float] = []
        on_the_wall: dict[int, float] = {}

        def note(_: Json) -> None:
            on_the_wall.setdefault(wall.rows.to, time.monotonic())

        wall.on_frame = note
        with disturbed(server, f"fdatasync:delay_enter={round(delay * 1e6)}"):
            async with writing(writers, 0.1):
                until = time.monotonic() + scaled(1.5, 20)
                while time.monotonic() < until:
                    if not lonely.waiting:
                        lonely.write()
                    begun = time.monotonic()
                    for path in (f"/j/{quiet.code}", "/healthz", "/readyz"):
                        answer = await crowd.visit(crowd.direct, "GET", path, None, "")
                        assert answer.status == 200, path
                    reads.append((time.monotonic() - begun) / 3)
                    await asyncio.sleep(0.05)
            done = crowd.history.of("ok")
            alone = [asked.ended - asked.invoked for asked in done if asked.device == lonely.name]
            # What is done is on the wall at once; only the commits that follow are slow.
            last = max(asked.seq for asked in done if asked.session == busy.id)
            await knows(wall, last)
            names = {device.name for device in writers}
            lags = [
                min(when for to, when in on_the_wall.items() if to >= asked.seq) - asked.ended
                for asked in done
                if asked.device in names
            ]
        took = statistics.median(alone)
        read = statistics.median(reads)
        print(
            f"flush {delay * 1e3:.0f} ms: page p50 {read * 1e3:.1f} ms, done p50 {took * 1e3:.0f} ms, "
            f"wall after done p95 {sorted(lags)[len(lags) * 95 // 100] * 1e3:.0f} ms"
        )
        # One commit may be under way already; then comes its own.
        assert delay <= took < 3 * delay + 0.2
        assert read < max(delay, 0.15)
        assert statistics.median(lags) < 0.1
        await settled(crowd, server)


# Broken


BROKEN = [("fdatasync", n) for n in scaled((1, 2, 4), tuple(range(1, 25)))]
BROKEN += [("pwrite64", n) for n in scaled((1, 6), tuple(range(1, 40)))]


@pytest.mark.strace
async def test_after_a_failed_write_or_flush_the_server_leaves_and_comes_back_clean(tmp_path: Path) -> None:
    """Whichever call it is that fails. Several servers at once, as each of them waits most of the time."""
    at_once = asyncio.Semaphore(6)

    async def broken(call: str, n: int) -> float:
        async with at_once:
            return await _broken(tmp_path / f"{call}-{n}", call, n)

    for call, n in BROKEN:
        (tmp_path / f"{call}-{n}").mkdir()
    took = await asyncio.gather(*[broken(call, n) for call, n in BROKEN])
    print(f"{len(BROKEN)} failures: left after {statistics.median(took):.1f} s, at most {max(took):.1f} s")


async def _broken(folder: Path, call: str, n: int) -> float:
    """The n-th of these calls fails: seconds until the server had left."""
    with serving_later(folder / "data") as server:
        await asyncio.to_thread(server.start)
        async with Crowd(server.origin, server.key, seed=SEED) as crowd:
            place = await crowd.room()
            writers = await phones(crowd, place, 4)
            with disturbed(server, f"{call}:error=EIO:when={n}"):
                async with writing(writers, 0.02):
                    begun = time.monotonic()
                    await ended(server)
            took = time.monotonic() - begun
            assert took < LEAVING_SECONDS, (call, n)
            assert server.status == 1, (call, n)
            # What was called saved is in the files as they were left.
            assert {asked.key for asked in crowd.history.of("ok")} <= keys(server.database), (call, n)
            await asyncio.to_thread(server.start)
            for device in crowd.devices:
                # As if its person had opened the page again; it was told to wait for some seconds.
                await device.stop()
                device.start()
            for device in writers:
                device.write()
            await settled(crowd, server, faulty=True)
    return took


@pytest.mark.strace
async def test_a_full_disk_refuses_for_a_while_and_loses_nothing(server: Server) -> None:
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        place = await crowd.room()
        writers = await phones(crowd, place, 6)
        (reader, *_) = writers
        await write_each(writers, 1)
        with disturbed(server, "pwrite64:error=ENOSPC", "fallocate:error=ENOSPC"):
            waiting = [device.write() for device in writers]
            for device, asked in zip(writers, waiting, strict=True):
                await was_refused(device, asked, "storage.full")
            again = Device(crowd.shared, place, "again", "participant", reader.way, reader.cookie)
            again.start()
            await knows(again, reader.rows.to)
            assert again.rows == reader.rows
            await again.stop()
            assert (await crowd.visit(crowd.direct, "GET", f"/j/{place.code}", None, "")).status == 200
        pid = server.pid
        await settled(crowd, server, faulty=True)
        assert all(asked.outcome == "ok" for asked in waiting)
        assert server.is_running
        assert server.pid == pid


# Changed behind the server's back


Damage = Callable[[Path, bytes, bytes], None]
"""To the database, given its WAL of earlier in this life, and of the life before."""


def _flip(database: Path, _earlier: bytes, _before: bytes) -> None:
    content = bytearray(wal_of(database).read_bytes())
    content[len(content) // 2] ^= 0x40
    wal_of(database).write_bytes(content)


def _cut_short(database: Path, _earlier: bytes, _before: bytes) -> None:
    content = wal_of(database).read_bytes()
    wal_of(database).write_bytes(content[: len(content) // 2])


def _take_away(database: Path, _earlier: bytes, _before: bytes) -> None:
    wal_of(database).unlink()


def _turn_back(database: Path, earlier: bytes, _before: bytes) -> None:
    wal_of(database).write_bytes(earlier)


def _swap(database: Path, _earlier: bytes, before: bytes) -> None:
    wal_of(database).write_bytes(before)


def _leave_stale_memory(database: Path, _earlier: bytes, _before: bytes) -> None:
    database.with_name(f"{database.name}-shm").write_bytes(Random(SEED).randbytes(32_768))


DAMAGES = (_flip, _cut_short, _take_away, _turn_back, _swap, _leave_stale_memory)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
async def test_what_a_damaged_log_lost_is_found_out_and_brought_back(server: Server, damage: Damage) -> None:
    loses = damage is not _leave_stale_memory
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        place, other = await crowd.room(), await crowd.room()
        writers = await phones(crowd, place, 4)
        writers += await phones(crowd, other, 1)
        host = place.devices[0]
        before = wal_of(server.database).read_bytes()
        move_into_the_database(server.database)
        await write_each(writers, 3)
        earlier = wal_of(server.database).read_bytes()
        await write_each(writers, 5)
        server.kill()
        promised = {asked.key for asked in crowd.history.of("ok")}
        damage(server.database, earlier, before)
        assert (promised - keys(server.database) != set()) is loses
        await asyncio.to_thread(server.start)
        for device in crowd.devices:
            device.longest_wait = 0.5
            await came_in(device, 2)
        if loses:
            # Everybody had seen everything, so everybody knew more than the server did.
            for device in writers:
                await was_forgotten(device)
        await settled(crowd, server, may_forget=loses)
        assert all((device.forgotten > 0) is loses for device in writers)
        if loses:
            await host.until(lambda: host.now.get("returned", 0) >= 4)
        else:
            assert not host.now.get("returned", 0)


async def test_a_log_of_another_time_over_newer_data_is_refused_at_the_start(server: Server) -> None:
    """Old pages between new ones are no history of anybody."""
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        writers = await phones(crowd, await crowd.room(), 4)
        await write_each(writers, 10)
        move_into_the_database(server.database)
        await write_each(writers, 1)
        earlier = wal_of(server.database).read_bytes()
        move_into_the_database(server.database)
        await write_each(writers, 15)
        server.kill()
    move_into_the_database(server.database)
    wal_of(server.database).write_bytes(earlier)
    server.launch()
    assert await asyncio.to_thread(server.wait, 20) == 1
    said = server.log.read_text()
    assert "is damaged" in said
    assert "restore" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("what", ["mark", "key", "kind"])
async def test_a_fact_that_was_changed_in_the_file_closes_its_session_and_no_other(
    server: Server, what: str
) -> None:
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        place, other = await crowd.room(), await crowd.room()
        (writer,), (stranger,) = await phones(crowd, place, 1), await phones(crowd, other, 1)
        await write_each([writer, stranger], 6)
        victim = writer.kept[3]
        server.kill()
        move_into_the_database(server.database)
        content = server.database.read_bytes()
        about = {
            "mark": victim.mark.encode(),
            "key": victim.key.encode(),
            "kind": b'note.added","id":"' + victim.ask["id"].encode(),
        }[what]
        # In the row, where the mark comes last but one; the key stands in an index too.
        at = content.rindex(about, 0, content.index(victim.mark.encode()) + 300)
        changed = bytes([content[at] ^ 0x01])
        server.database.write_bytes(content[:at] + changed + content[at + 1 :])
        await asyncio.to_thread(server.start)
        refused = writer.write()
        saved = stranger.write()
        await stranger.done(saved)
        assert saved.outcome == "ok"
        await was_refused(writer, refused, "session.damaged")
        assert victim.ask["id"] not in keys(server.database)
        # What stands before it can be read.
        texts = [asked.ask["text"] for asked in writer.kept[:3]]
        assert writer.rows.texts() == sorted(texts)


# Clocks


async def test_a_clock_that_jumps_between_two_runs_changes_no_order(server: Server) -> None:
    """An hour ahead, an hour behind, two years behind: the numbers are the order."""
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        place = await crowd.room()
        writers = await phones(crowd, place, 3)
        place.devices[0].longest_wait = 0.5
        for hours in (1, -1, -2 * 365 * 24, 0):
            server.kill()
            server.faults(CLOCK=f"1:{hours * 3600}")
            await asyncio.to_thread(server.start)
            await write_each(writers, 3)
        await settled(crowd, server)
        assert not any(device.forgotten for device in crowd.devices)
        (rows,) = (rows for id, rows in checker.read(server.database)[0].items() if id == place.id)
        written = [row.at for row in rows]
        assert written != sorted(written)
