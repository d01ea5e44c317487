"""A device as far as rows go: it folds frames, and knows nothing else. And a board, seen whole."""

from copy import copy
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sessions.domain.board import Board
from sessions.domain.reach import Viewer
from tests.domain.histories import VIEWERS


@dataclass(frozen=True)
class Frame:
    """What one device is told: rows as bytes by id, and ids to drop."""

    start: int
    end: int
    put: list[tuple[str, bytes]]
    drop: list[str]

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)

    @property
    def bytes(self) -> bytes:
        """All that travels."""
        return b"\n".join([*(raw for _, raw in self.put), *(id.encode() for id in self.drop)])


def frame(board: Board, viewer: Viewer, start: int) -> Frame:
    news = board.rows.since(viewer, start)
    put = [(standing.id, bytes(standing.raw)) for standing in news.put]
    return Frame(start, board.seq, put, [standing.id for standing in news.drop])


@dataclass
class Device:
    viewer: Viewer
    at: int = 0
    rows: dict[str, bytes] = field(default_factory=dict)

    def hear(self, board: Board) -> Frame:
        """Be told what it lacks, and take it in."""
        heard = frame(board, self.viewer, self.at)
        self.take(heard)
        return heard

    def take(self, heard: Frame) -> None:
        if heard.start == 0:
            self.rows.clear()
        for id in heard.drop:
            self.rows.pop(id, None)
        self.rows.update(heard.put)
        self.at = heard.end

    def copy(self) -> "Device":
        return Device(self.viewer, self.at, self.rows.copy())


def look(raw: bytes) -> dict[str, Any]:
    """A row without the seq that last touched it: what a person can see of it."""
    row: dict[str, Any] = msgspec.json.decode(raw)
    return {name: value for name, value in row.items() if name != "seq"}


REGISTERS = (
    "seq",
    "stage",
    "opened",
    "closed",
    "late_until",
    "clock",
    "screen",
    "public",
    "zones",
    "counts",
    "notes",
    "themes",
    "items",
    "steps",
    "filings",
    "links",
    "said",
    "answers",
    "answered",
    "replaced",
    "parts",
    "picks",
    "called",
    "owners",
    "roots",
    "lines",
    "ballot",
    "votes",
    "feelings",
    "felt",
    "feelings_shown",
    "offers",
    "offered",
)


def everything(board: Board) -> dict[str, Any]:
    """All that a board holds: its registers, and each row with its reach and its past."""
    held: dict[str, Any] = {name: copy(getattr(board, name)) for name in REGISTERS}
    held["members"] = {theme: sorted(notes) for theme, notes in board.members.items() if notes}
    held["twins"] = {headline: sorted(notes) for headline, notes in board.twins.items() if notes}
    held["rows"] = {
        row.id: (row.row, row.reach, row.had, dict(row.lost), row.seq, row.author, row.group)
        for row in board.rows.newer(0)
    }
    return held


def seen(board: Board, since: int = 0) -> dict[str, Any]:
    """What each viewer is told from `since` on, to the byte."""
    return {name: frame(board, viewer, since) for name, viewer in VIEWERS.items()}
