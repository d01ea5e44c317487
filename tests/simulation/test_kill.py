"""F1: ended by SIGKILL at any moment, again and again, while people write: nothing that was saved is lost."""

import asyncio
import random
import time

import pytest

from tests.simulation.checker import check
from tests.simulation.crowd import Crowd, Device, eventually, writing
from tests.simulation.scale import KILLS, SEED, scaled
from tests.simulation.server import Server

WRITERS = scaled(12, 50)
ROOMS, EVERY = scaled((2, 0.15), (10, 0.5))
"""Seconds between two notes of one writer; no room may come to its 10,000 notes."""
LONGEST = scaled(0.3, 3.0)
"""Seconds between two kills, at most."""


@pytest.mark.timeout(scaled(120, 3_600))
@pytest.mark.long
async def test_nothing_that_was_saved_is_lost_by_any_kill(server: Server, crowd: Crowd) -> None:
    chance = random.Random(SEED)
    rooms = [await crowd.room() for _ in range(ROOMS)]
    writers = [
        await crowd.phone(rooms[n % ROOMS], group="g1" if n % 3 else "g2", plain=n % 6 == 5)
        for n in range(WRITERS)
    ]
    for room in rooms:
        await crowd.wall(room)
    for device in crowd.devices:
        device.longest_wait = 1
    slowest = 0.0
    async with writing(writers, EVERY):
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.2, LONGEST))
            server.kill()
            await asyncio.to_thread(server.start)
            started = time.monotonic()
            await first_answer(writers, started)
            slowest = max(slowest, time.monotonic() - started)
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
    saved = len(crowd.history.of("ok"))
    assert saved > KILLS
    assert not crowd.history.of("unknown", "refused")
    print(f"{KILLS} kills, {saved} asks saved, the first answer at most {slowest:.1f} s after a start")
    assert slowest < 6


async def first_answer(writers: list[Device], since: float) -> None:
    """Wait until somebody was answered after that moment."""
    await eventually(lambda: any(device.kept and device.kept[-1].ended > since for device in writers))
