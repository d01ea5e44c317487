"""A server as the browser tests need it: rooms, a host behind no browser, and people who write unseen."""

import asyncio
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from tests.app.client import Browser, Workshop, new_id
from tests.app.running import KEY, Process

HOUSE = Path(__file__).parents[2]
Room = Workshop

MOST_ASKS = 64
DATA_ON_PAGE = re.compile(r'<script type="application/json" id="page">(.*?)</script>', re.DOTALL)


class Server:
    """Use as `async with Server(data) as server`. `public_url`: where phones go, if not straight here."""

    def __init__(self, data: Path, *, public_url: str = "", **settings: Any) -> None:
        more = {"public_url": public_url} if public_url else {}
        self._process = Process(data / "var", **settings, **more)
        self.here = self._process.origin
        self.origin = public_url or self.here
        self._host = Browser(self.here)

    async def __aenter__(self) -> Self:
        await self.start()
        await self._host.enter(KEY)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._host.close()
        await self.kill()

    async def start(self) -> None:
        await asyncio.to_thread(self._process.start)

    async def kill(self) -> None:
        """As a power cut would: no goodbye."""
        await asyncio.to_thread(self._process.kill)

    @property
    def port(self) -> int:
        return int(self.here.rpartition(":")[2])

    @property
    def start_link(self) -> str:
        return f"{self.origin}/start#{KEY}"

    async def open(
        self, plan: str | dict[str, Any] = "gp-surgery-45", *, stage: str | None = None, **more: Any
    ) -> Room:
        """A workshop of two tables, at this stage of its plan if one is named."""
        wanted = {
            "plan": plan,
            "title": "Lower Valley",
            "host": "Active Valley",
            "groups": ["Oak", "Elm"],
            **more,
        }
        said = await self._host.post("/api/sessions", wanted)
        code = said["code"].replace(" ", "")
        room = Room(code, said["join_url"], said["facilitate_url"], said["wall_url"])
        if stage:
            await self.ask(room, type="stage.open", stage=stage)
        return room

    async def plans(self) -> list[dict[str, Any]]:
        """All plans of the shelf, whole, as the organiser's page has them."""
        found = DATA_ON_PAGE.search((await self._host.http.get("/start")).text)
        assert found is not None
        plans: list[dict[str, Any]] = json.loads(found[1])["plans"]
        return plans

    async def plan(self, name: str) -> dict[str, Any]:
        return next(plan for plan in await self.plans() if plan["id"] == name)

    async def ask(self, room: Room, **ask: Any) -> None:
        """As the host."""
        await _answered(self._host, room, "facilitator", [ask])

    async def write(
        self, room: Room, notes: Iterable[tuple[str, str]], group: str | None = None
    ) -> list[str]:
        """One more person writes these (zone, text); returns the notes' ids."""
        asks = [{"type": "note.add", "id": new_id(), "zone": zone, "text": text} for zone, text in notes]
        guest = Browser(self.here)
        await guest.join(room.code, group=group)
        for start in range(0, len(asks), MOST_ASKS):
            await _answered(guest, room, "participant", asks[start : start + MOST_ASKS])
        await guest.close()
        return [ask["id"] for ask in asks]

    async def rows(self, room: Room, kind: str) -> list[dict[str, Any]]:
        """As the host has them, once there is one."""
        async with self._host.plain("facilitator", room.code) as seat:
            found: list[dict[str, Any]] = await seat.until(lambda rows: rows.of(kind))
            return found

    async def all_rows(self, room: Room, kind: str) -> list[dict[str, Any]]:
        """The same, however many there are: a full room comes in several frames."""
        log = await self._host.http.get(f"/s/{room.code}/log.jsonl")
        last = json.loads(log.text.splitlines()[-1])["seq"]
        async with self._host.plain("facilitator", room.code) as seat:
            await seat.knows(last)
            found: list[dict[str, Any]] = seat.rows.of(kind)
            return found

    def files_with(self, text: str) -> list[str]:
        """Files of the data folder in which this text lies."""
        files = [file for file in self._process.folder.rglob("*") if file.is_file()]
        return [file.name for file in files if text.encode() in file.read_bytes()]

    async def times(self, room: Room, text: str) -> int:
        """How often a text is in the host's copy of everything."""
        copy = await self._host.http.get(f"/s/{room.code}/list.json")
        copy.raise_for_status()
        return copy.text.count(text)


async def _answered(who: Browser, room: Room, role: str, asks: list[dict[str, Any]]) -> None:
    body = {"asks": [{"key": new_id(), "ask": ask} for ask in asks]}
    said = await who.post(f"/api/sessions/{room.code}/asks?as={role}", body)
    refused = [each for each in said["replies"] if each["type"] != "done"]
    assert not refused, refused
