"""What happened to must-haves."""

from msgspec import Struct

from sessions.domain.choices import Answer, Why
from sessions.domain.facts.fact import Fact, Plain, Words
from sessions.domain.facts.sorting import Sorted


class EssentialLinked(Sorted, frozen=True, tag="essential.linked"):
    pass


class EssentialMatched(Sorted, frozen=True, tag="essential.matched"):
    """The registers are of (note, must-have): `yes`, or nothing."""


class Hands(Struct, frozen=True, omit_defaults=True):
    """People, by what they say to a must-have."""

    do: int = 0
    could: int = 0
    not_here: int = 0


class EssentialAnswered(Fact, frozen=True, tag="essential.answered", omit_defaults=True):
    """`because`: empty once it is erased, null where nothing was said. `why`: the hint that the reason may
    name or hurt someone. `people`: how many the device writes for; `hands`: how they were counted."""

    id: Plain
    essential: Plain
    answer: Answer | None = None
    because: Words | None = None
    why: Why | None = None
    people: int = 1
    hands: Hands | None = None


EssentialFact = EssentialLinked | EssentialMatched | EssentialAnswered
