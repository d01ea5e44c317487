"""Piles, places and lines: every sorting step sets registers, and can be undone.

A note's `theme` is one register, so a note is in one pile at most, by construction.
"""

from typing import NoReturn

from sessions.domain import asks, facts, text
from sessions.domain.asks import Ask
from sessions.domain.board import Board
from sessions.domain.facts import AnyFact, Filed, Worded
from sessions.domain.refused import Refused

THEMES_MOST = 200
ITEMS_MOST = 200


def decide(board: Board, ask: Ask) -> AnyFact:
    """The sorting step that follows from an ask. Raises Refused."""
    match ask:
        case asks.MakeTheme(id, title):
            _free(board, id, len(board.themes), THEMES_MOST)
            return facts.ThemeMade((_word(board, "theme", id, "title", text.title(title)),))
        case asks.NameTheme(id, title):
            _pile(board, id)
            return facts.ThemeNamed((_word(board, "theme", id, "title", text.title(title)),))
        case asks.DropTheme(id):
            _pile(board, id)
            return facts.ThemeDropped((_word(board, "theme", id, "title", None),))
        case asks.MergeTheme(theme, into):
            _pile(board, theme)
            _pile(board, into)
            if theme == into:
                raise Refused("theme.itself")
            return facts.ThemeMerged((_file(board, "theme", theme, "into", into),))
        case asks.PlaceNotes():
            return _place(board, ask)
        case asks.MakeItem(id, words, theme):
            return _make_item(board, id, words, theme)
        case asks.WordItem(id, words):
            _line(board, id)
            return facts.ItemWorded((_word(board, "item", id, "text", text.wording(words)),))
        case asks.DropItem(id):
            _line(board, id)
            return facts.ItemDropped((_word(board, "item", id, "text", None),))
        case asks.Undo(seq):
            return _undo(board, seq)
        case _:
            _unsorted(ask)


def _place(board: Board, ask: asks.PlaceNotes) -> facts.NotesPlaced:
    """Notes that were taken back meanwhile are passed over; the rest go where they were meant to."""
    if ask.theme is not None:
        _pile(board, ask.theme)
    standing = [id for id in dict.fromkeys(ask.notes) if id in board.notes and board.notes[id].taken is None]
    if not standing:
        raise Refused("note.gone")
    changes = []
    for id in standing:
        changes.append(_file(board, "note", id, "theme", ask.theme))
        if board.notes[id].voice != ask.voice:
            changes.append(_file(board, "note", id, "voice", ask.voice))
    return facts.NotesPlaced(tuple(changes))


def _make_item(board: Board, id: str, words: str, theme: str | None) -> facts.ItemMade:
    _free(board, id, len(board.items), ITEMS_MOST)
    changes: list[Filed | Worded] = [_word(board, "item", id, "text", text.wording(words))]
    if theme is not None:
        _pile(board, theme)
        if theme in board.lines:
            raise Refused("theme.has_line")
        changes.append(_file(board, "item", id, "theme", theme))
    return facts.ItemMade(tuple(changes))


def _undo(board: Board, seq: int) -> facts.Undone:
    """Put back what still is what that step set; name how much it left."""
    step = board.steps.get(seq)
    if step is None:
        raise Refused("step.unknown")
    if step.undone:
        raise Refused("step.undone")
    back: list[Filed | Worded] = []
    for change in reversed(step.changes):
        if board.register(change.of, change.id, change.field) == change.now:
            back.append(type(change)(change.of, change.id, change.field, now=change.was, was=change.now))
    return facts.Undone(tuple(back), step=seq, left=len(step.changes) - len(back))


def _file(board: Board, of: str, id: str, field: str, now: str | None) -> Filed:
    return Filed(of, id, field, now, board.register(of, id, field))


def _word(board: Board, of: str, id: str, field: str, now: str | None) -> Worded:
    return Worded(of, id, field, now, board.register(of, id, field))


def _free(board: Board, id: str, have: int, most: int) -> None:
    if id in board.rows or id in board.notes or id in board.themes or id in board.items:
        raise Refused("id.taken")
    if have >= most:
        raise Refused("session.full")


def _pile(board: Board, id: str) -> None:
    if not board.is_pile(id):
        raise Refused("theme.gone")


def _line(board: Board, id: str) -> None:
    if id not in board.items or board.items[id].text is None:
        raise Refused("item.gone")


def _unsorted(ask: Ask) -> NoReturn:
    raise AssertionError(f"{type(ask).__name__} has a right and no rule")
