"""What a host did with the moment: stage, minutes, clock, what is open, and what screens show."""

from msgspec import Struct

from sessions.domain.choices import Made, Manner
from sessions.domain.facts.fact import Fact, Plain


class StageOpened(Fact, frozen=True, tag="stage.opened"):
    stage: Plain


class StageReturned(Fact, frozen=True, tag="stage.returned"):
    pass


class StageMinutes(Struct, frozen=True):
    stage: Plain
    minutes: int


class AgendaSet(Fact, frozen=True, tag="agenda.set"):
    """`stop`: UTC ms."""

    stop: int | None
    minutes: tuple[StageMinutes, ...]
    left_out: tuple[Plain, ...]


class PhonesDimmed(Fact, frozen=True, tag="phones.dimmed"):
    on: bool


class SpotlightSet(Fact, frozen=True, tag="spotlight.set"):
    of: Plain | None


class PicksCalled(Fact, frozen=True, tag="picks.called"):
    """How many notes each group sends up in this stage, whatever the plan says; 0: as the plan has it."""

    stage: Plain
    most: int


class ZoneLit(Fact, frozen=True, tag="zone.lit"):
    zone: Plain | None


class ZoneRevealed(Fact, frozen=True, tag="zone.revealed"):
    zone: Plain


class ZoneLocked(Fact, frozen=True, tag="zone.locked"):
    zone: Plain


class ZoneUnlocked(Fact, frozen=True, tag="zone.unlocked"):
    zone: Plain


class MadeShown(Fact, frozen=True, tag="sorting.shown"):
    what: Made


class TimerSet(Fact, frozen=True, tag="timer.set"):
    """Running: `ends`, UTC ms. Paused: `left`, ms. Off: neither."""

    ends: int | None
    left: int | None


class WallBlanked(Fact, frozen=True, tag="wall.blanked"):
    on: bool


class WallShown(Fact, frozen=True, omit_defaults=True, tag="wall.shown"):
    """`cleared`: what was shown big made way for it. At first it stayed."""

    manner: Manner
    of: Plain | None
    page: int
    cleared: bool = False


class SessionClosed(Fact, frozen=True, tag="session.closed"):
    pass


class SessionReopened(Fact, frozen=True, tag="session.reopened"):
    pass


MomentFact = (
    StageOpened
    | StageReturned
    | AgendaSet
    | PhonesDimmed
    | SpotlightSet
    | PicksCalled
    | ZoneLit
    | ZoneRevealed
    | ZoneLocked
    | ZoneUnlocked
    | MadeShown
    | TimerSet
    | WallBlanked
    | WallShown
    | SessionClosed
    | SessionReopened
)
