"""Rehearse a workshop: a room of its own on the same plan, with pretend people, and nothing left of it."""

import secrets
from datetime import timedelta

from fastapi import APIRouter, Request
from msgspec.structs import replace
from pydantic import BaseModel

from app.addresses import doorstep
from app.api import _In, house_of
from app.crowd import Crowd, Pace, so_many
from app.house import House
from app.keys import new_id
from app.opening import register_session
from app.reception import Guest, admit, find, is_organiser, make_link
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.domain.text import TITLE
from sessions.store.register import SessionRecord

KEEP = timedelta(hours=11)
"""With the hour that may pass until it is seen, what is left behind is gone within twelve."""
OPEN_MOST = 8
BUSY_SEATS = 250
"""With so many real devices in its rooms, the server has no time for pretend ones."""

router = APIRouter(prefix="/api/sessions/{code}/rehearsal")


class OpenedRehearsal(BaseModel):
    """`url`: the facilitator's page of the rehearsal, with the secret that lets this browser in."""

    code: str
    url: str


class Left(BaseModel):
    """`url`: where to go on."""

    url: str


class Bringing(_In):
    pace: Pace = Pace.CALM


class PretendPeople(BaseModel):
    """`most`: how many there are to come. No `pace`: none were brought."""

    here: int
    most: int
    pace: Pace | None = None


@router.post("", status_code=201)
async def rehearse(request: Request, code: str) -> OpenedRehearsal:
    """Open a rehearsal of this workshop, or the one that is open already. It is deleted when it is left."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    if guest.session.rehearsal:
        raise Refused("rehearsal.already")
    session, own_code = await _known(house, guest.session) or await _new(house, guest.session)
    _, secret = await make_link(house, session, Role.FACILITATOR, "")
    return OpenedRehearsal(code=own_code, url=f"/s/{own_code}/facilitate#{secret}")


@router.get("")
async def pretend_people(request: Request, code: str) -> PretendPeople:
    house = house_of(request)
    return _people(house, await _rehearser(house, request, code))


@router.post("/people")
async def bring_people(request: Request, code: str, wanted: Bringing) -> PretendPeople:
    """Bring pretend people in, or have those who are here write at another pace."""
    house = house_of(request)
    guest = await _rehearser(house, request, code)
    rehearsals = house.rehearsals
    if rehearsals.crowd(guest.session.id) is None and house.lobby.seats() - rehearsals.here > BUSY_SEATS:
        raise Refused("rehearsal.crowded", retry_ms=60_000)
    crowd = rehearsals.bring(
        guest.session.id, lambda people: _crowd(house, guest, people), so_many(guest.plan)
    )
    crowd.pace = wanted.pace
    return _people(house, guest)


@router.delete("/people")
async def send_people_home(request: Request, code: str) -> PretendPeople:
    house = house_of(request)
    guest = await _rehearser(house, request, code)
    await house.rehearsals.send_home(guest.session.id)
    return _people(house, guest)


@router.delete("")
async def leave_rehearsal(request: Request, code: str) -> Left:
    """Delete the rehearsal with everything in it, and send everybody out."""
    house = house_of(request)
    guest = await _rehearser(house, request, code)
    workshop = house.rehearsals.workshops.get(guest.session.id)
    organiser = await is_organiser(house, request)
    await _end(house, guest.session.id)
    back = next((code for each, code in await house.register.sessions() if each.id == workshop), None)
    return Left(url=f"/s/{back}/facilitate" if back else "/sessions" if organiser else "/")


async def _rehearser(house: House, request: Request, code: str) -> Guest:
    """The host of a rehearsal. What is for rehearsals alone must never reach a workshop. Raises Refused."""
    session, _ = await find(house, request, code)
    if not session.rehearsal:
        raise Refused("rehearsal.unknown")
    return await admit(house, request, code, Role.FACILITATOR)


async def _known(house: House, workshop: SessionRecord) -> tuple[SessionRecord, str] | None:
    """The rehearsal of this workshop that is open, so that a second press does not open a second."""
    id = house.rehearsals.of(workshop.id)
    known = await house.register.sessions() if id else []
    return next((each for each in known if each[0].id == id and each[0].delete_by > house.clock()), None)


async def _new(house: House, workshop: SessionRecord) -> tuple[SessionRecord, str]:
    await _make_room(house)
    now = house.clock()
    words = house.words(workshop.language)
    session = replace(
        workshop,
        id=new_id(),
        title=words.say("rehearsal.title", title=workshop.title)[:TITLE],
        salt=secrets.token_bytes(16),
        made=now,
        delete_by=now + int(KEEP.total_seconds() * 1000),
        closed=None,
        programme=None,
        rehearsal=True,
    )
    code = await register_session(house.register, session)
    house.rehearsals.workshops[session.id] = workshop.id
    return session, code


async def _make_room(house: House) -> None:
    """Those whom nobody looks at make room for a new one, the oldest first. Raises Refused."""
    opened = [session for session, _ in await house.register.sessions() if session.rehearsal]
    over = len(opened) - OPEN_MOST + 1
    for session in reversed(opened):
        if over > 0 and not (await house.lobby.hall(session)).is_watched:
            await _end(house, session.id)
            over -= 1
    if over > 0:
        raise Refused("rehearsal.crowded", retry_ms=60_000)


async def _end(house: House, rehearsal: str) -> None:
    await house.rehearsals.send_home(rehearsal)
    house.rehearsals.workshops.pop(rehearsal, None)
    await house.lobby.delete(rehearsal)


def _crowd(house: House, guest: Guest, people: int) -> Crowd:
    origin = doorstep(house.settings.host, house.settings.port)
    return Crowd(origin, guest.code, guest.plan, people, lambda: guest.hall.is_watched)


def _people(house: House, guest: Guest) -> PretendPeople:
    crowd = house.rehearsals.crowd(guest.session.id)
    if crowd is None:
        return PretendPeople(here=0, most=so_many(guest.plan))
    return PretendPeople(here=crowd.here, most=crowd.people, pace=crowd.pace)
