"""What is asked of piles and lines."""

from typing import Annotated

from msgspec import Meta, Struct

from sessions.domain.asks.ask import Ask, Words
from sessions.domain.choices import ItemField, Voice
from sessions.domain.ids import Id


class MakeTheme(Ask, frozen=True, tag="theme.make", omit_defaults=True):
    """A pile and, in the same step, the notes that go into it."""

    id: Id
    title: Words
    notes: Annotated[tuple[Id, ...], Meta(max_length=500)] = ()
    voice: Voice = Voice.FOR


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


class ParkNotes(Ask, frozen=True, tag="notes.park"):
    """Keep notes for another day: out of any pile, and where the plan has a place for that."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=500)]


class SameIdea(Ask, frozen=True, tag="notes.same"):
    """These notes say what one headline note says: they go where it goes, and stay to be read."""

    notes: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=500)]
    headline: Id


class StandApart(Ask, frozen=True, tag="note.apart"):
    """Not the same idea after all."""

    id: Id


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


class OrderByVotes(Ask, frozen=True, tag="items.order"):
    """Put the lines with the most dots first; what was not put to the vote comes after."""


class QuoteNotes(Ask, frozen=True, tag="item.quote"):
    """Let these notes of its pile stand with a line, word for word; with none, the usual ones."""

    id: Id
    notes: Annotated[tuple[Id, ...], Meta(max_length=2)]


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


SortingAsk = (
    MakeTheme
    | NameTheme
    | DropTheme
    | MergeTheme
    | PlaceNotes
    | ParkNotes
    | SameIdea
    | StandApart
    | MakeItem
    | WordItem
    | DropItem
    | SetItem
    | MoveItem
    | OrderByVotes
    | QuoteNotes
    | SplitNote
    | Undo
)
