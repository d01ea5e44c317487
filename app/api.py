"""What pages ask for over HTTP: enter, open a workshop, join it, hand out links, end it."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.asking import answer
from app.house import House
from app.keys import in_threes, new_id, new_secret
from app.opening import NewSession, OpenedSession, open_session
from app.reception import (
    ORGANISER,
    Guest,
    Seat,
    admit,
    cookie_name,
    enter,
    find,
    hand_on,
    join,
    leave,
    make_link,
    require_organiser,
    reseat,
    secret_of,
)
from app.wording import known_language
from sessions.domain.asks import Ask, CloseSession, RenewCode, ReopenSession
from sessions.domain.messages import Asked, NotDone
from sessions.domain.refused import Refused
from sessions.domain.rights import Role

YEAR_SECONDS = 31_536_000

router = APIRouter(prefix="/api")

Short = Annotated[str, Field(max_length=80)]
Many = Annotated[int, Field(ge=1, le=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Secret(_In):
    secret: Annotated[str, Field(min_length=1, max_length=200)]


class Entered(BaseModel):
    role: str
    code: str | None
    url: str


class Joining(_In):
    """`people`: how many this phone is there for. `scribe`: it writes for others, from paper or as they talk.
    `language`: what its person reads, `cy`; one that there are no words in is the session's."""

    group: Short | None = None
    name: Short = ""
    people: Many = 1
    scribe: bool = False
    language: Language | None = None


class Joined(BaseModel):
    """`ticket` stands in for the cookie where cookies are blocked; empty for somebody who was here before."""

    participant: str
    group: str | None
    ticket: str


class Me(_In):
    """What is left out stays as it is; without a `group` (null) somebody sits in none."""

    group: Short | None = None
    people: Many = 1
    language: Language = ""


class NewLink(_In):
    role: Literal["facilitator", "wall"]
    label: Short = ""


class MadeLink(BaseModel):
    id: str
    url: str


class WayIn(BaseModel):
    """The code that lets people join, and where. `qr`: that address as a picture."""

    code: str
    code_shown: str
    join_url: str
    join_href: str
    qr: str


class NextDoor(BaseModel):
    """The code of today: the one that this phone came with may let nobody in by now."""

    code: str


class KnownLink(BaseModel):
    """`used`: when it was last opened, UTC ms."""

    id: str
    role: str
    label: str
    used: int | None


def house_of(request: Request) -> House:
    house: House = request.app.state.house
    return house


def browser_of(request: Request, response: Response) -> str:
    """This browser's secret; a new one comes with the answer as its cookie."""
    house = house_of(request)
    secret = secret_of(house, request)
    if secret is None:
        secret = new_secret()
    response.set_cookie(
        cookie_name(house),
        secret,
        max_age=YEAR_SECONDS,
        path="/",
        secure=house.addresses.is_https,
        httponly=True,
        samesite="lax",
    )
    return secret


@router.post("/enter")
async def enter_with_secret(request: Request, response: Response, wanted: Secret) -> Entered:
    """Swap the secret in a link's fragment for a grant of this browser."""
    house = house_of(request)
    role, session = await enter(house, browser_of(request, response), wanted.secret)
    if role == ORGANISER or session is None:
        return Entered(role=role, code=None, url="/start")
    code = (await house.register.codes(session.id))[-1]
    page = {"facilitator": "/facilitate", "wall": "/wall"}[role]
    return Entered(role=role, code=code, url=f"/s/{code}{page}")


@router.post("/sessions", status_code=201)
async def open_workshop(request: Request, wanted: NewSession) -> OpenedSession:
    """Open a workshop. For organisers: by cookie, or `Authorization: Bearer KEY`."""
    house = house_of(request)
    await require_organiser(house, request)
    session, code = await open_session(house, wanted)
    _, secret = await make_link(house, session, Role.FACILITATOR, "")
    return OpenedSession(
        id=session.id,
        code=in_threes(code),
        join_url=house.addresses.join(code),
        facilitate_url=house.addresses.session(code, "/facilitate", secret),
        wall_url=house.addresses.session(code, "/wall"),
    )


@router.delete("/sessions/{code}", status_code=204)
async def delete_workshop(request: Request, code: str) -> None:
    """Delete a session with everything in it, for good."""
    house = house_of(request)
    await require_organiser(house, request)
    session, _ = await find(house, request, code)
    await house.lobby.delete(session.id)


