"""What opening a stage changes at once, and what it opens to the room."""

from msgspec.structs import replace

from sessions.domain.board import Board
from sessions.domain.drawing import (
    draw_agenda,
    draw_all,
    draw_clock,
    draw_focus,
    draw_notes,
    draw_screen,
    draw_stage,
    draw_zone,
)
from sessions.domain.plans import Shows
from sessions.domain.registers import Before, Clock, Focus, Screen
from sessions.domain.rows import Sees
from sessions.domain.steps import draw_tallies, piles_of

_WIDTH = {Sees.AUTHOR: 0, Sees.GROUP: 1, Sees.ROOM: 2}


def open(board: Board, stage: str, at: int) -> None:
    """Opening may widen what is seen and never narrows it: going back hides nothing."""
    known = next((each for each in board.plan.stages if each.id == stage), None)
    if known is None:
        return
    board.before = Before(board.stage, board.opened, board.clock, board.screen, board.focus)
    board.stage, board.opened = stage, at
    board.screen = Screen(blank=board.screen.blank)
    board.focus = Focus()
    if board.agenda.began is None:
        board.agenda = replace(board.agenda, began=at)
    # Minutes are of a stage: what was left of the last one says nothing about this.
    board.clock = Clock()
    draw(board)
    for zone in board.zones:
        if zone.partition(".")[0] in known.boards:
            widen(board, zone, known.sees)
    publish(board, *known.shows)


def publish(board: Board, *shown: Shows) -> None:
    if not board.public.issuperset(shown):
        board.public |= frozenset(shown)
        draw_all(board)


def back(board: Board) -> None:
    """As it was before the stage was opened, by mistake."""
    if board.before is None:
        return
    before, board.before = board.before, None
    board.stage, board.opened = before.stage, before.opened
    board.clock, board.screen, board.focus = before.clock, before.screen, before.focus
    drop_focus(board)
    if before.stage is None:
        board.agenda = replace(board.agenda, began=None)
    draw(board)


def drop_focus(board: Board) -> None:
    """What may not be read is not big, and for good: shown again, it is a note among others."""
    if board.focus.of is not None and not board.is_public(board.focus.of):
        board.focus = replace(board.focus, of=None)


def draw(board: Board) -> None:
    """Whatever an opening of a stage changes at once."""
    for each in (draw_clock, draw_stage, draw_screen, draw_focus, draw_agenda):
        each(board)


def widen(board: Board, zone: str, sees: Sees) -> None:
    state = board.zones.get(zone)
    if state is None or _WIDTH[state.sees] >= _WIDTH[sees]:
        return
    board.zones[zone] = replace(state, sees=sees)
    draw_zone(board, zone)
    here = [id for id, note in board.notes.items() if note.zone == zone]
    draw_notes(board, here)
    draw_tallies(board, piles_of(board, here), here)
