"""One ask of one guest: the same road for the socket and for plain HTTP."""

import asyncio
from typing import TypeVar

import msgspec

from app.errors import reply
from app.house import House
from app.opening import renew_code
from app.reception import Guest, show_out
from sessions.domain.asks import AddNote, CloseSession, RemoveAuthor, RenewCode, ReopenSession
from sessions.domain.messages import Asked, Beat, Done, FromDevice, Hello, NotDone
from sessions.domain.refused import Refused
from sessions.domain.rights import Role, check

T = TypeVar("T")

NOT_JSON = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


class _Keyed(msgspec.Struct):
    key: str | None = None


def read(body: str | bytes, kind: type[T]) -> T:
    """Decode strictly what a device sent. Raises Refused."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise Refused("frame.misshapen", reason=str(error)) from None
    except NOT_JSON:
        raise Refused("frame.not_json") from None


def read_frame(text: str) -> Hello | Asked | Beat:
    """Decode one frame of a device. Raises Refused."""
    frame: Hello | Asked | Beat = read(text, FromDevice)  # type: ignore[arg-type]
    return frame


def key_in(body: str | bytes) -> str | None:
    """The key of an ask that could not be read, so that its device knows which one was refused."""
    try:
        return msgspec.json.decode(body, type=_Keyed).key
    except (*NOT_JSON, msgspec.ValidationError):
        return None


async def answer(house: House, guest: Guest, asked: Asked) -> Done | NotDone:
    """Put the ask to the room: saved, or refused with a sentence."""
    try:
        if not guest.hall.room.knows(guest.actor, asked.key):
            await _pace(house, guest, asked)
        if isinstance(asked.ask, RenewCode):
            # First the register: whoever reads of it in the room may ask for the new code at once.
            check(guest.role, asked.ask)
            await renew_code(house, guest.session, asked.ask.old)
        receipt = await guest.hall.room.submit(guest.actor, asked.key, asked.ask)
        if isinstance(asked.ask, CloseSession | ReopenSession):
            # As it stands now: an ask that is sent again may have been overtaken.
            closed = house.clock() if guest.hall.room.board.closed else None
            await house.register.set_closed(guest.session.id, closed)
        if isinstance(asked.ask, RemoveAuthor):
            await show_out(house, guest.hall, guest.hall.room.board.notes[asked.ask.note].author)
    except Refused as refusal:
        return reply(refusal, house.words(guest.language), asked.key)
    return Done(asked.key, receipt.seq, receipt.mark)


async def _pace(house: House, guest: Guest, asked: Asked) -> None:
    """Each person has a measure of their own; a crowded room is slowed and never refused."""
    limits, settings = house.limits, house.settings
    # Whoever writes for others writes as fast as they talk.
    if guest.role is not Role.PARTICIPANT or guest.grant.people > 1 or guest.grant.scribe:
        wait = limits.take("host", guest.actor.id, settings.host_taps_a_minute, settings.host_taps_a_minute)
    elif isinstance(asked.ask, AddNote):
        wait = limits.take("note", guest.actor.id, settings.notes_a_minute, settings.notes_burst)
    else:
        wait = limits.take("tap", guest.actor.id, settings.taps_a_minute, settings.taps_a_minute)
    if wait:
        raise Refused("slow.down", retry_ms=int(wait * 1000) + 1)
    a_second = settings.room_asks_a_second
    late = limits.owe("room", guest.session.id, a_second * 60, a_second)
    if late:
        await asyncio.sleep(min(late, 5))
