"""What the room chose: dots, worries, and offers to help."""

from sessions.domain.choices import Feel
from sessions.domain.facts.fact import Fact, Plain, Words


class VotesOpened(Fact, frozen=True, tag="votes.opened"):
    items: tuple[Plain, ...]
    budget: int


class VotesClosed(Fact, frozen=True, tag="votes.closed"):
    pass


class VotesReopened(Fact, frozen=True, tag="votes.reopened"):
    pass


class VotesRevealed(Fact, frozen=True, omit_defaults=True, tag="votes.revealed"):
    """`wall`: it turned to the dots, whatever it showed. At first it did not."""

    wall: bool = False


class VoteCast(Fact, frozen=True, omit_defaults=True, tag="vote.cast"):
    """`people`: how many voted on this device."""

    item: Plain
    dots: int
    people: int = 1


class LineFelt(Fact, frozen=True, omit_defaults=True, tag="line.felt"):
    """`why`: null if nothing was said, empty once it is erased. `instead`: what this person said before."""

    id: Plain
    item: Plain
    feel: Feel
    why: Words | None = None
    hands: int = 1
    instead: Plain | None = None


class FeelingsShown(Fact, frozen=True, tag="feelings.shown"):
    pass


class LineHelped(Fact, frozen=True, omit_defaults=True, tag="line.helped"):
    """`name`: null if none was given, empty once it is erased. `instead`: this person's offer before."""

    id: Plain
    item: Plain
    name: Words | None = None
    agree: bool = False
    instead: Plain | None = None


class HelpTakenBack(Fact, frozen=True, tag="help.taken_back"):
    id: Plain


ChoosingFact = (
    VotesOpened
    | VotesClosed
    | VotesReopened
    | VotesRevealed
    | VoteCast
    | LineFelt
    | FeelingsShown
    | LineHelped
    | HelpTakenBack
)
