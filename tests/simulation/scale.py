"""How long the fault tests look: short in `make test`, long with `STORM=1`. `SEED` chooses the weather."""

import os
from typing import TypeVar

T = TypeVar("T")

STORM = os.environ.get("STORM") == "1"
SEED = int(os.environ.get("SEED", "7"))
"""Printed by every test that draws from it, so that a bad night can be lived through again."""


def scaled(short: T, long: T) -> T:
    return long if STORM else short


KILLS = scaled(20, 200)
REPLAYS = scaled(20_000, 1_000_000)
FLAPPING_SECONDS = scaled(3, 600)
CLIENTS = scaled(60, 500)
ROOMS = scaled(10, 100)
