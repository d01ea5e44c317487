"""A planned restart: what is committed is answered, everybody is told to come back, and does."""

import asyncio
import contextlib
import signal
import socket
import time

import pytest

from tests.simulation.checker import check, read
from tests.simulation.crowd import Crowd, Device, eventually, writing
from tests.simulation.disks import disturbed
from tests.simulation.scale import scaled
from tests.simulation.server import Server
from tests.simulation.slow import SlowReader

PATIENCE = scaled(0.25, 1.0)
"""The share of the time devices were asked to wait that they do wait."""
ENDS_WITHIN, BACK_WITHIN = 10, 15
WAYS_TO_STOP = scaled([signal.SIGTERM], [signal.SIGTERM, signal.SIGINT])


@pytest.mark.timeout(scaled(60, 300))
@pytest.mark.parametrize("how", WAYS_TO_STOP, ids=lambda how: how.name)
async def test_a_planned_restart_loses_nothing_and_everybody_is_back_soon(
    server: Server, crowd: Crowd, how: signal.Signals
) -> None:
    room = await crowd.room()
    phones = [await crowd.phone(room, f"g{n % 2 + 1}", plain=n % 5 == 4) for n in range(20)]
    await crowd.wall(room)
    for device in crowd.devices:
        device.patience = PATIENCE
    async with writing(phones, 0.05):
        await asyncio.sleep(0.5)
        begun = time.monotonic()
        server.send(how)
        status = await asyncio.to_thread(server.wait, 20)
        assert time.monotonic() - begun < ENDS_WITHIN
        assert status == 0, f"ended with {status}"
        # What was sent before the end may lie in buffers of ours still.
        await eventually(lambda: not any(device.is_open for device in phones))
        unanswered = committed_in_silence(server, crowd, phones)
        assert not unanswered, f"committed and not answered: {unanswered}"
        await asyncio.to_thread(server.start)
        begun = time.monotonic()
    assert await crowd.settle(BACK_WITHIN * 2 * PATIENCE + 2) == []
    assert time.monotonic() - begun < BACK_WITHIN
    assert await check(crowd, server) == []
    for device in crowd.devices:
        if device in phones and phones.index(device) % 5 == 4:
            continue
        goings = [going for going in device.goings if going["code"] == "server.going"]
        assert goings, f"{device.name} was not told"
        assert all(200 <= going["retry_ms"] <= 10_000 for going in goings)
    waits = {going["retry_ms"] for device in crowd.devices for going in device.goings}
    assert max(waits) - min(waits) > 3_000, "all were asked to come back at the same moment"


@pytest.mark.strace
async def test_what_a_slow_disk_is_still_writing_is_answered_before_the_house_closes(
    server: Server, crowd: Crowd
) -> None:
    room = await crowd.room()
    phones = [await crowd.phone(room) for _ in range(5)]
    for device in crowd.devices:
        device.patience = PATIENCE
    await eventually(lambda: all(phone.is_open for phone in phones))
    with disturbed(server, "fdatasync:delay_enter=400000"):
        for phone in phones:
            phone.write()
            await asyncio.sleep(0.1)
        server.send(signal.SIGTERM)
        assert await asyncio.to_thread(server.wait, 20) == 0
    await eventually(lambda: not any(device.is_open for device in phones))
    assert committed_in_silence(server, crowd, phones) == []
    await asyncio.to_thread(server.start)
    assert await crowd.settle() == []
    assert await check(crowd, server) == []


def committed_in_silence(server: Server, crowd: Crowd, phones: list[Device]) -> list[str]:
    """Asks that are stored, and whose device had an open socket to hear so, and did not."""
    stored, _ = read(server.database)
    keys = {row.key for rows in stored.values() for row in rows}
    by_socket = {phone.name for n, phone in enumerate(phones) if n % 5 != 4}
    return [
        f"ask {asked.number} of {asked.device}"
        for asked in crowd.history.of("unknown")
        if asked.key in keys and asked.device in by_socket
    ]


async def test_nobody_who_is_slow_or_halfway_holds_up_the_end(server: Server, crowd: Crowd) -> None:
    """Half a head, half a body, half a frame, a reader that never reads, a poll that waits."""
    room = await crowd.room()
    phone = await crowd.phone(room)
    waiting = await crowd.phone(room, plain=True)
    await asyncio.gather(phone.until(lambda: phone.is_open), waiting.until(lambda: waiting.is_open))
    for device in crowd.devices:
        device.patience = PATIENCE
    for _ in range(5):
        phone.write()
    host = f"host: {crowd.way.host}\r\n"
    halves = [
        b"",
        b"GET /j/" + room.code.encode(),
        f"POST /api/sessions/{room.code}/asks HTTP/1.1\r\n{host}content-length: 999\r\n\r\n{{".encode(),
    ]
    with contextlib.ExitStack() as open_:
        for half in halves:
            plug = open_.enter_context(socket.create_connection(crowd.way.to))
            plug.sendall(half)
        half_a_frame = SlowReader(phone)
        await half_a_frame.open()
        half_a_frame.send(b"\x81\xfe\x10")
        never_greets = SlowReader(phone)
        await never_greets.open(greet=False)
        try:
            assert await crowd.settle() == []
            begun = time.monotonic()
            server.send(signal.SIGTERM)
            assert await asyncio.to_thread(server.wait, 20) == 0
            assert time.monotonic() - begun < ENDS_WITHIN
        finally:
            half_a_frame.close()
            never_greets.close()
    await asyncio.to_thread(server.start)
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
