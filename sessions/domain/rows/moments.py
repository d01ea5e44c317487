"""Rows of this moment: stage, clock, what is open and what screens show."""

from sessions.domain.choices import Manner, Sees
from sessions.domain.facts import StageMinutes
from sessions.domain.rows.row import Row


class StageRow(Row, frozen=True, tag="stage", omit_defaults=True):
    """The one row `stage`. No stage yet: people are still arriving. `late_until`: when the last late note is
    taken, UTC ms. `picks`: how many notes each group sends up, where a host has said another number than
    the plan."""

    stage: str | None
    opened: int | None
    closed: bool
    late_until: int | None = None
    picks: int | None = None


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


class ScreenRow(Row, frozen=True, tag="screen", omit_defaults=True):
    """The one row `screen`, for walls and hosts. `of` is a zone's address, or the id of a pile or a line.
    `left`: the notes that are shown by number, the first being number 1; empty where one has found its
    pile. `waits`: none of those stands, and others still wait for a pile."""

    blank: bool
    manner: Manner
    of: str | None
    page: int
    left: tuple[str, ...] = ()
    waits: bool = False


class ZoneRow(Row, frozen=True, tag="zone"):
    """A zone by its address, `matrix.social`."""

    sees: Sees
    locked: bool


class CountRow(Row, frozen=True, tag="count"):
    """`count:ADDRESS`, for walls and hosts: notes that are or will be shown, so blank cards can be drawn."""

    zone: str
    notes: int


class PublicRow(Row, frozen=True, tag="public"):
    """The one row `public`, for screens, once there is anything: what the room may read by now, for good."""

    essentials: bool
    themes: bool
    items: bool


class DoorRow(Row, frozen=True, tag="door"):
    """The one row `door`, for screens, once anybody has touched it: whether somebody new may come in, and how
    often the code was renewed. The code itself is asked for."""

    locked: bool
    codes: int
