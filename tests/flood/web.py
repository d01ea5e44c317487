"""A few requests over plain HTTP, each on a connection of its own, as the flood's phones make them."""

import asyncio
import json
import ssl
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

SECONDS = 60
"""How long one request may take before it counts as never."""

Json = dict[str, Any]


class Stop(Exception):
    """The flood cannot go on, and says why in one sentence."""


class Answer(NamedTuple):
    status: int
    cookie: str
    body: Json


@dataclass(frozen=True)
class Target:
    """A server: where it listens, and its organiser's key."""

    url: str
    key: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)

    @cached_property
    def tls(self) -> ssl.SSLContext | None:
        return ssl.create_default_context() if self.url.startswith("https://") else None

    @property
    def is_loopback(self) -> bool:
        return self.address[0] in ("localhost", "127.0.0.1")

    async def call(
        self, method: str, path: str, body: Json | None = None, *, source: str = "", **headers: str
    ) -> Answer:
        """Raises Stop where nobody answers as Eutopia does; a refusal is an answer."""
        content = b"" if body is None else json.dumps(body).encode()
        said = {
            "Host": self.host,
            "Connection": "close",
            "Content-Type": "application/json",
            "Content-Length": str(len(content)),
            **headers,
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
        try:
            async with asyncio.timeout(SECONDS):
                whole = await self._exchange(("\r\n".join(lines) + "\r\n\r\n").encode() + content, source)
        except (OSError, TimeoutError) as error:
            raise Stop(f"{self.url} does not answer: {str(error) or 'too late'}") from None
        return _read(whole, self.url)

    async def asked(self, method: str, path: str, body: Json | None = None, **more: Any) -> Answer:
        """As `call`, where a refusal ends the flood. Raises Stop."""
        answer = await self.call(method, path, body, **more)
        if answer.status >= 400:
            raise Stop(f"{method} {path}: {answer.status} {answer.body.get('message', '')}".strip())
        return answer

    async def _exchange(self, request: bytes, source: str) -> bytes:
        near = (source, 0) if source else None
        reader, writer = await asyncio.open_connection(*self.address, ssl=self.tls, local_addr=near)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()


def _read(whole: bytes, url: str) -> Answer:
    head, _, body = whole.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    fields = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    try:
        said = json.loads(body) if body else {}
        number = int(status.split(" ")[1])
    except (ValueError, IndexError):
        raise Stop(f"{url} does not answer as Eutopia does: {status[:80]}") from None
    return Answer(
        number, fields.get("set-cookie", "").partition(";")[0], said if isinstance(said, dict) else {}
    )


def _joined(chunks: bytes) -> bytes:
    """A body that a proxy sent in pieces."""
    parts = []
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        parts.append(rest[:length])
        chunks = rest[length + 2 :] if length else b""
    return b"".join(parts)
