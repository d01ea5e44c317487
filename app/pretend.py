"""Pretend people: they join over HTTP and write over real sockets, as phones do."""

import asyncio
import json
import random
from contextlib import suppress
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from app.keys import new_id
from sessions.domain.messages import PROTOCOL

BEAT_SECONDS = 15
ANSWER_SECONDS = 20


class TurnedAway(Exception):
    """The server did not let this person in, or did not answer."""


class Writing(NamedTuple):
    """A note that one of the phones is going to write."""

    phone: int
    id: str
    zone: str
    text: str


class _Frame(msgspec.Struct):
    """As much of a frame as a pretend person takes in."""

    type: str
    key: str | None = None
    retry_ms: int | None = None
    to: int = 0
    from_: int = msgspec.field(default=0, name="from")
    put: list[msgspec.Raw] = []
    drop: list[str] = []


class Told(msgspec.Struct):
    """As much of a row as a pretend person looks at: where the plan stands, piles, lines, and the vote."""

    id: str
    kind: str
    stage: str | None = None
    closed: bool = False
    into: str | None = None
    items: list[str] = []
    budget: int = 0
    open: bool = False
    round: int = 0


_LOOKED_AT = tuple(f'"kind":"{kind}"'.encode() for kind in ("stage", "theme", "item", "votes"))


class PretendPhone:
    """One person's phone. Use it as `async with await PretendPhone.join(origin, code, group)`."""

    def __init__(self, origin: str, code: str, ticket: str) -> None:
        self.stage: str | None = None
        """Where the plan stands, as this phone was told; None before the start and after the end."""
        self.rows: dict[str, Told] = {}
        self.wrote: list[str] = []
        """Notes of this person that were saved."""
        self._origin = origin
        self._code = code
        self._ticket = ticket
        self._seen = 0
        self._socket: ClientConnection | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._answers: dict[str, asyncio.Future[_Frame | None]] = {}

    @classmethod
    async def join(cls, origin: str, code: str, group: str | None) -> Self:
        """`origin`: where this machine itself reaches the server. Raises TurnedAway."""
        joined = await _post(origin, f"/api/sessions/{code}/join", {"group": group})
        return cls(origin, code, joined["ticket"])

    async def __aenter__(self) -> Self:
        to = urlsplit(self._origin)
        try:
            self._socket = await connect(
                f"ws://{_name(self._origin)}/live/{self._code}",
                host=to.hostname,
                port=to.port,
                compression=None,
                proxy=None,
                ping_interval=None,
            )
        except (OSError, WebSocketException) as error:
            raise TurnedAway from error
        await self._send({"type": "hello", "protocol": PROTOCOL, "as": "participant", "ticket": self._ticket})
        self._tasks = [asyncio.create_task(self._read(self._socket)), asyncio.create_task(self._beat())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()

    @property
    def is_in(self) -> bool:
        return bool(self._tasks) and not self._tasks[0].done()

    async def write(self, note: "Writing") -> bool:
        """Add a note; whether it was saved."""
        saved = await self.ask({"type": "note.add", "id": note.id, "zone": note.zone, "text": note.text})
        if saved:
            self.wrote.append(note.id)
        return saved

    async def ask(self, ask: dict[str, Any]) -> bool:
        """Whether it was done. Asked to slow down, it waits and sends the same again."""
        key = new_id()
        while self.is_in:
            answer = self._answers[key] = asyncio.get_running_loop().create_future()
            await self._send({"type": "ask", "key": key, "ask": ask})
            reply = await answer
            if reply is None or reply.type == "done":
                return reply is not None
            if reply.retry_ms is None:
                return False
            await asyncio.sleep(reply.retry_ms / 1000)
        return False

    async def leave(self) -> None:
        """Go, as by *Leave* on the phone."""
        await _post(self._origin, f"/api/sessions/{self._code}/leave", {}, self._ticket)

    async def _send(self, frame: dict[str, Any]) -> None:
        assert self._socket is not None
        # Where the line is gone, the reading ends too, and says so.
        with suppress(WebSocketException):
            await self._socket.send(json.dumps(frame))

    async def _beat(self) -> None:
        """Whoever is silent for long is taken for gone."""
        while self.is_in:
            await asyncio.sleep(BEAT_SECONDS)
            await self._send({"type": "beat", "seen": self._seen})

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                self._take(msgspec.json.decode(message, type=_Frame))
        except WebSocketException:
            pass
        finally:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_result(None)

    def _take(self, frame: _Frame) -> None:
        match frame.type:
            case "done" | "refused":
                answer = self._answers.pop(frame.key or "", None)
                if answer is not None and not answer.done():
                    answer.set_result(frame)
            case "change":
                self._seen = frame.to
                if not frame.from_:
                    self.rows.clear()
                for row in frame.put:
                    if any(kind in bytes(row) for kind in _LOOKED_AT):
                        told = msgspec.json.decode(row, type=Told)
                        self.rows[told.id] = told
                        if told.kind == "stage":
                            self.stage = None if told.closed else told.stage
                for gone in frame.drop:
                    self.rows.pop(gone, None)


async def write_all(phones: list[PretendPhone], notes: list[Writing], seconds: float) -> int:
    """Let phones write at human moments spread over `seconds`; how many notes were saved."""

    async def one(note: Writing, at: float) -> bool:
        await asyncio.sleep(at)
        return await phones[note.phone].write(note)

    chance = random.Random(7)
    moments = sorted(chance.uniform(0, seconds) for _ in notes)
    saved = await asyncio.gather(*[one(note, at) for note, at in zip(notes, moments, strict=True)])
    return sum(saved)


def _name(origin: str) -> str:
    """What the server answers to on its own machine, at whichever address it listens."""
    return f"127.0.0.1:{urlsplit(origin).port}"


async def _post(origin: str, path: str, body: dict[str, Any], ticket: str = "") -> dict[str, Any]:
    """Post, without a thread: those are for the database. Raises TurnedAway."""
    to, content = urlsplit(origin), json.dumps(body)
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: {_name(origin)}",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        "Connection: close",
        *([f"Authorization: Bearer {ticket}"] if ticket else []),
    ]
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reading, writing = await asyncio.open_connection(to.hostname, to.port)
            try:
                writing.write("\r\n".join([*head, "", content]).encode())
                answer, _, said = (await reading.read()).partition(b"\r\n\r\n")
            finally:
                writing.close()
    except (OSError, TimeoutError) as error:
        raise TurnedAway from error
    if not answer.startswith(b"HTTP/1.1 2"):
        raise TurnedAway(answer.partition(b"\r\n")[0].decode("latin-1"))
    read: dict[str, Any] = json.loads(said) if said else {}
    return read
