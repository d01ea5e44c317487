"""Labelled workshops: notes whose theme and twins a person has written down, to judge suggestions by.

A set is `NAME.jsonl`, a note a line, beside `NAME.themes.json`. The keys that count here: `id`, `text`,
`lang`, `theme` (`other`: off-topic), `themes` (several ideas), `twin` (shared by notes that make the same
point) and `contains` (the twins inside a note of several ideas, which is scored with none of them); and
`tool` and `zone`, where a set says on which sheet of paper a note was written.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

OFF_TOPIC = "other"


@dataclass(frozen=True)
class Labelled:
    id: str
    text: str
    lang: str
    theme: str
    themes: frozenset[str]
    twin: str | None
    contains: frozenset[str]
    tool: str = ""
    zone: str = ""

    def is_twin_of(self, other: "Labelled") -> bool:
        return self.twin is not None and self.twin == other.twin

    def is_scored_with(self, other: "Labelled") -> bool:
        """Not where one of them says what the other does, and more."""
        return self.twin not in other.contains and other.twin not in self.contains


@dataclass(frozen=True)
class LabelledSet:
    """`names`: what a person would call each theme."""

    name: str
    notes: tuple[Labelled, ...]
    names: dict[str, str]

    @property
    def on_topic(self) -> tuple[Labelled, ...]:
        return tuple(note for note in self.notes if note.theme != OFF_TOPIC)

    @property
    def english(self) -> tuple[Labelled, ...]:
        """What the figures are about: on topic, and in the language that plain counting can hope to match."""
        return tuple(note for note in self.on_topic if note.lang == "en")


def read(file: Path) -> LabelledSet:
    notes = tuple(
        _labelled(json.loads(line)) for line in file.read_text("utf-8").splitlines() if line.strip()
    )
    themes = file.with_suffix(".themes.json")
    named = json.loads(themes.read_text("utf-8")) if themes.exists() else {}
    return LabelledSet(file.stem, notes, {id: about["name"] for id, about in named.items()})


def read_all(folder: Path) -> list[LabelledSet]:
    return [read(file) for file in sorted(folder.glob("*.jsonl"))]


def scored_pairs(notes: tuple[Labelled, ...]) -> Iterator[tuple[int, int, bool]]:
    """Places of two notes, and whether they are twins."""
    for (i, one), (j, other) in combinations(enumerate(notes), 2):
        if one.is_scored_with(other):
            yield i, j, one.is_twin_of(other)


def _labelled(note: dict[str, object]) -> Labelled:
    def several(key: str) -> frozenset[str]:
        listed = note.get(key) or []
        assert isinstance(listed, list)
        return frozenset(listed)

    twin = note.get("twin")
    return Labelled(
        id=str(note["id"]),
        text=str(note["text"]),
        lang=str(note.get("lang", "en")),
        theme=str(note["theme"]),
        themes=several("themes") or frozenset({str(note["theme"])}),
        twin=None if twin is None else str(twin),
        contains=several("contains"),
        tool=str(note.get("tool", "")),
        zone=str(note.get("zone", "")),
    )
