"""The test build: the product as it is, which can be told to die at a named point or to carry a planted bug.

The product has no switch for either; both are laid over it here, from outside.

    FAILPOINT=name[:n]  end this process by SIGKILL when the point is passed for the n-th time
    PLANTED=name        one of `tests.simulation.planted`
    NUMBERS="..."       other values of the product's constants, such as sessions.room.PUT_BACK_MS=300
    CLOCK=rate[:ahead]  the server's clock runs so many times as fast, and so many seconds ahead
    python -m tests.simulation.build [a command of `python -m app`]
"""

import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Engine

import app.serving
import sessions.domain.decide
import sessions.hall
import sessions.room
import sessions.store.sql
from app.cli import main
from app.house import utc_ms

POINTS = (
    "before_commit",
    "after_commit",
    "before_answer",
    "before_telling",
    "in_erasure",
    "in_migration",
)


def lay_over() -> None:
    """Take the faults that the environment asks for."""
    wanted = os.environ.get("FAILPOINT", "")
    if wanted:
        name, _, times = wanted.partition(":")
        set_failpoint(name, int(times or 1))
    for setting in os.environ.get("NUMBERS", "").split():
        place, _, value = setting.partition("=")
        module, _, name = place.rpartition(".")
        assert hasattr(sys.modules[module], name), f"there is no {place}"
        setattr(sys.modules[module], name, float(value) if "." in value else int(value))
    bug = os.environ.get("PLANTED", "")
    if bug:
        from tests.simulation import planted  # only where one is wanted: it knows every module

        planted.plant(bug)
    clock = os.environ.get("CLOCK", "")
    if clock:
        rate, _, ahead = clock.partition(":")
        set_clock(float(rate), float(ahead or 0))


def set_clock(rate: float, ahead: float) -> None:
    """Let this server's clock run `rate` times as fast from now on, `ahead` seconds from the true time."""
    begun = utc_ms()

    def now() -> int:
        return int(begun + ahead * 1000 + (utc_ms() - begun) * rate)

    app.serving.server.__defaults__ = (now,)


def set_failpoint(name: str, times: int = 1) -> None:
    """From now on die when this point is passed for the `times`-th time."""
    if name not in POINTS:
        raise ValueError(f"no failpoint {name}; there are {', '.join(POINTS)}")
    left = times

    def passed() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            if name == "before_commit":
                # In the writer's thread: whoever does not wait for the commit gives itself away meanwhile.
                time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGKILL)

    match name:
        case "before_commit":
            _when_facts_are_written(passed)
        case "after_commit":
            _after(sessions.store.sql.SqlStore, "append", passed)
        case "before_answer":
            _after(sessions.room.Room, "submit", passed)
        case "before_telling":
            _before(sessions.hall, "next_frame", passed)
        case "in_erasure":
            _when_executing("UPDATE facts", passed)
        case "in_migration":
            _when_executing("CREATE TABLE", passed)


def _when_facts_are_written(passed: Callable[[], None]) -> None:
    """Just before the commit of a transaction that adds facts."""

    @sqlalchemy.event.listens_for(Engine, "before_cursor_execute")
    def wrote(db: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO facts"):
            db.info["facts"] = True

    @sqlalchemy.event.listens_for(Engine, "commit")
    def commits(db: Connection) -> None:
        if db.info.pop("facts", False):
            passed()


def _when_executing(beginning: str, passed: Callable[[], None]) -> None:
    """After the statement, inside its transaction."""

    @sqlalchemy.event.listens_for(Engine, "after_cursor_execute")
    def executed(_db: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith(beginning):
            passed()


def _after(owner: type, name: str, passed: Callable[[], None]) -> None:
    original: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def then(*args: Any, **more: Any) -> Any:
        result = await original(*args, **more)
        passed()
        return result

    setattr(owner, name, then)


def _before(owner: Any, name: str, passed: Callable[[], None]) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def first(*args: Any, **more: Any) -> Any:
        passed()
        return original(*args, **more)

    setattr(owner, name, first)


if __name__ in ("__main__", "__mp_main__"):
    # The second name: the worker that renders files, which has to carry the same bug.
    lay_over()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
