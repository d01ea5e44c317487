"""Bad weather between devices and the server: a TCP proxy whose faults are drawn from a seed.

    async with Proxy(server.port, seed=7) as proxy:
        proxy.weather = Weather(latency=0.1, jitter=0.1, replays=5)
        proxy.cut()            # every connection ends with a reset
        proxy.vanish()         # devices are gone; the server is not told
        async with proxy.flapping(up=2, down=3): ...
        await proxy.heal()

It also knows the frames of WebSockets, so that it can send what a device asked several times, and again in
another order when the device comes back.
"""

import asyncio
import random
import socket
import struct
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

PIECE_BYTES = 64 * 1024
HTML = b"<!doctype html><title>Sign in</title>Welcome to our Wi-Fi"
PORTAL = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

_TEXT, _ASK, _HELLO = 1, b'"ask"', b'"hello"'
_RESET = struct.pack("ii", 1, 0)


@dataclass
class Weather:
    """Fair, unless said otherwise. Seconds, bytes, and bytes a second; 0 is none of it."""

    latency: float = 0
    jitter: float = 0
    bandwidth: float = 0
    pieces: int = 0
    """Every chunk goes on in pieces of at most this many bytes."""
    cut_after: int = 0
    """Each new connection is reset after a number of bytes up to this."""
    replays: int = 0
    """Each ask of a device is sent up to this many times."""
    reorder: bool = False
    """What a device asked before goes again, in another order, when it comes back."""
    black_hole: bool = False
    """Connections stay, and nothing gets through; on healing those that lost anything are reset."""
    down: bool = False
    """No connection is taken."""
    no_sockets: bool = False
    """Plain HTTP only, as in venues that inspect it."""
    portal: bool = False
    """Every request is answered by a page that wants you to sign in."""


@dataclass(eq=False)
class _Passing:
    """One connection of a device, with the one to the server that belongs to it."""

    device: asyncio.StreamWriter
    server: asyncio.StreamWriter
    name: bytes = b""
    """Its first line and cookie: who is asking."""
    left: float = float("inf")
    lost: bool = False
    gone: bool = False
    tasks: list["asyncio.Task[None]"] = field(default_factory=list)


