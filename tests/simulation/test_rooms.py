"""Many rooms and many phones: nothing of one room in another, equal rows everywhere, nobody turned away."""

import asyncio
import time
from collections import Counter

import pytest

from tests.app.client import new_id
from tests.simulation.checker import EXPORTS, MORE_EXPORTS, check, recovered
from tests.simulation.crowd import Crowd, Device, Place, eventually
from tests.simulation.scale import CLIENTS, ROOMS, SEED, scaled
from tests.simulation.server import Server
from tests.simulation.visit import visit

PHONES_OF_A_VENUE = 500


@pytest.mark.timeout(scaled(60, 900))
async def test_no_canary_leaves_its_room(server: Server, crowd: Crowd) -> None:
    """I7: frames, answers, the log and every export of every room, while all of them are busy."""
    rooms = await asyncio.gather(*(busy(crowd) for _ in range(ROOMS)))
    assert await crowd.settle(30) == []
    assert await check(crowd, server, kinds=EXPORTS if ROOMS < 50 else ("json", "log.jsonl")) == []
    assert not crowd.history.of("unknown", "refused")
    some = rooms[:3]
    crowd.places = some
    assert await check(crowd, server, kinds=MORE_EXPORTS) == []
    for room in some:
        assert all(device.canaries == {room.canary} for device in room.devices)


async def busy(crowd: Crowd) -> Place:
    """A room in which people write, fix, take back and move, and a host hides and sorts."""
    room = await crowd.room()
    phones = [await crowd.phone(room, f"g{n + 1}", plain=n == 1) for n in range(2)]
    await crowd.wall(room)
    host = room.devices[0]
    notes = [phone.write() for _ in range(4) for phone in phones]
    first, second = phones
    first.ask("note.edit", id=notes[0].ask["id"], text=f"better {room.canary} {room.code}")
    first.ask("note.move", id=notes[2].ask["id"], zone="matrix.individual")
    second.ask("note.take_back", id=notes[1].ask["id"])
    await asyncio.gather(first.done(notes[4]), second.done(notes[3]))
    host.ask("note.hide", id=notes[4].ask["id"], why="names")
    pile = host.ask("theme.make", id=new_id(), title=f"pile {room.canary}").ask["id"]
    host.ask("notes.place", notes=[notes[3].ask["id"]], theme=pile)
    host.ask("item.make", id=new_id(), text=f"line {room.canary}", theme=pile)
    return room


@pytest.mark.timeout(scaled(90, 600))
async def test_everybody_in_a_full_room_holds_equal_rows(server: Server, crowd: Crowd) -> None:
    """I2, I3, I8 over all of them; and what they took is given back when they leave (I10)."""
    room = await crowd.room()
    await (await crowd.phone(room)).until(lambda: True)
    assert await crowd.settle() == []
    before = server.reading()
    phones = await crowded(crowd, room, CLIENTS)
    await crowd.wall(room)
    for phone in phones:
        phone.write()
    assert await crowd.settle(30) == []
    assert await check(crowd, server, kinds=("json", "log.jsonl")) == []
    rows = [{id: row for id, row in phone.rows.items() if row["kind"] == "note"} for phone in phones]
    assert all(each == rows[0] for each in rows)
    assert len(rows[0]) == CLIENTS
    await asyncio.gather(*(device.stop() for device in crowd.devices))
    # The first, too, was made with one phone and the host there.
    await eventually(lambda: server.reading().sockets < before.sockets)
    assert recovered(before, server.reading(), megabytes=24 + CLIENTS // 10) == []


async def crowded(crowd: Crowd, room: Place, phones: int) -> list[Device]:
    at_once = asyncio.Semaphore(20)

    async def phone(n: int) -> Device:
        async with at_once:
            return await crowd.phone(room, f"g{n % 2 + 1}")

    return list(await asyncio.gather(*(phone(n) for n in range(phones))))


async def test_a_venue_that_shares_one_address_gets_everybody_in(server: Server, crowd: Crowd) -> None:
    """500 phones scan the same code within seconds: limits are per person, and nobody meets one."""
    room = await crowd.room()
    at_once = asyncio.Semaphore(50)

    async def join(n: int) -> int:
        async with at_once:
            if n % 5 == 0:
                page = await visit(crowd.way, "GET", f"/j/{room.code}", accept="text/html")
                assert page.status == 200
            path = f"/api/sessions/{room.code}/join"
            said = await visit(crowd.way, "POST", path, {"group": f"g{n % 2 + 1}"})
            return said.status

    begun = time.monotonic()
    statuses = Counter(await asyncio.gather(*(join(n) for n in range(PHONES_OF_A_VENUE))))
    took = time.monotonic() - begun
    assert statuses == {200: PHONES_OF_A_VENUE}
    host = room.devices[0]
    await host.until(lambda: host.now.get("joined") == PHONES_OF_A_VENUE)
    print(f"SEED={SEED}: {PHONES_OF_A_VENUE} phones joined in {took:.1f} s")
