"""The line to a device: whole frames out, no half ones in, and an end for whoever takes nothing."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx import TransportError
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from app.line import _head
from tests.app.client import PROTOCOL, Browser, People, Refusal, Workshop, new_id
from tests.app.running import Running, process

HELLO = json.dumps({"type": "hello", "protocol": PROTOCOL, "as": "facilitator"}).encode()


class Wire:
    """A WebSocket by hand: what goes out, and when anything is read, is up to the test."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hands: ClientProtocol):
        self.reader = reader
        self.writer = writer
        self.hands = hands

    def text(self, words: bytes) -> bytes:
        """A frame, not sent yet."""
        self.hands.send_text(words)
        return b"".join(self.hands.data_to_send())

    def send(self, some: bytes) -> None:
        self.writer.write(some)

    async def is_ended(self, seconds: float) -> bool:
        """Whether the other side ends it within that time; whatever comes before is read."""
        try:
            async with asyncio.timeout(seconds):
                while await self.reader.read(65_536):
                    pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True


@asynccontextmanager
async def wire(browser: Browser, code: str, buffer: int = 65_536) -> AsyncIterator[Wire]:
    """Open one as this browser; `buffer`: bytes the system takes in for it unread."""
    where = browser.origin.removeprefix("http://")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    raw.setblocking(False)
    host, port = where.split(":")
    await asyncio.get_running_loop().sock_connect(raw, (host, int(port)))
    reader, writer = await asyncio.open_connection(sock=raw, limit=4_096)
    hands = ClientProtocol(parse_uri(f"ws://{where}/live/{code}"))
    asked = hands.connect()
    asked.headers["Origin"] = browser.origin
    asked.headers["Cookie"] = browser.cookie
    hands.send_request(asked)
    writer.write(b"".join(hands.data_to_send()))
    hands.receive_data(await reader.readuntil(b"\r\n\r\n"))
    hands.events_received()
    try:
        yield Wire(reader, writer, hands)
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


@pytest.fixture
async def workshop(people: People) -> Workshop:
    return await people.workshop()


