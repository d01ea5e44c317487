"""What a device holds: small rows, each with a kind, an id and the seq that last changed it.

A row never says more than every one of its readers may know. What only hosts may see of a note
is a row of its own (`origin`), and so is what only its author sees (`mine`).
"""

from enum import StrEnum

from sessions.domain.asks import Answer, Manner, Voice, Why
from sessions.domain.facts import Hands, StageMinutes
from sessions.domain.row import Row as Row
from sessions.domain.votes_rows import (
    BallotRow as BallotRow,
    ConsentRow as ConsentRow,
    FeelingRow as FeelingRow,
    FeltRow as FeltRow,
    HelpingRow as HelpingRow,
    OfferRow as OfferRow,
    TallyRow as TallyRow,
    TurnoutRow as TurnoutRow,
    VotesRow as VotesRow,
    WorryRow as WorryRow,
)


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


class StageRow(Row, frozen=True, tag="stage", omit_defaults=True):
    """The one row `stage`. No stage yet: people are still arriving. `late_until`: when the last late note is
    taken, UTC ms."""

    stage: str | None
    opened: int | None
    closed: bool
    late_until: int | None = None


class ClockRow(Row, frozen=True, tag="clock"):
    """The one row `clock`. Running: `ends`, UTC ms. Paused: `left`, ms. Off: neither."""

    ends: int | None
    left: int | None


class AgendaRow(Row, frozen=True, tag="agenda"):
    """The one row `agenda`, for screens: when we began and stop (UTC ms), and what is changed."""

    began: int | None
    stop: int | None
    minutes: tuple[StageMinutes, ...]
    left_out: tuple[str, ...]


class FocusRow(Row, frozen=True, tag="focus"):
    """The one row `focus`: whether phones look up, what is shown big, the zone talked about."""

    look_up: bool
    of: str | None
    lit: str | None


class ScreenRow(Row, frozen=True, tag="screen"):
    """The one row `screen`, for walls and hosts. `of` is a zone's address or a pile's id."""

    blank: bool
    manner: Manner
    of: str | None
    page: int


class ZoneRow(Row, frozen=True, tag="zone"):
    """A zone by its address, `matrix.social`."""

    sees: Sees
    locked: bool


class CountRow(Row, frozen=True, tag="count"):
    """`count:ADDRESS`, for walls and hosts: notes that are or will be shown, so blank cards can be drawn."""

    zone: str
    notes: int


class NoteRow(Row, frozen=True, tag="note", omit_defaults=True):
    """`late`: written, or written anew, after the end."""

    zone: str
    text: str
    late: bool = False


class MineRow(Row, frozen=True, tag="mine", omit_defaults=True):
    """`mine:NOTE`, for its author alone. `pile` and `line` once the room may see them; where parts of a note
    went several ways, those of the first. `group`, `slip`: of a note that was written for somebody else."""

    note: str
    state: State
    why: Why | None
    pile: str | None
    line: str | None
    group: str | None = None
    slip: int | None = None


class OriginRow(Row, frozen=True, tag="origin", omit_defaults=True):
    """`origin:NOTE`, for hosts alone. `hinted`: held by no hand, and waits for the host to look. `changed`:
    its author has given it other words since a host held it. `slip`: it was written for somebody else, from
    paper; 0: without a number."""

    note: str
    group: str | None
    held: Why | None
    hinted: bool
    changed: bool = False
    slip: int | None = None


class MutedRow(Row, frozen=True, tag="muted"):
    """`muted:NOTE`, for hosts and for the writer of the note, who may add and change nothing as long as it
    stands. It tells hosts no more of them than that they wrote this one."""

    note: str


class DoorRow(Row, frozen=True, tag="door"):
    """The one row `door`, for screens, once anybody has touched it: whether somebody new may come in, and how
    often the code was renewed. The code itself is asked for."""

    locked: bool
    codes: int


class MeaningRow(Row, frozen=True, tag="meaning"):
    """`meaning:NOTE`: what a note means in English, typed by a person; read by whoever may read the note.
    Empty: it was taken away."""

    note: str
    text: str


class FilingRow(Row, frozen=True, tag="filing"):
    """`filing:NOTE`, for its author and hosts: the pile its author `chose` (`none`: none of them), the name
    of a pile they missed, and their `word` on where somebody else put it."""

    note: str
    chose: str | None
    wish: str
    word: str


class ThemeRow(Row, frozen=True, tag="theme"):
    """A pile. `into`: the pile it was merged into. Piles stand in the order of `order`."""

    title: str
    into: str | None
    order: int


