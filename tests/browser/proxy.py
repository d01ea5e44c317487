"""Bad weather between a browser and the server: it can hold answers back, cut, go dead, or block sockets."""

import asyncio
from contextlib import suppress
from typing import Self

PIECE_BYTES = 64 * 1024
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_SIGN_IN = "<!doctype html><title>Free Wi-Fi</title><form><button>I agree</button></form>"
_HTML = f"Content-Type: text/html\r\nContent-Length: {len(_SIGN_IN)}\r\nConnection: close\r\n\r\n{_SIGN_IN}"
_JSON = '{"user-portal-url":"/","captive":true}'
SIGN_INS = {
    "page": f"HTTP/1.1 200 OK\r\n{_HTML}",
    "redirect": f"HTTP/1.1 302 Found\r\nLocation: /sign-in\r\n{_HTML}",
    "511": f"HTTP/1.1 511 Network Authentication Required\r\n{_HTML}",
    "json": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(_JSON)}\r\nConnection: close\r\n\r\n{_JSON}",
}
"""What a network answers in our place until somebody has signed in."""


class Proxy:
    """Use as `async with Proxy() as proxy`, then say which port it leads to.

    `dead`: new connections are closed at once. `no_sockets`: as in venues that allow plain HTTP only.
    `sign_in`: as in hotels, one of SIGN_INS answers everything. `sockets`: how many were let through so far.
    """

    def __init__(self) -> None:
        self.target = 0
        self.dead = False
        self.no_sockets = False
        self.sign_in = ""
        self.turned_away = 0
        self.sockets = 0
        self._answers_flow = asyncio.Event()
        self._answers_flow.set()
        self._listening: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._listening = await asyncio.start_server(self._meet, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listening is not None
        self._listening.close()
        self.cut()
        for task in list(self._carrying):
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        await self._listening.wait_closed()

    @property
    def origin(self) -> str:
        assert self._listening is not None
        return f"http://127.0.0.1:{self._listening.sockets[0].getsockname()[1]}"

    def hold(self) -> None:
        """What browsers say goes through; what the server answers waits."""
        self._answers_flow.clear()

    def release(self) -> None:
        self._answers_flow.set()

    def cut(self) -> None:
        """Every connection ends without a word, and what was held is lost."""
        for writer in list(self._open):
            writer.transport.abort()

    def die(self) -> None:
        self.dead = True
        self.cut()

    def live(self) -> None:
        self.dead = False

    def clear(self) -> None:
        """Fair weather again."""
        self.release()
        self.live()
        self.no_sockets = False
        self.sign_in = ""

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        self._open.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self._carry(reader, writer)
        finally:
            self._open.discard(writer)
            self._carrying.discard(task)
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.dead:
            return
        head = await reader.readuntil(b"\r\n\r\n")
        if self.sign_in:
            writer.write(SIGN_INS[self.sign_in].encode())
            await writer.drain()
            return
        is_socket = b"upgrade: websocket" in head.lower()
        if self.no_sockets and is_socket:
            self.turned_away += 1
            writer.write(FORBIDDEN)
            await writer.drain()
            return
        self.sockets += is_socket
        there, upstream = await asyncio.open_connection("127.0.0.1", self.target)
        self._open.add(upstream)
        try:
            upstream.write(head)
            asked = asyncio.create_task(_pour(reader, upstream))
            told = asyncio.create_task(_pour(there, writer, self._answers_flow))
            await asyncio.wait({asked, told}, return_when=asyncio.FIRST_COMPLETED)
            for pouring in (asked, told):
                pouring.cancel()
            await asyncio.gather(asked, told, return_exceptions=True)
        finally:
            self._open.discard(upstream)
            upstream.close()


async def _pour(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event | None = None
) -> None:
    while piece := await reader.read(PIECE_BYTES):
        if flows is not None:
            await flows.wait()
        writer.write(piece)
        await writer.drain()
