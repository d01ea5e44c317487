"""F2: ended at named points, each of them between two steps of saving a note."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.simulation.checker import check
from tests.simulation.crowd import Crowd, eventually, writing
from tests.simulation.scale import SEED, scaled
from tests.simulation.server import Server, serving

TIMES = scaled(1, 12)
"""How often each point is met, at another fact each time."""

KILLED = -9

AT_ONCE = "sessions.room.PUT_BACK_MS=300 sessions.domain.decide.PUT_BACK_MS=300"
"""Words are erased soon after they were taken back."""


@pytest.mark.parametrize("point", ["before_commit", "after_commit", "before_answer", "before_telling"])
async def test_wherever_the_server_is_ended_a_note_is_stored_once(
    server: Server, crowd: Crowd, point: str
) -> None:
    chance = random.Random(f"{SEED} {point}")
    room = await crowd.room()
    phones = [await crowd.phone(room, group, plain=group is None) for group in ("g1", "g1", "g2", "g2", None)]
    await crowd.wall(room)
    for device in crowd.devices:
        device.longest_wait = 0.5
    for _ in range(TIMES):
        server.kill()
        server.faults(FAILPOINT=f"{point}:{chance.randint(1, 12)}")
        await asyncio.to_thread(server.start)
        async with writing(phones, 0.1):
            assert await asyncio.to_thread(server.wait, 20) == KILLED
            server.faults(FAILPOINT="")
            await asyncio.to_thread(server.start)
            await asyncio.sleep(0.3)
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
    assert not crowd.history.of("unknown", "refused")


async def test_words_are_erased_though_the_server_was_ended_while_erasing(tmp_path: Path) -> None:
    """What was half erased is erased after the next start; nothing else is touched."""
    with serving(tmp_path / "data", FAILPOINT="in_erasure", NUMBERS=AT_ONCE) as server:
        async with Crowd(server.origin, server.key, seed=SEED) as crowd:
            room = await crowd.room()
            phone = await crowd.phone(room)
            phone.longest_wait = 0.5
            gone, kept = phone.write(text="these words go for ever"), phone.write()
            phone.ask("note.take_back", id=gone.ask["id"])
            assert await asyncio.to_thread(server.wait, 20) == KILLED
            assert _holds(server, b"these words go for ever")
            server.faults(FAILPOINT="")
            await asyncio.to_thread(server.start)
            await eventually(lambda: not _holds(server, b"these words go for ever"))
            assert await crowd.settle() == []
            assert await check(crowd, server) == []
            assert kept.ask["id"] in phone.rows


@pytest.mark.parametrize("table", [1, 3, 6])
async def test_a_start_that_was_ended_while_it_made_its_tables_is_made_good(
    tmp_path: Path, table: int
) -> None:
    server = Server(tmp_path / "data", faults={"FAILPOINT": f"in_migration:{table}"})
    try:
        server.launch()
        assert await asyncio.to_thread(server.wait, 20) == KILLED
        server.faults(FAILPOINT="")
        await asyncio.to_thread(server.start)
        async with Crowd(server.origin, server.key, seed=SEED) as crowd:
            phone = await crowd.phone(await crowd.room())
            phone.write()
            assert await crowd.settle() == []
            assert await check(crowd, server) == []
    finally:
        server.kill()


def _holds(server: Server, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in server.folder.iterdir() if file.is_file())
