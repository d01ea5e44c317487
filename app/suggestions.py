"""What may belong together, for hosts; and for a phone, which pile its own note may belong in. Nothing here
changes anything: a person decides."""

import gzip
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response
from msgspec.structs import replace

from app.house import House
from app.reception import Guest, admit
from app.thinking import Answer
from sessions.domain.board import Board
from sessions.domain.plans import Shows
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from sessions.domain.rows import (
    AnyRow,
    EssentialRow,
    MeaningRow,
    NoteRow,
    PartRow,
    PlaceRow,
    ThemeRow,
    TwinRow,
)
from sessions.suggest.suggestions import Known

router = APIRouter(prefix="/api/sessions/{code}", tags=["suggestions"])

Host = Annotated[Literal[Role.FACILITATOR, Role.PRESENTER], Query(alias="as")]

THE_ROOM = Viewer(Role.WALL)
"""Phones are answered from what everybody has read: what is hidden cannot show even in a guess."""


@router.get("/suggestions")
async def suggestions(request: Request, code: str, role: Host = Role.FACILITATOR) -> Response:
    """For each note its likely twins; for each note in no pile the best three; and an outline of piles.

    `as=presenter`: from what the room can see alone, for a screen that the room can see.
    """
    return _packed(request, (await _for_host(request, code, role)).whole)


@router.get("/suggestions/essentials")
async def essentials(request: Request, code: str, role: Host = Role.FACILITATOR) -> Response:
    """For each must-have the notes that may say it, the likeliest first; none: nobody has said it yet."""
    return _packed(request, (await _for_host(request, code, role)).said)


@router.get("/piles")
async def piles(
    request: Request, code: str, note: Annotated[str, Query(min_length=1, max_length=64)]
) -> Response:
    """The best three piles for a note of one's own, as `{"piles": [id]}`; none before the piles are shown."""
    house: House = request.app.state.house
    guest = await admit(house, request, code, Role.PARTICIPANT)
    board = guest.hall.room.board
    own = board.notes.get(note)
    if (
        own is None
        or own.author != guest.actor.id
        or not board.is_here(own)
        or Shows.THEMES not in board.public
    ):
        return _json({"piles": []})
    found = await house.thinking.about(
        guest.session.id, "phones", board.seq, lambda: _known_to_phones(guest.hall.room.board), note
    )
    return _json({"piles": [pile for pile in found.piles.get(note, ()) if board.is_pile(pile)]})


async def _for_host(request: Request, code: str, role: Role) -> Answer:
    house: House = request.app.state.house
    guest: Guest = await admit(house, request, code, role)
    board = guest.hall.room.board
    return await house.thinking.about(
        guest.session.id,
        role,
        board.seq,
        lambda: replace(known_to(board.rows.seen_by(guest.viewer)), aside=_aside(board)),
    )


def _aside(board: Board) -> frozenset[str]:
    """What is kept off the wall must not name a pile, nor is what was kept for another day filed."""
    wholes = {id: board.whole(note) for id, note in board.notes.items()}
    return frozenset(id for id, note in wholes.items() if note.held is not None or note.zone in board.asides)


def known_to(rows: list[AnyRow]) -> Known:
    """What suggestions are made from: the rows that a reader holds, and nothing else."""
    notes: dict[str, str] = {}
    whole: set[str] = set()
    themes: dict[str, ThemeRow] = {}
    placed: dict[str, str] = {}
    musts: dict[str, str] = {}
    ideas: dict[str, list[str]] = {}
    meanings: dict[str, str] = {}
    for row in rows:
        match row:
            case NoteRow(id, _, text):
                notes[id] = text
            case PartRow(id, note, text):
                notes[id] = text
                whole.add(note)
            case MeaningRow(_, note, text) if text:
                meanings[note] = text
            case ThemeRow(id):
                themes[id] = row
            case PlaceRow(_, note, theme):
                placed[note] = theme
            case TwinRow(_, note, headline):
                ideas.setdefault(headline, [headline]).append(note)
            case EssentialRow(id, text):
                musts[id] = text
    return Known(
        # A note in parts is sorted by its parts.
        notes={id: text for id, text in notes.items() if id not in whole},
        meanings=meanings,
        piles={id: theme.title for id, theme in themes.items() if theme.into is None},
        placed=placed,
        same=tuple(tuple(idea) for idea in ideas.values()),
        essentials=musts,
    )


def _known_to_phones(board: Board) -> Known:
    """What the room has read teaches; every other note may ask, and teaches nothing."""
    known = known_to(board.rows.seen_by(THE_ROOM))
    unread = {id: note for id, note in board.notes.items() if id not in known.notes and board.is_here(note)}
    asking = {id: note.text for id, note in unread.items()}
    # Of notes that nobody else has read: they are compared, and nothing is learned from them.
    meanings = known.meanings | {id: note.meaning for id, note in unread.items() if note.meaning}
    # Notes that somebody placed are asked about again: their author may not agree.
    asking |= {id: text for id, text in known.notes.items() if id in known.placed}
    return replace(known, asking=asking, meanings=meanings, essentials={})


def _packed(request: Request, content: bytes) -> Response:
    """JSON that was compressed where it was made: here every phone would wait for it."""
    headers = {"vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        content = gzip.decompress(content)
    return Response(content, media_type="application/json", headers=headers)


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
