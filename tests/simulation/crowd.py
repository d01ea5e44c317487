"""A crowd of devices that behave as phones, walls and desks do, and remember all they were told.

    async with Crowd(server.origin, server.key) as crowd:
        room = await crowd.room()
        host = await crowd.host(room)
        phones = [await crowd.phone(room, group="g1") for _ in range(20)]
        for phone in phones:
            phone.write()
        ...                                    # weather
        late = await crowd.settle()            # outboxes empty, everybody current: what is late, in sentences

Every ask stands in `crowd.history`; `checker.check(crowd, server)` holds it against what is stored and seen.
"""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

from tests.simulation.device import Device, Place, Shared
from tests.simulation.history import Json
from tests.simulation.plain_device import PlainDevice
from tests.simulation.visit import Answer, Way

__all__ = ["Crowd", "Device", "Place", "eventually", "writing"]


class Crowd:
    """Makes places and devices, and ends them. `to`: the port devices go through, if not the server's."""

    def __init__(self, origin: str, key: str, *, to: int = 0, seed: int | None = None) -> None:
        self.origin = origin
        self.key = key
        self.shared = Shared(chance=random.Random(seed))
        self.history = self.shared.history
        self.places: list[Place] = []
        host, _, port = origin.partition("://")[2].partition(":")
        self.direct = Way(origin, (host, int(port)))
        self.way = Way(origin, (host, to or int(port)))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(device.stop() for device in self.devices))
        for errand in list(self.shared.errands):
            errand.cancel()
        await asyncio.gather(*self.shared.errands, return_exceptions=True)

    @property
    def devices(self) -> list[Device]:
        return [device for place in self.places for device in place.devices]

    async def visit(self, way: Way, method: str, path: str, body: Any, cookie: str, **headers: str) -> Answer:
        return await self.shared.visit(way, method, path, body, cookie, **headers)

    async def room(self, stage: str = "matrix-together", **about: Any) -> Place:
        """A session, with its stage opened by a host who then stays (`host`)."""
        canary = f"canary-{secrets.token_hex(4)}"
        wanted = {"plan": "gp-surgery-45", "title": "An afternoon", "groups": ["North", "South"], **about}
        authorization = f"Bearer {self.key}"
        answer = await self.visit(
            self.direct, "POST", "/api/sessions", wanted, "", authorization=authorization
        )
        assert answer.status == 201, answer
        said = answer.json
        secret = said["facilitate_url"].partition("#")[2]
        place = Place(said["id"], said["code"].replace(" ", ""), canary, secret)
        self.places.append(place)
        if stage:
            host = await self.host(place)
            await host.done(host.ask("stage.open", stage=stage))
        return place

    async def phone(
        self, place: Place, group: str | None = "g1", *, plain: bool = False, address: str = "", **about: Any
    ) -> Device:
        """A phone that joined, and is coming in."""
        way = Way(self.way.origin, self.way.to, address)
        cookie, said = await self._enter(way, f"/api/sessions/{place.code}/join", {"group": group, **about})
        device = self._seat(place, "participant", way, cookie, plain=plain)
        device.person = said["participant"]
        return device

    def beside(self, device: Device) -> Device:
        """Another page of the same browser."""
        other = self._seat(device.place, device.role, device.way, device.cookie)
        other.person = device.person
        return other

    async def host(self, place: Place, *, plain: bool = False) -> Device:
        """A facilitator's desk. It goes straight to the server, whatever the weather."""
        cookie, _ = await self._enter(self.direct, "/api/enter", {"secret": place.secret})
        return self._seat(place, "facilitator", self.direct, cookie, plain=plain)

    async def wall(self, place: Place) -> Device:
        cookie, _ = await self._enter(self.direct, "/api/enter", {"secret": place.secret})
        return self._seat(place, "wall", self.way, cookie)

    async def settle(self, seconds: float = 15) -> list[str]:
        """Wait until every outbox is empty and everybody knows all there is: who is late, in sentences."""
        until = time.monotonic() + seconds
        late = await self._late(until, lambda device: not device.waiting, "has an ask in its outbox still")
        bells = {}
        for place in self.places:
            host = next((device for device in place.devices if device.role == "facilitator"), None)
            if host is not None:
                # Everybody may see the clock, so everybody has to hear of it.
                bells[place.id] = host.ask("timer.set", seconds=600 + next(self.shared.numbers) % 9_000)
                with suppress(TimeoutError):
                    await host.done(bells[place.id], max(0.1, until - time.monotonic()))

        def knows(device: Device) -> bool:
            bell = bells.get(device.place.id)
            return bell is None or (bell.outcome == "ok" and device.is_open and device.rows.to >= bell.seq)

        return late + await self._late(until, knows, "was not told all there is")

    async def _late(self, until: float, is_fine: Callable[[Device], bool], why: str) -> list[str]:
        while late := [device for device in self.devices if not is_fine(device)]:
            if time.monotonic() > until:
                return [f"I9: {device.name} {why}, to {device.rows.to}" for device in late]
            await asyncio.sleep(0.02)
        return []

    async def exports(self, place: Place, *kinds: str, copy: str = "room") -> dict[str, bytes]:
        """The list as files, by kind; `log.jsonl` among them."""
        cookie, _ = await self._enter(self.direct, "/api/enter", {"secret": place.secret})
        found = {}
        for kind in kinds:
            path = "log.jsonl" if kind == "log.jsonl" else f"list.{kind}?copy={copy}"
            answer = await self.visit(self.direct, "GET", f"/s/{place.code}/{path}", None, cookie)
            assert answer.status == 200, (kind, answer.status, answer.body[:200])
            found[kind] = answer.body
        return found

    async def _enter(self, way: Way, path: str, body: Json) -> tuple[str, Json]:
        """Try until the server is there, as people press again; the cookie, and what it said."""
        until = time.monotonic() + 30
        cookie = f"eutopia={secrets.token_urlsafe(32)}"
        while True:
            with suppress(OSError):
                # With a cookie of its own choosing from the start: pressed again, it is the same browser.
                answer = await self.visit(way, "POST", path, body, cookie)
                assert answer.status == 200, (path, answer.status, answer.body)
                for name, value in answer.cookies.items():
                    cookie = f"{name}={value}"
                return cookie, answer.json
            assert time.monotonic() < until, f"nobody answered {path}"
            await asyncio.sleep(self.shared.chance.random() * 0.5)

    def _seat(self, place: Place, role: str, way: Way, cookie: str, *, plain: bool = False) -> Device:
        kind = PlainDevice if plain else Device
        device = kind(self.shared, place, f"{role}{next(self.shared.numbers)}", role, way, cookie)
        place.devices.append(device)
        device.start()
        return device


async def eventually(fits: Callable[[], Any], seconds: float = 20) -> None:
    """Wait until something is so that nobody tells of. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not fits():  # noqa: ASYNC110 (what is looked at has no event for it)
            await asyncio.sleep(0.01)


@asynccontextmanager
async def writing(devices: list[Device], every: float, zone: str = "matrix.social") -> AsyncIterator[None]:
    """While this lasts each of them writes a note about `every` seconds."""

    async def write(device: Device) -> None:
        while True:
            await asyncio.sleep(device.chance.random() * 2 * every)
            # People wait until their phone is through before they write a great deal more.
            if len(device.waiting) < 20:
                device.write(zone)

    tasks = [asyncio.create_task(write(device)) for device in devices]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
