"""What is taken in has an end: requests never finished, heads of megabytes, more lines than we have files."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 16 * 1024
RECEIPT_SECONDS = 10
"""For a head to come, and as long again for its body."""

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
BEYOND = 16
"""Lines over the most that are taken up only to be told so."""
FULL = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class PatientHttp(HttpToolsProtocol):
    """Uvicorn's own, which waits for a request for ever, with a measure for it."""

    _heading = False
    _taken = 0
    _slow: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._is_over(BEYOND):
            # The system would refuse us the next file, and that may be one of the database's.
            self._hang_up(FULL)
        else:
            self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._taken += len(data)
        super().data_received(data)
        if self._heading and self._taken > HEAD_BYTES:
            self._hang_up(TOO_LARGE)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._wait()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._end()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._end()
        # Other requests are answered so by uvicorn.
        if self._is_over(0):
            self._hang_up(FULL)
        else:
            super().handle_websocket_upgrade()

    def _is_over(self, beyond: int) -> bool:
        most = self.limit_concurrency
        return most is not None and len(self.connections) > most + beyond

    def _begin(self) -> None:
        self._wait()
        self._heading, self._taken = True, 0

    def _wait(self) -> None:
        self._end()
        self._slow = self.loop.call_later(RECEIPT_SECONDS, self._hang_up)

    def _end(self) -> None:
        self._heading = False
        if self._slow is not None:
            self._slow.cancel()

    def _hang_up(self, last_words: bytes = b"") -> None:
        self._end()
        if not self.transport.is_closing():
            self.transport.write(last_words)
            self.transport.close()
