"""Bad weather between a browser and the server: it can hold answers back, cut, go dead, or block sockets."""

import asyncio
from contextlib import suppress
from typing import Self

PIECE_BYTES = 64 * 1024
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Use as `async with Proxy() as proxy`, then say which port it leads to.

    `dead`: new connections are closed at once. `no_sockets`: as in venues that allow plain HTTP only.
    """

    def __init__(self) -> None:
        self.target = 0
        self.dead = False
        self.no_sockets = False
        self.turned_away = 0
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
        if self.no_sockets and b"upgrade: websocket" in head.lower():
            self.turned_away += 1
            writer.write(FORBIDDEN)
            await writer.drain()
            return
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
