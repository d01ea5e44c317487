"""The line to one device: its socket, with a way past the stack for frames that go to a whole room.

A room of 500 phones is told twenty thousand frames a second. Each is written as it is; what an ASGI send
would add to it costs more than the write itself.
"""

import asyncio
import struct
from typing import Any

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

RECEIPT_SECONDS = 10
"""A frame that has begun to come has to be whole after this."""

GOODBYE_SECONDS = 2
"""Until a device that was told to go is hung up on."""

_LINE = "eutopia.line"
_TEXT = 0x81
"""The first byte of a text frame that is whole."""


class Line(WebSocketsSansIOProtocol):
    """Uvicorn's own protocol, which also is a `sessions.seat.Line`."""

    _half: asyncio.TimerHandle | None = None

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.close_timeout = GOODBYE_SECONDS

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][_LINE] = {"line": self}

    def write(self, frame: bytes) -> None:
        """Send a text frame that is UTF-8 already."""
        if not (self.close_sent or self.disconnected or self.transport.is_closing()):
            self.transport.write(_head(len(frame)) + frame)

    @property
    def waiting(self) -> int:
        return 0 if self.disconnected else self.transport.get_write_buffer_size()

    @property
    def is_taking(self) -> bool:
        return self.writable.is_set()

    def cut(self) -> None:
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if not self._is_half():
            self._end_wait()
        elif self._half is None:
            self._half = self.loop.call_later(RECEIPT_SECONDS, self._still_half)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_wait()
        super().connection_lost(exc)

    def _is_half(self) -> bool:
        """The beginning of a frame is here, or of a message in several, and its end is not."""
        return bool(self.frames) or bool(self.conn.reader.buffer)

    def _still_half(self) -> None:
        self._half = None
        if self.read_paused:
            # Its end may be here: we are busy with what came before it.
            self._half = self.loop.call_later(RECEIPT_SECONDS, self._still_half)
        elif self._is_half():
            self.cut()

    def _end_wait(self) -> None:
        if self._half is not None:
            self._half.cancel()
            self._half = None


def line_of(socket: WebSocket) -> Line:
    line: Line = socket.scope["extensions"][_LINE]["line"]
    return line


def _head(length: int) -> bytes:
    """Of an unmasked frame, as a server sends it."""
    if length < 126:
        return bytes((_TEXT, length))
    if length < 1 << 16:
        return struct.pack("!BBH", _TEXT, 126, length)
    return struct.pack("!BBQ", _TEXT, 127, length)
