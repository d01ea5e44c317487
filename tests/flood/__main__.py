"""Flood a Eutopia server with phones, and say how it bears it: `python -m tests.flood --help`.

Without --url it starts a server of its own, in a process and a temporary folder, with its limits lifted.
With --url it opens a workshop on yours, for which it needs the organiser's key, and deletes it in the end.
"""

import argparse
import asyncio
import dataclasses
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import uvloop

from tests.flood import runs, saying
from tests.flood.figures import figures
from tests.flood.machine import Machine
from tests.flood.room import MOST_NOTES
from tests.flood.saying import Goal
from tests.flood.server import Server, lift_files, own_server
from tests.flood.web import Stop, Target

MOST = {"phones": 2_000, "walls": 50, "rate": 5_000, "seconds": 600, "idle": 15_000, "slow_disk": 1_000}
LEAST = {"walls": 0, "rate": 0.1, "seconds": 0.1, "slow_disk": 0}
"""Of all others one."""


def main(given: Sequence[str] | None = None) -> int:
    wanted = _arguments(given)
    lift_files()
    # However it is ended, the workshop is deleted and a server of our own stopped.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    try:
        if wanted.figures:
            figures()
            return 0
        with _server(wanted) as server:
            return _flood(server, wanted)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _flood(server: Server, wanted: argparse.Namespace) -> int:
    machine = Machine.here(server.folder)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        result, lines, goals = runner.run(_run(server, wanted, machine))
    if wanted.json:
        said = {
            "machine": dataclasses.asdict(machine),
            "slow_disk_ms": server.slow_disk_ms,
            "own_server": server.is_ours,
            "result": plain(result),
            "goals": [{**goal._asdict(), "met": goal.is_met} for goal in goals],
        }
        print(json.dumps(said, indent=2))
    else:
        print("\n".join([_where(server), str(machine), "", *lines, *(f"  {goal}" for goal in goals)]))
    whole = result.is_whole if isinstance(result, runs.Flood) else True
    return 0 if whole else 1


async def _run(
    server: Server, wanted: argparse.Namespace, machine: Machine
) -> tuple[Any, list[str], list[Goal]]:
    phones, walls, rate = wanted.phones, wanted.walls, wanted.rate
    seconds = wanted.seconds or (20 if wanted.idle else 10)
    slow = server.slow_disk_ms
    is_full_room = (phones, walls) == (500, 1) and not wanted.private and not slow
    if wanted.burst:
        burst = await runs.burst(server, phones, walls, 500)
        return burst, saying.flood_lines(burst), saying.burst_goals(burst) if is_full_room else []
    if wanted.find_knee:
        knee = await runs.knee(server, phones, walls, rate, min(seconds, 20))
        return knee, saying.knee_lines(knee), []
    if wanted.joins:
        joins = await runs.joins(server, phones, seconds, 300)
        return joins, saying.joins_lines(joins), saying.joins_goals(joins)
    if wanted.idle:
        idle = await runs.idle(server, wanted.idle, seconds)
        return idle, saying.idle_lines(idle), saying.idle_goals(idle)
    sees = "author" if wanted.private else "room"
    flood = await runs.flood(server, phones, walls, rate, seconds, sees=sees, offer=wanted.offer_compression)
    goals = saying.full_room_goals(flood, machine) if is_full_room and rate == 50 else []
    if (phones, rate, slow) == (300, 50, 10):
        goals = saying.answers_goals(flood)
    return flood, saying.flood_lines(flood), goals


def plain(result: Any) -> Any:
    """As JSON, with what is worked out from the rest."""
    said = dataclasses.asdict(result)
    if isinstance(result, runs.Flood):
        said |= {"us_a_frame": result.us_a_frame, "s_a_thousand": result.s_a_thousand}
    if isinstance(result, runs.Knee):
        said["steps"] = [plain(step) for step in result.steps]
    if isinstance(result, runs.Idle):
        said["a_seat"] = result.a_seat
    return said


@contextmanager
def _server(wanted: argparse.Namespace) -> Iterator[Server]:
    if wanted.url:
        yield Server(Target(wanted.url.rstrip("/"), wanted.key), wanted.pid)
        return
    with own_server(wanted.slow_disk) as server:
        yield server


def _where(server: Server) -> str:
    if not server.is_ours:
        limits = "the limits it has (as delivered, a room over 60 asks a second is slowed)"
        return f"the server at {server.target.url}, with {limits}"
    slowed = f", every flush slowed by {server.slow_disk_ms:g} ms" if server.slow_disk_ms else ""
    return f"a server of our own on this machine, limits lifted{slowed}"


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make flood ARGS=...", description=(__doc__ or "").partition("\n\n")[2]
    )
    number = parser.add_argument
    number("--url", help="your own server, such as http://127.0.0.1:8000; it is never guessed")
    number(
        "--key",
        default=os.environ.get("EUTOPIA_ORGANISER_KEY"),
        help="its organiser's key, as --key=KEY: it may begin with a dash",
    )
    number("--pid", type=int, help="its process, if it runs on this machine: to see its processor and memory")
    number("--phones", type=_up_to("phones"), default=500, help="phones that sit and write (500)")
    number("--walls", type=_up_to("walls"), default=1, help="walls (1)")
    number("--rate", type=_up_to("rate", float), default=50, help="notes a second, all phones together (50)")
    number("--seconds", type=_up_to("seconds", float), help="how long (10; idle 20)")
    number(
        "--private", action="store_true", help="notes are shown to their authors alone: asks, and no fan-out"
    )
    number("--offer-compression", action="store_true", help="offer permessage-deflate, as browsers do")
    number(
        "--slow-disk", type=_up_to("slow_disk", float), default=0, help="ms added to every flush (our server)"
    )
    number("--json", action="store_true", help="print one JSON object")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--burst", action="store_true", help="500 notes within one second")
    mode.add_argument(
        "--find-knee", action="store_true", help="the most notes/s with the wall's p99 < 250 ms"
    )
    mode.add_argument("--joins", action="store_true", help="--phones join in --seconds a board of 300 notes")
    mode.add_argument("--idle", type=_up_to("idle"), help="so many sockets that only sit there")
    mode.add_argument("--figures", action="store_true", help="all that our goals name, on servers of our own")
    wanted = parser.parse_args(given)
    if wanted.url and not wanted.key:
        parser.error("--url needs --key: whoever floods a server has to be its organiser")
    if wanted.url and not wanted.url.startswith(("http://", "https://")):
        parser.error("--url begins with http:// or https://")
    if wanted.rate * (wanted.seconds or 10) > MOST_NOTES:
        parser.error(f"a session takes {MOST_NOTES:,} notes: a lower --rate, or fewer --seconds")
    if wanted.find_knee and not wanted.walls:
        parser.error("--find-knee goes by the wall: leave it one")
    if wanted.url and (wanted.slow_disk or wanted.figures):
        parser.error("--slow-disk and --figures start servers of their own: leave --url out")
    return wanted


def _up_to(name: str, kind: Callable[[str], float] = int) -> Callable[[str], float]:
    least, most = LEAST.get(name, 1), MOST[name]

    def number(text: str) -> float:
        value = kind(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least:g} to {most:,}")
        return value

    return number


if __name__ == "__main__":
    sys.exit(main())
