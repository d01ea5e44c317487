"""Steps of sorting: each names the registers it set, and what they held before."""

from msgspec import Struct
from msgspec.structs import replace

from sessions.domain.facts.fact import Fact, Plain, Words


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


class NotesParked(Sorted, frozen=True, tag="notes.parked"):
    pass


class NotesMatched(Sorted, frozen=True, tag="notes.matched"):
    pass


class NoteParted(Sorted, frozen=True, tag="note.parted"):
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


class ItemQuoted(Sorted, frozen=True, tag="item.quoted"):
    pass


class NoteSplit(Sorted, frozen=True, tag="note.split"):
    pass


class ByAuthor(Sorted, frozen=True):
    """A step of a note's author, who can change it again; it is none that `undo` can name."""


class NoteFiled(ByAuthor, frozen=True, tag="note.filed"):
    pass


class NoteDisputed(ByAuthor, frozen=True, tag="note.disputed"):
    pass


class Undone(Sorted, frozen=True, tag="step.undone"):
    """`left` registers had been changed since by somebody, and stay."""

    step: int
    left: int


SortingFact = (
    ThemeMade
    | ThemeNamed
    | ThemeDropped
    | ThemeMerged
    | NotesPlaced
    | NotesParked
    | NotesMatched
    | NoteParted
    | ItemMade
    | ItemWorded
    | ItemDropped
    | ItemSet
    | ItemMoved
    | ItemQuoted
    | NoteSplit
    | NoteFiled
    | NoteDisputed
    | Undone
)


def emptied(changes: tuple[Filed | Worded, ...], notes: frozenset[str]) -> tuple[Filed | Worded, ...]:
    """The same changes with the words of these parts, and those said about these notes, emptied."""
    return tuple(_emptied(change, notes) for change in changes)


def _emptied(change: Filed | Worded, notes: frozenset[str]) -> Filed | Worded:
    if not isinstance(change, Worded) or change.of not in ("note", "part") or change.id not in notes:
        return change
    # Null says that there was none, so words become empty and nothing stays nothing.
    return replace(change, now=change.now and "", was=change.was and "")
