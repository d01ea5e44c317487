"""A device that opens a socket with hardly any room for what it is told, and then does not read."""

import asyncio
import base64
import json
import os
import socket
from contextlib import suppress

from tests.app.client import PROTOCOL
from tests.simulation.device import Device

SMALLEST_BUFFER = 1_024
"""Linux makes a little more of it."""


class SlowReader:
    """Comes in as this device does, in the same seat."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALLEST_BUFFER)
        self._socket.setblocking(False)

    async def open(self, *, greet: bool = True) -> None:
        """Shake hands, and say hello as a device that knows nothing yet."""
        loop, way = asyncio.get_running_loop(), self._device.way
        await loop.sock_connect(self._socket, way.to)
        key = base64.b64encode(os.urandom(16)).decode()
        head = (
            f"GET /live/{self._device.place.code} HTTP/1.1\r\nHost: {way.host}\r\nOrigin: {way.origin}\r\n"
            f"Cookie: {self._device.cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        await loop.sock_sendall(self._socket, head.encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += await loop.sock_recv(self._socket, 1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        if greet:
            hello = json.dumps({"type": "hello", "protocol": PROTOCOL, "as": self._device.role}).encode()
            # Masked with zeros, which masks nothing.
            self.send(bytes((0x81, 0x80 | len(hello))) + bytes(4) + hello)

    def send(self, data: bytes) -> None:
        with suppress(BlockingIOError):
            self._socket.send(data)

    @property
    def is_cut(self) -> bool:
        """Whether the server has hung up on a device that does not read; found out without reading."""
        try:
            # An empty pong, which asks for no answer: on a dead connection it fails.
            self._socket.send(bytes((0x8A, 0x80)) + bytes(4))
        except BlockingIOError:
            return False
        except OSError:
            return True
        return False

    def close(self) -> None:
        self._socket.close()


class Dawdler:
    """Says the beginning of something, then a byte now and then, and never comes to its end."""

    def __init__(self, to: tuple[str, int], beginning: bytes) -> None:
        self._to = to
        self._beginning = beginning
        self.took = 0.0
        """Seconds until the server hung up."""

    async def run(self, seconds: float) -> None:
        """Raises TimeoutError if nobody hung up."""
        loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection(*self._to)
        begun = loop.time()
        talking = asyncio.create_task(self._talk(writer))
        try:
            async with asyncio.timeout(seconds):
                with suppress(OSError):
                    while await reader.read(4096):
                        pass
            self.took = loop.time() - begun
        finally:
            talking.cancel()
            writer.transport.abort()

    async def _talk(self, writer: asyncio.StreamWriter) -> None:
        writer.write(self._beginning)
        while True:
            await asyncio.sleep(0.5)
            writer.write(b"x")
