"""Devices as clients of a real server: a browser with its cookie, and seats over a socket or plain HTTP.

async with People(origin, organiser_key) as people:
    workshop = await people.workshop(groups=["North", "South"])
    host = await people.host(workshop)
    async with host.live("facilitator") as desk: ...
    phone = await people.phone(workshop, group="g1")
    async with phone.live() as seat:
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk together")
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PROTOCOL = 1
SECONDS = 20
"""How long anything may take before it counts as never."""

Json = dict[str, Any]


def new_id() -> str:
    """A key or the id of a new thing, as a device makes it."""
    return secrets.token_urlsafe(16)


class Rows(dict[str, Json]):
    """What a device holds, by id. `to` and `mark` say how far it was told."""

    to = 0
    mark = ""

    def fold(self, change: Json) -> None:
        if change["from"] == 0:
            self.clear()
        elif change["from"] != self.to:
            raise AssertionError(f"told from {change['from']}, and knows up to {self.to}")
        for id in change["drop"]:
            self.pop(id, None)
        for row in change["put"]:
            self[row["id"]] = row
        self.to, self.mark = change["to"], change["mark"]

    def of(self, kind: str) -> list[Json]:
        return [row for row in self.values() if row["kind"] == kind]

    def texts(self, kind: str = "note") -> list[str]:
        return sorted(row["text"] for row in self.of(kind))


class Refusal(Exception):
    """The server said no: in a frame, or as an HTTP answer."""

    def __init__(self, said: Json, status: int = 0) -> None:
        super().__init__(f"{status or ''} {said.get('code')}: {said.get('message')}".strip())
        self.code: str = said.get("code", "")
        self.message: str = said.get("message", "")
        self.retry_ms: int | None = said.get("retry_ms")
        self.said = said
        self.status = status


@dataclass
class Workshop:
    """A session, and the ways into it."""

    code: str
    join_url: str
    facilitate_url: str
    wall_url: str

    @property
    def secret(self) -> str:
        """Of the facilitator's link."""
        return self.facilitate_url.partition("#")[2]


class Seat:
    """A device in a room. Whoever carries the frames, these are the same."""

    def __init__(self, rows: Rows | None = None) -> None:
        self.rows = Rows() if rows is None else rows
        self.welcome: Json = {}
        self.heard: list[Json] = []
        """Every frame, as it came."""
        self._news = asyncio.Event()
        self._answers: dict[str, asyncio.Future[Json]] = {}

    async def ask(self, type: str, *, key: str | None = None, **fields: Any) -> Json:
        """Ask and wait: the `done`. Raises Refusal."""
        return await self.put(fields | {"type": type}, key or new_id())

    async def put(self, ask: Json, key: str) -> Json:
        raise NotImplementedError

    async def until(self, fits: Callable[[Rows], Any]) -> Any:
        """Wait until the rows are so; what `fits` said."""
        async with asyncio.timeout(SECONDS):
            while not (found := fits(self.rows)):
                self._news.clear()
                await self._news.wait()
        return found

    async def knows(self, seq: int) -> None:
        """Wait until it was told of this fact, or beyond."""
        await self.until(lambda rows: rows.to >= seq)

    def take(self, frame: Json) -> None:
        """Fold a change, hand an answer to who waits for it."""
        self.heard.append(frame)
        match frame["type"]:
            case "welcome":
                self.welcome = frame
            case "change":
                self.rows.fold(frame)
            case "done" | "refused":
                answer = self._answers.pop(frame.get("key") or "", None)
                if answer is not None and not answer.done():
                    answer.set_result(frame)
        self._news.set()


