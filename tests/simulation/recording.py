"""A life of the real server, recorded: all its writes and flushes, and all that it promised to devices."""

import asyncio
import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tests.app.client import Browser, Live, People, Workshop, new_id
from tests.simulation.server import Server
from tests.simulation.traces import RECORDING, WRITES, Call, calls

DATABASE, KEY = "eutopia.sqlite", "organiser.key"

_PASSING = ("-shm", ".lock", ".reserve")
"""Shared memory that SQLite makes anew, a lock, and room to spare: nothing of them has to last."""


def lasts(call: Call, folder: Path) -> bool:
    """Whether this call is about something in the folder that has to last."""
    on = call.data.decode() if call.name.startswith(("rename", "link")) else call.on
    return on.startswith(str(folder)) and not on.endswith(_PASSING)


class Asked(NamedTuple):
    """`device`: whose asks keep their order; `words`: a note's, where it has some."""

    device: str
    words: str


class Promise(NamedTuple):
    """A `done` as it was sent; `at`: its place among the calls."""

    at: int
    key: str
    seq: int
    mark: str


@dataclass
class Recording:
    """A life of a server: what it did, and what devices know of it.

    `taken_back`: words that may be erased at any time; `erased`: those of them that were gone before the
    `done` of `erased_by` was sent. `deleted`: the code of a session that was deleted whole between the last
    `done` of its own and that of `deleted_by`.
    """

    folder: Path
    calls: list[Call] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    erased: frozenset[str] = frozenset()
    erased_by: str = ""
    deleted: str = ""
    deleted_keys: frozenset[str] = frozenset()
    deleted_by: str = ""
    key: str = ""
    """The organiser's."""
    code: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """Of one device that comes back: its cookies, and the id of each of its notes by the key of the ask."""

    def close(self) -> None:
        """Nothing more comes."""
        self.promises = list(_promises(self.calls))
        when = {promise.key: promise.at for promise in self.promises}
        self.erased_at = when[self.erased_by]
        self.last_of_deleted = max(when[key] for key in self.deleted_keys)
        self.deleted_at = when[self.deleted_by]

    def promised(self, before: int) -> list[Promise]:
        return self.promises[: bisect_left(self.promises, before, key=lambda promise: promise.at)]


_DONE = re.compile(rb'"type":"done","key":"([^"]+)","seq":(\d+),"mark":"([^"]+)"')


def _promises(calls: list[Call]) -> Iterator[Promise]:
    for at, call in enumerate(calls):
        if call.name in WRITES and call.on.startswith("socket:"):
            for key, seq, its_mark in _DONE.findall(call.data):
                yield Promise(at, key.decode(), int(seq), its_mark.decode())


def record(folder: Path, devices: int = 12, notes: int = 12, **faults: str) -> Recording:
    """A workshop that is written in, corrected and erased from; a server that is killed, and stopped.

    The clock of this server runs fast, so that what is taken back is erased within a second or two.
    """
    recording = Recording(folder / "data")
    # It stands already: a folder that is itself new is for the one who makes it to flush.
    recording.folder.mkdir()
    # Without a key that was set it makes one, which has to last as well.
    faults = {"CLOCK": "30", **faults}
    server = Server(recording.folder, strace=RECORDING, faults=faults, organiser_key="")
    workshop: list[Workshop] = []
    try:
        server.start()
        server.key = recording.key = (recording.folder / KEY).read_text()
        asyncio.run(_first_day(server, recording, workshop, devices, notes))
        server.kill()
        _take(server, recording)
        server.start()
        asyncio.run(_second_day(server, recording, workshop[0], devices, notes))
        server.stop()
    finally:
        server.kill()
    _take(server, recording)
    recording.close()
    return recording


def _take(server: Server, recording: Recording) -> None:
    """Read the trace, once the tracer has written all of it."""
    last = f"{server.pid} ".encode()
    for _ in range(1_000):
        ends = [line for line in server.trace.read_bytes()[-4_000:].splitlines() if b"+++" in line]
        if any(line.startswith(last) for line in ends):
            break
        time.sleep(0.01)
    recording.calls += [
        call for call in calls(server.trace) if call.on.startswith("socket:") or lasts(call, recording.folder)
    ]


async def _first_day(
    server: Server, recording: Recording, workshops: list[Workshop], devices: int, notes: int
) -> None:
    async with People(server.origin, server.key) as people:
        workshop = await people.workshop()
        workshops.append(workshop)
        recording.code = workshop.code
        other = await people.workshop(title="Deleted later")
        host = await people.host(workshop)
        await asyncio.gather(*[_write(recording, await people.phone(other), f"x{n}", 3) for n in range(3)])
        recording.deleted_keys = frozenset(recording.asked)
        recording.deleted = other.code
        written = [
            _write(recording, await people.phone(workshop, "g1"), f"d{n}", notes) for n in range(devices)
        ]
        await asyncio.gather(*written)
        recording.erased = frozenset(recording.taken_back)
        async with asyncio.timeout(30):
            while _any_of(recording.erased, await _log(host, workshop)):  # noqa: ASYNC110 (another process)
                await asyncio.sleep(0.1)
        async with host.live("facilitator") as desk:
            recording.erased_by = await _ask(recording, desk, "host", "wall.blank", on=True)
            organiser = await people.organiser()
            await organiser.call("DELETE", f"/api/sessions/{other.code}")
            recording.deleted_by = await _ask(recording, desk, "host", "wall.blank", on=False)


async def _second_day(
    server: Server, recording: Recording, workshop: Workshop, devices: int, notes: int
) -> None:
    async with People(server.origin, server.key) as people:
        # Few devices and long: small commits fill the WAL until it is moved into the database and begun anew.
        phones = [await people.phone(workshop, "g2") for _ in range(devices // 4)]
        recording.cookies = dict(phones[0].http.cookies)
        await asyncio.gather(
            *[_write(recording, phone, f"e{n}", notes * 8) for n, phone in enumerate(phones)]
        )


async def _write(recording: Recording, phone: Browser, name: str, notes: int) -> None:
    """One after the other: notes, some of them corrected; two are taken back for good."""
    async with phone.live() as seat:
        for number in range(notes):
            note, words = new_id(), f"{name} says {number}: {new_id() * 3}"
            said = {words}
            key = await _ask(
                recording, seat, name, "note.add", words, id=note, zone="matrix.social", text=words
            )
            if name == "e0":
                recording.notes[key] = note
            if number % 5 == 1:
                better = f"{name} corrects {number}: {new_id()}"
                said.add(better)
                await _ask(recording, seat, name, "note.edit", better, id=note, text=better)
            if notes > 4 and number in (2, notes - 2):
                await _ask(recording, seat, name, "note.take_back", id=note)
                recording.taken_back |= said


async def _ask(
    recording: Recording, seat: Live, device: str, type: str, words: str = "", **fields: Any
) -> str:
    key = new_id()
    recording.asked[key] = Asked(device, words)
    await seat.ask(type, key=key, **fields)
    return key


def _any_of(words: frozenset[str], text: str) -> bool:
    return any(each in text for each in words)


async def _log(host: Browser, workshop: Workshop) -> str:
    return (await host.http.get(f"/s/{workshop.code}/log.jsonl")).text
