"""What the flood says has to be right: its reading of sockets, its counting, and a small run of it all."""

import io
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st
from websockets.frames import Frame as TheirFrame, Opcode

from tests.flood.__main__ import main
from tests.flood.room import Room
from tests.flood.runs import Flood
from tests.flood.saying import Goal, flood_lines
from tests.flood.seat import Seat
from tests.flood.server import HOUSE, Server, own_server
from tests.flood.spread import Spread, percentile
from tests.flood.web import Target
from tests.flood.wire import CLOSE, PING, TEXT, Broken, Frames, frame

TIMES = Spread(1, 1, 1, 1, 1)
A_RUN = Flood(
    phones=1,
    walls=1,
    rate=1,
    notes=1,
    seconds=1,
    saved=TIMES,
    wall=TIMES,
    phone=TIMES,
    deliveries=2,
    frames=2,
    loss=0,
    duplicates=0,
    gaps=0,
    unanswered=0,
    again={},
    refused={},
    ended={},
    server_cpu=None,
    server_kernel=None,
    memory=None,
    seat_memory=None,
    client_share=0,
    others_share=None,
    behind=0,
)

texts = st.binary(max_size=300) | st.sampled_from([b"x" * 125, b"x" * 126, b"x" * 65_535, b"x" * 65_536])
controls = st.sampled_from([(PING, b""), (PING, b"are you there?")])


@st.composite
def said(draw: st.DrawFn) -> tuple[list[tuple[int, bytes]], bytes]:
    """Messages, and the bytes in which another library's server would send them: some in fragments, with
    pings between the fragments."""
    messages: list[tuple[int, bytes]] = []
    sent = b""
    for payload in draw(st.lists(texts, max_size=5)):
        cuts = sorted(draw(st.lists(st.integers(0, len(payload)), max_size=3)))
        parts = [payload[a:b] for a, b in zip([0, *cuts], [*cuts, len(payload)], strict=True)]
        for place, part in enumerate(parts):
            opcode = Opcode.TEXT if place == 0 else Opcode.CONT
            sent += TheirFrame(opcode, part, fin=place == len(parts) - 1).serialize(mask=False)
            if place < len(parts) - 1 and draw(st.booleans()):
                control = draw(controls)
                messages.append(control)
                sent += TheirFrame(Opcode(control[0]), control[1]).serialize(mask=False)
        messages.append((TEXT, payload))
    return messages, sent


@given(said(), st.lists(st.integers(0, 70_000), max_size=8))
def test_messages_come_out_whole_however_the_bytes_are_cut(
    said: tuple[list[tuple[int, bytes]], bytes], places: list[int]
) -> None:
    messages, sent = said
    frames, heard = Frames(), []
    cuts = sorted(place for place in places if place < len(sent))
    for begin, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        heard += frames.feed(sent[begin:end])
    assert heard == messages


def test_one_byte_at_a_time_is_enough() -> None:
    sent = TheirFrame(Opcode.TEXT, b"walk together").serialize(mask=False) * 3
    frames = Frames()
    assert [each for byte in sent for each in frames.feed(bytes([byte]))] == [(TEXT, b"walk together")] * 3


@pytest.mark.parametrize(
    "sent",
    [
        TheirFrame(Opcode.TEXT, b"masked").serialize(mask=True),
        b"\xc1\x08squeezed",
        TheirFrame(Opcode.CONT, b"of nothing").serialize(mask=False),
        TheirFrame(Opcode.TEXT, b"a", fin=False).serialize(mask=False) * 2,
        b"\x89\x7e\x00\x7e" + b"x" * 126,
        b"\x81\x7f" + (1 << 40).to_bytes(8),
    ],
    # The mask is drawn by chance, and no name for a test.
    ids=["masked", "squeezed", "the end of nothing", "two beginnings", "a long ping", "endless"],
)
def test_what_no_server_may_send_is_told_apart(sent: bytes) -> None:
    with pytest.raises(Broken):
        Frames().feed(sent)


