"""How times are spread, and how they are said."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def percentile(ordered: Sequence[float], part: float) -> float:
    """The smallest value that `part` of all do not exceed (nearest rank): measured, never made up."""
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


@dataclass(frozen=True)
class Spread:
    """Milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    max: float

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Spread":
        ordered = sorted(seconds)
        p50, p95, p99, most = (round(percentile(ordered, part) * 1000, 2) for part in (0.5, 0.95, 0.99, 1))
        return cls(len(ordered), p50, p95, p99, most)

    def __str__(self) -> str:
        if not self.count:
            return "nothing to measure"
        return f"p50 {self.p50:.1f}  p95 {self.p95:.1f}  p99 {self.p99:.1f}  max {self.max:.1f} ms"
