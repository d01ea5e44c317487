"""The heads of requests have an end: whoever never finishes one, or sends megabytes of it, is hung up on."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 16 * 1024
HEAD_SECONDS = 10

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class PatientHttp(HttpToolsProtocol):
    """Uvicorn's own, which reads a head for ever, with a measure for it."""

    _reading = False
    _taken = 0
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        super().data_received(data)
        if self._reading and self._taken > HEAD_BYTES:
            self._hang_up(TOO_LARGE)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._end()
        super().on_headers_complete()

    def _begin(self) -> None:
        self._end()
        self._reading, self._taken = True, 0
        self._slow = self.loop.call_later(HEAD_SECONDS, self._hang_up)

    def _end(self) -> None:
        self._reading = False
        if self._slow is not None:
            self._slow.cancel()

    def _hang_up(self, last_words: bytes = b"") -> None:
        self._end()
        if not self.transport.is_closing():
            self.transport.write(last_words)
            self.transport.close()
