"""What devices asked for and what they were answered: all that the checker believes of the outside."""

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

Outcome = Literal["unknown", "ok", "refused"]


@dataclass
class Asked:
    """One ask of one device. Until it is answered for good its outcome is unknown.

    `number`: its place among the asks of that device. `invoked`, `ended`: monotonic seconds.
    """

    device: str
    number: int
    session: str
    actor: str
    key: str
    ask: Json
    invoked: float
    outcome: Outcome = "unknown"
    ended: float = 0.0
    seq: int = 0
    mark: str = ""
    code: str = ""
    answers: int = 0
    """How often it was answered `done`: replays are answered too."""
    sent: int = 0

    def ok(self, seq: int, mark: str) -> None:
        self.answers += 1
        if self.outcome != "ok":
            self.ended = time.monotonic()
        self.outcome, self.seq, self.mark = "ok", seq, mark

    def refused(self, code: str) -> None:
        self.outcome, self.code, self.ended = "refused", code, time.monotonic()


@dataclass
class History:
    asked: list[Asked] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    """HTTP statuses that were answered."""
    faults: list[str] = field(default_factory=list)
    """What no device should ever be told: `server.fault`, a close with 1011."""
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def invoke(self, device: str, session: str, actor: str, key: str, ask: Json) -> Asked:
        number = next(self._numbers.setdefault(device, itertools.count(1)))
        asked = Asked(device, number, session, actor, key, ask, time.monotonic())
        self.asked.append(asked)
        return asked

    def of(self, *outcomes: Outcome) -> list[Asked]:
        return [asked for asked in self.asked if asked.outcome in outcomes]

    def latencies(self) -> list[float]:
        """Seconds from asking to `done`, sorted."""
        return sorted(asked.ended - asked.invoked for asked in self.of("ok"))
