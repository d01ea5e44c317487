"""Undo strikes a step out, as though nobody had asked for it; what anybody set since stays as they set it.

So it is all one in which order steps are undone, and by whom: every register holds what the last step that
stands has set it to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sessions.domain import facts
from sessions.domain.board import Board
from sessions.domain.facts import Filed, Worded
from sessions.domain.refused import Refused

Register = tuple[str, str, str]


class _Write(NamedTuple):
    seq: int
    change: Filed | Worded
    stands: bool


def undo(board: Board, seq: int) -> facts.Undone:
    """Name how many registers stay, as somebody set them since. Raises Refused."""
    if seq not in board.steps:
        raise Refused("step.unknown")
    if board.steps[seq].undone:
        raise Refused("step.undone")
    first, again = meant(board, seq)
    changes = board.steps[first].changes
    written = _written(board, map(_register, changes))
    back: list[Filed | Worded] = []
    for change in reversed(changes):
        register = _register(change)
        writes = written[register]
        others = [write for write in writes if write.stands and write.seq != first]
        if others and others[-1].seq > first:
            continue
        # By who set it last, not by what is there: two may have wanted the same, and one of them still does.
        before = others[-1].change.now if others else writes[0].change.was
        now = change.now if again else before
        back.append(type(change)(*register, now=now, was=board.register(*register)))
    return facts.Undone(tuple(back), step=seq, left=len(changes) - len(back))


def meant(board: Board, seq: int) -> tuple[int, bool]:
    """The first step below this one, and whether this one takes it away: undoing an undo does it again."""
    first, away = seq, False
    while (below := board.steps[first].undoes) is not None and below in board.steps:
        first, away = below, not away
    return first, away


def _written(board: Board, registers: Iterable[Register]) -> dict[Register, list[_Write]]:
    """Whatever has set these registers, the first first: steps of hosts, undone ones too, and authors."""
    found: dict[Register, list[_Write]] = {register: [] for register in registers}
    steps = [
        (seq, step.changes, not step.undone)
        for seq, step in board.steps.items()
        if step.undoes not in board.steps
    ]
    filings = [(seq, changes, True) for seq, changes in board.filings.items()]
    for seq, changes, stands in sorted([*steps, *filings], key=lambda each: each[0]):
        for change in changes:
            register = _register(change)
            if register in found:
                found[register].append(_Write(seq, change, stands))
    return found


def _register(change: Filed | Worded) -> Register:
    return change.of, change.id, change.field
