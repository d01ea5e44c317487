"""What the flood can do to a server, and what it measures while it does."""

import asyncio
import gc
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from tests.flood.machine import busy
from tests.flood.room import AT_ONCE, MOST_NOTES, Room, room
from tests.flood.server import Server
from tests.flood.spread import Spread
from tests.flood.web import Stop

MIB, KIB = 1 << 20, 1 << 10
PHONES_A_ROOM = 500
WALL_MS = 250
"""The knee is where the wall is later than this."""
SATURATED = 0.9
"""Of a core: a client that takes more may be what is slow."""


@dataclass(frozen=True)
class Flood:
    """One flood of notes. Times in ms; None where the server's process is out of sight."""

    phones: int
    walls: int
    rate: float
    notes: int
    seconds: float
    """From the first note sent to the last delivery."""
    saved: Spread
    wall: Spread
    phone: Spread
    deliveries: int
    frames: int
    loss: int
    duplicates: int
    gaps: int
    unanswered: int
    again: dict[str, int]
    """Why the server asked to send a note once more, and how often."""
    refused: dict[str, int]
    ended: dict[str, int]
    server_cpu: float | None
    """Seconds of processor."""
    server_kernel: float | None
    """Those of them that the kernel took: nearly all of it for sending."""
    memory: int | None
    seat_memory: float | None
    """Bytes, and bytes for each seat that came in."""
    client_share: float
    """Of one core."""
    others_share: float | None
    """What other programs of this machine took meanwhile, of one core."""
    behind: float
    """How late the flood sent a note by its own plan at worst, in ms."""

    @property
    def us_a_frame(self) -> float | None:
        return None if self.server_cpu is None else self.server_cpu / max(1, self.frames) * 1e6

    @property
    def s_a_thousand(self) -> float | None:
        return None if self.server_cpu is None else self.server_cpu / max(1, self.deliveries) * 1000

    @property
    def is_whole(self) -> bool:
        return not (
            self.loss or self.duplicates or self.gaps or self.unanswered or self.refused or self.ended
        )

    @property
    def client_is_the_limit(self) -> bool:
        return self.client_share > SATURATED or self.behind > 100


@dataclass(frozen=True)
class Knee:
    """The most notes a second at which the wall's p99 stayed under 250 ms, and every step on the way."""

    rate: float
    is_end: bool
    """No step was too much: the knee lies higher."""
    client_is_the_limit: bool
    steps: list[Flood]


@dataclass(frozen=True)
class Joins:
    joins: int
    seconds: float
    notes: int
    post: Spread
    board: Spread
    """From opening the socket to the last frame of the board."""
    whole: Spread
    """From the join to the same."""
    incomplete: int
    """Seats that were told less than the board had."""
    server_cpu: float | None


@dataclass(frozen=True)
class Idle:
    sockets: int
    rooms: int
    seconds: float
    memory_before: int | None
    memory: int | None
    ended: dict[str, int]

    @property
    def a_seat(self) -> float | None:
        if self.memory is None or self.memory_before is None:
            return None
        return (self.memory - self.memory_before) / self.sockets


async def flood(
    server: Server,
    phones: int,
    walls: int,
    rate: float,
    seconds: float,
    *,
    sees: str = "room",
    offer: bool = False,
) -> Flood:
    """So many notes a second, by all phones in turn. `sees`: who is shown them. Raises Stop."""
    async with room(server.target, sees=sees) as here:
        here.offer = offer
        empty = server.taken()
        await here.come_in(phones, walls)
        count = max(1, round(rate * seconds))
        warm = min(20, phones, count, MOST_NOTES - count)
        await here.write(50, warm)
        await here.settle()
        here.begin()
        gc.collect()
        gc.freeze()
        full, whole, cpu, began = server.taken(), busy(), time.process_time(), time.perf_counter()
        behind = await here.write(rate, count)
        await here.settle()
        after, busy_after, cpu = server.taken(), busy(), time.process_time() - cpu
        passed = time.perf_counter() - began
        gc.unfreeze()
        server_cpu = after.cpu - full.cpu if after and full else None
        others = None
        if whole is not None and busy_after is not None and server_cpu is not None:
            others = max(0, round((busy_after - whole - server_cpu - cpu) / passed, 3))
        return Flood(
            phones=phones,
            walls=walls,
            rate=rate,
            notes=count,
            seconds=round(max(here.last_news - began, 1e-3), 3),
            saved=Spread.of(late for note, late in here.saved.items() if note >= warm),
            wall=Spread.of(here.late["wall"]),
            phone=Spread.of(here.late["phone"]),
            deliveries=len(here.late["wall"]) + len(here.late["phone"]),
            frames=here.frames,
            loss=here.lost(),
            duplicates=here.duplicates,
            gaps=here.gaps,
            unanswered=here.written - len(here.saved) - here.refused.total(),
            again=dict(here.again),
            refused=dict(here.refused),
            ended=dict(here.ended),
            server_cpu=server_cpu,
            server_kernel=after.kernel - full.kernel if after and full else None,
            memory=after.memory if after else None,
            seat_memory=(full.memory - empty.memory) / (phones + walls) if full and empty else None,
            client_share=round(cpu / passed, 3),
            others_share=others,
            behind=round(behind * 1000, 1),
        )


