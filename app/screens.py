"""Screens of a session: connect one by its four letters, see which there are, disconnect one."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.api import browser_of, house_of
from app.house import House
from app.reception import admit, let_screen_in, secret_of
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.store.register import Grant, SessionRecord

router = APIRouter(prefix="/api")


class Letters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    letters: Annotated[str, Field(min_length=1, max_length=12)]


class Waiting(BaseModel):
    letters: str
    wall_url: str | None = None


class Paired(BaseModel):
    """`screen`: its name among the screens of the session."""

    paired: bool
    screen: str


class Screen(BaseModel):
    """`paired`: when its letters were typed, UTC ms. `here`: it is listening now."""

    id: str
    paired: int
    here: bool


@router.post("/pair")
async def show_letters(request: Request, response: Response) -> Waiting:
    """The four letters that this screen shows until a host types them."""
    house = house_of(request)
    return Waiting(letters=house.pairing.letters_for(browser_of(request, response)))


@router.get("/pair")
async def am_i_paired(request: Request) -> Waiting:
    """Where the screen goes once it is paired; until then its letters."""
    house = house_of(request)
    browser = secret_of(house, request)
    if browser is None:
        raise Refused("letters.unknown")
    code = house.pairing.paired(browser)
    if code is not None:
        return Waiting(letters="", wall_url=f"/s/{code}/wall")
    return Waiting(letters=house.pairing.letters_for(browser))


@router.post("/sessions/{code}/pair")
async def pair_screen(request: Request, code: str, wanted: Letters) -> Paired:
    """Make the screen that shows these letters a wall of this session."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    browser = house.pairing.take(wanted.letters, guest.code)
    grant = await let_screen_in(house, browser, guest.session)
    return Paired(paired=True, screen=grant.id)


@router.get("/sessions/{code}/screens")
async def screens(request: Request, code: str) -> list[Screen]:
    """The screens that were paired with this session, the first one first."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    return [
        Screen(id=each.id, paired=each.made, here=house.doors.is_open(each.id))
        for each in await _paired(house, guest.session)
    ]


@router.delete("/sessions/{code}/screens/{screen}", status_code=204)
async def disconnect_screen(request: Request, code: str, screen: str) -> None:
    """Take the wall from a screen. It shows letters again, and can be paired anew."""
    house = house_of(request)
    guest = await admit(house, request, code, Role.FACILITATOR)
    grant = next((each for each in await _paired(house, guest.session) if each.id == screen), None)
    if grant is None:
        raise Refused("screen.unknown")
    await house.register.revoke(grant.id)
    house.pairing.forget(grant.browser)
    house.doors.end("grant.ended", grant.id)


async def _paired(house: House, session: SessionRecord) -> list[Grant]:
    """Whoever came by a link is ended with the link; these came by their letters."""
    known = await house.register.grants_in(session.id)
    return sorted(
        (grant for grant in known if grant.role == Role.WALL and grant.link is None),
        key=lambda grant: (grant.made, grant.id),
    )
