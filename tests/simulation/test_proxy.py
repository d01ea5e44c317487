"""The weather is what it says: a fault that does not happen would prove nothing."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from tests.simulation.crowd import eventually
from tests.simulation.proxy import Proxy, Weather

HELLO = json.dumps({"type": "hello", "as": "participant"})


def ask(key: str) -> str:
    return json.dumps({"type": "ask", "key": key})


class Echo:
    """A server that says everything back, and remembers it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.open = 0
        self.port = 0

    async def meet(self, socket: ServerConnection) -> None:
        self.open += 1
        try:
            async for text in socket:
                self.heard.append(str(text))
                await socket.send(text)
        except ConnectionClosed:
            pass
        finally:
            self.open -= 1


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    echo = Echo()
    async with serve(echo.meet, "127.0.0.1", 0, compression=None, close_timeout=0.2) as server:
        echo.port = next(iter(server.sockets)).getsockname()[1]
        yield echo


@pytest.fixture
async def proxy(echo: Echo) -> AsyncIterator[Proxy]:
    async with Proxy(echo.port, seed=5) as proxy:
        yield proxy


def through(proxy: Proxy) -> connect:
    where = f"ws://127.0.0.1:{proxy.port}/live"
    return connect(where, compression=None, ping_interval=None, close_timeout=0.2, open_timeout=2, proxy=None)


async def said(socket: ClientConnection, text: str) -> float:
    """Seconds until it came back."""
    begun = time.monotonic()
    await socket.send(text)
    assert await asyncio.wait_for(socket.recv(), 5) == text
    return time.monotonic() - begun


async def test_in_fair_weather_everything_goes_through(proxy: Proxy, echo: Echo) -> None:
    texts = [HELLO, ask("a"), "x" * 200, "y" * 70_000, ""]
    async with through(proxy) as socket:
        for text in texts:
            await said(socket, text)
    assert echo.heard == texts
    await eventually(lambda: not proxy.passing)


async def test_latency_is_felt_both_ways(proxy: Proxy) -> None:
    async with through(proxy) as socket:
        proxy.weather = Weather(latency=0.1, jitter=0.05)
        assert 0.2 <= await said(socket, "hello") < 2


async def test_bandwidth_is_narrow(proxy: Proxy) -> None:
    async with through(proxy) as socket:
        proxy.weather = Weather(bandwidth=20_000)
        assert await said(socket, "x" * 2_000) >= 0.2


async def test_frames_in_tiny_pieces_are_whole_again(proxy: Proxy, echo: Echo) -> None:
    async with through(proxy) as socket:
        proxy.weather = Weather(pieces=3)
        await said(socket, "x" * 500)
    assert echo.heard == ["x" * 500]


async def test_a_cut_is_a_reset_on_both_sides(proxy: Proxy, echo: Echo) -> None:
    async with through(proxy) as socket:
        await said(socket, "hello")
        proxy.cut()
        with pytest.raises(ConnectionClosed) as lost:
            await asyncio.wait_for(socket.recv(), 5)
        assert lost.value.rcvd is None
        await eventually(lambda: not echo.open)


async def test_connections_are_cut_in_the_middle_of_things(proxy: Proxy) -> None:
    proxy.weather = Weather(cut_after=600)
    cuts = 0
    for _ in range(5):
        try:
            async with through(proxy) as socket:
                for _ in range(20):
                    await said(socket, "x" * 50)
        except (ConnectionClosed, OSError, EOFError):
            cuts += 1
    assert cuts == 5


async def test_of_a_device_that_vanished_the_server_hears_nothing(proxy: Proxy, echo: Echo) -> None:
    async with through(proxy) as socket:
        await said(socket, "hello")
        proxy.vanish()
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 5)
        await asyncio.sleep(0.2)
        assert echo.open == 1


async def test_a_black_hole_keeps_the_connection_and_swallows_what_is_said(proxy: Proxy, echo: Echo) -> None:
    async with through(proxy) as socket:
        await said(socket, "before")
        proxy.weather = Weather(black_hole=True)
        await socket.send("lost")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(socket.recv(), 0.2)
        assert proxy.counts["swallowed"] == 1
        proxy.heal()
        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 5)
    assert echo.heard == ["before"]


async def test_asks_are_replayed_and_nothing_else_is(proxy: Proxy, echo: Echo) -> None:
    proxy.weather = Weather(replays=5)
    async with through(proxy) as socket:
        await socket.send(HELLO)
        for n in range(20):
            await socket.send(ask(f"k{n}"))
        await eventually(lambda: ask("k19") in echo.heard)
        await asyncio.sleep(0.1)
    assert echo.heard.count(HELLO) == 1
    times = [echo.heard.count(ask(f"k{n}")) for n in range(20)]
    assert set(times) == {1, 2, 3, 4, 5}
    assert sum(times) - 20 == proxy.counts["replayed"]


async def test_old_asks_come_again_in_another_order(proxy: Proxy, echo: Echo) -> None:
    proxy.weather = Weather(reorder=True)
    asks = [ask(f"k{n}") for n in range(8)]
    async with through(proxy) as socket:
        for text in (HELLO, *asks):
            await said(socket, text)
    async with through(proxy) as socket:
        await socket.send(HELLO)
        await eventually(lambda: len(echo.heard) == 18)
    again = echo.heard[10:]
    assert sorted(again) == asks
    assert again != asks


async def test_a_flapping_network_comes_and_goes(proxy: Proxy) -> None:
    seen = set()
    async with proxy.flapping(up=0.1, down=0.1):
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            try:
                async with through(proxy):
                    seen.add("up")
                    await asyncio.sleep(0.02)
            except (OSError, EOFError, WebSocketException):
                seen.add("down")
    assert seen == {"up", "down"}
    assert proxy.counts["flaps"] >= 3
    async with through(proxy) as socket:
        await said(socket, "fair again")


@pytest.mark.parametrize(
    ("weather", "status"), [(Weather(no_sockets=True), 403), (Weather(portal=True), 200)]
)
async def test_where_sockets_are_blocked_none_opens(proxy: Proxy, weather: Weather, status: int) -> None:
    proxy.weather = weather
    with pytest.raises(InvalidStatus) as refused:
        async with through(proxy):
            pass
    assert refused.value.response.status_code == status


async def test_the_same_seed_brings_the_same_weather(echo: Echo) -> None:
    counts = []
    for _ in range(2):
        async with Proxy(echo.port, seed=11) as proxy:
            proxy.weather = Weather(replays=5)
            async with through(proxy) as socket:
                for n in range(20):
                    await socket.send(ask(f"k{n}"))
                await eventually(lambda: ask("k19") in echo.heard)
            counts.append(proxy.counts["replayed"])
            echo.heard.clear()
    assert counts[0] == counts[1]
