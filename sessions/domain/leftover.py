"""The last notes that are in no pile, by number, so that the room can call out where they go."""

from sessions.domain.board import Board
from sessions.domain.choices import Manner

MOST = 20


def number(board: Board, past: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Shown notes and parts that wait for a pile, twenty at a time. Those of `past` keep their numbers,
    placed or not, as long as one of them stands; once none does, the room starts again at one."""
    standing = sum(map(bool, waiting(board, past)))
    past = past if standing else ()
    zones = {zone: place for place, zone in enumerate(board.zones)}
    # Inside a zone by id, which is random: the order tells nothing of who wrote when.
    left = sorted(
        (zones[board.whole(board.notes[id]).zone], id)
        for id in board.notes.keys() - set(past)
        if _waits(board, id)
    )
    return (*past, *(id for _, id in left[: max(0, MOST - standing)]))


def waiting(board: Board, numbered: tuple[str, ...]) -> tuple[str, ...]:
    """Those that still wait, each in its place; nothing where one has found its pile or is gone."""
    return tuple(id if _waits(board, id) else "" for id in numbered)


def goes_on(board: Board) -> bool:
    """Whether a note waits though none that was called out does: then there is nothing to thank for yet."""
    screen = board.screen
    if screen.manner is not Manner.LEFT or any(waiting(board, screen.left)):
        return False
    return any(_waits(board, id) for id in board.notes)


def _waits(board: Board, id: str) -> bool:
    if id not in board.notes or not board.is_heard(id) or board.whole(board.notes[id]).zone in board.asides:
        return False
    return board.pile_of(id) is None and board.headline_of(id) is None
