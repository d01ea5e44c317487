"""F28, F29, C10: who does not read, or never finishes, is cut, costs little, and delays nobody."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.client import new_id
from tests.simulation.checker import check
from tests.simulation.crowd import Crowd, Device, Place, eventually
from tests.simulation.scale import SEED, scaled
from tests.simulation.server import Server, serving
from tests.simulation.slow import Dawdler, SlowReader

READERS = 50
DAWDLERS = scaled(40, 2_000)
LAG_SECONDS = RECEIPT_SECONDS = scaled(3, 10)
"""The product's are 10; a short run shortens them."""
SHORTENED = " ".join(
    [
        f"sessions.seat.LAG_SECONDS={LAG_SECONDS}",
        *(f"app.{each}={RECEIPT_SECONDS}" for each in ("line.RECEIPT_SECONDS", "heads.RECEIPT_SECONDS")),
        f"app.live.HELLO_SECONDS={RECEIPT_SECONDS}",
    ]
)
BOARD_NOTES = 600
"""Of 250 letters: more than the kernel keeps for one socket."""
LEAST_FOR_A_READER = 400 * 1024
"""Bytes of the server's memory that each may cost at most."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "data", NUMBERS=SHORTENED, sockets=200) as server:
        yield server


@pytest.mark.timeout(scaled(60, 120))
async def test_who_never_reads_is_cut_and_nobody_else_notices(server: Server) -> None:
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        room = await crowd.room()
        phones = [await crowd.phone(room, f"g{n % 2 + 1}") for n in range(6)]
        await fill(crowd, room, phones[0])
        wall = await crowd.wall(room)
        assert await crowd.settle() == []
        quiet = await worst_delay(phones, wall, seconds=0.5)
        before = server.reading()
        stuck = [SlowReader(phones[n % len(phones)]) for n in range(READERS)]
        try:
            await asyncio.gather(*(reader.open() for reader in stuck))
            begun = time.monotonic()
            busy = await worst_delay(phones, wall, seconds=1.5)
            grown = server.reading().rss - before.rss
            await eventually(lambda: all(reader.is_cut for reader in stuck), LAG_SECONDS + 12)
            took = time.monotonic() - begun
        finally:
            for reader in stuck:
                reader.close()
        print(
            f"told in {quiet:.3f} s, beside {READERS} who do not read in {busy:.3f} s; cut after {took:.1f} s"
        )
        print(f"each of them took {grown // READERS >> 10} KiB of the server")
        assert busy < 2 * quiet + 1
        assert took < LAG_SECONDS + 8
        assert grown < READERS * LEAST_FOR_A_READER
        await eventually(lambda: server.reading().sockets <= before.sockets)
        assert await crowd.settle() == []
        # The notes of the filling were asked for by hand.
        assert [
            said for said in await check(crowd, server, kinds=("json",)) if "nobody asked" not in said
        ] == []


@pytest.mark.timeout(scaled(60, 180))
async def test_who_never_finishes_is_hung_up_on_and_everybody_else_gets_in(server: Server) -> None:
    """Half a head, half a body, half a greeting, half a frame: a byte now and then does not buy time."""
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        room = await crowd.room()
        phone = await crowd.phone(room)
        await phone.until(lambda: phone.is_open)
        host = f"host: {crowd.way.host}\r\norigin: {crowd.way.origin}\r\n"
        upgrade = (
            f"GET /live/{room.code} HTTP/1.1\r\n{host}cookie: {phone.cookie}\r\nupgrade: websocket\r\n"
            "connection: upgrade\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "sec-websocket-version: 13\r\n\r\n"
        ).encode()
        beginnings = [
            b"",
            b"GET /j/" + room.code.encode(),
            f"POST /api/sessions/{room.code}/asks HTTP/1.1\r\n{host}content-length: 9999\r\n\r\n{{".encode(),
            upgrade,
            upgrade + b"\x81\xfe\x10",
        ]
        dawdlers = [Dawdler(crowd.way.to, beginnings[n % len(beginnings)]) for n in range(DAWDLERS)]
        dawdling = [asyncio.create_task(each.run(RECEIPT_SECONDS + 12)) for each in dawdlers]
        try:
            await asyncio.sleep(0.5)
            begun = time.monotonic()
            phones = await asyncio.gather(*(crowd.phone(room) for _ in range(10)))
            for each in phones:
                each.write()
            assert await crowd.settle() == []
            joined = time.monotonic() - begun
            await asyncio.gather(*dawdling)
        finally:
            for task in dawdling:
                task.cancel()
            await asyncio.gather(*dawdling, return_exceptions=True)
        slowest = max(each.took for each in dawdlers)
        print(f"10 phones joined and wrote in {joined:.2f} s beside {DAWDLERS} that never finish")
        print("hung up on after", [f"{each.took:.1f} s" for each in dawdlers[: len(beginnings)]])
        assert joined < 8
        assert slowest < RECEIPT_SECONDS + 8
        assert await check(crowd, server, kinds=("json",)) == []


async def fill(crowd: Crowd, room: Place, phone: Device) -> None:
    """A large board, by plain HTTP, 64 notes at a time."""
    numbers = itertools.count()
    while (left := BOARD_NOTES - next(numbers) * 64) > 0:
        asks = []
        for _ in range(min(64, left)):
            n = next(crowd.shared.numbers)
            text = f"{n} {room.canary} ".ljust(250, "x")
            note = {"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": text}
            asks.append({"key": new_id(), "ask": note})
        path = f"/api/sessions/{room.code}/asks?as=participant"
        answer = await crowd.visit(phone.way, "POST", path, {"asks": asks}, phone.cookie)
        assert all(reply["type"] == "done" for reply in answer.json["replies"]), answer.body[:300]


async def worst_delay(phones: list[Device], wall: Device, seconds: float) -> float:
    """Seconds until all of them and the wall were told of a note: the slowest of many."""
    worst, until = 0.0, time.monotonic() + seconds
    writers = itertools.cycle(phones)
    while time.monotonic() < until:
        begun = time.monotonic()
        note = next(writers).write().ask["id"]
        await asyncio.gather(*(device.holds(note) for device in (*phones, wall)))
        worst = max(worst, time.monotonic() - begun)
        await asyncio.sleep(0.02)
    return worst
