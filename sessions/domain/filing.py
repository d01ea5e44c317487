"""Everyone files: authors put their own notes into piles, and say when someone else put one wrong."""

from sessions.domain import asks, facts, text
from sessions.domain.board import Board
from sessions.domain.facts import Filed, Worded
from sessions.domain.plans import Shows
from sessions.domain.refused import Refused
from sessions.domain.registers import NONE


def decide(board: Board, ask: asks.FilingAsk, person: str) -> facts.NoteFiled | facts.NoteDisputed:
    """What follows if the note's author, `person`, asks for this. Raises Refused."""
    note = board.notes.get(ask.id)
    if note is None or note.author != person or not board.is_here(note):
        raise Refused("note.gone")
    if board.closed:
        raise Refused("session.closed")
    match ask:
        case asks.FileNote():
            return _file(board, ask)
        case asks.DisputeNote(id, word):
            # Before piles are shown, whether there is one is the hosts' to know.
            if Shows.THEMES not in board.public or board.pile_of(id) is None:
                raise Refused("note.unfiled")
            said = text.title(word) if word.strip() else None
            return facts.NoteDisputed((Worded("note", id, "dispute", said, note.dispute),))


def _file(board: Board, ask: asks.FileNote) -> facts.NoteFiled:
    if Shows.THEMES not in board.public or (ask.theme is not None and not board.takes(ask.theme)):
        raise Refused("theme.gone")
    if board.reflects(board.notes[ask.id]):
        raise Refused("note.reflects")
    if board.is_split(ask.id):
        raise Refused("note.in_parts")
    note = board.notes[ask.id]
    now: dict[str, str | None] = {"theme": ask.theme, "voice": ask.voice, "chose": ask.theme or NONE}
    headline = board.headline_of(ask.id)
    if headline is not None and board.pile_of(headline) != (ask.theme and board.root(ask.theme)):
        now["under"] = None
    wish = text.title(ask.wish) if ask.theme is None and ask.wish.strip() else None
    said: dict[str, str | None] = {"wish": wish, "dispute": None}
    # Also what is so already: it shall stay so when a host who said the same thinks better of it.
    changes: list[Filed | Worded] = [
        Filed("note", ask.id, field, value, board.register("note", ask.id, field))
        for field, value in now.items()
    ]
    for field, value in said.items():
        if f"filing:{ask.id}" in board.rows or value is not None:
            changes.append(Worded("note", ask.id, field, value, getattr(note, field)))
    return facts.NoteFiled(tuple(changes))
