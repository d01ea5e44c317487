"""Reception: who is this browser, and what was it let in as?

A browser has one random cookie, kept here as a hash only. What it may do are grants: rows, made by a
join, by a secret link or by pairing, and gone when they are revoked. The path of a request picks the
role, so one browser can be wall, desk and phone at once.
"""

import asyncio
import hmac
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace
from starlette.requests import HTTPConnection

from app.house import House
from app.keys import hashed, is_secret, new_id, new_secret, plain_code
from app.wording import known_language
from sessions.domain.decide import Actor
from sessions.domain.plans import Plan
from sessions.domain.reach import Viewer
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.hall import Hall, Party
from sessions.store.register import Grant, Link, SessionRecord

ORGANISER = "organiser"
YEAR_MS = 31_536_000_000
WRONG_CODES = 30
"""A minute, from one address, before its codes go the slow lane."""
SLOW_LANE_SECONDS = 1.0

_INCLUDED = {
    Role.PARTICIPANT: (Role.PARTICIPANT,),
    Role.FACILITATOR: (Role.FACILITATOR,),
    Role.PRESENTER: (Role.FACILITATOR,),
    Role.WALL: (Role.WALL, Role.FACILITATOR),
}
"""A host's grant includes the wall."""


@dataclass(frozen=True)
class Guest:
    """Somebody who was let into a session, as one role."""

    session: SessionRecord
    code: str
    grant: Grant
    role: Role
    hall: Hall

    @property
    def actor(self) -> Actor:
        grant = self.grant
        return Actor(grant.person, self.role, grant.group, grant.people, grant.scribe)

    @property
    def viewer(self) -> Viewer:
        return Viewer(self.role, self.grant.person, self.grant.group)

    @property
    def plan(self) -> Plan:
        return self.hall.room.plan

    @property
    def language(self) -> str:
        """What this person reads; hosts and walls, what the session is held in."""
        return self.grant.language or self.session.language


class Seat(NamedTuple):
    """What somebody says of themselves who joins. `people`: how many this phone is there for; a `scribe`
    writes for others. `language`: what they read."""

    group: str | None = None
    name: str = ""
    people: int = 1
    scribe: bool = False
    language: str | None = None


def cookie_name(house: House) -> str:
    return "__Host-eutopia" if house.addresses.is_https else "eutopia"


def secret_of(house: House, connection: HTTPConnection) -> str | None:
    """The browser's own secret, if it has one that we may have made."""
    secret = connection.cookies.get(cookie_name(house), "")
    return secret if is_secret(secret) else None


def bearer_of(connection: HTTPConnection) -> str | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def find(
    house: House, connection: HTTPConnection, typed: str, ticket: str | None = None
) -> tuple[SessionRecord, str]:
    """The session of a code, however it was typed, and the code that leads there today. Raises Refused.

    Whoever is inside may go on by the code they came with, when another has taken its place.
    Wrong codes are metered by address. A venue shares one, so a right code is never refused for them:
    where too many were wrong, each is looked up a little later.
    """
    address = connection.client.host if connection.client else ""
    code = plain_code(typed)
    slow = house.limits.owing("code", address)
    if slow:
        await asyncio.sleep(SLOW_LANE_SECONDS)
    session = await house.register.session_of_code(code) if code else None
    if session is None and code is not None:
        session = await house.register.session_of_old_code(code)
        if session is not None and await _is_inside(house, connection, session, ticket):
            code = (await house.register.codes(session.id))[-1]
        else:
            session = None
    if session is None or code is None or session.delete_by <= house.clock():
        house.limits.owe("code", address, WRONG_CODES, WRONG_CODES)
        raise Refused("code.slow_down", retry_ms=60_000) if slow else Refused("code.unknown")
    return session, code


async def _is_inside(
    house: House, connection: HTTPConnection, session: SessionRecord, ticket: str | None
) -> bool:
    ticket, secret = ticket or bearer_of(connection), secret_of(house, connection)
    holder = await house.register.grant_of_ticket(hashed(ticket)) if ticket is not None else None
    held = [*(await _grants(house, secret) if secret is not None else ()), *((holder,) if holder else ())]
    return any(grant.session == session.id for grant in held) or await is_organiser(house, connection)


async def is_organiser(house: House, connection: HTTPConnection) -> bool:
    token, secret = bearer_of(connection), secret_of(house, connection)
    if token is not None and hmac.compare_digest(hashed(token), hashed(house.organiser_key)):
        return True
    return secret is not None and any(grant.role == ORGANISER for grant in await _grants(house, secret))


async def require_organiser(house: House, connection: HTTPConnection) -> None:
    if not await is_organiser(house, connection):
        raise Refused("grant.missing")


async def admit(
    house: House, connection: HTTPConnection, typed: str, role: Role, ticket: str | None = None
) -> Guest:
    """Let a browser into a session in this role. Raises Refused."""
    session, code = await find(house, connection, typed, ticket)
    grant = await _grant(house, connection, session, role, ticket)
    if grant is None:
        raise Refused("grant.missing")
    return Guest(session, code, grant, role, await house.lobby.hall(session))


