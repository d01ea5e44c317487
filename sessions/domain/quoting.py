"""The sentences of the room that stand with a line: one or two, by a rule unless a host has chosen."""

from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import blake2b
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
    """What was kept off the wall since a host chose it, or went to another pile, is not even named."""
    heard = _heard(board, item)
    line = board.items[item]
    by_hand = tuple(note for note in (line.quotes or "").split() if note in heard)
    notes = by_hand or typical(_sayings(board, heard), line.text or "")
    # Words of what is gone are erased, and a log without them would have chosen otherwise as long as it was
    # there. So other notes make another row, of the same sentences too: who missed it is told either way.
    among = blake2b(" ".join(sorted(heard)).encode(), digest_size=6).hexdigest()
    row = QuoteRow(f"quote:{item}", item, notes, among)
    board.rows.put(row, reach & SCREENS if heard else NOBODY, board.seq)


def typical(sayings: Collection[Saying], title: str = "") -> tuple[str, ...]:
    """The two that stand for a line by themselves: in favour, what most others said too, as long as is easily
    read aloud; the second answers another question if any does. What the line is called says nothing more.
    Equals stand by their words, which tell nothing of who wrote when."""
    more = [each for each in sayings if each.text.casefold() != title.casefold()]
    ranked = sorted(more or sayings, key=_rank)
    if not ranked:
        return ()
    first, *others = ranked
    others = [each for each in others if each.text.casefold() != first.text.casefold()]
    second = next((each for each in others if each.zone != first.zone), others[0] if others else None)
    return (first.id, second.id) if second else (first.id,)


def _rank(each: Saying) -> tuple[bool, int, int, str, str, str, str]:
    spoken = each.voice != Voice.FOR, -each.alike, abs(len(each.text) - BEST)
    return (*spoken, each.zone, each.text.casefold(), each.text, each.id)


def _sayings(board: Board, heard: frozenset[str]) -> list[Saying]:
    """Who says the same as another in the line is counted with that one, and stands for nobody."""
    headlines = {id: board.headline_of(id) for id in heard}
    alike = Counter(headlines.values())
    return [
        Saying(id, note.text, board.whole(note).zone, note.voice, alike[id])
        for id, note in ((id, board.notes[id]) for id in heard if headlines[id] not in heard)
    ]


def _heard(board: Board, item: str) -> frozenset[str]:
    """Notes and parts that the line stands on, as far as the room may read them; nothing about today."""
    pile = board.pile_under(item)
    return frozenset(filter(board.is_heard, board.notes_in(pile))) if pile is not None else frozenset()
