"""A plan: the boards, the stages and the must-haves of one workshop, as data."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from sessions.domain.choices import Hold
from sessions.domain.hints import Hints
from sessions.domain.ids import Name
from sessions.domain.rows import Sees

Title = Annotated[str, Meta(min_length=1, max_length=80)]
Sentence = Annotated[str, Meta(max_length=400)]
Prose = Annotated[str, Meta(max_length=4_000)]
ZoneName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$(?!\n)")]


class Layout(StrEnum):
    """The shape a board is drawn in. A new tool is a file; only a new shape is code."""

    GRID = "grid"
    LANES = "lanes"


class Where(StrEnum):
    """Where a zone stands on the board: in the body, above it (a headline), or aside (for another day)."""

    BODY = "body"
    ABOVE = "above"
    ASIDE = "aside"


class PhoneManner(StrEnum):
    """What a stage asks of phones."""

    WRITE = "write"
    LISTEN = "listen"
    TALK = "talk"
    LOOK_UP = "look-up"


class Asks(StrEnum):
    """What a stage asks of people besides words."""

    NOTHING = ""
    DOTS = "dots"
    CONSENT = "consent"
    HELP = "help"


class Shows(StrEnum):
    """What a stage brings into the open, for good."""

    ESSENTIALS = "essentials"
    THEMES = "themes"
    ITEMS = "items"


class Wall(StrEnum):
    """What the wall shows in a stage. As it comes: the list or the piles where the stage brings them into the
    open, else the boards."""

    AS_IT_COMES = ""
    BOARD = "board"
    JOIN = "join"
    MUSTS = "musts"
    PILES = "piles"
    LIST = "list"


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """`colour` names a note colour of the look; `sign` a small drawing beside the words;
    `row` and `column` are headings, for grids with more cells than rows."""

    id: ZoneName
    title: Title
    prompt: Sentence
    colour: str = "plain"
    sign: str = ""
    aloud: Sentence = ""
    where: Where = Where.BODY
    row: str = ""
    column: str = ""


class Board(Struct, frozen=True, forbid_unknown_fields=True):
    """One tool as it is used in one workshop; its zones' addresses are `board.zone`. `reflects`: its notes
    are about the workshop itself, and never counted or sorted with the room's ideas."""

    id: Name
    tool: Name
    title: Title
    layout: Layout
    question: Sentence
    zones: tuple[Zone, ...]
    reflects: bool = False


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """`sees`: what opening the stage widens its boards' zones to; it never narrows them. `prompt` is for
    phones and the wall, `script` for the facilitator alone. `picks`: how many notes each group sends up to
    be read out."""

    id: Name
    title: Title
    minutes: Annotated[int, Meta(ge=0, le=240)] = 5
    boards: tuple[Name, ...] = ()
    manner: PhoneManner = PhoneManner.WRITE
    sees: Sees = Sees.AUTHOR
    shows: tuple[Shows, ...] = ()
    prompt: Sentence = ""
    script: Prose = ""
    picks: Annotated[int, Meta(ge=0, le=12)] = 0
    wall: Wall = Wall.AS_IT_COMES
    asks: Asks = Asks.NOTHING


class Essential(Struct, frozen=True, forbid_unknown_fields=True):
    """A must-have, with one line of evidence."""

    id: Name
    text: Sentence
    why: Sentence = ""


class Area(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the charter that a line can belong to."""

    id: Name
    title: Title


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """What a group is called here: table and tables, practice and practices."""

    one: Title = "table"
    many: Title = "tables"


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    id: Name
    name: Title
    label: Annotated[str, Meta(max_length=12)] = ""


class Plan(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole workshop. The copy a session uses is kept with it and never changes after the start.

    `expected`: about how many people will come; 0 if nobody said. `late_hours`: how long after the end people
    who were there may still add notes. `spare`: minutes that no stage has, for what takes longer. `hints` are
    the house's, put in when a session is opened.
    """

    id: Name
    title: Title
    boards: Annotated[tuple[Board, ...], Meta(min_length=1, max_length=12)]
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1, max_length=40)]
    about: Sentence = ""
    aim: Sentence = ""
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)")] = "en"
    noun: Noun = Noun()
    groups: Annotated[tuple[Group, ...], Meta(max_length=60)] = ()
    essentials: Annotated[tuple[Essential, ...], Meta(max_length=20)] = ()
    areas: Annotated[tuple[Area, ...], Meta(max_length=20)] = ()
    expected: Annotated[int, Meta(ge=0, le=10_000)] = 0
    late_hours: Annotated[int, Meta(ge=0, le=48)] = 0
    spare: Annotated[int, Meta(ge=0, le=60)] = 0
    hold: Hold = Hold.HINTED
    hints: tuple[Hints, ...] = ()

    @property
    def minutes(self) -> int:
        return self.spare + sum(stage.minutes for stage in self.stages)


class SessionCard(Struct, frozen=True):
    """What every screen knows of its session before the first row."""

    code: str
    title: str
    aim: str
    host: str
    kept_until: str
    plan: Plan


def in_other_words(plan: Plan, say: Callable[[str], str]) -> Plan:
    """The plan with what phones show of it said anew, sentence by sentence."""

    def zone(zone: Zone) -> Zone:
        said = {name: say(getattr(zone, name)) for name in ("title", "prompt", "row", "column")}
        return replace(zone, **said)

    boards = tuple(
        replace(board, question=say(board.question), zones=tuple(map(zone, board.zones)))
        for board in plan.boards
    )
    stages = tuple(replace(stage, title=say(stage.title), prompt=say(stage.prompt)) for stage in plan.stages)
    noun = Noun(say(plan.noun.one), say(plan.noun.many))
    return replace(plan, boards=boards, stages=stages, noun=noun)


def for_hosts(plan: Plan) -> Plan:
    """The plan without what no screen needs."""
    return replace(plan, hints=())


def for_presenters(plan: Plan) -> Plan:
    """The plan as a host needs it whose screen the room can see: without the must-haves to come."""
    return replace(for_hosts(plan), essentials=())


def for_the_room(plan: Plan) -> Plan:
    """The plan without what only hosts may read: scripts, questions to ask aloud, must-haves to come."""
    return replace(
        for_hosts(plan),
        essentials=(),
        stages=tuple(replace(stage, script="") for stage in plan.stages),
        boards=tuple(
            replace(board, zones=tuple(replace(zone, aloud="") for zone in board.zones))
            for board in plan.boards
        ),
    )