@given(st.binary(max_size=70_000), st.sampled_from([TEXT, CLOSE]))
def test_what_the_flood_sends_is_read_by_another_library(payload: bytes, kind: int) -> None:
    payload = payload if kind == TEXT else payload[:125]
    sent = io.BytesIO(frame(kind, payload))

    def read(most: int) -> Generator[None, None, bytes]:
        yield from ()
        return sent.read(most)

    with pytest.raises(StopIteration) as done:
        next(TheirFrame.parse(read, mask=True))
    assert (done.value.value.opcode, done.value.value.data, sent.read()) == (kind, payload, b"")


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.001, 1))
def test_a_percentile_is_a_measured_value_that_so_many_do_not_exceed(times: list[float], part: float) -> None:
    ordered = sorted(times)
    found = percentile(ordered, part)
    assert found in ordered
    assert sum(time <= found for time in ordered) >= part * len(ordered)
    assert sum(time < found for time in ordered) < part * len(ordered)


def test_a_spread_is_in_milliseconds() -> None:
    assert Spread.of(n / 1000 for n in range(1, 101)) == Spread(100, 50, 95, 99, 100)


def test_a_goal_is_met_or_not_and_never_met_by_what_was_not_seen() -> None:
    assert Goal("at most", 25, 25, "us").is_met
    assert not Goal("at most", 25, 25.1, "us").is_met
    assert Goal("at least", 1_000, 1_000, "asks/s", least=True).is_met
    assert not Goal("at least", 1_000, 999, "asks/s", least=True).is_met
    assert not Goal("unseen", 25, None, "us").is_met


class OpenSeat(Seat):
    """Without a socket."""

    is_open = True


def seated() -> Seat:
    """A phone that was welcomed before the first fact, in a room that nobody serves."""
    room = Room(Target("http://127.0.0.1:1", ""), "BCDFGHJKL", {}, most=10)
    seat = OpenSeat(room, "phone", "/", {})
    room.phones.append(seat)
    tell(seat, {"type": "welcome", "seq": 1})
    tell(seat, change(seat, 0, 1))
    return seat


def tell(seat: Seat, frame: dict[str, Any]) -> None:
    seat.heard(json.dumps(frame).encode(), time.perf_counter())


def change(seat: Seat, came_from: int, to: int, *notes: int) -> dict[str, Any]:
    put = [{"kind": "note", "id": seat.room.id_of(note)} for note in notes]
    return {"type": "change", "from": came_from, "to": to, "put": put, "drop": []}


def save(seat: Seat, *notes: int) -> None:
    for note in notes:
        tell(seat, {"type": "done", "key": seat.room.id_of(note), "seq": note + 2, "mark": ""})


async def test_a_note_that_was_saved_and_not_told_is_lost() -> None:
    seat = seated()
    save(seat, 0, 1, 2)
    tell(seat, change(seat, 1, 4, 0, 2))
    assert (seat.room.lost(), len(seat.room.late["phone"])) == (1, 2)
    # Where notes are private, they are owed to their authors alone: this phone's were all saved by itself.
    seat.room.sees = "author"
    seat.room.phones.append(OpenSeat(seat.room, "phone", "/", {}))
    assert seat.room.lost() == 1


async def test_a_note_that_nobody_answered_for_does_not_stand_in_for_one_that_was_lost() -> None:
    seat = seated()
    save(seat, 0)
    tell(seat, change(seat, 1, 2, 1))
    assert seat.room.lost() == 1


async def test_a_note_that_is_taken_away_again_is_lost() -> None:
    seat = seated()
    save(seat, 0)
    tell(seat, change(seat, 1, 2, 0))
    tell(seat, {**change(seat, 2, 3), "drop": [seat.room.id_of(0)]})
    assert seat.room.lost() == 1


async def test_a_note_that_is_told_twice_is_doubled() -> None:
    seat = seated()
    save(seat, 0)
    tell(seat, change(seat, 1, 2, 0))
    tell(seat, change(seat, 2, 3, 0))
    assert (seat.room.duplicates, seat.room.lost()) == (1, 0)


async def test_a_frame_that_does_not_follow_the_last_is_a_gap() -> None:
    seat = seated()
    tell(seat, change(seat, 1, 2, 0))
    tell(seat, change(seat, 3, 4, 1))
    assert seat.room.gaps == 1


