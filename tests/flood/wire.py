"""A WebSocket client that is light enough to be five hundred phones in one process.

It does what RFC 6455 asks of a client and no more: no extensions, and text alone is handed on.
"""

import asyncio
import base64
import hashlib
import os
import time

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
MOST_BYTES = 16 * 1024 * 1024
"""Of one message: more than any board has."""

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Broken(Exception):
    """The server said what this client cannot read."""


class Frames:
    """The bytes that a server sends, cut into messages. Feed it pieces of any size."""

    __slots__ = ("_kind", "_parts", "_rest")

    def __init__(self) -> None:
        self._rest = b""
        self._kind = 0
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """Whole messages, each as (opcode, payload). Raises Broken."""
        if self._rest:
            data = self._rest + data
        at, end = 0, len(data)
        messages: list[tuple[int, bytes]] = []
        while end - at >= 2:
            first, length, start = data[at], data[at + 1], at + 2
            if length > 127:
                raise Broken("a frame of the server is masked")
            if length > 125:
                start += 2 if length == 126 else 8
                if start > end:
                    break
                length = int.from_bytes(data[at + 2 : start])
                if length > MOST_BYTES:
                    raise Broken(f"a frame has {length} bytes")
            stop = start + length
            if stop > end:
                break
            payload = data[start:stop]
            at = stop
            if first == 0x81:
                messages.append((TEXT, payload))
            else:
                self._take(first, payload, messages)
        self._rest = data[at:]
        return messages

    def _take(self, first: int, payload: bytes, messages: list[tuple[int, bytes]]) -> None:
        """Anything but a whole text in one frame."""
        is_last, kind = first & 0x80, first & 0x0F
        if first & 0x70:
            raise Broken("a frame of the server is compressed, or made by an extension nobody asked for")
        if kind >= CLOSE:
            if not is_last or len(payload) > 125:
                raise Broken("a control frame is too long, or in pieces")
            messages.append((kind, payload))
            return
        if (kind == 0) != bool(self._kind):
            raise Broken("the pieces of a message do not follow each other")
        self._kind = self._kind or kind
        self._parts.append(payload)
        if sum(map(len, self._parts)) > MOST_BYTES:
            raise Broken("a message in pieces never ends")
        if is_last:
            messages.append((self._kind, b"".join(self._parts)))
            self._kind, self._parts = 0, []


def frame(kind: int, payload: bytes) -> bytes:
    """One whole frame as a client sends it: masked."""
    length = len(payload)
    if length < 126:
        head = bytes((0x80 | kind, 0x80 | length))
    elif length < 1 << 16:
        head = bytes((0x80 | kind, 0xFE)) + length.to_bytes(2)
    else:
        head = bytes((0x80 | kind, 0xFF)) + length.to_bytes(8)
    mask = os.urandom(4)
    key = int.from_bytes((mask * (length // 4 + 1))[:length])
    return head + mask + (int.from_bytes(payload) ^ key).to_bytes(length)


class Socket(asyncio.Protocol):
    """One open socket. What is said to it comes to `heard`, its end to `ended`."""

    def __init__(self, path: str, headers: dict[str, str]) -> None:
        key = base64.b64encode(os.urandom(16))
        asked = {
            **headers,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": key.decode(),
            "Sec-WebSocket-Version": "13",
        }
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in asked.items())]
        self._hello = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self._accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
        self._head: bytes | None = b""
        self._frames = Frames()
        self._transport: asyncio.Transport | None = None
        self.code: int | None = None
        """What it was closed with; 1006 if nobody said."""
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done once the server has taken the handshake. Raises Broken, ConnectionError."""

    def heard(self, payload: bytes, now: float) -> None:
        """A text came, `now` by the performance counter."""
        raise NotImplementedError

    def ended(self) -> None:
        """Nothing comes any more."""

    @property
    def is_open(self) -> bool:
        return self.code is None and self._head is None

    def say(self, text: str) -> None:
        if self._transport is not None and self.is_open:
            self._transport.write(frame(TEXT, text.encode()))

    def leave(self) -> None:
        """Say goodbye, and hang up."""
        if self._transport is not None and not self._transport.is_closing():
            if self.is_open:
                self._transport.write(frame(CLOSE, (1000).to_bytes(2)))
            self._end(1000)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        try:
            if self._head is not None:
                data = self._shake_hands(data)
            for kind, payload in self._frames.feed(data):
                if kind == TEXT:
                    self.heard(payload, now)
                elif kind == PING:
                    assert self._transport is not None
                    self._transport.write(frame(PONG, payload))
                elif kind == CLOSE:
                    self._end(int.from_bytes(payload[:2]) or 1005)
                    return
        except Broken as broken:
            if self.opened.done():
                self._end(1002)
            else:
                self._fail(broken)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.code is None:
            self.code = 1006
        self._fail(ConnectionError("the server hung up during the handshake"))
        self.ended()

    def _shake_hands(self, data: bytes) -> bytes:
        """Read the head of the answer; whatever follows it. Raises Broken."""
        assert self._head is not None
        self._head += data
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if not end:
            if len(head) > 16_384:
                raise Broken("the answer to the handshake has no end")
            return b""
        status, *lines = head.split(b"\r\n")
        fields = {
            name.strip().lower(): value.strip() for name, _, value in (x.partition(b":") for x in lines)
        }
        if status.split(b" ")[1:2] != [b"101"] or fields.get(b"sec-websocket-accept") != self._accept:
            raise Broken(f"the server did not open a socket: {status.decode('ascii', 'replace')}")
        if b"sec-websocket-extensions" in fields:
            raise Broken("the server took the offer of compression, and flood reads no compressed frames")
        if self.opened.done():
            raise Broken("nobody waits for this socket any more")
        self._head = None
        self.opened.set_result(None)
        return rest

    def _end(self, code: int) -> None:
        self.code = code
        if self._transport is not None:
            self._transport.close()

    def _fail(self, why: Exception) -> None:
        if not self.opened.done():
            self.opened.set_exception(why)
            self._end(1006)
