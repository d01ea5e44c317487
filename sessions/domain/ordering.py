"""The order of the lines: by hand, or by the dots that were shown."""

from sessions.domain import facts
from sessions.domain.board import Board
from sessions.domain.facts import Filed
from sessions.domain.refused import Refused


def moved(board: Board, id: str, before: str | None) -> facts.ItemMoved:
    """One line before another, or last."""
    lines = _lines(board)
    if before != id:
        lines.remove(id)
        lines.insert(len(lines) if before is None else lines.index(before), id)
    return _ordered(board, lines)


def by_votes(board: Board) -> facts.ItemMoved:
    """Raises Refused."""
    if not board.ballot.revealed:
        raise Refused("votes.hidden")
    dots = board.dots()
    return _ordered(board, sorted(_lines(board), key=lambda line: -dots.get(line, -1)))


def _lines(board: Board) -> list[str]:
    """All lines that stand, in their order."""
    return [id for _, id in sorted((item.order, id) for id, item in board.items.items() if board.is_line(id))]


def _ordered(board: Board, lines: list[str]) -> facts.ItemMoved:
    """The places stay, and the lines change places: so a line made later still comes last."""
    places = _apart(sorted(board.items[line].order for line in lines))
    return facts.ItemMoved(
        tuple(
            Filed("item", line, "order", str(place), board.register("item", line, "order"))
            for place, line in zip(places, lines, strict=True)
            if board.items[line].order != place
        )
    )


def _apart(places: list[int]) -> list[int]:
    """Undo can leave two lines in one place: whatever comes before the last then makes room."""
    for at in reversed(range(len(places) - 1)):
        places[at] = min(places[at], places[at + 1] - 1)
    return places
