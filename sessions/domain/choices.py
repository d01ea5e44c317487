"""What an ask chooses among."""

from enum import StrEnum


class Voice(StrEnum):
    """How a note speaks for the line it is under."""

    FOR = "for"
    WORRY = "worry"
    AGAINST = "against"


class Why(StrEnum):
    """Why a note is kept off the wall; `waiting`: the host reads each one first; `bin`: it is not wanted."""

    NAMES = "names"
    RUDE = "rude"
    OTHER = "other"
    WAITING = "waiting"
    BIN = "bin"


class Answer(StrEnum):
    """What somebody says to a must-have."""

    DO = "do"
    COULD = "could"
    NOT_HERE = "not_here"


class Feel(StrEnum):
    """How a line sits with somebody: they can live with it, it worries them, please don't."""

    LIVE = "live"
    WORRY = "worry"
    STOP = "stop"


class Hold(StrEnum):
    """Which notes wait for the host before the room may see them."""

    HINTED = "hinted"
    ALL = "all"
    NONE = "none"


class Manner(StrEnum):
    """How the wall shows what there is: drawn whole, read a page at a time, the last notes in no pile, or the
    lines with their dots."""

    WHOLE = "whole"
    READ = "read"
    LEFT = "left"
    VOTES = "votes"


class Made(StrEnum):
    """What sorting makes: piles, and the lines of the list."""

    THEMES = "themes"
    ITEMS = "items"


class ItemField(StrEnum):
    """What organisers know of a line. The first five are keys of lists, the next two yes or nothing."""

    LEVELS = "levels"
    SENSES = "senses"
    AUDIENCES = "audiences"
    AREA = "area"
    ROUTE = "route"
    ESSENTIAL = "essential"
    QUICK = "quick"
    OWNER = "owner"
    FIRST_STEP = "first_step"
    REVIEW = "review"
    HELP = "help"


class Sees(StrEnum):
    """Who sees the notes of a zone: their author, the author's group, the room."""

    AUTHOR = "author"
    GROUP = "group"
    ROOM = "room"


class State(StrEnum):
    """Where an author's note stands."""

    PRIVATE = "private"
    GROUP = "group"
    SHOWN = "shown"
    HELD = "held"
