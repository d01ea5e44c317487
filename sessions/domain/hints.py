"""Hints that a note may name or hurt someone: patterns as data. A hint makes a note wait, and no more."""

import re
from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from sessions.domain.choices import Why
from sessions.domain.ids import Name
from sessions.domain.refused import Refused

Pattern = Annotated[str, Meta(min_length=1, max_length=400)]


class Hints(Struct, frozen=True, forbid_unknown_fields=True):
    """Regular expressions, and why a note that fits one waits."""

    id: Name
    why: Why
    patterns: tuple[Pattern, ...]


def hinted(hints: tuple[Hints, ...], text: str) -> Why | None:
    """Why this text should wait; None if nothing speaks against it."""
    for each in hints:
        if any(_compiled(pattern).search(text) for pattern in each.patterns):
            return each.why
    return None


def check_hints(hints: Hints) -> None:
    """Refuse patterns that are none."""
    for place, pattern in enumerate(hints.patterns, 1):
        try:
            re.compile(pattern)
        except re.error as error:
            raise Refused("plan.unfit", key=f"patterns.{place}", reason=str(error)) from None


@lru_cache(maxsize=1_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
