"""What people ask of notes, and hosts of other people's."""

from typing import Annotated

from msgspec import Meta

from sessions.domain.asks.ask import Ask, Words
from sessions.domain.choices import Why
from sessions.domain.ids import Address, Id, Name

Slip = Annotated[int, Meta(ge=0, le=9_999)]
"""The number on a slip of paper; 0: it has none."""


class AddNote(Ask, frozen=True, tag="note.add", omit_defaults=True):
    """`group` and `slip`: whose words these are, and on which slip of paper; for those who write for others.
    Without a group it is their own."""

    id: Id
    zone: Address
    text: Words
    group: Name | None = None
    slip: Slip = 0


class EditNote(Ask, frozen=True, tag="note.edit"):
    id: Id
    text: Words


class MoveNote(Ask, frozen=True, tag="note.move"):
    id: Id
    zone: Address


class MeanNote(Ask, frozen=True, tag="note.mean"):
    """Say in English what a note in another language means; an empty text takes that away."""

    id: Id
    text: Words


class TakeBackNote(Ask, frozen=True, tag="note.take_back"):
    id: Id


class PutBackNote(Ask, frozen=True, tag="note.put_back"):
    """Undo of taking back, for 30 seconds; after that the words are gone for good."""

    id: Id


class HideNote(Ask, frozen=True, tag="note.hide"):
    id: Id
    why: Why = Why.OTHER


class ShowNote(Ask, frozen=True, tag="note.show"):
    id: Id


class ReleaseNotes(Ask, frozen=True, tag="notes.release"):
    """Let the notes of a zone go that waited to be read first; those with a reason stay back."""

    zone: Address


class PickNote(Ask, frozen=True, tag="note.pick"):
    """Send a note of one's own group up, to be read out; the oldest pick gives way to one too many."""

    id: Id
    on: bool = True


class OwnParking(Ask, frozen=True, tag="parking.own"):
    """Who takes a note of another day on, in a few words; empty: nobody."""

    note: Id
    owner: Words


NoteAsk = (
    AddNote
    | EditNote
    | MoveNote
    | MeanNote
    | TakeBackNote
    | PutBackNote
    | HideNote
    | ShowNote
    | ReleaseNotes
    | PickNote
    | OwnParking
)
