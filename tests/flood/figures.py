"""Everything the project wants of itself, one after the other: about five minutes."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvloop

from tests.flood import runs, saying
from tests.flood.machine import Machine
from tests.flood.room import BEAT_SECONDS
from tests.flood.saying import Goal
from tests.flood.server import Server, lift_files, own_server

SLOW_MS = 10


def figures(say: Callable[[str], None] = print) -> list[Goal]:
    """Measure and print. Every part has a server of its own. Raises Stop."""
    goals: list[Goal] = []
    lift_files()

    def tell(lines: list[str], wanted: list[Goal]) -> None:
        goals.extend(wanted)
        say("\n".join([*lines, *(f"  {goal}" for goal in wanted), ""]))

    with _fresh() as (server, run):
        assert server.folder is not None
        machine = Machine.here(server.folder)
        say(f"{machine}\n")
        room = run.run(runs.flood(server, 500, 1, 50, 20))
        tell(saying.flood_lines(room), saying.full_room_goals(room, machine))
        offered = run.run(runs.flood(server, 500, 1, 50, 10, offer=True))
        title = "the same, 10 s, where every device offers compression as browsers do"
        tell(saying.flood_lines(offered, title), saying.offer_goals(room, offered))
    with _fresh() as (server, run):
        burst = run.run(runs.burst(server, 500, 1, 500))
        tell(saying.flood_lines(burst), saying.burst_goals(burst))
    with _fresh() as (server, run):
        joins = run.run(runs.joins(server, 500, 5, 300))
        tell(saying.joins_lines(joins), saying.joins_goals(joins))
    with _fresh() as (server, run):
        tell(saying.knee_lines(run.run(runs.knee(server, 500, 1, 50, 4))), [])
    with _fresh(SLOW_MS) as (server, run):
        answers = run.run(runs.flood(server, 300, 1, 50, 10))
        title = f"300 phones, 1 wall, 50 notes/s for 10 s, every flush slowed by {SLOW_MS} ms"
        tell(saying.flood_lines(answers, title), saying.answers_goals(answers))
        many = run.run(runs.flood(server, 100, 0, 1_100, 5, sees="author"))
        title = f"100 phones, 1,100 private notes/s for 5 s, every flush slowed by {SLOW_MS} ms"
        tell(saying.flood_lines(many, title), saying.sustained_goals(many))
    with _fresh() as (server, run):
        idle = run.run(runs.idle(server, 10_000, BEAT_SECONDS + 5))
        tell(saying.idle_lines(idle), saying.idle_goals(idle))
    met = sum(goal.is_met for goal in goals)
    say(f"{met} of {len(goals)} goals met")
    return goals


@contextmanager
def _fresh(slow_disk_ms: float = 0) -> Iterator[tuple[Server, asyncio.Runner]]:
    with own_server(slow_disk_ms) as server, asyncio.Runner(loop_factory=uvloop.new_event_loop) as run:
        yield server, run