class Proxy:
    """`port` leads to `target`. `counts`: what was done to whom, so that a test can see that it was."""

    def __init__(self, target: int, seed: int = 0) -> None:
        self.target = target
        self.weather = Weather()
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._passing: set[_Passing] = set()
        self._meeting: set[asyncio.Task[None]] = set()
        self._asked: dict[bytes, list[bytes]] = defaultdict(list)
        self._listening: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=PIECE_BYTES)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        for task in self._meeting:
            task.cancel()
        await asyncio.gather(*self._meeting, return_exceptions=True)
        await self._listening.wait_closed()

    @property
    def port(self) -> int:
        assert self._listening is not None
        return int(self._listening.sockets[0].getsockname()[1])

    @property
    def passing(self) -> int:
        """Connections that stand."""
        return len(self._passing)

    def cut(self, share: float = 1.0) -> None:
        """Reset connections: all of them, or by chance about this share."""
        for passing in list(self._passing):
            if self._chance.random() < share:
                self.counts["cut"] += 1
                _reset(passing.device)
                _reset(passing.server)

    def vanish(self, share: float = 1.0) -> None:
        """Devices lose their connections; the server is told nothing, and waits for them."""
        for passing in list(self._passing):
            if self._chance.random() < share:
                self.counts["vanished"] += 1
                passing.gone = True
                _reset(passing.device)

    def heal(self) -> None:
        """Fair weather. What lost bytes in a black hole is reset, as TCP would find out in the end."""
        self.weather = Weather()
        for passing in list(self._passing):
            if passing.lost:
                _reset(passing.device)
                _reset(passing.server)

    @asynccontextmanager
    async def flapping(self, up: float, down: float) -> AsyncIterator[None]:
        """While this lasts the network is there for about `up` seconds and then gone for about `down`."""

        async def flap() -> None:
            while True:
                self.weather.down = False
                await asyncio.sleep(up * (0.5 + self._chance.random()))
                self.weather.down = True
                self.cut()
                self.counts["flaps"] += 1
                await asyncio.sleep(down * (0.5 + self._chance.random()))

        task = asyncio.create_task(flap())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self.weather.down = False

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._meeting.add(task)
        self.counts["met"] += 1
        try:
            with suppress(OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
                await self._carry(reader, writer)
        finally:
            self._meeting.discard(task)
            _reset(writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.weather.down:
            self.counts["turned away"] += 1
            return
        head = await reader.readuntil(b"\r\n\r\n")
        is_socket = b"upgrade: websocket" in head.lower()
        if self.weather.portal or (self.weather.no_sockets and is_socket):
            self.counts["turned away"] += 1
            writer.write(PORTAL % (len(HTML), HTML) if self.weather.portal else FORBIDDEN)
            await writer.drain()
            await asyncio.sleep(0.05)
            return
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        passing = _Passing(writer, to_server, _name(head))
        if self.weather.cut_after:
            passing.left = self._chance.randrange(len(head), len(head) + self.weather.cut_after)
        self._passing.add(passing)
        try:
            to_server.write(head)
            up = self._frames(reader, passing) if is_socket else self._bytes(reader, to_server, passing)
            down = self._bytes(from_server, writer, passing)
            passing.tasks = [asyncio.create_task(up), asyncio.create_task(down)]
            await asyncio.wait(passing.tasks, return_when=asyncio.FIRST_COMPLETED)
            while passing.gone and not from_server.at_eof():  # noqa: ASYNC110
                # The server hears nothing of the device's end, and goes on sending for a while.
                await asyncio.sleep(0.1)
            for task in passing.tasks:
                if task.done() and task.exception() is None:
                    # One side ended in good order: let the other hear what was said before.
                    await asyncio.sleep(0.05)
        finally:
            self._passing.discard(passing)
            _reset(to_server)
            for task in passing.tasks:
                task.cancel()
            await asyncio.gather(*passing.tasks, return_exceptions=True)

    async def _bytes(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, passing: _Passing
    ) -> None:
        while data := await reader.read(PIECE_BYTES):
            await self._pass(data, writer, passing)

    async def _frames(self, reader: asyncio.StreamReader, passing: _Passing) -> None:
        """From a device, frame by frame."""
        while True:
            frame, text = await _frame(reader)
            await self._pass(frame, passing.server, passing)
            if _HELLO in text and self.weather.reorder:
                again = self._asked[passing.name][-50:]
                self._chance.shuffle(again)
                for old in again:
                    self.counts["again"] += 1
                    await self._pass(old, passing.server, passing)
            elif _ASK in text:
                if self.weather.reorder:
                    self._asked[passing.name].append(frame)
                for _ in range(
                    self._chance.randint(1, self.weather.replays) - 1 if self.weather.replays else 0
                ):
                    self.counts["replayed"] += 1
                    await self._pass(frame, passing.server, passing)

    async def _pass(self, data: bytes, writer: asyncio.StreamWriter, passing: _Passing) -> None:
        weather = self.weather
        if weather.black_hole:
            passing.lost = True
            self.counts["swallowed"] += 1
            return
        if weather.latency or weather.jitter:
            await asyncio.sleep(weather.latency + self._chance.random() * weather.jitter)
        passing.left -= len(data)
        if passing.left < 0:
            self.counts["cut"] += 1
            writer.write(data[: max(0, len(data) + int(passing.left))])
            await asyncio.sleep(0)
            raise ConnectionResetError
        size = weather.pieces or len(data)
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            if weather.bandwidth:
                await asyncio.sleep(len(piece) / weather.bandwidth)
            writer.write(piece)
            await writer.drain()
            if weather.pieces:
                # Without Nagle each piece is a packet of its own, as soon as the loop comes round.
                await asyncio.sleep(0)


async def _frame(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """One masked frame as it came, and its text if it is one."""
    head = await reader.readexactly(2)
    size = head[1] & 0x7F
    if size >= 126:
        length = await reader.readexactly(2 if size == 126 else 8)
        head, size = head + length, int.from_bytes(length, "big")
    mask = await reader.readexactly(4)
    body = await reader.readexactly(size)
    is_text = head[0] & 0x0F == _TEXT
    if not is_text:
        return head + mask + body, b""
    whole = (mask * (size // 4 + 1))[:size]
    text = (int.from_bytes(body, "big") ^ int.from_bytes(whole, "big")).to_bytes(size, "big")
    return head + mask + body, text


def _name(head: bytes) -> bytes:
    lines = head.split(b"\r\n")
    return lines[0] + b"".join(line for line in lines if line.lower().startswith(b"cookie:"))


def _reset(writer: asyncio.StreamWriter) -> None:
    """End it as a network does that is gone: no goodbye, and what is under way is lost."""
    plug: socket.socket | None = writer.get_extra_info("socket")
    if plug is not None and not writer.transport.is_closing():
        with suppress(OSError):
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
