"""What a session remembers of its notes, piles and lines: frozen values, replaced and never changed."""

from msgspec import Struct

from sessions.domain.asks import Answer, Feel, Manner, Voice, Why
from sessions.domain.facts import Filed, Hands, StageMinutes, Worded
from sessions.domain.rows import Sees

NONE = "none"
"""What its author said who found no pile for a note; no id is so short."""


class Note(Struct, frozen=True):
    """`held`: why it is kept off the wall; `hinted`: by no hand. `taken`: when its author took it back,
    UTC ms. `theme`, `voice`: where sorting put it. `people`: how many its author writes for.
    `chose`: the pile its author filed it in, or NONE; `wish`: the pile they missed; `dispute`: why it is not
    quite the pile that somebody else chose. `under`: the headline note that says the same. `changed`: its
    author has given it other words since a host held it. `was`, `was_hinted`: how it stood before it was put
    in the bin. `late`: written after the end. `slip`: it is somebody else's words, from paper. `meaning`:
    what it means in English, if anybody ever said; empty once that was taken away.

    A part of a note is one too: `part_of` names the note, and `unmade` says that the splitting was undone.
    """

    zone: str
    text: str
    author: str
    group: str | None
    held: Why | None = None
    hinted: bool = False
    taken: int | None = None
    theme: str | None = None
    voice: Voice = Voice.FOR
    part_of: str | None = None
    unmade: bool = False
    people: int = 1
    chose: str | None = None
    wish: str | None = None
    dispute: str | None = None
    under: str | None = None
    changed: bool = False
    was: Why | None = None
    was_hinted: bool = False
    late: bool = False
    slip: int | None = None
    meaning: str | None = None


class Theme(Struct, frozen=True):
    """A pile; `order`: the seq that first made it. Without a title there is none: not made yet, dropped,
    or its making undone."""

    title: str | None = None
    into: str | None = None
    order: int = 0


class Item(Struct, frozen=True):
    """A line of the list; without text there is none. `order`: the seq that first made it, until lines
    are moved. Sets hold keys with spaces between, as `quotes` holds ids of notes; flags hold `yes`."""

    text: str | None = None
    theme: str | None = None
    order: int = 0
    levels: str | None = None
    senses: str | None = None
    audiences: str | None = None
    area: str | None = None
    route: str | None = None
    essential: str | None = None
    quick: str | None = None
    owner: str | None = None
    first_step: str | None = None
    review: str | None = None
    help: str | None = None
    quotes: str | None = None


class Given(Struct, frozen=True):
    """What one person says to a must-have. `id`: of the answer, another one each time; `row`: the first of
    them. `because`: only as long as there is something to read. `hands`: people, by what they say."""

    id: str
    row: str
    answer: Answer | None = None
    because: str | None = None
    why: Why | None = None
    hands: Hands = Hands()


class ZoneState(Struct, frozen=True):
    sees: Sees = Sees.AUTHOR
    locked: bool = False


class Clock(Struct, frozen=True):
    ends: int | None = None
    left: int | None = None


class Screen(Struct, frozen=True):
    """`left`: the notes that were shown by number, in the order of their numbers."""

    blank: bool = False
    manner: Manner = Manner.WHOLE
    of: str | None = None
    page: int = 0
    left: tuple[str, ...] = ()


class Agenda(Struct, frozen=True):
    """`began`: when the first stage was opened, UTC ms; `stop`: when we want to stop, where that was said.
    `minutes`: of stages that take another time than planned."""

    began: int | None = None
    stop: int | None = None
    minutes: tuple[StageMinutes, ...] = ()
    left_out: tuple[str, ...] = ()


class Focus(Struct, frozen=True):
    """What everybody shall look at. `of`: a note, a line or a must-have, shown big; `lit`: a zone."""

    look_up: bool = False
    of: str | None = None
    lit: str | None = None


class Before(Struct, frozen=True):
    """How the room stood before the stage that is open was opened."""

    stage: str | None
    opened: int | None
    clock: Clock
    screen: Screen
    focus: Focus


class Step(Struct, frozen=True):
    """A sorting step that can be undone. `undoes`: the step this one undid. `undoings`: those that took this
    one away or did it again, in the end or on the way."""

    did: str
    by: str
    changes: tuple[Filed | Worded, ...]
    undoes: int | None = None
    undone: bool = False
    undoings: tuple[int, ...] = ()


class Ballot(Struct, frozen=True):
    """Which lines are put to the vote, with so many dots a person. `round` 0: no vote yet."""

    round: int = 0
    items: tuple[str, ...] = ()
    budget: int = 0
    open: bool = False
    revealed: bool = False


class Vote(Struct, frozen=True):
    """One device's dots by line, without noughts, and how many people voted on it."""

    dots: tuple[tuple[str, int], ...] = ()
    people: int = 1


class Feeling(Struct, frozen=True):
    """How a line sits with a person. `gone`: they have said something else since."""

    item: str
    by: str
    feel: Feel
    why: str | None = None
    hands: int = 1
    gone: bool = False


class Offer(Struct, frozen=True):
    """Somebody would help start a line. `agree`: the room may read the name."""

    item: str
    by: str
    name: str | None = None
    agree: bool = False
    gone: bool = False