async def test_what_stood_before_a_phone_came_in_is_no_news_and_has_no_delay() -> None:
    seat = seated()
    tell(seat, {"type": "welcome", "seq": 5})
    tell(seat, change(seat, 0, 3, 0, 1))
    tell(seat, change(seat, 3, 5, 2))
    assert (seat.count, len(seat.room.late["phone"])) == (3, 0)
    tell(seat, change(seat, 5, 6, 3))
    assert (seat.count, len(seat.room.late["phone"])) == (4, 1)
    # Told everything again, from 0: neither news nor doubled.
    tell(seat, change(seat, 0, 7, 0, 1, 2, 3, 4))
    assert (seat.count, len(seat.room.late["phone"]), seat.room.duplicates) == (5, 1, 0)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that lets everybody write two notes at once, and ten a second."""
    with own_server(NOTES_BURST=2, NOTES_A_MINUTE=600) as server:
        yield server


def run(server: Server, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    target = ["--url", server.target.url, f"--key={server.target.key}", "--pid", str(server.pid)]
    assert main([*target, "--json", *more]) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)["result"]
    return said


def test_a_small_flood_loses_nothing_and_says_sane_numbers(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(server, capsys, "--phones", "20", "--walls", "1", "--rate", "30", "--seconds", "1")
    whole = ("loss", "duplicates", "gaps", "unanswered", "again", "refused", "ended")
    assert not any(said[each] for each in whole), said
    assert (said["notes"], said["deliveries"]) == (30, 30 * 21)
    assert (said["saved"]["count"], said["wall"]["count"], said["phone"]["count"]) == (30, 30, 30 * 20)
    assert 0 < said["frames"] <= said["deliveries"]
    assert 0.9 < said["seconds"] < 10
    for audience in ("saved", "wall", "phone"):
        spread = said[audience]
        assert 0.1 < spread["p50"] <= spread["p95"] <= spread["p99"] <= spread["max"] < 8_000
    assert 0 <= said["server_kernel"] <= said["server_cpu"] < 10
    assert said["server_cpu"] > 0
    assert 30 << 20 < said["memory"] < 1 << 30
    assert 0 < said["client_share"] <= 2


def test_limits_that_set_the_pace_are_named(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(server, capsys, "--phones", "4", "--rate", "80", "--seconds", "0.5")
    assert said["again"].keys() == {"slow.down"}
    assert (said["loss"], said["duplicates"], said["unanswered"]) == (0, 0, 0)
    assert "set the pace here, not the server" in "\n".join(flood_lines(replace(A_RUN, again=said["again"])))


def test_joins_get_the_whole_board(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(server, capsys, "--joins", "--phones", "5", "--seconds", "0.1")
    assert (said["notes"], said["incomplete"], said["board"]["count"]) == (300, 0, 5)


def test_a_flooded_server_is_left_as_it_was(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    run(server, capsys, "--idle", "3", "--seconds", "0.1")
    assert sessions(server) == 0


def test_a_flood_that_is_ended_early_leaves_nothing_either(server: Server) -> None:
    target = ["--url", server.target.url, f"--key={server.target.key}"]
    command = [
        sys.executable,
        "-m",
        "tests.flood",
        *target,
        "--phones",
        "2",
        "--rate",
        "2",
        "--seconds",
        "90",
    ]
    with subprocess.Popen(command, cwd=HOUSE) as flood:
        until = time.monotonic() + 30
        while sessions(server) == 0:
            assert time.monotonic() < until
            time.sleep(0.02)
        flood.terminate()
        assert flood.wait(30) == 130
    assert sessions(server) == 0


def sessions(server: Server) -> int:
    """How many there are in its database."""
    assert server.folder is not None
    with closing(sqlite3.connect(server.folder / "var" / "eutopia.sqlite")) as db:
        found: int = db.execute("SELECT count(*) FROM sessions").fetchone()[0]
    return found


def test_nobody_floods_a_server_that_is_not_theirs(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--url", server.target.url, "--key", ""])
    assert main(["--url", server.target.url, "--key", "guessed", "--phones", "1"]) == 2
    assert "401" in capsys.readouterr().err