class Live(Seat):
    """A seat over a socket."""

    def __init__(self, socket: ClientConnection, rows: Rows | None = None) -> None:
        super().__init__(rows)
        self.socket = socket
        self._reading = asyncio.create_task(self._read())

    async def send(self, frame: Json | str | bytes) -> None:
        """Say it, if anybody is there still."""
        with suppress(ConnectionClosed):
            await self.socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def put(self, ask: Json, key: str) -> Json:
        answer = self._answers[key] = asyncio.get_running_loop().create_future()
        await self.send({"type": "ask", "key": key, "ask": ask})
        async with asyncio.timeout(SECONDS):
            await asyncio.wait({answer, self._reading}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ConnectionError(f"closed with {self.closed} before the answer")
        said: Json = answer.result()
        if said["type"] == "refused":
            raise Refusal(said)
        return said

    async def hear(self, *types: str) -> Json:
        """The next frame of these types that comes from now on, or the one that ended the socket."""
        known = len(self.heard)
        async with asyncio.timeout(SECONDS):
            while True:
                for frame in self.heard[known:]:
                    if frame["type"] in types:
                        return frame
                known = len(self.heard)
                if not self.is_open:
                    raise ConnectionError(f"closed with {self.closed}")
                self._news.clear()
                await self._news.wait()

    async def end(self) -> Json:
        """Wait for the end: what `going` said, with the `close` code; empty if it said nothing."""
        async with asyncio.timeout(SECONDS):
            await asyncio.wait({self._reading})
        going = next((frame for frame in self.heard if frame["type"] == "going"), {})
        return going | {"close": self.closed}

    @property
    def closed(self) -> int | None:
        """The code it was closed with; None while it is open."""
        return self.socket.close_code

    @property
    def is_open(self) -> bool:
        return not self._reading.done()

    async def _read(self) -> None:
        try:
            async for frame in self.socket:
                self.take(json.loads(frame))
        except ConnectionClosed:
            pass
        finally:
            self._news.set()

    async def close(self) -> None:
        await self.socket.close()
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading


class Plain(Seat):
    """A seat over plain HTTP: asks by POST, changes by long poll."""

    def __init__(self, browser: "Browser", code: str, role: str) -> None:
        super().__init__()
        self._browser = browser
        self._code = code
        self._path = f"/api/sessions/{code}"
        self._role = role
        self._polling: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self.take(await self._browser.get(f"{self._path}/changes", hello="1", **{"as": self._role}))
        self._polling = asyncio.create_task(self._poll())
        await self.until(lambda rows: rows)

    async def put(self, ask: Json, key: str) -> Json:
        (reply,) = await self._browser.post_asks([{"key": key, "ask": ask}], self._code, self._role)
        if reply["type"] == "refused":
            raise Refusal(reply)
        return reply

    async def _poll(self) -> None:
        view: Json = {}
        while True:
            asked = {"as": self._role, "since": self.rows.to, **view}
            try:
                answer = await self._browser.http.get(f"{self._path}/changes", params=asked)
            except httpx.TransportError:
                return
            view = {"view": answer.headers.get("x-view")}
            if answer.status_code == 200:
                self.take(answer.json())
            elif answer.status_code != 204:
                return

    async def close(self) -> None:
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling


class Browser:
    """One browser, with one cookie. `address`: the loopback address it comes from, so that several differ."""

    def __init__(self, origin: str, *, code: str = "", address: str = "") -> None:
        self.origin = origin
        self.code = code
        self.me: Json = {}
        """What joining answered."""
        self._address = address
        transport = httpx.AsyncHTTPTransport(local_address=address or None)
        self.http = httpx.AsyncClient(
            base_url=origin, headers={"origin": origin}, transport=transport, timeout=SECONDS + 25
        )

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> Json:
        """The answer's JSON. Raises Refusal."""
        content = {} if body is None else {"content": json.dumps(body)}
        headers = {"content-type": "application/json", **headers}
        answer = await self.http.request(method, path, headers=headers, **content)  # type: ignore[arg-type]
        if answer.is_error:
            is_json = answer.headers.get("content-type", "").startswith("application/json")
            raise Refusal(answer.json() if is_json else {"message": answer.text}, answer.status_code)
        said: Json = answer.json() if answer.content else {}
        return said

    async def get(self, path: str, **params: Any) -> Json:
        return await self.call("GET", str(httpx.URL(path, params=params)) if params else path)

    async def post(self, path: str, body: Any = None) -> Json:
        return await self.call("POST", path, body)

    async def enter(self, secret: str) -> Json:
        """Swap a link's secret for a grant."""
        return await self.post("/api/enter", {"secret": secret})

    async def join(self, code: str, **about: Any) -> Json:
        self.code = code
        self.me = await self.post(f"/api/sessions/{code}/join", about)
        return self.me

    async def asks(self, *asks: Json, role: str = "participant") -> list[Json]:
        """Up to 64 asks at once over plain HTTP; all have to be done. Raises Refusal."""
        replies = await self.post_asks([{"key": new_id(), "ask": ask} for ask in asks], self.code, role)
        for reply in replies:
            if reply["type"] == "refused":
                raise Refusal(reply)
        return replies

    async def post_asks(self, asks: list[Json], code: str, role: str) -> list[Json]:
        """Keyed asks; what each came to, in order."""
        said = await self.post(f"/api/sessions/{code}/asks?as={role}", {"asks": asks})
        replies: list[Json] = said["replies"]
        return replies

    @asynccontextmanager
    async def socket(self, code: str = "", **headers: str) -> AsyncIterator[Live]:
        """An open socket that has not said hello. Given headers stand in for the cookie and the origin."""
        where = f"{self.origin.replace('http', 'ws', 1)}/live/{code or self.code}"
        said = headers or {"Origin": self.origin, "Cookie": self.cookie}
        more: Json = {"local_addr": (self._address, 0)} if self._address else {}
        sent = {name: value for name, value in said.items() if value}
        async with connect(
            where, additional_headers=sent, compression=None, max_size=None, open_timeout=SECONDS, **more
        ) as opened:
            live = Live(opened)
            try:
                yield live
            finally:
                await live.close()

    @asynccontextmanager
    async def live(
        self, role: str = "participant", code: str = "", *, rows: Rows | None = None, **hello: Any
    ) -> AsyncIterator[Live]:
        """A seat, from its welcome on; with `rows` it goes on from where those stand. Raises Refusal."""
        headers = {"Origin": self.origin} if "ticket" in hello else {}
        async with self.socket(code, **headers) as seat:
            if rows is not None:
                seat.rows = rows
            await seat.send({"type": "hello", "protocol": PROTOCOL, "as": role, **hello})
            await seat.until(lambda _: seat.welcome or not seat.is_open)
            if not seat.welcome:
                raise Refusal(await seat.end())
            if "since" not in hello:
                await seat.until(lambda rows: rows and rows.to >= seat.welcome["seq"])
            yield seat

    @asynccontextmanager
    async def plain(self, role: str = "participant", code: str = "") -> AsyncIterator[Plain]:
        """The same seat where sockets are blocked."""
        seat = Plain(self, code or self.code, role)
        await seat.open()
        try:
            yield seat
        finally:
            await seat.close()

    async def close(self) -> None:
        await self.http.aclose()


class People:
    """Everybody who comes to a server: makes their browsers, and closes them in the end."""

    def __init__(self, origin: str, key: str = "") -> None:
        self.origin = origin
        self.key = key
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def browser(self, code: str = "", address: str = "") -> Browser:
        browser = Browser(self.origin, code=code, address=address)
        self._stack.push_async_callback(browser.close)
        return browser

    async def organiser(self) -> Browser:
        browser = self.browser()
        await browser.enter(self.key)
        return browser

    async def workshop(self, **about: Any) -> Workshop:
        """Open one: the two-board plan with two groups, unless `about` says otherwise."""
        wanted = {"plan": "gp-surgery-45", "title": "An afternoon", "groups": ["North", "South"], **about}
        said = await self.browser().call("POST", "/api/sessions", wanted, authorization=f"Bearer {self.key}")
        code = said["code"].replace(" ", "")
        return Workshop(code, said["join_url"], said["facilitate_url"], said["wall_url"])

    async def host(self, workshop: Workshop) -> Browser:
        """The browser of a facilitator, who may be the wall as well."""
        browser = self.browser(workshop.code)
        await browser.enter(workshop.secret)
        return browser

    async def phone(self, workshop: Workshop, group: str | None = None, **about: Any) -> Browser:
        browser = self.browser(workshop.code)
        await browser.join(workshop.code, group=group, **about)
        return browser

    async def wall(self, workshop: Workshop) -> Browser:
        """A screen that was paired by its four letters."""
        screen, host = self.browser(workshop.code), await self.host(workshop)
        letters = (await screen.post("/api/pair"))["letters"]
        await host.post(f"/api/sessions/{workshop.code}/pair", {"letters": letters})
        return screen
