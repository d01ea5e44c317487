"""Dots are exact, whatever the crowd, its Wi-Fi and its second thoughts; none are told before all are.

STORM=1 pytest -n 0 -s tests/simulation/test_votes.py        500 phones, and how long they took
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.client import new_id
from tests.simulation.checker import check
from tests.simulation.crowd import Crowd, Device
from tests.simulation.proxy import Proxy, Weather
from tests.simulation.scale import SEED, scaled
from tests.simulation.server import Server, serving

PHONES, LINES, BUDGET = scaled(60, 500), 9, 3
CUTS = scaled(3, 12)
AT_ONCE = 20
"""Phones that join at a time."""


LIMITS = {"lifted": {"room_asks_a_second": "2000", "taps_a_minute": "600"}, "as shipped": {}}


@pytest.fixture(scope="module", params=scaled(("lifted",), tuple(LIMITS)))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("votes") / "data", **LIMITS[request.param]) as server:
        print(f"limits {request.param}")
        yield server


@pytest.mark.timeout(scaled(90, 600))
async def test_every_dot_counts_once_under_load_and_bad_wifi(server: Server) -> None:
    """Asks are doubled and connections cut; every fifth phone votes for three people."""
    print(f"SEED={SEED}")
    async with (
        Proxy(server.port, seed=SEED) as proxy,
        Crowd(server.origin, server.key, to=proxy.port, seed=SEED) as crowd,
    ):
        room = await crowd.room("list")
        host = await crowd.host(room)
        lines = [new_id() for _ in range(LINES)]
        for n, line in enumerate(lines):
            await host.done(host.ask("item.make", id=line, text=f"Line {n} {room.canary}"))
        phones: list[Device] = []
        for start in range(0, PHONES, AT_ONCE):
            coming = range(start, min(start + AT_ONCE, PHONES))
            phones += await asyncio.gather(*(crowd.phone(room, people=1 if n % 5 else 3) for n in coming))
        wall = await crowd.wall(room)
        told: list[dict[str, Any]] = []
        for device in (host, wall, *phones):
            device.longest_wait = 1
            device.on_frame = told.append
        await host.done(host.ask("votes.open", items=lines, budget=BUDGET))
        begun, worked = time.monotonic(), server.reading().cpu

        proxy.weather = Weather(replays=2)
        choosing = asyncio.gather(
            *(choose(phone, 1 if n % 5 else 3, lines) for n, phone in enumerate(phones))
        )
        for _ in range(CUTS):
            await asyncio.sleep(0.3)
            proxy.cut(share=0.4)
        proxy.heal()
        await choosing
        assert await crowd.settle(scaled(30, 240)) == []
        print(f"{figures(crowd, begun)}; {server.reading().cpu - worked:.1f} s of the server's processor")
        tallies = [row for frame in told for row in frame.get("put", ()) if row["kind"] == "tally"]
        assert tallies == [], "somebody was told before the end"

        wanted, taken = last_words(crowd)
        assert host.rows["turnout"]["people"] == taken
        begun = time.monotonic()
        await host.done(host.ask("votes.reveal"))
        everybody = (host, wall, *phones)
        await asyncio.gather(*(device.holds(f"tally:{lines[0]}") for device in everybody))
        print(f"all {len(everybody)} screens were told the dots within {time.monotonic() - begun:.2f} s")
        assert await crowd.settle() == []
        for device in (host, wall, *phones):
            shown = {line: device.rows[f"tally:{line}"]["dots"] for line in lines}
            assert shown == {line: wanted[line] for line in lines}, device.name
        assert sum(wanted.values()) > PHONES
        assert await check(crowd, server) == []


def figures(crowd: Crowd, begun: float) -> str:
    """How many votes were asked for since, and how long each took to be answered, waits and all."""
    votes = [each for each in crowd.history.asked if each.ask["type"] == "vote.cast"]
    took = sorted(each.ended - each.invoked for each in votes)
    kept = sum(each.outcome == "ok" for each in votes)
    seconds = max(each.ended for each in votes) - begun
    median, slow = took[len(took) // 2], took[len(took) * 99 // 100]
    sent = sum(each.sent for each in votes)
    return (
        f"{PHONES} phones: {len(votes)} votes, {kept} kept, sent {sent} times, in {seconds:.1f} s;"
        f" answered after {median:.2f} s, 99 in 100 after {slow:.2f} s"
    )


async def choose(phone: Device, people: int, lines: list[str]) -> None:
    """Spend every dot, with second thoughts, and now and then more than there are: those are refused."""
    chance = random.Random(f"{SEED} {phone.name}")
    for _ in range(6):
        phone.ask("vote.cast", item=chance.choice(lines), dots=chance.randint(0, 3) * people)
        await asyncio.sleep(chance.random() * 0.1)


def last_words(crowd: Crowd) -> tuple[Counter[str], int]:
    """The dots of every line, and the people who put any: from what each phone was told was done."""
    last: dict[tuple[str, str], int] = {}
    people: dict[str, int] = {}
    for asked in crowd.history.asked:
        if asked.ask["type"] == "vote.cast" and asked.outcome == "ok":
            last[asked.actor, asked.ask["item"]] = asked.ask["dots"]
    for device in crowd.devices:
        people[device.person] = device.welcome["you"].get("people", 1)
    sums: Counter[str] = Counter()
    for (_, line), dots in last.items():
        sums[line] += dots
    voters = {person for (person, _), dots in last.items() if dots}
    return sums, sum(people[person] for person in voters)
