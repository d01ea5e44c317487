"""Disks that are slow, full or broken under a running server, what lies on them, and who depends on it."""

import asyncio
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.simulation import checker
from tests.simulation.crowd import Crowd, Place
from tests.simulation.device import Device
from tests.simulation.history import Asked
from tests.simulation.server import Server


@contextmanager
def disturbed(server: Server, *injections: str) -> Iterator[None]:
    """Until the end of this strace disturbs the server's calls, in its own words: `pwrite64:error=ENOSPC`,
    `fdatasync:delay_enter=10000` (microseconds), `fdatasync:error=EIO:when=3` (counted by each thread).
    """
    command = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(server.folder.parent / "disturbed.out"),
        "-p",
        str(server.pid),
    ]
    traced = {injection.partition(":")[0] for injection in injections}
    command += ["-e", "trace=" + ",".join(sorted(traced))]
    for injection in injections:
        command += ["-e", f"inject={injection}"]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 10
        while not _is_traced(server.pid):
            assert tracer.poll() is None, tracer.stderr.read() if tracer.stderr else ""
            assert time.monotonic() < until, "strace did not come in"
            time.sleep(0.005)
        yield
    finally:
        tracer.terminate()
        tracer.wait(10)
        if tracer.stderr:
            tracer.stderr.close()


def _is_traced(pid: int) -> bool:
    """Every thread of it."""
    statuses = [task.joinpath("status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all("\nTracerPid:\t0\n" not in status for status in statuses)


# Its files


def wal_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def move_into_the_database(database: Path) -> None:
    """All that is committed, beside the server or without one."""
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def keys(database: Path) -> set[str]:
    """The keys that are stored, read beside whatever the files are left as."""
    copied = database.parent.parent / "copied"
    shutil.rmtree(copied, ignore_errors=True)
    copied.mkdir()
    for file in database.parent.glob(f"{database.name}*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, copied)
    with closing(sqlite3.connect(copied / database.name)) as db:
        return {key for (key,) in db.execute("SELECT key FROM facts")}


# Its server, and who depends on it


EXPECTED = ("The disk failed", "The disk is full")
"""What a server may log about a broken disk."""


@contextmanager
def serving_later(folder: Path) -> Iterator[Server]:
    """A server that is not started yet."""
    server = Server(folder)
    try:
        yield server
    finally:
        server.kill()


async def ended(server: Server) -> None:
    """Wait until it has ended, or has taken far too long."""
    with suppress(TimeoutError):
        await asyncio.to_thread(server.wait, 20)


async def phones(crowd: Crowd, place: Place, count: int) -> list[Device]:
    """Phones that are in."""
    devices = [await crowd.phone(place) for _ in range(count)]
    for device in devices:
        device.longest_wait = 0.5
        await came_in(device)
    return devices


async def came_in(device: Device, times: int = 1) -> None:
    await device.until(lambda: device.is_open and len(device.opened) >= times)


async def was_forgotten(device: Device) -> None:
    """It was answered from 0, and offers again what it kept."""
    await device.until(lambda: device.forgotten > 0)


async def knows(device: Device, seq: int) -> None:
    await device.until(lambda: device.rows.to >= seq)


async def was_refused(device: Device, asked: Asked, code: str) -> None:
    """For now: it waits in the outbox still."""
    await device.until(lambda: asked.code == code)
    assert asked.outcome == "unknown"


async def write_each(devices: list[Device], notes: int) -> None:
    """So many notes of each, done and seen by all."""
    for _ in range(notes):
        asked = [device.write() for device in devices]
        for device, each in zip(devices, asked, strict=True):
            await device.done(each)
    for device in devices:
        last = max(each.kept[-1].seq for each in devices if each.place is device.place)
        for peer in device.place.devices:
            await knows(peer, last)


async def settled(crowd: Crowd, server: Server, *, faulty: bool = False, may_forget: bool = False) -> None:
    """Everybody is through and current, and every invariant holds."""
    found = await crowd.settle(20)
    found += await checker.check(crowd, server, may_forget=may_forget)
    if faulty:
        found = [each for each in found if not any(said in each for said in EXPECTED)]
    assert not found, "\n".join(found)
