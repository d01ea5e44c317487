"""F23-F25, F33, F36: bad networks. When the weather clears nothing is lost, doubled or astray."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.app.client import PROTOCOL
from tests.simulation.checker import check
from tests.simulation.crowd import Crowd, Device, Place, writing
from tests.simulation.history import Asked
from tests.simulation.proxy import Proxy, Weather
from tests.simulation.scale import FLAPPING_SECONDS, REPLAYS, SEED, scaled
from tests.simulation.server import Server, serving

SECONDS = scaled(0.45, 30)
"""How long each weather lasts."""
PHONES = scaled(50, 100)

WEATHERS = {
    "far away": Weather(latency=0.2, jitter=0.3),
    "a thin line": Weather(bandwidth=6_000),
    "tiny pieces": Weather(pieces=7),
    "cut in the middle": Weather(cut_after=3_000),
    "every ask up to five times": Weather(replays=5),
    "old asks again": Weather(reorder=True, replays=2),
    "a black hole": Weather(black_hole=True),
    "no sockets": Weather(no_sockets=True),
    "a portal": Weather(portal=True),
    "all at once": Weather(latency=0.05, jitter=0.1, pieces=50, cut_after=20_000, replays=3, reorder=True),
}
DOES = {
    "cut": {"cut in the middle"},
    "replayed": {"every ask up to five times"},
    "again": {"old asks again"},
    "swallowed": {"a black hole"},
    "turned away": {"no sockets", "a portal"},
}
"""What happens to somebody in which weather."""

CUTTING = ("every ask up to five times", "old asks again", "no sockets", "a portal", "all at once")
"""Weathers in which connections are reset as well, again and again."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("chaos") / "data") as server:
        yield server


@pytest.fixture
async def proxy(server: Server) -> AsyncIterator[Proxy]:
    server.turn_log_over()
    async with Proxy(server.port, seed=SEED) as proxy:
        yield proxy


@pytest.fixture
async def crowd(server: Server, proxy: Proxy) -> AsyncIterator[Crowd]:
    print(f"SEED={SEED}")
    async with Crowd(server.origin, server.key, to=proxy.port, seed=SEED) as crowd:
        yield crowd


async def people(crowd: Crowd, sockets: int, plain: int = 0) -> list[Device]:
    room = await crowd.room()
    phones = [await crowd.phone(room, f"g{n % 2 + 1}", plain=n >= sockets) for n in range(sockets + plain)]
    await crowd.wall(room)
    for device in crowd.devices:
        device.longest_wait = 1
    return phones


SLOW, LOSING, STRANGE = list(WEATHERS)[:3], list(WEATHERS)[3:7], list(WEATHERS)[7:]
DAYS = scaled([SLOW, LOSING, STRANGE], [[name] for name in WEATHERS])
"""Weathers that follow each other; in the storm each of them by itself."""


@pytest.mark.timeout(scaled(60, 240))
@pytest.mark.parametrize("day", DAYS, ids=", ".join)
async def test_when_it_clears_everything_is_there_once(
    server: Server, proxy: Proxy, crowd: Crowd, day: list[str]
) -> None:
    phones = await people(crowd, sockets=5, plain=2)
    async with writing(phones, 0.1):
        await asyncio.sleep(0.2)
        for name in day:
            await live_through(proxy, name)
    print(f"{day}: {len(crowd.history.asked)} asks, {dict(proxy.counts)}")
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
    assert not crowd.history.of("unknown", "refused")


async def live_through(proxy: Proxy, name: str) -> None:
    """This weather for its time, and until it has struck somebody: else it would prove nothing."""
    before, strikes = Counter(proxy.counts), [fault for fault, names in DOES.items() if name in names]
    proxy.weather = replace(WEATHERS[name])
    for step in range(100):
        if name in CUTTING:
            proxy.cut(share=0.7)
        await asyncio.sleep(SECONDS / 3)
        if step >= 2 and all(proxy.counts[fault] > before[fault] for fault in strikes):
            break
    else:
        raise AssertionError(f"{name}: nobody met it")
    proxy.heal()


async def test_devices_that_vanish_come_back_beside_themselves(
    server: Server, proxy: Proxy, crowd: Crowd
) -> None:
    """The server still holds the old connection when the phone opens the next: it is one person."""
    phones = await people(crowd, sockets=6)
    async with writing(phones, 0.1):
        for _ in range(3):
            await asyncio.sleep(SECONDS / 2)
            proxy.vanish()
    proxy.heal()
    assert await crowd.settle() == []
    assert await check(crowd, server) == []


