"""The socket of one device: admit it, seat it, and listen. The hall does the telling."""

import asyncio
from contextlib import suppress
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.asking import answer, key_in, read_frame
from app.card import welcome
from app.errors import reply, sent_out
from app.house import House
from app.line import line_of
from app.reception import Guest, admit
from app.wording import Words
from sessions.domain.messages import PROTOCOL, Asked, Going, Hello
from sessions.domain.refused import Refused
from sessions.seat import Seat

HELLO_SECONDS = 10
ANSWER_SECONDS = 5
"""How long somebody who is sent out may wait for the answer to what was asked already."""
QUIET_SECONDS = 45
"""A device beats every 15 seconds; after three missed beats nobody is there."""
FAULTS_MOST = 20
"""Frames that make no sense, from one socket, before it is ended."""

ENDS = {
    "frame.binary": 1003,
    "frame.too_many": 1008,
    "sockets.too_many": 1008,
    "grant.missing": 4401,
    "code.unknown": 4404,
}
"""Close codes; for all others 1012, which means: come back."""

router = APIRouter()


async def live(socket: WebSocket) -> None:
    house: House = socket.app.state.house
    code: str = socket.path_params["code"]
    await socket.accept()
    words = house.words()
    # Gone without a word: the socket is closed already, or will be by the server.
    with suppress(WebSocketDisconnect, TimeoutError):
        try:
            hello = await _greet(socket)
            ends = house.doors.ends
            guest = await admit(house, socket, code, hello.as_, hello.ticket)
            words = house.words(guest.language)
            with house.doors.opened(guest.grant.id, guest.session.id, house.settings.sockets) as ended:
                if house.doors.ends != ends:
                    guest = await admit(house, socket, code, hello.as_, hello.ticket)
                await _attend(house, socket, guest, hello, ended)
        except Refused as refusal:
            await _end(words, socket, refusal)


# Not by the decorator: what it would keep for each socket is a tenth of the memory that a seat takes.
router.add_websocket_route("/live/{code}", live)


async def _greet(socket: WebSocket) -> Hello:
    """The first frame must be a hello that we can answer. Raises Refused."""
    async with asyncio.timeout(HELLO_SECONDS):
        hello = read_frame(await _text(socket))
    if not isinstance(hello, Hello):
        raise Refused("frame.out_of_place")
    if hello.protocol != PROTOCOL:
        raise Refused("protocol.other", ours=PROTOCOL)
    return hello


async def _attend(
    house: House, socket: WebSocket, guest: Guest, hello: Hello, ended: "asyncio.Future[str]"
) -> None:
    """Seat the device, and listen until it leaves or is asked to. Raises Refused."""
    told = guest.hall.starts_from(guest.viewer, hello.since, hello.view, hello.witness)
    seat = Seat(guest.viewer, line_of(socket), told)
    seat.tell(msgspec.json.encode(welcome(house, guest)))
    guest.hall.sit(seat)
    answering = asyncio.Lock()
    listening = asyncio.create_task(_listen(house, socket, guest, answering))
    try:
        either: set[asyncio.Future[Any]] = {listening, ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            # It may be committed by now, and then whoever asked is told so before they go.
            with suppress(TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS), answering:
                    listening.cancel()
            raise sent_out(ended.result())
        await listening
    finally:
        guest.hall.leave(seat)
        listening.cancel()
        with suppress(asyncio.CancelledError, WebSocketDisconnect, TimeoutError, Refused):
            await listening


async def _listen(house: House, socket: WebSocket, guest: Guest, answering: asyncio.Lock) -> None:
    """Answer asks in the order they come. Raises Refused where the socket has to end."""
    faults = 0
    while True:
        async with asyncio.timeout(QUIET_SECONDS):
            text = await _text(socket)
        try:
            frame = read_frame(text)
            if isinstance(frame, Hello):
                raise Refused("frame.out_of_place")
        except Refused as refusal:
            faults += 1
            if faults >= FAULTS_MOST:
                raise Refused("frame.too_many") from None
            await _say(socket, reply(refusal, house.words(guest.language), key_in(text)))
            continue
        if isinstance(frame, Asked):
            async with answering:
                await _say(socket, await answer(house, guest, frame))
        else:
            # A beat: without an answer a phone in a quiet room could not tell that anybody is there.
            await _say(socket, guest.hall.now(guest.role))


async def _text(socket: WebSocket) -> str:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005), message.get("reason"))
    text: str | None = message.get("text")
    if text is None:
        raise Refused("frame.binary")
    return text


async def _say(socket: WebSocket, message: msgspec.Struct) -> None:
    try:
        await socket.send({"type": "websocket.send", "text": msgspec.json.encode(message).decode()})
    except RuntimeError:
        # It went while its seat was being told, and this is the answer to what it had sent before.
        raise WebSocketDisconnect(1006) from None


async def _end(words: Words, socket: WebSocket, refusal: Refused) -> None:
    """Every end has a reason, and the device is told it."""
    said = reply(refusal, words)
    with suppress(WebSocketDisconnect, RuntimeError):
        await _say(socket, Going(said.code, said.message, said.retry_ms))
        await socket.close(ENDS.get(refusal.code, 1012))
