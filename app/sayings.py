"""What pretend people write: notes of the sample afternoon where they fit, else lines for anywhere."""

import json
import random
import tomllib
from collections import deque
from functools import cache
from pathlib import Path
from typing import NamedTuple

import sessions
from app.keys import new_id
from sessions.domain.plans import Board, Plan, Stage, Where, Zone

SAMPLES = Path(sessions.__file__).parent / "samples"
OF_A_SURGERY = "gp-surgery"
"""Plans with this name, and the sample that suits them."""
OFTEN = {Where.BODY: 8, Where.ABOVE: 2, Where.ASIDE: 1}
"""How often people choose such a zone, as parts of a whole."""


class Sample(NamedTuple):
    """A note of the sample afternoon, with the id it will have and the theme a person gave it."""

    id: str
    group: str
    tool: str
    zone: str
    text: str
    theme: str


def sample() -> list[Sample]:
    """The notes in order of arrival."""
    rows = [json.loads(line) for line in (SAMPLES / "gp-surgery.jsonl").read_text("utf-8").splitlines()]
    fields = ("group", "tool", "zone", "text", "theme")
    return [Sample(new_id(), *(row[field] for field in fields)) for row in rows]


class Sayings:
    """The lines of one room, zone by zone; each comes once before any comes again."""

    def __init__(self, plan: Plan, chance: random.Random) -> None:
        self._chance = chance
        self._zones = {board.id: board.zones for board in plan.boards}
        self._lines = {
            f"{board.id}.{zone.id}": deque(chance.sample(lines, len(lines)))
            for board in plan.boards
            for zone in board.zones
            if (lines := _lines_for(plan, board, zone))
        }

    def one(self, stage: Stage) -> tuple[str, str]:
        """A zone's address on one of the stage's boards, and words for it."""
        spots = [
            (f"{board}.{zone.id}", OFTEN[zone.where]) for board in stage.boards for zone in self._zones[board]
        ]
        (address,) = self._chance.choices([spot for spot, _ in spots], [often for _, often in spots])
        lines = self._lines[address]
        lines.rotate(-1)
        return address, lines[-1]


def _lines_for(plan: Plan, board: Board, zone: Zone) -> list[str]:
    if plan.id.startswith(OF_A_SURGERY):
        written = [note.text for note in sample() if note.tool == board.tool and note.zone == zone.id]
        if written:
            return written
    anywhere = _anywhere()
    return anywhere.get(zone.id) or anywhere.get(zone.colour) or anywhere["any"]


@cache
def _anywhere() -> dict[str, list[str]]:
    return tomllib.loads((SAMPLES / "anywhere.toml").read_text("utf-8"))
