"""What a host asks of this moment: stage, minutes, clock, what is open, and what screens show."""

from typing import Annotated

from msgspec import Meta, Struct

from sessions.domain.asks.ask import Ask
from sessions.domain.choices import Made, Manner
from sessions.domain.ids import Address, Name, Shown

By = Annotated[int, Meta(ge=1, le=2**53 - 1)]
"""The moment (UTC ms) after which nobody wants it any more: what moves a room late surprises it."""


class OpenStage(Ask, frozen=True, tag="stage.open", omit_defaults=True):
    stage: Name
    by: By | None = None


class ReturnStage(Ask, frozen=True, tag="stage.return", omit_defaults=True):
    """Undo the last opening of a stage, within ten seconds: stage, clock and screens are as they were.

    What opening it brought into the open stays there: people have read it.
    """

    by: By | None = None


class Minutes(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a stage takes today, where that is not what the plan says."""

    stage: Name
    minutes: Annotated[int, Meta(ge=0, le=240)]


class SetAgenda(Ask, frozen=True, tag="agenda.set"):
    """When we stop (UTC ms; null: when the plan's minutes are over), and what is other than in the plan."""

    stop: Annotated[int, Meta(ge=0, le=2**53 - 1)] | None
    minutes: Annotated[tuple[Minutes, ...], Meta(max_length=40)] = ()
    left_out: Annotated[tuple[Name, ...], Meta(max_length=40)] = ()


class LookUp(Ask, frozen=True, tag="phones.look_up"):
    """Dim every phone, whatever the stage asks of it; what is being written is kept."""

    on: bool


class SetSpotlight(Ask, frozen=True, tag="spotlight.set"):
    """Show one note, line or must-have (`essential:NAME`) big on every screen (`of` null: none)."""

    of: Shown | None


class CallPicks(Ask, frozen=True, tag="picks.call"):
    """Ask each group, in the stage that is open, to send up so many of its notes; 0: as the plan has it."""

    most: Annotated[int, Meta(ge=0, le=12)]


class LightZone(Ask, frozen=True, tag="zone.light"):
    """Walk the rows: light one zone of the board; the others stay open. Null: none."""

    zone: Address | None


class RevealZone(Ask, frozen=True, tag="zone.reveal"):
    zone: Address


class LockZone(Ask, frozen=True, tag="zone.lock"):
    zone: Address


class UnlockZone(Ask, frozen=True, tag="zone.unlock"):
    zone: Address


class ShowMade(Ask, frozen=True, tag="sorting.show"):
    """Let the room read the piles, or the list, before a stage does: they are made before its eyes."""

    what: Made


class SetTimer(Ask, frozen=True, tag="timer.set"):
    """Count down from now; 0 takes the clock away."""

    seconds: Annotated[int, Meta(ge=0, le=14_400)]


class AddTime(Ask, frozen=True, tag="timer.add"):
    seconds: Annotated[int, Meta(ge=-3_600, le=3_600)]


class PauseTimer(Ask, frozen=True, tag="timer.pause"):
    pass


class ResumeTimer(Ask, frozen=True, tag="timer.resume"):
    pass


class BlankWall(Ask, frozen=True, tag="wall.blank"):
    on: bool


class ShowWall(Ask, frozen=True, tag="wall.show"):
    """Turn the wall to the whole of its stage, to a page (from 0) of one zone or pile (`of`), to one line of
    the open list, to the last twenty notes in no pile, by number, or to the dots that were shown. Asked for
    again the notes keep their numbers. What is shown big makes way."""

    manner: Manner
    of: Annotated[str, Meta(max_length=81)] | None = None
    page: Annotated[int, Meta(ge=0, le=1_000)] = 0


class CloseSession(Ask, frozen=True, tag="session.close", omit_defaults=True):
    by: By | None = None


class ReopenSession(Ask, frozen=True, tag="session.reopen"):
    pass


MomentAsk = (
    OpenStage
    | ReturnStage
    | SetAgenda
    | LookUp
    | SetSpotlight
    | CallPicks
    | LightZone
    | RevealZone
    | LockZone
    | UnlockZone
    | ShowMade
    | SetTimer
    | AddTime
    | PauseTimer
    | ResumeTimer
    | BlankWall
    | ShowWall
    | CloseSession
    | ReopenSession
)
