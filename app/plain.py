"""The same contract over plain HTTP, for venues that block sockets: asks by POST, changes by long poll."""

import asyncio
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from app.asking import answer, read, starts_from
from app.card import welcome
from app.house import House
from app.reception import admit
from sessions.domain.asks import AnyAsk
from sessions.domain.ids import Key
from sessions.domain.messages import Asked, Witness
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.frames import frames
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
    since: int = 0,
    view: str | None = None,
    witness: str | None = None,
    hello: bool = False,
) -> Response:
    """`hello`: the welcome. Otherwise what is new after `since`, or 204 when nothing came for 25 s.

    `witness`: the highest pair the device was given, as `SEQ-MARK`.
    """
    house: House = request.app.state.house
    guest = await admit(house, request, code, role)
    if hello:
        return _json(welcome(house, guest))
    seq, _, mark = (witness or "").partition("-")
    start = starts_from(guest, since, view, Witness(int(seq), mark) if seq.isdecimal() else None)
    board_view = view_of(guest.viewer)
    until = asyncio.get_running_loop().time() + POLL_SECONDS
    while True:
        room = guest.hall.room
        stirred, read_to = room.stirred, room.board.seq
        news = room.board.rows.since(guest.viewer, start)
        if news or start == 0:
            whole = frames(news, start, read_to, room.marks, most=1 << 30)
            return Response(whole[0], media_type="application/json", headers={"X-View": board_view})
        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            return Response(status_code=204, headers={"X-View": board_view})
        try:
            await asyncio.wait_for(stirred.wait(), left)
        except TimeoutError:
            continue


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
