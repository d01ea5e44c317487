"""A workshop as it may go: people with their devices, the server they talk to, and the disk below it."""

import asyncio
from typing import Any

from sessions.domain.asks import Ask
from sessions.domain.decide import Actor
from sessions.domain.rights import Role
from tests.domain.histories import made
from tests.simulation.ledger import Ledger
from tests.simulation.network import Clock, Kept, Process, VirtualTime, Wire
from tests.simulation.peers import Device, Person
from tests.simulation.reference_room import Person as Viewer
from tests.simulation.verbs import Verbs


class World:
    """Five phones of four people at two tables and at none, two desks, a wall. Nothing happens by itself."""

    def __init__(self) -> None:
        self.loop = VirtualTime()
        self.clock = Clock(self.loop)
        self.verbs = Verbs()
        self.ledger = Ledger(self.clock)
        ann, bob = (Person("participant", made(name), "red") for name in ("ann", "bob"))
        cat, dan = Person("participant", made("cat"), "blue"), Person("participant", made("dan"), None)
        desks = [Person("facilitator", made(name), None) for name in ("hal", "hea")]
        names = ("ann-1", "ann-2", "bob", "cat", "dan")
        self.phones = [Device(*each) for each in zip(names, (ann, ann, bob, cat, dan), strict=True)]
        self.desks = [Device(name, host) for name, host in zip(("hal", "hea"), desks, strict=True)]
        self.wall = Device("wall", Person("wall", made("wall"), None))
        self.devices = [*self.phones, *self.desks, self.wall]
        self.copies = [Kept()]
        self.erasing: list[asyncio.Task[None]] = []
        self.begin()

    def do(self, coroutine: Any) -> Any:
        outcome = self.loop.run_until_complete(coroutine)
        self.ledger.check()
        return outcome

    def wait(self, seconds: float) -> None:
        self.do(asyncio.sleep(seconds))
        for device in self.devices:
            if device.wire is not None and not device.wire.is_open:
                self.hang_up(device)

    def begin(self) -> None:
        self.server = Process(self.ledger.kept, self.clock, self.ledger)
        self.do(self.server.start())

    def connect(self, device: Device) -> None:
        if device.wire is None:
            wire, person = Wire(self.ledger), device.person
            device.greet(wire)
            actor = Actor(person.id, Role(person.role), person.group)
            self.do(self.server.admit(wire, actor, device.seen, device.view, device.witness))

    def hang_up(self, device: Device) -> None:
        if device.wire is not None:
            self.do(self.server.leave(device.wire))
            device.wire = None

    def arrive(self, device: Device, most: int = 1_000) -> None:
        wire = device.wire
        while wire is not None and wire.up and most:
            wire.arrived.put_nowait(wire.up.popleft())
            most -= 1

    def hear(self, device: Device, most: int = 1_000) -> None:
        while device.wire is not None and device.wire.down and most:
            device.hear()
            most -= 1

    def ask(self, device: Device, ask: Ask, way: str = "now") -> None:
        key = self.verbs.key()
        self.ledger.asks[device.person.id, key] = ask
        device.ask(key, ask)
        if way == "now":
            self.hear(device)
            self.arrive(device)
            self.wait(0.001)
            self.hear(device)

    def settle(self) -> None:
        """The disk is well and the lines carry: whatever is on the way arrives."""
        self.server.disk.fault = None
        self.server.disk.let_go()
        for _ in range(300):
            here = [device for device in self.devices if device.wire is not None]
            for device in here:
                device.line.is_stalled = False
                self.arrive(device)
            self.wait(0.03)
            for device in here:
                self.hear(device)
            under_way = [device for device in here if device.line.up or device.line.down or device.waiting]
            untold = [seat for seat in self.server.hall.seats if seat.read < self.server.room.board.seq]
            if not (under_way or untold):
                return
        raise AssertionError(f"never at rest: {under_way} {untold}")

    def compare(self) -> None:
        """Every device that listens holds what it may see, to the letter."""
        self.do(self.have_erased())
        now = self.clock()
        self.do(self.server.room.erase())
        self.ledger.check_erased(now)
        room = self.ledger.room()
        for device in self.devices:
            if device.wire is not None:
                due = room.rows(Viewer(device.person.role, device.person.id, device.person.group))
                assert device.rows == due, differing(device, due)
                assert device.wire.told == device.seen <= len(self.ledger.accepted)
                assert device in self.desks or device.in_order == sorted(device.in_order), (
                    f"{device} in disorder"
                )

    async def have_erased(self) -> None:
        """What the disk would not erase now is for the next time."""
        await asyncio.gather(*self.erasing, return_exceptions=True)
        self.erasing.clear()

    def end(self, how: str) -> None:
        self.do(self.server.stop() if how == "stops" else self.server.crash(how.endswith("landed")))
        self.do(self.have_erased())
        for device in self.devices:
            device.wire = None

    def come_back(self, who: int) -> None:
        """Some at once, the others later."""
        for place, device in enumerate(self.devices):
            if who & 1 << place % 4:
                self.connect(device)


def differing(device: Device, due: dict[str, Any]) -> str:
    """What a device holds that it should not, and the other way round."""
    ids = sorted(id for id in {*device.rows, *due} if device.rows.get(id) != due.get(id))
    return "\n".join([f"{device}:", *(f"  holds {device.rows.get(id)}\n  not   {due.get(id)}" for id in ids)])
