"""The sentences of the room that stand with a line: one or two, by a rule unless a host has chosen."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sessions.domain.board import Board
from sessions.domain.choices import Voice
from sessions.domain.reach import NOBODY, SCREENS, Reach
from sessions.domain.refused import Refused
from sessions.domain.rows import QuoteRow

BEST = 60
"""Letters of a sentence that is quickly read aloud, and yet says something."""


class Saying(NamedTuple):
    """A shown note, or a part of one, that may stand for others: `alike` others say the same."""

    id: str
    text: str
    zone: str
    voice: str = Voice.FOR
    alike: int = 0


def chosen(board: Board, item: str, notes: Iterable[str]) -> str | None:
    """What the register of a line will hold. Raises Refused for what the room has not heard in the line."""
    heard = _heard(board, item)
    for note in notes:
        if note not in heard:
            known = note in board.notes and board.is_here(board.notes[note])
            raise Refused("note.unread" if known and not board.is_shown(board.notes[note]) else "note.gone")
    return " ".join(dict.fromkeys(notes)) or None


def draw(board: Board, item: str, reach: Reach) -> None:
    """What was kept off the wall since, or went to another pile, is not even named."""
    quotes = (board.items[item].quotes or "").split()
    heard = _heard(board, item) if quotes else set()
    notes = tuple(note for note in quotes if note in heard)
    row = QuoteRow(f"quote:{item}", item, notes)
    board.rows.put(row, reach & SCREENS if notes else NOBODY, board.seq)


def typical(sayings: Sequence[Saying], title: str = "") -> list[str]:
    """The two that stand for a line by themselves: in favour, what most others said too, as long as is easily
    read aloud; the second answers another question if any does. What the line is called says nothing more.
    Of equals the first stays first."""
    more = [each for each in sayings if each.text.casefold() != title.casefold()]
    ranked = sorted(
        more or sayings, key=lambda each: (each.voice != Voice.FOR, -each.alike, abs(len(each.text) - BEST))
    )
    if not ranked:
        return []
    first, *others = ranked
    others = [each for each in others if each.text.casefold() != first.text.casefold()]
    second = next((each for each in others if each.zone != first.zone), others[0] if others else None)
    return [first.id, second.id] if second else [first.id]


def _heard(board: Board, item: str) -> set[str]:
    """Notes and parts that the line stands on, as far as the room may read them."""
    pile = board.pile_under(item)
    pieces = board.notes_in(pile) if pile is not None else ()
    return {id for id in pieces if board.is_shown(board.notes[id]) and not board.is_split(id)}
