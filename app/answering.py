"""What pretend people answer with a tap: where a note belongs, a must-have, dots, a worry, an offer."""

import random
from collections.abc import Iterator
from typing import Any

from app.keys import new_id
from app.pretend import PretendPhone
from sessions.domain.plans import Asks, Plan, Shows, Stage

IN_NONE = 0.1
WORRIED = 0.1
HELPFUL = 0.15
"""How likely a note belongs in none of the piles, and how likely somebody says so of a line."""


class Answering:
    """The answers of one person. `next` gives each once, so that a pile made later is still filed into."""

    def __init__(self, plan: Plan, chance: random.Random) -> None:
        self._essentials = [each.id for each in plan.essentials]
        self._chance = chance
        self._met: set[str] = set()
        self._taste: dict[str, float] = {}
        """How much this person likes a line."""

    def next(self, phone: PretendPhone, stage: Stage) -> dict[str, Any] | None:
        """What the phone would ask the server for now; None: nothing is wanted of it."""
        for mark, ask in self._wanted(phone, stage):
            if mark not in self._met:
                self._met.add(mark)
                if ask is not None:
                    return ask
        return None

    def _wanted(self, phone: PretendPhone, stage: Stage) -> Iterator[tuple[str, dict[str, Any] | None]]:
        chance = self._chance
        if Shows.ESSENTIALS in stage.shows:
            for essential in self._essentials:
                said = chance.choice(("do", "could", "could", "not_here"))
                answer = {"type": "essential.answer", "id": new_id(), "essential": essential, "answer": said}
                yield f"must {essential}", answer
        piles = [row.id for row in phone.rows.values() if row.kind == "theme" and row.into is None]
        if Shows.THEMES in stage.shows and piles:
            for note in phone.wrote:
                theme = None if chance.random() < IN_NONE else chance.choice(piles)
                yield f"file {note}", {"type": "note.file", "id": note, "theme": theme}
        lines = [row.id for row in phone.rows.values() if row.kind == "item"]
        match stage.asks:
            case Asks.DOTS:
                yield from self._dots(phone)
            case Asks.CONSENT:
                for line in lines:
                    worry = {"type": "line.feel", "id": new_id(), "item": line, "feel": "worry"}
                    yield f"feel {line}", worry if chance.random() < WORRIED else None
            case Asks.HELP:
                for line in lines:
                    offer = {"type": "line.help", "id": new_id(), "item": line}
                    yield f"help {line}", offer if chance.random() < HELPFUL else None

    def _dots(self, phone: PretendPhone) -> Iterator[tuple[str, dict[str, Any]]]:
        votes = phone.rows.get("votes")
        if votes is None or not votes.open:
            return
        liked = sorted(votes.items, key=lambda item: self._taste.setdefault(item, self._chance.random()))
        for item in liked[-votes.budget :]:
            cast = {"type": "vote.cast", "item": item, "dots": 1, "round": votes.round}
            yield f"dot {votes.round} {item}", cast
