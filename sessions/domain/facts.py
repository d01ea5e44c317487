"""What happened: tagged, frozen, and readable for ever.

A fact holds no seq, no clock and no author; those stand beside it in its `Entry`. Every string is
marked as somebody's words or as not, so that erasing can find all words and a test can prove it.
"""

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from sessions.domain.asks import Manner, Why

Words = Annotated[str, Meta(extra={"words": True})]
Plain = Annotated[str, Meta(extra={"words": False})]


class Fact(Struct, frozen=True, tag_field="type"):
    """One change to a session."""


class NoteAdded(Fact, frozen=True, tag="note.added", omit_defaults=True):
    """`group` is where its author sat at that moment; `held`: a hint, or the house, makes it wait.
    `people`: how many its author writes for."""

    id: Plain
    zone: Plain
    text: Words
    group: Plain | None
    held: Why | None = None
    people: int = 1


class NoteEdited(Fact, frozen=True, tag="note.edited", omit_defaults=True):
    """`held`: as for a note that is added. What a host has held by hand stays so."""

    id: Plain
    text: Words
    held: Why | None = None


class NoteMoved(Fact, frozen=True, tag="note.moved"):
    id: Plain
    zone: Plain


class NoteTakenBack(Fact, frozen=True, tag="note.taken_back"):
    id: Plain


class NotePutBack(Fact, frozen=True, tag="note.put_back"):
    id: Plain


class NoteHidden(Fact, frozen=True, tag="note.hidden"):
    id: Plain
    why: Why


class NoteShown(Fact, frozen=True, tag="note.shown"):
    id: Plain


class NotesReleased(Fact, frozen=True, tag="notes.released"):
    """Every note of the zone that only waited to be read first."""

    zone: Plain


class StageOpened(Fact, frozen=True, tag="stage.opened"):
    stage: Plain


class StageReturned(Fact, frozen=True, tag="stage.returned"):
    pass


class StageMinutes(Struct, frozen=True):
    stage: Plain
    minutes: int


class AgendaSet(Fact, frozen=True, tag="agenda.set"):
    """`stop`: UTC ms."""

    stop: int | None
    minutes: tuple[StageMinutes, ...]
    left_out: tuple[Plain, ...]


class PhonesDimmed(Fact, frozen=True, tag="phones.dimmed"):
    on: bool


class SpotlightSet(Fact, frozen=True, tag="spotlight.set"):
    of: Plain | None


class ZoneLit(Fact, frozen=True, tag="zone.lit"):
    zone: Plain | None


class ZoneRevealed(Fact, frozen=True, tag="zone.revealed"):
    zone: Plain


class ZoneLocked(Fact, frozen=True, tag="zone.locked"):
    zone: Plain


class ZoneUnlocked(Fact, frozen=True, tag="zone.unlocked"):
    zone: Plain


class TimerSet(Fact, frozen=True, tag="timer.set"):
    """Running: `ends`, UTC ms. Paused: `left`, ms. Off: neither."""

    ends: int | None
    left: int | None


class WallBlanked(Fact, frozen=True, tag="wall.blanked"):
    on: bool


class WallShown(Fact, frozen=True, tag="wall.shown"):
    manner: Manner
    of: Plain | None
    page: int


class Filed(Struct, frozen=True, tag_field="set", tag="id"):
    """A register of an id, a key or a number: a note's `theme`, a theme's `into`, a line's `order`."""

    of: Plain
    id: Plain
    field: Plain
    now: Plain | None
    was: Plain | None


class Worded(Struct, frozen=True, tag_field="set", tag="words"):
    """A register of words: a theme's `title`, a line's `text`, a part's `text`. Null: there is none."""

    of: Plain
    id: Plain
    field: Plain
    now: Words | None
    was: Words | None


class Sorted(Fact, frozen=True):
    """A sorting step: the registers it set, and what they held before."""

    changes: tuple[Filed | Worded, ...]


class ThemeMade(Sorted, frozen=True, tag="theme.made"):
    pass


class ThemeNamed(Sorted, frozen=True, tag="theme.named"):
    pass


class ThemeDropped(Sorted, frozen=True, tag="theme.dropped"):
    pass


class ThemeMerged(Sorted, frozen=True, tag="theme.merged"):
    pass


class NotesPlaced(Sorted, frozen=True, tag="notes.placed"):
    pass


class ItemMade(Sorted, frozen=True, tag="item.made"):
    pass


class ItemWorded(Sorted, frozen=True, tag="item.worded"):
    pass


class ItemDropped(Sorted, frozen=True, tag="item.dropped"):
    pass


class ItemSet(Sorted, frozen=True, tag="item.set"):
    pass


class ItemMoved(Sorted, frozen=True, tag="item.moved"):
    pass


class EssentialLinked(Sorted, frozen=True, tag="essential.linked"):
    pass


class NoteSplit(Sorted, frozen=True, tag="note.split"):
    pass


class Undone(Sorted, frozen=True, tag="step.undone"):
    """`left` registers had been changed since by somebody, and stay."""

    step: int
    left: int


class SessionClosed(Fact, frozen=True, tag="session.closed"):
    pass


class SessionReopened(Fact, frozen=True, tag="session.reopened"):
    pass


AnyFact = (
    NoteAdded
    | NoteEdited
    | NoteMoved
    | NoteTakenBack
    | NotePutBack
    | NoteHidden
    | NoteShown
    | NotesReleased
    | StageOpened
    | StageReturned
    | AgendaSet
    | PhonesDimmed
    | SpotlightSet
    | ZoneLit
    | ZoneRevealed
    | ZoneLocked
    | ZoneUnlocked
    | TimerSet
    | WallBlanked
    | WallShown
    | ThemeMade
    | ThemeNamed
    | ThemeDropped
    | ThemeMerged
    | NotesPlaced
    | ItemMade
    | ItemWorded
    | ItemDropped
    | ItemSet
    | ItemMoved
    | EssentialLinked
    | NoteSplit
    | Undone
    | SessionClosed
    | SessionReopened
)


class Entry(Struct, frozen=True):
    """A fact in its place: `seq` counts 1, 2, 3 ... without gaps; `at` is UTC ms, the server's."""

    seq: int
    at: int
    actor: str
    fact: AnyFact


def blanked(fact: AnyFact, notes: frozenset[str]) -> AnyFact:
    """The same fact with the words of these notes and parts emptied, and everything else as it was."""
    match fact:
        case NoteAdded() | NoteEdited() if fact.id in notes:
            return replace(fact, text="")
        case Sorted(changes):
            return replace(fact, changes=emptied(changes, notes))
    return fact


def emptied(changes: tuple[Filed | Worded, ...], notes: frozenset[str]) -> tuple[Filed | Worded, ...]:
    """The same changes with the words of these parts emptied."""
    return tuple(_emptied(change, notes) for change in changes)


def _emptied(change: Filed | Worded, notes: frozenset[str]) -> Filed | Worded:
    if not isinstance(change, Worded) or change.of != "part" or change.id not in notes:
        return change
    # Null says that there was none, so words become empty and nothing stays nothing.
    return replace(change, now=change.now and "", was=change.was and "")