async def fill(people: People, workshop: Workshop, notes: int) -> None:
    """Notes of half a kilobyte."""
    phone = await people.phone(workshop, "g1")
    about = {"type": "note.add", "zone": "matrix.social", "text": "ö" * 270}
    for _ in range(notes // 50):
        await phone.asks(*[{**about, "id": new_id()} for _ in range(50)])


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_read_by_others_as_it_was_meant(length: int) -> None:
    client = ClientProtocol(parse_uri("ws://127.0.0.1/"))
    client.state = client.state.OPEN
    client.parser = client.parse()
    next(client.parser)
    said = b"a" * length
    client.receive_data(_head(length) + said)
    (frame,) = client.events_received()
    assert isinstance(frame, Frame)
    assert (frame.opcode, frame.data, frame.fin) == (Opcode.TEXT, said, True)


async def test_who_takes_nothing_is_cut_and_the_room_does_not_notice(
    people: People, workshop: Workshop, house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessions.seat.LAG_SECONDS", 1)
    await fill(people, workshop, 1_000)
    host = await people.host(workshop)
    (hall,) = [hall for hall in house.house.lobby._halls.values() if hall.room.board.seq == 1_000]
    async with wire(host, workshop.code, buffer=4_096) as stuck, host.live("wall") as wall:
        stuck.send(stuck.text(HELLO))
        await wall.until(lambda _: len(hall.seats) == 2)
        async with asyncio.timeout(10):
            while len(hall.seats) == 2:
                seat = next(seat for seat in hall.seats if seat.viewer.role == "facilitator")
                assert seat.line.waiting < 256 * 1024
                await host.asks({"type": "timer.set", "seconds": 60}, role="facilitator")
                await wall.knows(hall.room.board.seq)
        assert await stuck.is_ended(5)
        assert wall.is_open


async def test_a_socket_has_a_small_buffer_of_its_own(
    people: People, workshop: Workshop, house: Running
) -> None:
    host = await people.host(workshop)
    async with host.live("facilitator"):
        (seat,) = [seat for hall in house.house.lobby._halls.values() for seat in hall.seats]
        raw = seat.line.transport.get_extra_info("socket")  # type: ignore[attr-defined]
        assert raw.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == 2 * 64 * 1024


HALVES = {
    "the head of a frame": slice(0, 1),
    "a frame without its end": slice(0, -1),
    "a frame and some of the next": slice(0, None),
}


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
async def test_half_a_frame_is_waited_for_only_so_long(
    people: People, workshop: Workshop, monkeypatch: pytest.MonkeyPatch, half: slice
) -> None:
    monkeypatch.setattr("app.line.RECEIPT_SECONDS", 0.3)
    host = await people.host(workshop)
    async with wire(host, workshop.code) as device:
        frame = device.text(HELLO)
        device.send(frame[half] + (b"" if frame[half] != frame else frame[:4]))
        assert await device.is_ended(3)


async def test_a_message_in_parts_that_never_ends_is_waited_for_only_so_long(
    people: People, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.line.RECEIPT_SECONDS", 0.3)
    host = await people.host(workshop)
    async with wire(host, workshop.code) as device:
        device.hands.send_text(HELLO[:10], fin=False)
        device.send(b"".join(device.hands.data_to_send()))
        assert await device.is_ended(3)


async def test_a_frame_that_comes_in_small_pieces_is_taken(
    people: People, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.line.RECEIPT_SECONDS", 0.3)
    host = await people.host(workshop)
    async with wire(host, workshop.code) as device:
        frame = device.text(HELLO)
        for place in range(0, len(frame), 10):
            device.send(frame[place : place + 10])
            await asyncio.sleep(0.005)
        heard = b""
        async with asyncio.timeout(5):
            while b'"change"' not in heard:
                heard += await device.reader.read(4_096)
        assert b'"welcome"' in heard
        assert not await device.is_ended(1)


async def test_a_body_that_never_ends_is_waited_for_only_so_long(
    house: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.heads.RECEIPT_SECONDS", 0.3)
    where = house.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*where.split(":"))
    head = f"POST /api/enter HTTP/1.1\r\nHost: {where}\r\nContent-Length: 30\r\n\r\n"
    writer.write(head.encode() + b'{"secret"')
    async with asyncio.timeout(5):
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_a_browser_that_offers_compression_gets_none(people: People, workshop: Workshop) -> None:
    host = await people.host(workshop)
    where = host.origin.removeprefix("http://")
    reader, writer = await asyncio.open_connection(*where.split(":"))
    asked = ClientProtocol(parse_uri(f"ws://{where}/live/{workshop.code}")).connect()
    asked.headers["Origin"] = host.origin
    asked.headers["Sec-WebSocket-Extensions"] = "permessage-deflate; client_max_window_bits"
    writer.write(asked.serialize())
    said = await reader.readuntil(b"\r\n\r\n")
    assert b" 101 " in said
    assert b"extensions" not in said.lower()
    writer.transport.abort()


async def test_one_browser_has_so_many_pages_and_the_oldest_has_to_go(
    people: People, workshop: Workshop, house: Running
) -> None:
    most = house.settings.sockets
    phone, other = await people.phone(workshop, "g1"), await people.phone(workshop, "g1")
    async with other.live() as bystander, phone.live() as first, phone.live() as second:
        pages = [phone.live() for _ in range(most - 1)]
        for page in pages:
            await page.__aenter__()
        end = await first.end()
        assert (end["code"], end["close"], end.get("retry_ms")) == ("sockets.too_many", 1008, None)
        assert second.is_open
        assert bystander.is_open
        for page in pages:
            await page.__aexit__(None, None, None)


async def test_a_device_that_saw_more_than_there_is_gets_all_and_the_host_hears_of_it(
    people: People, workshop: Workshop
) -> None:
    phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
    async with phone.live() as seat:
        done = await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk")
        view = seat.welcome["view"]
    ours = {"seq": done["seq"], "mark": done["mark"]}
    foreign = {"seq": done["seq"] + 5, "mark": "0" * 16}
    async with host.live("facilitator") as desk:
        async with phone.live(since=done["seq"], view=view, witness=ours) as seat:
            await asyncio.sleep(0.1)
            assert not [frame for frame in seat.heard if frame["type"] == "change"]
        assert not (await desk.hear("now")).get("returned")
        async with phone.live(since=done["seq"], view=view, witness=foreign) as seat:
            assert (await seat.until(lambda rows: rows and seat.heard[1]))["from"] == 0
        await desk.until(lambda _: desk.heard[-1].get("returned") == 1)


async def test_a_server_out_of_files_takes_nobody_new_and_serves_who_is_there(tmp_path: Path) -> None:
    with process(tmp_path / "data", prefix=["prlimit", "--nofile=150"]) as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop()
            phone = await people.phone(workshop, "g1")
            late = people.browser(workshop.code)
            async with phone.live() as seat:
                where = server.origin.removeprefix("http://").split(":")
                idle = [await asyncio.open_connection(*where) for _ in range(90)]
                with pytest.raises(Refusal) as full:
                    await late.join(workshop.code, group="g2")
                assert full.value.status == 503
                with pytest.raises(InvalidStatus, match="503"):
                    async with phone.socket():
                        pass
                more = [await asyncio.open_connection(*where) for _ in range(200)]
                await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk")
                for _, writer in idle + more:
                    writer.close()
                async with asyncio.timeout(20):
                    while True:
                        try:
                            await late.join(workshop.code, group="g2")
                            break
                        except (Refusal, TransportError):
                            await asyncio.sleep(0.1)
                await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk on")
        assert "Traceback" not in server.log.read_text()
