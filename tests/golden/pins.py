"""Read an old log, and say which rows it leads to, who reads them, and who is dropped what."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from sessions import archive
from sessions.domain.board import Board
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.reach import Viewer

HERE = Path(__file__).parent


def read(file: Path) -> tuple[archive.Heading, list[Entry]]:
    """A log as it is kept, with every number and mark of it checked."""
    heading, records = archive.read(file.read_bytes().split(b"\n"))
    return heading, [
        Entry(record.seq, record.at, record.actor, msgspec.json.decode(record.fact, type=AnyFact))
        for record in records
    ]


def pins(board: Board, viewers: Mapping[str, Viewer]) -> dict[str, Any]:
    """As plain data. `dropped`: what those are told is gone who left half-way."""
    half = board.seq // 2
    put = {name: board.rows.since(viewer, 0).put for name, viewer in viewers.items()}
    dropped = {name: board.rows.since(viewer, half).drop for name, viewer in viewers.items()}
    rows = {standing.id: standing for told in put.values() for standing in told}
    return {
        "viewers": {name: msgspec.to_builtins(viewer) for name, viewer in viewers.items()},
        "rows": [
            {
                "row": msgspec.json.decode(rows[id].raw),
                "readers": [name for name, told in put.items() if rows[id] in told],
            }
            for id in sorted(rows)
        ],
        "dropped": {name: [standing.id for standing in gone] for name, gone in dropped.items()},
    }
