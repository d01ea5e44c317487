"""What is asked when the room chooses: dots, worries, and who would help start a line."""

from typing import Annotated

from msgspec import Meta

from sessions.domain.asks.ask import Ask, Words
from sessions.domain.choices import Feel
from sessions.domain.ids import Id

Hands = Annotated[int, Meta(ge=1, le=60)]
"""People of one device who feel the same: a table, or a scribe who counts hands."""


class OpenVotes(Ask, frozen=True, tag="votes.open"):
    """Put these lines to the vote afresh, with so many dots for each person."""

    items: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=12)]
    budget: Annotated[int, Meta(ge=1, le=12)]


class CloseVotes(Ask, frozen=True, tag="votes.close"):
    pass


class ReopenVotes(Ask, frozen=True, tag="votes.reopen"):
    pass


class RevealVotes(Ask, frozen=True, tag="votes.reveal"):
    """Show all dots to everybody at once, hosts included; no vote is taken after that."""


class CastVote(Ask, frozen=True, tag="vote.cast"):
    """So many dots on a line, in place of what was there. `round`: the vote that is meant, so that a phone
    that was away does not vote in the next one."""

    item: Id
    dots: Annotated[int, Meta(ge=0, le=180)]
    round: Annotated[int, Meta(ge=1)] | None = None


class FeelLine(Ask, frozen=True, tag="line.feel"):
    """Say how a line sits with you, in place of what you said before. Silence is consent."""

    id: Id
    item: Id
    feel: Feel
    why: Words = ""
    hands: Hands = 1


class ShowFeelings(Ask, frozen=True, tag="feelings.show"):
    """Let the room see how many worry about each line; the reasons stay with hosts."""


class HelpLine(Ask, frozen=True, tag="line.help"):
    """Offer to help start a line. The room sees the name only if its owner agrees."""

    id: Id
    item: Id
    name: Words = ""
    agree: bool = False


class TakeBackHelp(Ask, frozen=True, tag="help.take_back"):
    id: Id


ChoosingAsk = (
    OpenVotes
    | CloseVotes
    | ReopenVotes
    | RevealVotes
    | CastVote
    | FeelLine
    | ShowFeelings
    | HelpLine
    | TakeBackHelp
)
