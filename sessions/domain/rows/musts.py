"""Rows of must-haves: which notes said them first, and what people say to them."""

from sessions.domain.choices import Answer, Why
from sessions.domain.facts import Hands
from sessions.domain.rows.row import Row


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
