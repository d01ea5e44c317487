"""One HTTP exchange on a connection of its own, and light: a thousand phones make thousands of them."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

SECONDS = 40
"""Longer than a long poll."""


@dataclass
class Way:
    """How a device reaches the server: by the server's own name, over this address, perhaps through a proxy.

    `origin`: what the browser shows. `to`: where the connection leads. `address`: where it comes from.
    """

    origin: str
    to: tuple[str, int]
    address: str = ""

    @property
    def host(self) -> str:
        return self.origin.partition("://")[2]

    @property
    def local(self) -> tuple[str, int] | None:
        return (self.address, 0) if self.address else None


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}


async def visit(
    way: Way, method: str, path: str, body: Any = None, *, cookie: str = "", **headers: str
) -> Answer:
    """The whole answer. Raises OSError when there is none, or half of one."""
    content = b"" if body is None else json.dumps(body).encode()
    said = {"host": way.host, "connection": "close", "origin": way.origin, **headers}
    if cookie:
        said["cookie"] = cookie
    if method != "GET":
        said |= {"content-type": "application/json", "content-length": str(len(content))}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items())
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_connection(*way.to, local_addr=way.local)
            try:
                writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + content)
                return await _answer(reader)
            finally:
                writer.transport.abort()
    except (TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
        raise ConnectionError(f"no whole answer: {error!r}") from error


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")[:-2]
    headers, cookies = {}, {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
        if name.lower() == "set-cookie":
            cookie, _, kept = value.strip().partition(";")[0].partition("=")
            cookies[cookie] = kept
    status = int(first.split(" ")[1])
    if status == 204:
        body = b""
    elif headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Answer(status, headers, body, cookies)
