"""Notes for another day, and who takes each on."""

from sessions.domain import asks, facts, text
from sessions.domain.board import Board
from sessions.domain.reach import NOBODY, Reach
from sessions.domain.refused import Refused
from sessions.domain.rows import OwnerRow


def decide(board: Board, ask: asks.OwnParking) -> facts.ParkingOwned:
    """Raises Refused."""
    note = board.notes.get(ask.note)
    if note is None or note.part_of is not None or not board.is_here(note):
        raise Refused("note.gone")
    if note.zone not in board.asides:
        raise Refused("note.not_parked")
    return facts.ParkingOwned(ask.note, text.title(ask.owner) if ask.owner.strip() else None)


def draw(board: Board, id: str, reach: Reach) -> None:
    """`reach`: that of the note, which may have left the place for another day since."""
    if id not in board.owners:
        return
    note, owner = board.notes[id], board.owners[id]
    stands = owner is not None and note.zone in board.asides
    row = OwnerRow(f"owner:{id}", id, owner or "")
    board.rows.put(row, reach if stands else NOBODY, board.seq, author=note.author, group=note.group)
