"""The paper pack: what a host prints before anyone comes."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.downloads import attached
from app.house import House
from app.keys import in_threes
from app.reception import Guest, admit
from sessions.domain.pack import Pack, Part, Wifi
from sessions.domain.packing import Invitation, packing
from sessions.domain.rights import Role

router = APIRouter(prefix="/api", tags=["files"])

NO_CONTROLS = r"^[^\x00-\x1f\x7f]*$"


class Network(BaseModel):
    """What the cards tell phones: printed, neither kept nor logged. Without a password an open network."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=32, pattern=NO_CONTROLS)]
    password: Annotated[str, Field(max_length=64, pattern=NO_CONTROLS)] = ""


class Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")

    parts: Annotated[list[Part], Field(min_length=1, max_length=len(Part))] = list(Part)
    wifi: Network | None = None


# A POST, though it changes nothing: what stands in an address is kept by browsers and logged by proxies.
@router.post("/sessions/{code}/pack", response_class=Response)
async def print_pack(request: Request, code: str, wanted: Wanted) -> Response:
    """The paper pack as PDF: cards for the tables, a poster, the boards, numbered slips, a sheet for dots."""
    house: House = request.app.state.house
    guest = await admit(house, request, code, Role.FACILITATOR)
    words = house.words(guest.session.language)
    labels = {key.partition(".")[2]: sentence for key, sentence in words.under("sheets").items()}
    content = await house.press.pack(_pack(house, guest, wanted), labels)
    return Response(content, media_type="application/pdf", headers=attached(guest, "-pack", "pdf"))


def _pack(house: House, guest: Guest, wanted: Wanted) -> Pack:
    session, way = guest.session, house.addresses.join(guest.code)

    def link(group: str) -> str:
        return f"{way}?t={group}" if group else way

    known = Invitation(
        title=session.title,
        host=session.host,
        contact=session.contact,
        address=house.addresses.join_shown("").rstrip("/"),
        code=in_threes(guest.code),
        link=link,
        at=session.made,
    )
    wifi = Wifi(wanted.wifi.name, wanted.wifi.password) if wanted.wifi else None
    return packing(guest.plan, known, frozenset(wanted.parts), wifi)