@pytest.mark.timeout(scaled(60, 900))
async def test_flapping_wifi_loses_nothing_and_is_no_storm(
    server: Server, proxy: Proxy, crowd: Crowd
) -> None:
    """F25: up for two seconds, down for three; all phones at once, each by its own chance."""
    phones = await people(crowd, PHONES)
    for device in phones:
        device.longest_wait = scaled(3, 10)
    before = proxy.counts["met"]
    async with writing(phones, scaled(1.0, 10.0)), proxy.flapping(*scaled((0.6, 0.6), (2.0, 3.0))):
        await asyncio.sleep(FLAPPING_SECONDS)
    tries, flaps = proxy.counts["met"] - before, proxy.counts["flaps"]
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
    print(f"{flaps} flaps, {tries} connections by {PHONES} phones")
    # While the network is down each tries a few times, ever more rarely, and once more when it is back.
    assert tries < PHONES * flaps * scaled(6, 8)
    most = busiest([moment for device in phones for moment in device.due], 0.1)
    print(f"at most {most} of {PHONES} were due within a tenth of a second")
    # Without their own chance all of them would be, each time.
    assert most < 0.75 * PHONES


def busiest(times: list[float], window: float) -> int:
    """The most of these moments that fall into one window."""
    times = sorted(times)
    most, first = 0, 0
    for last, time in enumerate(times):
        while time - times[first] > window:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.timeout(scaled(60, 1_800))
async def test_whatever_is_sent_again_is_stored_once(server: Server) -> None:
    """F33: each ask thousands of times, over sockets and over plain HTTP, in any order."""
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        phones = await people(crowd, sockets=scaled(8, 40))
        for phone in phones:
            for _ in range(8):
                phone.write()
        assert await crowd.settle() == []
        asked = {phone.name: list(phone.kept) for phone in phones}
        each = REPLAYS // len(phones) // 2
        by_socket = [replay(phone, asked[phone.name], each) for phone in phones]
        by_http = [replay_plainly(crowd, phone, asked[phone.name], each) for phone in phones]
        answers = sum(await asyncio.gather(*by_socket, *by_http))
        assert answers >= 0.99 * REPLAYS
        assert await crowd.settle() == []
        assert await check(crowd, server) == []
        assert sum(len(kept) for kept in asked.values()) == 8 * len(phones)


async def replay(phone: Device, asked: list[Asked], times: int) -> int:
    """Send these asks so often, without waiting; how many were answered as they had been."""
    chance = random.Random(f"{SEED} {phone.name}")
    known = {each.key: (each.seq, each.mark) for each in asked}
    host, port = phone.way.to
    url = f"ws://{phone.way.host}/live/{phone.place.code}"
    headers = {"Origin": phone.way.origin, "Cookie": phone.cookie}
    frames = [json.dumps({"type": "ask", "key": each.key, "ask": each.ask}) for each in asked]
    async with connect(
        url,
        host=host,
        port=port,
        additional_headers=headers,
        compression=None,
        max_size=None,
        ping_interval=None,
        proxy=None,
    ) as socket:
        await socket.send(json.dumps({"type": "hello", "protocol": PROTOCOL, "as": "participant"}))

        async def send() -> None:
            for _ in range(times):
                await socket.send(chance.choice(frames))

        sending = asyncio.create_task(send())
        try:
            return await _answered(socket, known, times)
        finally:
            await sending


async def _answered(socket: ClientConnection, known: dict[str, tuple[int, str]], times: int) -> int:
    answers = 0
    async with asyncio.timeout(scaled(50, 1_500)):
        while answers < times:
            frame = json.loads(await socket.recv())
            assert frame["type"] != "refused", frame
            if frame["type"] == "done":
                assert (frame["seq"], frame["mark"]) == known[frame["key"]]
                answers += 1
    return answers


async def replay_plainly(crowd: Crowd, phone: Device, asked: list[Asked], times: int) -> int:
    chance = random.Random(f"{SEED} {phone.name} plain")
    known = {each.key: (each.seq, each.mark) for each in asked}
    answers = 0
    while answers < times:
        batch = [{"key": each.key, "ask": each.ask} for each in chance.choices(asked, k=64)]
        path = f"/api/sessions/{phone.place.code}/asks?as=participant"
        answer = await crowd.visit(phone.way, "POST", path, {"asks": batch}, phone.cookie)
        for reply in answer.json["replies"]:
            assert (reply["seq"], reply["mark"]) == known[reply["key"]], reply
            answers += 1
    return answers


async def test_two_pages_of_one_phone_send_the_same_asks_and_each_is_stored_once(
    server: Server, proxy: Proxy, crowd: Crowd
) -> None:
    """One browser, one outbox, two senders: on plain HTTP nothing can elect one of them."""
    room: Place = await crowd.room()
    first = await crowd.phone(room)
    second = crowd.beside(first)
    async with asyncio.timeout(20):
        await asyncio.gather(first.until(lambda: first.is_open), second.until(lambda: second.is_open))
    for _ in range(20):
        asked = first.write()
        second.waiting.append(asked)
        second.push()
        if asked.number % 7 == 0:
            proxy.cut(share=0.5)
    assert await crowd.settle() == []
    assert await check(crowd, server) == []
    assert len({asked.seq for asked in first.kept}) == 20
