"""The wire: one JSON object a frame, the same over the socket and over plain HTTP."""

from typing import Annotated, Any

from msgspec import Meta, Raw, Struct

from sessions.domain.asks import AnyAsk
from sessions.domain.ids import Key
from sessions.domain.rights import Role

PROTOCOL = 1

Seq = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Witness(Struct, frozen=True, forbid_unknown_fields=True):
    """The highest pair a device was given: how a server that forgot finds out."""

    seq: Seq
    mark: Annotated[str, Meta(max_length=32)]


class Hello(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="hello", rename={"as_": "as"}
):
    """The first frame of a device: which view it wants and up to where it already knows it."""

    protocol: int
    as_: Role
    since: Seq = 0
    witness: Witness | None = None
    view: Annotated[str, Meta(max_length=64)] | None = None
    ticket: Annotated[str, Meta(max_length=64)] | None = None


class Asked(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="ask"):
    key: Key
    ask: AnyAsk


class Beat(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="beat"):
    """Sent every 15 seconds, with the highest `to` the device has applied."""

    seen: Seq


FromDevice = Hello | Asked | Beat


class You(Struct, frozen=True, omit_defaults=True):
    """`people`: how many this device is there for; a `scribe` writes for others."""

    role: Role
    id: str
    group: str | None
    people: int = 1
    scribe: bool = False


class Welcome(Struct, frozen=True, tag_field="type", tag="welcome"):
    """`view` names what this seat may see; a device that knew another view is answered from 0.

    `session` is the `SessionCard` of `sessions.domain.plans`, cut to what the role may read. `screen`: a wall
    is connected, so that there is something to look up at.
    """

    protocol: int
    seq: int
    time: int
    view: str
    you: You
    session: Any
    screen: bool = False


class Change(Struct, frozen=True, tag_field="type", tag="change", rename={"from_": "from"}):
    """Rows to put and ids to drop, taking a device from `from` to `to`. `from` 0 replaces everything."""

    from_: int
    to: int
    mark: str
    put: list[Raw]
    drop: list[str]


class Done(Struct, frozen=True, tag_field="type", tag="done"):
    """The ask is committed and flushed: it may be called saved."""

    key: str
    seq: int
    mark: str


class NotDone(Struct, frozen=True, tag_field="type", tag="refused", omit_defaults=True):
    """Nothing was applied. `retry_ms`: try the same key again then."""

    key: str | None
    code: str
    message: str
    retry_ms: int | None = None


class Now(Struct, frozen=True, tag_field="type", tag="now", omit_defaults=True):
    """At most one a second, and it may be lost. `time` UTC ms; people who joined, of them those in touch now,
    those who wrote and those who did not yet; groups that somebody joined from. `silent`, for hosts alone:
    groups that have not written on the boards of this stage yet. `returned`: people whose device knew more
    than this server has. `trouble`: the code of why nothing can be written just now. `screen`: as in the
    welcome."""

    time: int
    joined: int
    here: int
    done: int
    waiting: int
    groups: int
    returned: int = 0
    trouble: str | None = None
    silent: tuple[str, ...] = ()
    screen: bool = False


class Going(Struct, frozen=True, tag_field="type", tag="going", omit_defaults=True):
    """The server is about to end this socket, and why."""

    code: str
    message: str
    retry_ms: int | None = None


FromServer = Welcome | Change | Done | NotDone | Now | Going
