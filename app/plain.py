"""The same contract over plain HTTP, for venues that block sockets: asks by POST, changes by long poll."""

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response

from app.asking import answer, read
from app.card import welcome
from app.errors import sent_out
from app.house import House
from app.reception import Guest, admit
from sessions.domain.asks import AnyAsk
from sessions.domain.ids import Key
from sessions.domain.messages import Asked, Witness
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.frames import next_frame
from sessions.seat import view_of

POLL_SECONDS = 25
BATCH_MOST = 64

router = APIRouter(prefix="/api/sessions/{code}", tags=["plain"])


class _Asked(msgspec.Struct, forbid_unknown_fields=True):
    key: Key
    ask: AnyAsk


class _Asks(msgspec.Struct, forbid_unknown_fields=True):
    asks: list[_Asked]


As = Annotated[Role, Query(alias="as")]


@router.post("/asks")
async def asks(request: Request, code: str, role: As = Role.PARTICIPANT) -> Response:
    """Put up to 64 asks, as `{"asks": [{"key": ..., "ask": {...}}]}`; answered in order."""
    house: House = request.app.state.house
    guest = await admit(house, request, code, role)
    batch = read(await request.body(), _Asks)
    if len(batch.asks) > BATCH_MOST:
        raise Refused("request.too_big", limit=BATCH_MOST)
    return _json({"replies": [await answer(house, guest, Asked(each.key, each.ask)) for each in batch.asks]})


@router.get("/changes")
async def changes(
    request: Request,
    code: str,
    role: As = Role.PARTICIPANT,
    since: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0,
    view: Annotated[str | None, Query(max_length=64)] = None,
    witness: Annotated[str | None, Query(pattern=r"^[0-9]{1,16}-[0-9a-f]{0,32}$")] = None,
    hello: bool = False,
) -> Response:
    """`hello`: the welcome. Otherwise what is new after `since`, or 204 when nothing came for 25 s.

    `witness`: the highest pair the device was given, as `SEQ-MARK`.
    """
    house: House = request.app.state.house
    ends = house.doors.ends
    guest = await admit(house, request, code, role)
    if hello:
        return _json(welcome(house, guest))
    with house.doors.opened(guest.grant.id, guest.session.id, house.settings.sockets) as ended:
        if house.doors.ends != ends:
            guest = await admit(house, request, code, role)
        if role is Role.PARTICIPANT:
            guest.hall.polled(guest.actor.id)
        elif role is Role.WALL:
            guest.hall.screened()
        change = await _news(guest, since, view, _pair(witness), ended)
    headers = {"X-View": view_of(guest.viewer)}
    if change is None:
        return Response(status_code=204, headers=headers)
    return Response(change, media_type="application/json", headers=headers)


async def _news(
    guest: Guest, since: int, view: str | None, witness: Witness | None, ended: "asyncio.Future[str]"
) -> bytes | None:
    """The next frame for this guest, as soon as there is one; None after a while without. Raises Refused."""
    room = guest.hall.room
    start = guest.hall.starts_from(guest.viewer, since, view, witness)
    # Before the first fact, 0 is also where a device stands that has been told all there is.
    knows_all = since == 0 == room.board.seq and view == view_of(guest.viewer)
    until = asyncio.get_running_loop().time() + POLL_SECONDS
    while not ended.done():
        stirred, read_to = room.stirred, room.board.seq
        news = room.board.rows.since(guest.viewer, start)
        if (news or start == 0) and not (knows_all and read_to == 0):
            return next_frame(news, start, read_to, room.marks).text
        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            return None
        waking = asyncio.ensure_future(stirred.wait())
        either: set[asyncio.Future[Any]] = {waking, ended}
        await asyncio.wait(either, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        waking.cancel()
    raise sent_out(ended.result())


def _pair(witness: str | None) -> Witness | None:
    if witness is None:
        return None
    seq, _, mark = witness.partition("-")
    return Witness(int(seq), mark)


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