async def burst(server: Server, phones: int, walls: int, notes: int) -> Flood:
    """All of them within one second."""
    return await flood(server, phones, walls, notes, 1)


async def knee(server: Server, phones: int, walls: int, rate: float, seconds: float) -> Knee:
    """Double until the wall is late, then halve the gap three times. Raises Stop."""
    steps: list[Flood] = []
    most = min(3_200, MOST_NOTES / seconds)

    async def is_fine(rate: float) -> bool:
        # Twice, if need be: a hiccup of the machine is no knee.
        for _ in range(2):
            step = await flood(server, phones, walls, rate, seconds)
            steps.append(step)
            if step.is_whole and step.wall.p99 < WALL_MS and not step.client_is_the_limit:
                return True
        return False

    good, bad = 0.0, 0.0
    while not bad and rate <= most:
        if await is_fine(rate):
            good, rate = rate, rate * 2
        else:
            bad = rate
    for _ in range(3 if bad else 0):
        middle = round((good + bad) / 2)
        if middle in (good, bad):
            break
        if await is_fine(middle):
            good = middle
        else:
            bad = middle
    limit = [step.client_is_the_limit for step in steps if step.rate == bad]
    return Knee(good, not bad, any(limit), steps)


async def joins(server: Server, count: int, seconds: float, notes: int) -> Joins:
    """So many people join, evenly, a board that has notes already. Raises Stop."""
    async with room(server.target) as here:
        await here.come_in(phones=max(1, notes // 8 + 1))
        await here.write(rate=1_000, count=notes)
        await here.settle()
        posts: list[float] = []
        boards: list[float] = []
        wholes: list[float] = []
        fewer = 0

        async def join(after: float) -> None:
            nonlocal fewer
            await asyncio.sleep(after)
            began = time.perf_counter()
            cookie = await here.join()
            joined = time.perf_counter()
            seat = await here.sit("phone", cookie)
            here.phones.append(seat)
            assert seat.full is not None
            posts.append(joined - began)
            boards.append(seat.full.result() - joined)
            wholes.append(seat.full.result() - began)
            fewer += seat.count < notes

        before = server.taken()
        try:
            async with asyncio.TaskGroup() as coming:
                for turn in range(count):
                    coming.create_task(join(turn * seconds / count))
        except* Stop as stops:
            raise Stop(str(stops.exceptions[0])) from None
        after = server.taken()
        return Joins(
            joins=count,
            seconds=seconds,
            notes=notes,
            post=Spread.of(posts),
            board=Spread.of(boards),
            whole=Spread.of(wholes),
            incomplete=fewer,
            server_cpu=after.cpu - before.cpu if after and before else None,
        )


async def idle(server: Server, sockets: int, seconds: float) -> Idle:
    """Sockets that only sit there, over as many rooms as they need, for so long. Raises Stop."""
    doors = asyncio.Semaphore(AT_ONCE)

    async def phone(here: Room, turn: int) -> None:
        async with doors:
            # One address has no more than some 28,000 ports to come from.
            await here.phone(f"127.0.0.{2 + turn % 8}" if server.target.is_loopback else "")

    async with AsyncExitStack() as stack:
        rooms = [
            await stack.enter_async_context(room(server.target, most=1))
            for _ in range(-(-sockets // PHONES_A_ROOM))
        ]
        before = server.taken()
        try:
            async with asyncio.TaskGroup() as coming:
                for turn in range(sockets):
                    coming.create_task(phone(rooms[turn // PHONES_A_ROOM], turn))
        except* Stop as stops:
            raise Stop(str(stops.exceptions[0])) from None
        await asyncio.sleep(seconds)
        after = server.taken()
        ended: dict[str, int] = {}
        for here in rooms:
            for why, times in here.ended.items():
                ended[why] = ended.get(why, 0) + times
        return Idle(
            sockets=sockets,
            rooms=len(rooms),
            seconds=seconds,
            memory_before=before.memory if before else None,
            memory=after.memory if after else None,
            ended=ended,
        )
