"""What a session remembers of its notes, piles and lines: frozen values, replaced and never changed."""

from msgspec import Struct

from sessions.domain.asks import Manner, Voice, Why
from sessions.domain.facts import Filed, Worded
from sessions.domain.rows import Sees


class Note(Struct, frozen=True):
    """`taken`: when its author took it back, UTC ms. `theme`, `voice`: where sorting put it."""

    zone: str
    text: str
    author: str
    group: str | None
    held: Why | None = None
    taken: int | None = None
    theme: str | None = None
    voice: Voice = Voice.FOR


class Theme(Struct, frozen=True):
    """A pile. Without a title there is none: not made yet, dropped, or its making undone."""

    title: str | None = None
    into: str | None = None


class Item(Struct, frozen=True):
    """A line of the list; without text there is none. `order`: the seq that first made it."""

    text: str | None = None
    theme: str | None = None
    order: int = 0


class ZoneState(Struct, frozen=True):
    sees: Sees = Sees.AUTHOR
    locked: bool = False


class Clock(Struct, frozen=True):
    ends: int | None = None
    left: int | None = None


class Screen(Struct, frozen=True):
    blank: bool = False
    manner: Manner = Manner.WHOLE
    of: str | None = None
    page: int = 0


class Step(Struct, frozen=True):
    """A sorting step that can be undone. `undoes`: the step this one undid."""

    did: str
    by: str
    changes: tuple[Filed | Worded, ...]
    undoes: int | None = None
    undone: bool = False
