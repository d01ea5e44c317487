"""What devices hold of the room's choice: dots, worries, offers to help."""

from msgspec import Struct

from sessions.domain.asks import Feel
from sessions.domain.rows.row import Row


class VotesRow(Row, frozen=True, tag="votes"):
    """The one row `votes`: the lines that are put to the vote now, and the dots that each person has.

    `round` counts the votes of this session. The dots themselves come in `tally`, once `revealed`.
    """

    round: int
    items: tuple[str, ...]
    budget: int
    open: bool
    revealed: bool


class TurnoutRow(Row, frozen=True, tag="turnout"):
    """The one row `turnout`, for walls and hosts: how many people have put a dot anywhere."""

    round: int
    people: int


class Dots(Struct, frozen=True):
    item: str
    dots: int


class BallotRow(Row, frozen=True, tag="ballot"):
    """Where a person's own dots lie, for that person alone."""

    round: int
    dots: tuple[Dots, ...]


class TallyRow(Row, frozen=True, tag="tally"):
    """`tally:ITEM`: all dots on a line. Nobody has it, hosts included, until all are shown at once."""

    item: str
    dots: int


class FeelingRow(Row, frozen=True, tag="feeling"):
    """What a person said of a line, for that person alone."""

    item: str
    feel: Feel
    why: str
    hands: int


class FeltRow(Row, frozen=True, tag="felt"):
    """`felt:ITEM`: how many people worry about a line, and how many ask not to do it. For hosts, and for
    everybody once a host shows it."""

    item: str
    worried: int
    stop: int


class ConsentRow(Row, frozen=True, tag="consent"):
    """The one row `consent`, once the room is shown how many worry about each line."""

    shown: bool


class WorryRow(Row, frozen=True, tag="worry"):
    """Why somebody worries about a line, for hosts alone; never who."""

    item: str
    feel: Feel
    why: str


class OfferRow(Row, frozen=True, tag="offer", omit_defaults=True):
    """Somebody would help start a line. For hosts, and for everybody once its owner agrees; `private`: this
    name is not agreed to."""

    item: str
    name: str
    private: bool = False


class HelpingRow(Row, frozen=True, tag="helping"):
    """A person's own offer, for that person alone."""

    item: str
    name: str
    agree: bool