async def _grant(
    house: House, connection: HTTPConnection, session: SessionRecord, role: Role, ticket: str | None
) -> Grant | None:
    ticket = ticket or bearer_of(connection)
    if ticket is not None:
        holder = await house.register.grant_of_ticket(hashed(ticket))
        if holder is not None and holder.session == session.id and holder.role in _INCLUDED[role]:
            return holder
    secret = secret_of(house, connection)
    if secret is None:
        return None
    # As what it was let in for, where it is more: a paired screen in the browser of a host is that screen.
    held = sorted(await _grants(house, secret), key=lambda grant: grant.role != role)
    for grant in held:
        if grant.session == session.id and grant.role in _INCLUDED[role]:
            return grant
    if role is not Role.PARTICIPANT:
        return next((grant for grant in held if grant.role == ORGANISER), None)
    return None


async def _grants(house: House, secret: str) -> list[Grant]:
    now = house.clock()
    held = await house.register.grants(hashed(secret))
    return [grant for grant in held if grant.until is None or grant.until > now]


async def enter(house: House, browser: str, secret: str) -> tuple[str, SessionRecord | None]:
    """Swap a link's secret for a grant: the role, and the session it leads to. Raises Refused."""
    now = house.clock()
    if hmac.compare_digest(hashed(secret), hashed(house.organiser_key)):
        if not any(grant.role == ORGANISER for grant in await _grants(house, browser)):
            await house.register.add_grant(_new(browser, ORGANISER, now, None, until=now + YEAR_MS))
        return ORGANISER, None
    link = await house.register.link_of_secret(hashed(secret))
    session = await house.register.session(link.session) if link else None
    if link is None or session is None:
        raise Refused("secret.unknown")
    await house.register.use_link(link.id, now)
    if not any(grant.link == link.id for grant in await _grants(house, browser)):
        await house.register.add_grant(_new(browser, link.role, now, session.id, link=link.id))
    return link.role, session


async def join(house: House, browser: str, session: SessionRecord, seat: Seat) -> tuple[Grant, str]:
    """Let a phone in, once: it stays the same person after sleep, refresh and in a second tab.

    The ticket is for pages whose cookies are blocked. Raises Refused.
    """
    # Pressed twice: the second comes in as the first.
    async with house.joining.setdefault(browser, asyncio.Lock()):
        return await _join(house, browser, session, seat)


async def _join(house: House, browser: str, session: SessionRecord, seat: Seat) -> tuple[Grant, str]:
    hall = await house.lobby.hall(session)
    _known_group(hall, seat.group)
    for grant in await _grants(house, browser):
        if _is_person_of(grant, session):
            await reseat(house, hall, grant, group=seat.group)
            return grant, ""
    if hall.room.board.closed:
        raise Refused("session.closed")
    if hall.room.board.locked:
        raise Refused("session.locked")
    if len(hall.joined) >= house.settings.phones:
        raise Refused("session.crowded", retry_ms=30_000)
    ticket = new_secret()
    language = None if seat.language == session.language else known_language(seat.language)
    about = seat._replace(language=language)._asdict()
    grant = _new(browser, Role.PARTICIPANT, house.clock(), session.id, **about, ticket=hashed(ticket))
    await house.register.add_grant(grant)
    hall.joined[grant.person] = Party(seat.group, seat.people)
    return grant, ticket


def _is_person_of(grant: Grant, session: SessionRecord) -> bool:
    return grant.session == session.id and grant.role == Role.PARTICIPANT


async def reseat(house: House, hall: Hall, grant: Grant, **said: object) -> Grant:
    """Seat a person with another `group`, for other `people`, or in another `language`; their notes stay as
    they were written. Raises Refused."""
    seat: Grant = replace(grant, **said)
    if seat == grant:
        return grant
    _known_group(hall, seat.group)
    await house.register.set_seat(seat)
    hall.joined[grant.person] = Party(seat.group, seat.people)
    # The phone comes back: another group is another view, answered from 0, and a seat knows its people.
    house.doors.end("view.changed", grant.id)
    return seat


def _known_group(hall: Hall, group: str | None) -> None:
    if group is not None and group not in {each.id for each in hall.room.plan.groups}:
        raise Refused("group.unknown")


async def leave(house: House, guest: Guest) -> None:
    await house.register.revoke(guest.grant.id)
    guest.hall.joined.pop(guest.actor.id, None)
    house.doors.end("grant.ended", guest.grant.id)


async def show_out(house: House, hall: Hall, person: str) -> None:
    """End this person's place in the room, in every tab. Their notes stay."""
    hall.joined.pop(person, None)
    places = [each.id for each in await house.register.grants_in(hall.room.id) if each.person == person]
    for grant in places:
        await house.register.revoke(grant)
    house.doors.end("seat.removed", *places)


async def hand_on(house: House, guest: Guest) -> None:
    """Somebody else writes on this phone from now on. Who did so far stays counted, and is closed."""
    await house.register.let_go(guest.grant.id)
    house.doors.end("person.changed", guest.grant.id)


async def make_link(house: House, session: SessionRecord, role: str, label: str) -> tuple[Link, str]:
    secret = new_secret()
    link = Link(new_id(), hashed(secret), session.id, role, label, house.clock())
    await house.register.add_link(link)
    return link, secret


async def let_screen_in(house: House, browser: str, session: SessionRecord) -> Grant:
    """Make a paired screen a wall of this session: once, however often its letters were typed."""
    for grant in await _grants(house, browser):
        if (grant.session, grant.role, grant.link) == (session.id, Role.WALL, None):
            return grant
    grant = _new(browser, Role.WALL, house.clock(), session.id)
    await house.register.add_grant(grant)
    return grant


def _new(browser: str, role: str, made: int, session: str | None, **more: object) -> Grant:
    return Grant(new_id(), hashed(browser), str(role), made, session, new_id(), **more)  # type: ignore[arg-type]
