"""A phone, wall or desk on a bad day: it keeps what it asks, mends its connection, and asks again."""

import asyncio
import itertools
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.app.client import PROTOCOL, Rows, new_id
from tests.simulation.history import Asked, History, Json
from tests.simulation.visit import Answer, Way, visit

FIRST_WAIT, LONGEST_WAIT = 0.3, 10.0
OPENING_SECONDS = 10
BEAT_SECONDS = 15
CANARY = re.compile(r"canary-[0-9a-f]{8}")


@dataclass
class Place:
    """A session that the crowd meets in. Every text written in it carries its canary."""

    id: str
    code: str
    canary: str
    secret: str
    devices: list["Device"] = field(default_factory=list)


@dataclass
class Shared:
    """What all devices of a crowd have in common."""

    history: History = field(default_factory=History)
    chance: random.Random = field(default_factory=random.Random)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    errands: set[asyncio.Future[None]] = field(default_factory=set)
    """Sends that are under way."""

    async def visit(self, way: Way, method: str, path: str, body: Any, cookie: str, **headers: str) -> Answer:
        """One HTTP exchange, remembered by its status. Raises OSError."""
        answer = await visit(way, method, path, body, cookie=cookie, **headers)
        self.history.statuses[answer.status] += 1
        return answer


class Device:
    """A phone, wall or desk: an outbox, rows, and a connection that mends itself.

    An ask is sent until it is answered for good, one at a time and in order, always with the same key; what
    was done is kept, to be offered again to a server that forgot it.
    """

    def __init__(self, shared: "Shared", place: Place, name: str, role: str, way: Way, cookie: str) -> None:
        self.place = place
        self.name = name
        self.role = role
        self.way = way
        self.cookie = cookie
        self.rows = Rows()
        self.welcome: Json = {}
        self.person = ""
        self.waiting: list[Asked] = []
        self.kept: list[Asked] = []
        self.marks: dict[int, str] = {}
        """seq -> mark, as it was told by changes and answers."""
        self.canaries: set[str] = set()
        """Every canary in any frame."""
        self.forgotten = 0
        """How often it was answered from 0 although the server should have known its history."""
        self.opened: list[float] = []
        """When it came in, each time: monotonic seconds."""
        self.due: list[float] = []
        """When it meant to try again, each time: on a busy machine several start at once after that."""
        self.goings: list[Json] = []
        self.closes: list[int | None] = []
        self.now: Json = {}
        self.frames = 0
        self.bytes = 0
        self.is_open = False
        self.longest_wait = LONGEST_WAIT
        self.patience = 1.0
        """What share of the time it is asked to wait it waits: less than all where a test has none."""
        self.on_frame: Callable[[Json], None] = lambda _: None
        self.chance = shared.chance
        self._shared = shared
        self._witness: Json | None = None
        self._view: str | None = None
        self._whole_at = -1
        self._greeted_from = 0
        self._failures = 0
        self._again: float | None = None
        self._news = asyncio.Event()
        self._sent: Asked | None = None
        self._send: Callable[[Asked], Awaitable[None]] | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._life: asyncio.Task[None] | None = None

    # What a person does

    def write(self, zone: str = "matrix.social", text: str = "") -> Asked:
        """Add a note; its text is like no other."""
        words = text or f"{self.name} {next(self._shared.numbers)} {self.place.canary}"
        return self.ask("note.add", id=new_id(), zone=zone, text=words)

    def ask(self, type: str, *, key: str = "", **fields: Any) -> Asked:
        """Put it into the outbox. What becomes of it stands in what is returned."""
        ask = {"type": type, **fields}
        session = self.place.id
        asked = self._shared.history.invoke(self.name, session, self.person, key or new_id(), ask)
        self.waiting.append(asked)
        self.push()
        return asked

    async def done(self, asked: Asked, seconds: float = 20) -> Asked:
        """Wait until it is answered for good."""
        await self.until(lambda: asked.outcome != "unknown", seconds)
        return asked

    async def until(self, fits: Callable[[], Any], seconds: float = 20) -> None:
        """Wait until something is so; it can only become so by what this device is told."""
        async with asyncio.timeout(seconds):
            while not fits():
                self._news.clear()
                await self._news.wait()

    async def holds(self, row: str) -> None:
        """Wait until it was told of this row."""
        await self.until(lambda: row in self.rows)

    # Its life

    def start(self) -> None:
        self._life = asyncio.create_task(self._live(), name=self.name)

    async def stop(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
        if self._life is not None:
            self._life.cancel()
            with suppress(asyncio.CancelledError):
                await self._life
        self.is_open = False

    async def _live(self) -> None:
        while True:
            self._again = None
            with suppress(OSError, TimeoutError, ConnectionClosed, InvalidHandshake, EOFError):
                await self._connected()
            if not self.is_open:
                self._failures += 1
            self.is_open, self._send, self._sent = False, None, None
            self._news.set()
            most = min(self.longest_wait, FIRST_WAIT * 2**self._failures)
            # Full jitter, so that a room that lost its server does not come back all at once.
            chance = self.chance
            wait = (
                chance.random() * most if self._again is None else self._again + chance.random() * FIRST_WAIT
            )
            self.due.append(time.monotonic() + wait)
            await asyncio.sleep(wait)

    async def _connected(self) -> None:
        url = f"ws://{self.way.host}/live/{self.place.code}"
        headers = {"Origin": self.way.origin, "Cookie": self.cookie}
        host, port = self.way.to
        more: Json = {"local_addr": self.way.local} if self.way.local else {}
        async with connect(
            url,
            host=host,
            port=port,
            additional_headers=headers,
            compression=None,
            max_size=None,
            ping_interval=None,
            open_timeout=OPENING_SECONDS,
            close_timeout=0.5,
            proxy=None,
            **more,
        ) as socket:
            hello = {"type": "hello", "protocol": PROTOCOL, "as": self.role, **self._known()}
            await socket.send(json.dumps(hello))

            async def send(asked: Asked) -> None:
                frame = json.dumps({"type": "ask", "key": asked.key, "ask": asked.ask})
                with suppress(ConnectionClosed):
                    await socket.send(frame)

            self._send = send
            beating = asyncio.create_task(self._beat(socket))
            try:
                while True:
                    self.take(await self._heard(socket))
            except ConnectionClosed:
                self._closed(socket.close_code)
                raise
            finally:
                beating.cancel()

    async def _heard(self, socket: ClientConnection) -> str:
        # A server that never welcomes is as gone as one that is silent for two beats.
        async with asyncio.timeout(35 if self.is_open else OPENING_SECONDS):
            return str(await socket.recv(decode=True))

    async def _beat(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            with suppress(ConnectionClosed):
                await socket.send(json.dumps({"type": "beat", "seen": self.rows.to}))

    def _closed(self, code: int | None) -> None:
        self.closes.append(code)
        if code == 1011:
            self._shared.history.faults.append(f"{self.name} was closed with 1011")

    def _known(self) -> Json:
        self._greeted_from = self.rows.to
        return {"since": self.rows.to, "witness": self._witness, "view": self._view}

    # What it is told

    def take(self, text: str | bytes) -> None:
        said = text.decode() if isinstance(text, bytes) else text
        self.frames += 1
        self.bytes += len(said)
        self.canaries.update(CANARY.findall(said))
        frame = json.loads(said)
        match frame["type"]:
            case "welcome":
                self._welcomed(frame)
            case "change":
                self._change(frame)
            case "done":
                self._saw(frame["seq"], frame["mark"])
                self._done(frame)
            case "refused":
                self._refused(frame)
            case "now":
                self.now = frame
            case "going":
                self.goings.append(frame)
                self._again = (frame.get("retry_ms") or 0) / 1000 * self.patience
        self.on_frame(frame)
        self._news.set()

    def _welcomed(self, welcome: Json) -> None:
        self._failures = 0
        self.welcome, self._whole_at = welcome, welcome["seq"]
        if self._view != welcome["view"]:
            self._greeted_from = 0
        self._view = welcome["view"]
        self.person = welcome["you"]["id"]
        self.opened.append(time.monotonic())
        self.is_open = True
        self._sent = None
        self.push()

    def _change(self, change: Json) -> None:
        if change["from"] == 0:
            if self._greeted_from > 0:
                self.forgotten += 1
                self.marks.clear()
            self._witness = None
        self._greeted_from = 0
        self.rows.fold(change)
        self._saw(change["to"], change["mark"])
        if 0 <= self._whole_at <= change["to"]:
            self._whole_at = -1
            if self.forgotten:
                self._offer_again()

    def _saw(self, seq: int, mark: str) -> None:
        told = self.marks.setdefault(seq, mark)
        if told != mark:
            self._shared.history.faults.append(f"{self.name} was told two marks of {seq}: {told} and {mark}")
        if self._witness is None or seq > self._witness["seq"]:
            self._witness = {"seq": seq, "mark": mark}

    def _offer_again(self) -> None:
        """The server lost what was saved once: offer it again, in the order it was made."""
        back = {asked.ask["id"] for asked in self.kept if asked.ask["type"] == "note.take_back"}
        lost = [
            asked
            for asked in self.kept
            if asked.ask["type"] == "note.add" and asked.ask["id"] not in self.rows.keys() | back
        ]
        self.kept = [asked for asked in self.kept if asked not in lost]
        self.waiting = sorted([*lost, *self.waiting], key=lambda asked: asked.number)
        self._sent = None
        self.push()

    # Its outbox

    def push(self) -> None:
        """Send the first that waits, unless an answer is due already."""
        if self._send is None or not self.is_open or self._sent is not None or not self.waiting:
            return
        self._sent = self.waiting[0]
        if not self._sent.actor:
            self._sent.actor = self.person
        self._sent.sent += 1
        task = asyncio.ensure_future(self._send(self._sent))
        self._shared.errands.add(task)
        task.add_done_callback(self._shared.errands.discard)

    def _done(self, done: Json) -> None:
        asked = self._find(done["key"])
        if asked is None:
            again = next((each for each in reversed(self.kept) if each.key == done["key"]), None)
            if again is not None:
                again.ok(done["seq"], done["mark"])
            return
        asked.ok(done["seq"], done["mark"])
        self.waiting.remove(asked)
        self.kept.append(asked)
        self._next(asked)

    def _refused(self, refused: Json) -> None:
        if refused["code"] == "server.fault":
            self._shared.history.faults.append(f"{self.name}: {refused}")
        asked = self._find(refused.get("key"))
        if asked is None:
            return
        asked.code = refused["code"]
        if (retry_ms := refused.get("retry_ms")) is not None:
            if asked is self._sent:
                loop = asyncio.get_running_loop()
                self._retry = loop.call_later(retry_ms / 1000, self._next, asked)
            return
        asked.refused(refused["code"])
        self.waiting.remove(asked)
        self._next(asked)

    def _find(self, key: str | None) -> Asked | None:
        return next((asked for asked in self.waiting if asked.key == key), None)

    def _next(self, answered: Asked) -> None:
        if self._sent is answered:
            self._sent = None
            self.push()
