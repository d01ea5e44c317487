"""What is asked of must-haves: whether the room said them too, and what it says to them."""

from typing import Annotated

from msgspec import Meta, Struct

from sessions.domain.asks.ask import Ask, Words
from sessions.domain.choices import Answer
from sessions.domain.ids import Id, Name


class LinkEssential(Ask, frozen=True, tag="essential.link"):
    """Say that the room said this must-have too: in that pile, or (null) not after all."""

    essential: Name
    theme: Id | None


class MatchEssential(Ask, frozen=True, tag="essential.match"):
    """Say that these notes say the same as the must-have, or (`on` false) that they do not after all."""

    essential: Name
    notes: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=500)]
    on: bool = True


Raised = Annotated[int, Meta(ge=0, le=500)]


class ShowOfHands(Struct, frozen=True, forbid_unknown_fields=True):
    """How many of those that one device writes for gave which answer."""

    do: Raised = 0
    could: Raised = 0
    not_here: Raised = 0


class AnswerEssential(Ask, frozen=True, tag="essential.answer"):
    """What a person says to a must-have; without `answer` and `hands` they take it back.

    `id`: of this answer, so that its reason can be erased. `hands` counts people instead of one `answer`.
    """

    id: Id
    essential: Name
    answer: Answer | None = None
    because: Words = ""
    hands: ShowOfHands | None = None


EssentialAsk = LinkEssential | MatchEssential | AnswerEssential