@router.post("/sessions/{code}/join")
async def join_workshop(request: Request, response: Response, code: str, wanted: Joining) -> Joined:
    """Let a phone in. The same browser stays the same person."""
    house = house_of(request)
    session, _ = await find(house, request, code)
    browser = browser_of(request, response)
    grant, ticket = await join(house, browser, session, Seat(**wanted.model_dump()))
    return Joined(participant=grant.person, group=wanted.group, ticket=ticket)


@router.patch("/sessions/{code}/me", response_model_exclude_unset=True)
async def change_me(request: Request, code: str, wanted: Me) -> Me:
    """Sit with another group, say how many this phone is there for, or read another language."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.PARTICIPANT)
    said = wanted.model_dump(exclude_unset=True)
    if "language" in said:
        said["language"] = known_language(wanted.language)
    await reseat(house, guest.hall, guest.grant, **said)
    return wanted


@router.post("/sessions/{code}/next")
async def next_person(request: Request, code: str) -> NextDoor:
    """Hand a shared phone on. Its next person joins anew; both are counted, and nothing leads back."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.PARTICIPANT)
    await hand_on(house, guest)
    return NextDoor(code=guest.code)


@router.post("/sessions/{code}/leave", status_code=204)
async def leave_workshop(request: Request, response: Response, code: str) -> None:
    """Leave, and take every trace off this device; notes that were saved stay in the workshop."""
    house = house_of(request)
    await leave(house, await admit(house, request, code, Role.PARTICIPANT))
    response.headers["clear-site-data"] = '"storage"'


@router.post("/sessions/{code}/links", status_code=201)
async def new_link(request: Request, code: str, wanted: NewLink) -> MadeLink:
    """A secret link for one more person. It is shown once, and kept as a hash."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    link, secret = await make_link(house, guest.session, wanted.role, wanted.label)
    page = "/facilitate" if wanted.role == "facilitator" else "/wall"
    return MadeLink(id=link.id, url=house.addresses.session(guest.code, page, secret))


@router.get("/sessions/{code}/links")
async def links(request: Request, code: str) -> list[KnownLink]:
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    known = await house.register.links_in(guest.session.id)
    return [KnownLink(id=each.id, role=each.role, label=each.label, used=each.used) for each in known]


@router.delete("/sessions/{code}/links/{link}", status_code=204)
async def revoke_link(request: Request, code: str, link: str) -> None:
    """End a link, and everybody whom it let in."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    if link not in {each.id for each in await house.register.links_in(guest.session.id)}:
        raise Refused("link.unknown")
    house.doors.end("grant.ended", *await house.register.revoke_link(link))


@router.get("/sessions/{code}/code")
async def way_in(request: Request, code: str) -> WayIn:
    """The code of today, for screens that still show the last one."""
    house = house_of(request)
    return way_into(house, (await admit(house, request, code, Role.WALL)).code)


@router.post("/sessions/{code}/code")
async def renew_way_in(request: Request, code: str) -> WayIn:
    """A new code. The old one lets nobody join any more, and changes nothing for those who are in."""
    guest = await _ask(request, code, lambda guest: RenewCode(guest.code))
    return way_into(house_of(request), (await house_of(request).register.codes(guest.session.id))[-1])


def way_into(house: House, code: str) -> WayIn:
    return WayIn(
        code=code,
        code_shown=in_threes(code),
        join_url=house.addresses.join_shown(code),
        join_href=house.addresses.join(code),
        qr=f"/s/{code}/qr.svg",
    )


@router.post("/sessions/{code}/close", status_code=204)
async def close_workshop(request: Request, code: str) -> None:
    """End the writing; lists and downloads stay until the session is deleted."""
    await _ask(request, code, lambda _: CloseSession())


@router.post("/sessions/{code}/reopen", status_code=204)
async def reopen_workshop(request: Request, code: str) -> None:
    await _ask(request, code, lambda _: ReopenSession())


async def _ask(request: Request, code: str, ask: Callable[[Guest], Ask]) -> Guest:
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    replied = await answer(house, guest, Asked(new_id(), ask(guest)))  # type: ignore[arg-type]
    if isinstance(replied, NotDone):
        raise Refused(replied.code, **({"retry_ms": replied.retry_ms} if replied.retry_ms else {}))
    return guest
