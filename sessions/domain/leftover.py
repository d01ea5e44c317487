"""The last notes that are in no pile, by number, so that the room can call out where they go."""

from sessions.domain.board import Board

MOST = 20


def number(board: Board, past: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Shown notes and parts that wait for a pile, twenty at most. Those of `past` keep their numbers."""
    zones = {zone: place for place, zone in enumerate(board.zones)}
    # Inside a zone by id, which is random: the order tells nothing of who wrote when.
    left = sorted(
        (zones[board.whole(board.notes[id]).zone], id)
        for id in board.notes.keys() - set(past)
        if _waits(board, id)
    )
    return (*past, *(id for _, id in left))[:MOST]


def waiting(board: Board, numbered: tuple[str, ...]) -> tuple[str, ...]:
    """Those that still wait, each in its place; nothing where one has found its pile or is gone."""
    return tuple(id if _waits(board, id) else "" for id in numbered)


def _waits(board: Board, id: str) -> bool:
    note = board.notes.get(id)
    if note is None or not board.is_shown(note) or board.is_split(id) or board.reflects(note):
        return False
    if board.whole(note).zone in board.asides:
        return False
    return board.pile_of(id) is None and board.headline_of(id) is None
