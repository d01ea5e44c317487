"""The register: which sessions there are, the codes that lead to them, and who was let in as what.

Secrets come here as hashes only. No address, user agent or device id is ever kept.
"""

from typing import Protocol

from msgspec import Struct


class SessionRecord(Struct, frozen=True):
    """A workshop being held. `plan`: JSON of the plan it uses; times are UTC ms."""

    id: str
    title: str
    aim: str
    host: str
    contact: str
    language: str
    time_zone: str
    plan: bytes
    salt: bytes
    made: int
    delete_by: int
    closed: int | None = None
    programme: str | None = None
    rehearsal: bool = False


class Grant(Struct, frozen=True):
    """One browser, let into one session (none: into the organiser's pages) as one role.

    `person` is a random id and the only one that facts carry; a name, if any was given, stays here.
    `people`: how many this device writes for; a `scribe` writes for others than itself. `language`: what the
    person reads, where that is not the session's.
    """

    id: str
    browser: bytes
    role: str
    made: int
    session: str | None = None
    person: str = ""
    group: str | None = None
    name: str = ""
    people: int = 1
    scribe: bool = False
    language: str | None = None
    ticket: bytes | None = None
    link: str | None = None
    until: int | None = None


class Link(Struct, frozen=True):
    """A secret link of one person: reusable, revocable, and nobody's but theirs."""

    id: str
    secret: bytes
    session: str
    role: str
    label: str
    made: int
    used: int | None = None


class Host(Struct, frozen=True):
    """Who ran a session, as far as it is known: the label of the link they came by; none for an organiser."""

    person: str
    role: str
    label: str = ""


class Register(Protocol):
    async def add_session(self, session: SessionRecord, code: str) -> None:
        """Raises CodeTaken, and then nothing was added."""

    async def session(self, id: str) -> SessionRecord | None: ...

    async def session_of_code(self, code: str) -> SessionRecord | None: ...

    async def session_of_old_code(self, code: str) -> SessionRecord | None:
        """Of a code that another has taken the place of."""

    async def codes(self, session: str) -> list[str]:
        """All it ever had, the oldest first: the last one is the way in."""

    async def renew_code(self, session: str, old: str, new: str, at: int) -> None:
        """Put a new code in the place of `old`; nothing, if that is not the way in. Raises CodeTaken."""

    async def sessions(self) -> list[tuple[SessionRecord, str]]:
        """All of them with their codes, the newest first."""

    async def set_closed(self, session: str, at: int | None) -> None: ...

    async def delete_session(self, session: str) -> None:
        """With its log, codes, grants and links."""

    async def overdue(self, now: int) -> list[str]:
        """Sessions whose delete-by date has passed."""

    async def add_grant(self, grant: Grant) -> None: ...

    async def grants(self, browser: bytes) -> list[Grant]:
        """The grants of a browser that still hold."""

    async def grant_of_ticket(self, ticket: bytes) -> Grant | None: ...

    async def grants_in(self, session: str) -> list[Grant]: ...

    async def hosts(self, session: str) -> list[Host]:
        """Everybody who ever had a host's place in it, and all organisers: those too whose link has ended."""

    async def set_seat(self, grant: Grant) -> None:
        """Keep the group, the people and the language that this grant has now."""

    async def let_go(self, grant: str) -> None:
        """The person stays counted, and no browser and no ticket leads to them any more."""

    async def revoke(self, grant: str) -> None: ...

    async def add_link(self, link: Link) -> None: ...

    async def link_of_secret(self, secret: bytes) -> Link | None: ...

    async def links_in(self, session: str) -> list[Link]: ...

    async def use_link(self, link: str, at: int) -> None: ...

    async def revoke_link(self, link: str) -> list[str]:
        """Revoke the link and every grant made by it; returns those grants' ids."""


class CodeTaken(Exception):
    """Another session has this code."""
