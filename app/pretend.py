"""Pretend people: they join over HTTP and write over real sockets, as phones do."""

import asyncio
import json
import random
import urllib.request
from typing import Any, NamedTuple, Self

from websockets.asyncio.client import ClientConnection, connect

from app.keys import new_id
from sessions.domain.messages import PROTOCOL


class Writing(NamedTuple):
    """A note that one of the phones is going to write."""

    phone: int
    id: str
    zone: str
    text: str


class PretendPhone:
    """One person's phone. Use it as `async with await PretendPhone.join(origin, code, group)`."""

    def __init__(self, origin: str, code: str, ticket: str) -> None:
        self._origin = origin
        self._code = code
        self._ticket = ticket
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}

    @classmethod
    async def join(cls, origin: str, code: str, group: str | None) -> Self:
        joined = await asyncio.to_thread(_post, f"{origin}/api/sessions/{code}/join", {"group": group})
        return cls(origin, code, joined["ticket"])

    async def __aenter__(self) -> Self:
        self._socket = await connect(
            f"{self._origin.replace('http', 'ws', 1)}/live/{self._code}", compression=None
        )
        await self._send({"type": "hello", "protocol": PROTOCOL, "as": "participant", "ticket": self._ticket})
        self._reading = asyncio.create_task(self._read(self._socket))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reading is not None:
            self._reading.cancel()
        if self._socket is not None:
            await self._socket.close()

    async def write(self, note: "Writing") -> bool:
        """Add a note; whether it was saved. Asked to slow down, it waits and sends the same again."""
        key = new_id()
        ask = {"type": "note.add", "id": note.id, "zone": note.zone, "text": note.text}
        while True:
            answer = self._answers[key] = asyncio.get_running_loop().create_future()
            await self._send({"type": "ask", "key": key, "ask": ask})
            reply = await answer
            if reply["type"] == "done":
                return True
            if "retry_ms" not in reply:
                return False
            await asyncio.sleep(reply["retry_ms"] / 1000)

    async def _send(self, frame: dict[str, Any]) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame))

    async def _read(self, socket: ClientConnection) -> None:
        async for frame in socket:
            message = json.loads(frame)
            answer = self._answers.pop(message.get("key", ""), None)
            if answer is not None:
                answer.set_result(message)


async def write_all(phones: list[PretendPhone], notes: list[Writing], seconds: float) -> int:
    """Let phones write at human moments spread over `seconds`; how many notes were saved."""

    async def one(note: Writing, at: float) -> bool:
        await asyncio.sleep(at)
        return await phones[note.phone].write(note)

    chance = random.Random(7)
    moments = sorted(chance.uniform(0, seconds) for _ in notes)
    saved = await asyncio.gather(*[one(note, at) for note, at in zip(notes, moments, strict=True)])
    return sum(saved)


def _post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    asked = urllib.request.Request(  # noqa: S310 (our own server's address)
        url, json.dumps(body).encode(), {"content-type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
        read: dict[str, Any] = json.load(answer)
        return read
