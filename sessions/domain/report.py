"""The neutral document that every export reads: types only."""

from msgspec import Struct


class Words(Struct, frozen=True):
    """One note, as it was written. `held` and `group` are told in a host's copy alone."""

    text: str
    board: str
    zone: str
    voice: str
    held: bool = False
    group: str = ""


class Line(Struct, frozen=True):
    """A line of the shopping list, and where it was heard: at `len(groups)` of `of` groups."""

    letter: str
    text: str
    pile: str
    notes: int
    people: int
    groups: tuple[str, ...]
    of: int
    worried: int
    against: int
    words: tuple[Words, ...]


class Pile(Struct, frozen=True):
    """A pile that no line was made of yet, with its notes."""

    title: str
    words: tuple[Words, ...]


class Group(Struct, frozen=True):
    """A group of the plan, and whether anybody of it was here."""

    id: str
    name: str
    here: bool


class Noun(Struct, frozen=True):
    """What a group is called: table, tables."""

    one: str
    many: str


class MustHave(Struct, frozen=True):
    """Added by the host; never counted as the room's."""

    text: str
    why: str


class Report(Struct, frozen=True):
    """A session on paper. `seq` and `mark` name the exact state it was made from."""

    title: str
    aim: str
    host: str
    code: str
    date: str
    kept_until: str
    noun: Noun
    groups: tuple[Group, ...]
    people: int
    lines: tuple[Line, ...]
    unlisted: tuple[Pile, ...]
    unplaced: tuple[Words, ...]
    later: tuple[Words, ...]
    essentials: tuple[MustHave, ...]
    host_copy: bool
    seq: int
    mark: str