class PlaceRow(Row, frozen=True, tag="place"):
    """`place:NOTE`: which pile a note is in; hosts, and walls once both may be shown."""

    note: str
    theme: str
    voice: Voice


class TwinRow(Row, frozen=True, tag="twin"):
    """`twin:NOTE`: the `headline` note that says the same; for hosts, and walls once piles are shown."""

    note: str
    headline: str


class ItemRow(Row, frozen=True, tag="item", omit_defaults=True):
    """A line of the shopping list. The counts are of shown notes only, and the same for everyone.

    Lines stand in the order of `order`, those that undo left in one place in that of `id`; their letters
    follow from that. `levels` and `senses` are those of the notes, until a host says otherwise. What is
    empty was left for later. `twins`: notes of the count that say the same as another of them.
    """

    text: str
    theme: str | None
    order: int
    notes: int
    people: int
    groups: tuple[str, ...]
    worried: int
    against: int
    levels: tuple[str, ...]
    senses: tuple[str, ...]
    audiences: tuple[str, ...]
    area: str
    route: str
    essential: bool
    quick: bool
    owner: str
    first_step: str
    review: str
    help: str
    twins: int = 0


class EssentialRow(Row, frozen=True, tag="essential"):
    """A must-have, added by the host and never counted as the room's; they stand in the order of `order`."""

    text: str
    why: str
    order: int


class LinkRow(Row, frozen=True, tag="link"):
    """`link:ESSENTIAL`: the pile in which the room said a must-have too, and its shown notes.

    For hosts, and for everybody once piles and must-haves are both in the open.
    """

    essential: str
    theme: str
    notes: int


class SaidRow(Row, frozen=True, tag="said"):
    """`said:ESSENTIAL`: how many shown notes say the same as a must-have, each counted once: those
    matched by hand, and those of its pile. Reaches as far as the must-have: this number, and no more of how
    hosts sort, is what they say to the room by linking."""

    essential: str
    notes: int


class MatchRow(Row, frozen=True, tag="match"):
    """`match:ESSENTIAL`, for hosts: the notes that were matched by hand, those not shown too."""

    essential: str
    notes: tuple[str, ...]


class AnswerRow(Row, frozen=True, tag="answer"):
    """What one person says to a must-have, for that person alone. `given`: the id of the answer that
    stands; `hands` where they were counted."""

    essential: str
    given: str
    answer: Answer | None
    because: str
    hands: Hands | None


class AnswersRow(Row, frozen=True, tag="answers"):
    """`answers:ESSENTIAL`: people, by what they say to a must-have. For hosts, and for walls too once so
    many answered that nobody is singled out."""

    essential: str
    do: int
    could: int
    not_here: int


class ReasonRow(Row, frozen=True, tag="reason"):
    """For hosts alone, and without who: the reason that somebody gave. `why`: a hint that it may name or
    hurt someone."""

    essential: str
    answer: Answer | None
    because: str
    why: Why | None


class PartRow(Row, frozen=True, tag="part"):
    """One idea of a note that is sorted by its parts; read by whoever may read the note."""

    note: str
    text: str


class PickRow(Row, frozen=True, tag="pick"):
    """`pick:STAGE:GROUP`, for hosts and that group: the notes it sends up to be read out, as far as all of it
    may read them, in the order they were picked."""

    stage: str
    group: str
    notes: tuple[str, ...]


class OwnerRow(Row, frozen=True, tag="owner"):
    """`owner:NOTE`: who takes on a note of another day; read by whoever may read the note."""

    note: str
    owner: str


class StepRow(Row, frozen=True, tag="step"):
    """`step:SEQ`, for hosts: one sorting step that `undo` can name."""

    step: int
    did: str
    by: str
    touched: int
    undone: bool


AnyRow = (
    StageRow
    | ClockRow
    | AgendaRow
    | FocusRow
    | ScreenRow
    | ZoneRow
    | CountRow
    | NoteRow
    | MineRow
    | OriginRow
    | FilingRow
    | MutedRow
    | DoorRow
    | MeaningRow
    | ThemeRow
    | PlaceRow
    | TwinRow
    | ItemRow
    | EssentialRow
    | LinkRow
    | SaidRow
    | MatchRow
    | AnswerRow
    | AnswersRow
    | ReasonRow
    | PartRow
    | PickRow
    | OwnerRow
    | StepRow
    | VotesRow
    | TurnoutRow
    | BallotRow
    | TallyRow
    | FeelingRow
    | FeltRow
    | ConsentRow
    | WorryRow
    | OfferRow
    | HelpingRow
)
