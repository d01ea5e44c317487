"""The hall tells every seat what it may see: in order, whole, and no slower for somebody else's slowness."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest

from sessions.domain import asks
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from sessions.domain.rows import AnyRow
from sessions.frames import FRAME_BYTES, next_frame
from sessions.hall import Hall, Party
from sessions.room import Room
from sessions.seat import LAG_BYTES, Seat
from tests.app.client import Rows
from tests.domain.histories import ANN, BOB, CAT, HAL, STAGES, VIEWERS, made, play
from tests.room.conftest import Clock


class Device:
    """Folds what its seat is sent. One that does not take leaves it waiting in its line."""

    def __init__(self, viewer: Viewer, told: int = 0) -> None:
        self.rows = Rows()
        self.changes: list[dict[str, Any]] = []
        self.nows: list[dict[str, Any]] = []
        self.is_taking = True
        self.cuts = 0
        self._untaken: list[bytes] = []
        self.seat = Seat(viewer, self, told)

    def write(self, frame: bytes) -> None:
        self._untaken.append(frame)
        if self.is_taking:
            self.take()

    @property
    def waiting(self) -> int:
        return sum(map(len, self._untaken))

    def cut(self) -> None:
        self.cuts += 1

    def take(self) -> None:
        """Read what waits in the line, and all that comes from now on."""
        self.is_taking = True
        while self._untaken:
            said = json.loads(self._untaken.pop(0))
            if said["type"] == "now":
                self.nows.append(said)
            else:
                self.changes.append(said)
                self.rows.fold(said)

    def looks(self) -> dict[str, dict[str, Any]]:
        return {
            id: {key: value for key, value in row.items() if key != "seq"} for id, row in self.rows.items()
        }


@pytest.fixture
async def hall(room: Room, clock: Clock) -> AsyncIterator[Hall]:
    hall = Hall(room, clock)
    hall.open()
    yield hall
    await hall.close()


async def add(hall: Hall, name: str, words: str = "walk", actor: Any = ANN) -> int:
    return (
        await hall.room.submit(
            actor, made(f"key of {name}"), asks.AddNote(made(name), "matrix.social", words)
        )
    ).seq


async def open_the_matrix(hall: Hall) -> None:
    await hall.room.submit(HAL, made("open"), asks.OpenStage("together"))


async def settled(hall: Hall, *devices: Device) -> None:
    """Until each has been told, or looked through for in vain, all there is."""
    async with asyncio.timeout(5):
        while any(each.seat.read < hall.room.board.seq for each in devices):  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def until(met: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not met():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def seen(room: Room, viewer: Viewer) -> dict[str, dict[str, Any]]:
    rows: list[AnyRow] = room.board.rows.seen_by(viewer)
    return {row.id: json.loads(msgspec.json.encode(row)) for row in rows}


async def test_who_sits_down_is_told_all_there_is_at_once(hall: Hall) -> None:
    await add(hall, "note")
    device = Device(VIEWERS["host"])
    hall.sit(device.seat)
    assert device.looks() == seen(hall.room, VIEWERS["host"])
    assert device.changes[0]["from"] == 0
    assert device.changes[0]["mark"] == hall.room.marks[1]


async def test_folding_what_each_seat_got_equals_what_it_may_see(hall: Hall) -> None:
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for device in devices.values():
        hall.sit(device.seat)
    history = play(bytes((37 * n * n + 11 * n) % 256 for n in range(6 * 300)))
    assert len(history.entries) > 100
    actors = {actor.id: actor for actor in (ANN, BOB, CAT, HAL)}
    for n in range(200):
        actor = list(actors.values())[n % 3]
        await add(hall, f"note {n}", f"words {n}", actor)
        if n % 20 == 7:
            await hall.room.submit(HAL, made(f"stage {n}"), asks.OpenStage(STAGES[n // 20 % len(STAGES)]))
        if n % 20 == 13:
            await hall.room.submit(HAL, made(f"hide {n}"), asks.HideNote(made(f"note {n - 3}")))
        if n % 20 == 17:
            await hall.room.submit(actors[actor.id], made(f"back {n}"), asks.TakeBackNote(made(f"note {n}")))
    await settled(hall, *devices.values())
    for name, viewer in VIEWERS.items():
        assert devices[name].looks() == seen(hall.room, viewer), name


async def test_a_seat_that_comes_back_is_told_only_what_it_lacks(hall: Hall) -> None:
    await add(hall, "one")
    await add(hall, "two")
    device = Device(VIEWERS["host"], told=1)
    hall.sit(device.seat)
    (change,) = device.changes
    assert change["from"] == 1
    assert change["to"] == 2
    assert made("one") not in {row["id"] for row in change["put"]}
    late = Device(VIEWERS["host"], told=2)
    hall.sit(late.seat)
    assert late.changes == []


async def test_nothing_to_see_means_no_frame_and_the_next_begins_where_the_last_ended(hall: Hall) -> None:
    await add(hall, "first")
    device = Device(VIEWERS["bob"])
    hall.sit(device.seat)
    begun = device.changes[-1]["to"]
    hall.sit(other := Device(VIEWERS["host"]).seat)
    for n in range(3):
        await add(hall, f"private {n}")
    await until(lambda: other.read == 4)
    await settled(hall, device)
    told = len(device.changes)
    await open_the_matrix(hall)
    await settled(hall, device)
    assert len(device.changes) == told + 1
    assert device.changes[-1]["from"] == begun == 1
    assert device.changes[-1]["to"] == 5


async def test_a_slow_seat_slows_nobody_and_gets_one_larger_frame_later(hall: Hall) -> None:
    slow, quick, wall = (Device(VIEWERS[name]) for name in ("ann", "bob", "wall"))
    for device in (slow, quick, wall):
        hall.sit(device.seat)
    await open_the_matrix(hall)
    await settled(hall, slow, quick, wall)
    told = len(slow.changes)
    slow.is_taking = False
    for n in range(20):
        await add(hall, f"note {n}")
        async with asyncio.timeout(1):
            while not all(made(f"note {n}") in each.rows for each in (wall, quick)):  # noqa: ASYNC110
                await asyncio.sleep(0.002)
    assert len(slow.changes) == told
    slow.take()
    await settled(hall, slow)
    assert len(slow.changes) == told + 1
    assert slow.looks() == seen(hall.room, VIEWERS["ann"])


async def test_a_seat_that_takes_nothing_is_cut_and_one_that_is_only_slow_goes_on(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.hall.NOW_SECONDS", 0.05)
    monkeypatch.setattr("sessions.seat.LAG_SECONDS", 0.4)
    stuck, slow, idle = Device(VIEWERS["wall"]), Device(VIEWERS["wall"]), Device(VIEWERS["wall"])
    for device in (stuck, slow, idle):
        hall.sit(device.seat)
    for device in (stuck, slow):
        device.is_taking = False
        device.write(b" " * LAG_BYTES)
    for _ in range(20):
        await asyncio.sleep(0.1)
        slow._untaken[0] = slow._untaken[0][:-9_000]
    assert stuck.cuts
    assert (slow.cuts, idle.cuts) == (0, 0)


async def test_a_seat_with_too_much_waiting_is_cut(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessions.hall.NOW_SECONDS", 0.05)
    device = Device(VIEWERS["ann"])
    hall.sit(device.seat)
    device.is_taking = False
    device.write(b" " * LAG_BYTES)
    await asyncio.sleep(0.2)
    assert not device.cuts
    device.write(b" ")
    await until(lambda: device.cuts > 0)


async def test_a_seat_whose_line_breaks_is_alone_with_it(hall: Hall) -> None:
    class Broken(Device):
        def write(self, frame: bytes) -> None:
            raise OSError("line")

    hall.sit(Broken(VIEWERS["wall"]).seat)
    whole = Device(VIEWERS["wall"])
    hall.sit(whole.seat)
    await add(hall, "note")
    await open_the_matrix(hall)
    await settled(hall, whole)
    assert made("note") in whole.rows


async def test_a_closed_hall_leaves_no_task_behind(room: Room, clock: Clock) -> None:
    before = asyncio.all_tasks()
    hall = Hall(room, clock)
    hall.open()
    devices = [Device(viewer) for viewer in VIEWERS.values()]
    for device in devices:
        hall.sit(device.seat)
        device.is_taking = False
    await add(hall, "note")
    await open_the_matrix(hall)
    await asyncio.sleep(0.06)
    await hall.close()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_walls_and_hosts_get_a_frame_a_commit_and_phones_one_a_beat(hall: Hall) -> None:
    wall, phone = Device(VIEWERS["wall"]), Device(VIEWERS["bob"])
    hall.sit(wall.seat)
    hall.sit(phone.seat)
    await open_the_matrix(hall)
    await settled(hall, wall, phone)
    told, heard = len(wall.changes), len(phone.changes)
    for n in range(12):
        await add(hall, f"note {n}")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await settled(hall, wall, phone)
    assert len(wall.changes) - told == 12
    assert 1 <= len(phone.changes) - heard < 12
    assert wall.looks() == seen(hall.room, VIEWERS["wall"])


async def test_presence_is_a_count_for_screens_and_hosts_alone(hall: Hall) -> None:
    hall.joined |= {ANN.id: Party("red"), BOB.id: Party("red", 4), CAT.id: Party("blue")}
    phone, host = Device(VIEWERS["ann"]), Device(VIEWERS["host"])
    hall.sit(phone.seat)
    hall.sit(host.seat)
    await add(hall, "note")
    await until(lambda: bool(host.nows) and host.nows[-1]["done"] == 1)
    assert phone.nows == []
    now = host.nows[-1]
    assert (now["joined"], now["here"], now["done"], now["waiting"], now["groups"]) == (6, 1, 1, 5, 2)


async def test_phones_are_told_whether_there_is_a_screen_to_look_up_at(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not hall.now(Role.PARTICIPANT).screen
    for name in ("host", "seen", "ann"):
        hall.sit(Device(VIEWERS[name]).seat)
    assert not hall.has_screen
    wall = Device(VIEWERS["wall"]).seat
    hall.sit(wall)
    assert hall.has_screen
    hall.leave(wall)
    # Loaded anew it is back in a moment; after a while it is gone.
    assert hall.has_screen
    monkeypatch.setattr("sessions.hall.POLLED_SECONDS", 0)
    assert not hall.has_screen


async def many_notes(room: Room, notes: int) -> None:
    await asyncio.gather(
        *[
            room.submit(
                (ANN, BOB, CAT)[n % 3],
                made(f"key {n}"),
                asks.AddNote(made(f"note {n}"), "matrix.social", f"{n} " + "walk together " * 15),
            )
            for n in range(notes)
        ]
    )


def cut(room: Room, viewer: Viewer, most: int = FRAME_BYTES) -> list[bytes]:
    """What a device from the beginning is told, frame by frame."""
    told, end, made = 0, room.board.seq, []
    while told < end:
        frame = next_frame(room.board.rows.since(viewer, told), told, end, room.marks, most)
        told = frame.to
        made.append(frame.text)
    return made


def folded(cut: list[bytes]) -> Rows:
    rows = Rows()
    for frame in cut:
        rows.fold(json.loads(frame))
    return rows


async def test_a_large_frame_is_cut_between_facts(room: Room) -> None:
    await many_notes(room, 900)
    told = cut(room, VIEWERS["host"])
    assert len(told) > 1
    assert all(len(frame) < 1.5 * FRAME_BYTES for frame in told)
    parts = [json.loads(frame) for frame in told]
    for part, following in itertools.pairwise(parts):
        assert part["to"] == following["from"]
        assert part["mark"] == room.marks[part["to"]]
        assert max(row["seq"] for row in part["put"]) <= part["to"]
        assert min(row["seq"] for row in following["put"]) > part["to"]
    (whole,) = cut(room, VIEWERS["host"], most=1 << 30)
    assert folded(told) == folded([whole])


async def test_cutting_before_one_large_fact_loses_nothing_that_stood_before_the_first(room: Room) -> None:
    await many_notes(room, 900)
    await room.submit(HAL, made("reveal"), asks.RevealZone("matrix.social"))
    for viewer in (VIEWERS["wall"], VIEWERS["dan"]):
        told = cut(room, viewer)
        assert folded(told) == folded(cut(room, viewer, most=1 << 30))
        assert all(json.loads(frame)["from"] > 0 for frame in told[1:])


async def test_a_large_board_comes_in_frames_no_faster_than_they_are_taken(hall: Hall) -> None:
    await many_notes(hall.room, 900)

    class Small(Device):
        """Takes a frame, and another when the first was read."""

        def write(self, frame: bytes) -> None:
            super().write(frame)
            self.is_taking = False

    device = Small(VIEWERS["host"])
    hall.sit(device.seat)
    assert len(device.changes) == 1
    async with asyncio.timeout(5):
        while device.seat.read < hall.room.board.seq:
            assert device.waiting <= 1.5 * FRAME_BYTES
            device.take()
            await asyncio.sleep(0.005)
    assert len(device.changes) > 2
    assert device.looks() == seen(hall.room, VIEWERS["host"])
