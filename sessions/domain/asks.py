"""What people may ask of a session. Each ask becomes one fact, or is refused."""

from typing import Annotated

from msgspec import Meta, Struct

from sessions.domain.choices import ItemField as ItemField
from sessions.domain.choices import Manner as Manner
from sessions.domain.choices import Voice as Voice
from sessions.domain.choices import Why as Why
from sessions.domain.ids import Address, Id, Name

Words = Annotated[str, Meta(max_length=20_000)]
"""What a person typed, before `text.clean`: the limits that people are told of come after it."""


class Ask(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type"):
    """Anything a device may ask."""


class AddNote(Ask, frozen=True, tag="note.add"):
    id: Id
    zone: Address
    text: Words


class EditNote(Ask, frozen=True, tag="note.edit"):
    id: Id
    text: Words


class MoveNote(Ask, frozen=True, tag="note.move"):
    id: Id
    zone: Address


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


class OpenStage(Ask, frozen=True, tag="stage.open"):
    stage: Name


class ReturnStage(Ask, frozen=True, tag="stage.return"):
    """Undo the last opening of a stage, within ten seconds: stage, clock and screens are as they were.

    What opening it brought into the open stays there: people have read it.
    """


class Minutes(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a stage takes today, where that is not what the plan says."""

    stage: Name
    minutes: Annotated[int, Meta(ge=0, le=240)]


class SetAgenda(Ask, frozen=True, tag="agenda.set"):
    """When we stop (UTC ms; null: when the plan's minutes are over), and what is other than in the plan."""

    stop: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None
    minutes: Annotated[tuple[Minutes, ...], Meta(max_length=40)] = ()
    left_out: Annotated[tuple[Name, ...], Meta(max_length=40)] = ()


class LookUp(Ask, frozen=True, tag="phones.look_up"):
    """Dim every phone, whatever the stage asks of it; what is being written is kept."""

    on: bool


class SetSpotlight(Ask, frozen=True, tag="spotlight.set"):
    """Show one note or line big on every screen (`of` null: none)."""

    of: Id | None


class LightZone(Ask, frozen=True, tag="zone.light"):
    """Walk the rows: light one zone of the board; the others stay open. Null: none."""

    zone: Address | None


class RevealZone(Ask, frozen=True, tag="zone.reveal"):
    zone: Address


class LockZone(Ask, frozen=True, tag="zone.lock"):
    zone: Address


class UnlockZone(Ask, frozen=True, tag="zone.unlock"):
    zone: Address


class SetTimer(Ask, frozen=True, tag="timer.set"):
    """Count down from now; 0 takes the clock away."""

    seconds: Annotated[int, Meta(ge=0, le=14_400)]


class AddTime(Ask, frozen=True, tag="timer.add"):
    seconds: Annotated[int, Meta(ge=-3_600, le=3_600)]


class PauseTimer(Ask, frozen=True, tag="timer.pause"):
    pass


class ResumeTimer(Ask, frozen=True, tag="timer.resume"):
    pass


class BlankWall(Ask, frozen=True, tag="wall.blank"):
    on: bool


class ShowWall(Ask, frozen=True, tag="wall.show"):
    """Turn the wall to the whole board, or to a page of one zone or pile (`of`), counted from 0."""

    manner: Manner
    of: Annotated[str, Meta(max_length=81)] | None = None
    page: Annotated[int, Meta(ge=0, le=1_000)] = 0


class MakeTheme(Ask, frozen=True, tag="theme.make"):
    id: Id
    title: Words


class NameTheme(Ask, frozen=True, tag="theme.name"):
    id: Id
    title: Words


class DropTheme(Ask, frozen=True, tag="theme.drop"):
    """Take a pile away; its notes go back to *not placed yet*."""

    id: Id


class MergeTheme(Ask, frozen=True, tag="theme.merge"):
    theme: Id
    into: Id


class PlaceNotes(Ask, frozen=True, tag="notes.place"):
    """Put notes into a pile, or out of any (`theme` null)."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=500)]
    theme: Id | None
    voice: Voice = Voice.FOR


class MakeItem(Ask, frozen=True, tag="item.make"):
    """A line of the shopping list, from a pile or from nothing."""

    id: Id
    text: Words
    theme: Id | None = None


class WordItem(Ask, frozen=True, tag="item.word"):
    id: Id
    text: Words


class DropItem(Ask, frozen=True, tag="item.drop"):
    id: Id


class SetItem(Ask, frozen=True, tag="item.set"):
    """Say one thing more about a line; an empty value takes it away. Between keys stand spaces."""

    id: Id
    field: ItemField
    value: Words


class MoveItem(Ask, frozen=True, tag="item.move"):
    """Put a line before another, or last (`before` null)."""

    id: Id
    before: Id | None


class LinkEssential(Ask, frozen=True, tag="essential.link"):
    """Say that the room said this must-have too: in that pile, or (null) not after all."""

    essential: Name
    theme: Id | None


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One idea of a note that holds several."""

    id: Id
    text: Words


class SplitNote(Ask, frozen=True, tag="note.split"):
    """Sort a note by its parts. The note stays as it was written, and its parts count for it."""

    id: Id
    parts: Annotated[tuple[Part, ...], Meta(min_length=2, max_length=6)]


class Undo(Ask, frozen=True, tag="undo"):
    """Put back what the sorting step `seq` set, where nobody has changed it since."""

    seq: Annotated[int, Meta(ge=1)]


class CloseSession(Ask, frozen=True, tag="session.close"):
    pass


class ReopenSession(Ask, frozen=True, tag="session.reopen"):
    pass


AnyAsk = (
    AddNote
    | EditNote
    | MoveNote
    | TakeBackNote
    | PutBackNote
    | HideNote
    | ShowNote
    | ReleaseNotes
    | OpenStage
    | ReturnStage
    | SetAgenda
    | LookUp
    | SetSpotlight
    | LightZone
    | RevealZone
    | LockZone
    | UnlockZone
    | SetTimer
    | AddTime
    | PauseTimer
    | ResumeTimer
    | BlankWall
    | ShowWall
    | MakeTheme
    | NameTheme
    | DropTheme
    | MergeTheme
    | PlaceNotes
    | MakeItem
    | WordItem
    | DropItem
    | SetItem
    | MoveItem
    | LinkEssential
    | SplitNote
    | Undo
    | CloseSession
    | ReopenSession
)
