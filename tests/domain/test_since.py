"""A device that left and came back, at any moment, holds what one that never left holds."""

import msgspec
from hypothesis import given, strategies as st

from sessions.domain.board import Board
from sessions.domain.evolve import opening
from tests.domain.devices import Device, frame
from tests.domain.histories import PLAN, VIEWERS, ZONES, History, workshops


def followed(history: History) -> tuple[Board, dict[str, list[Device]]]:
    """Devices that never left, as they were after each fact."""
    past: dict[str, list[Device]] = {name: [] for name in VIEWERS}
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    board = opening(history.plan)
    for board in history.boards():
        for name, device in devices.items():
            device.hear(board)
            past[name].append(device.copy())
    return board, past


def test_a_fresh_device_of_a_fresh_session_knows_stage_clock_and_zones() -> None:
    board = opening(PLAN)
    for viewer in VIEWERS.values():
        device = Device(viewer)
        device.hear(board)
        assert {"stage", "clock", *ZONES} <= device.rows.keys()


@given(workshops)
def test_folding_every_frame_equals_being_told_all_at_once(history: History) -> None:
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for board in history.boards():
        for name, device in devices.items():
            device.hear(board)
            assert device.rows == dict(frame(board, device.viewer, 0).put), name


@given(workshops)
def test_resuming_anywhere_equals_never_leaving(history: History) -> None:
    board, past = followed(history)
    for name, devices in past.items():
        for device in devices[1:]:
            device.hear(board)
            assert device.rows == devices[-1].rows, name


@given(workshops, st.integers(0, 100), st.integers(0, 100))
def test_two_resumes_equal_one(history: History, left: int, back: int) -> None:
    size = len(history.entries)
    left, back = sorted((left % (size + 1), back % (size + 1)))
    sleepers = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for seq, board in enumerate(history.boards()):
        if seq in (left, back, size):
            for device in sleepers.values():
                device.hear(board)
    for name, viewer in VIEWERS.items():
        assert sleepers[name].rows == dict(frame(history.board, viewer, 0).put), name


@given(workshops)
def test_a_frame_heard_twice_is_harmless(history: History) -> None:
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for board in history.boards():
        for device in devices.values():
            heard = device.hear(board)
            once = device.copy()
            device.take(heard)
            assert device == once


@given(workshops)
def test_nothing_new_is_no_frame(history: History) -> None:
    for viewer in VIEWERS.values():
        assert not frame(history.board, viewer, history.board.seq) or history.board.seq == 0


@given(workshops)
def test_a_device_is_dropped_only_what_it_may_have_held(history: History) -> None:
    """A drop names what this viewer could read once; other people's notes leave no trace at all."""
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    held: dict[str, set[str]] = {name: set() for name in VIEWERS}
    for seq, board in enumerate(history.boards()):
        for name, device in devices.items():
            assert held[name].issuperset(device.hear(board).drop), name
            held[name].update(device.rows)
            assert held[name].issuperset(frame(board, device.viewer, seq // 2).drop), name


@given(workshops)
def test_rows_come_in_order_of_seq_and_then_of_id(history: History) -> None:
    for viewer in VIEWERS.values():
        news = history.board.rows.since(viewer, 0)
        for told in (news.put, news.drop):
            places = [(standing.seq, standing.id) for standing in told]
            assert places == sorted(places)


@given(workshops)
def test_a_row_carries_its_seq_beside_what_it_says(history: History) -> None:
    for viewer in VIEWERS.values():
        for standing in history.board.rows.since(viewer, 0).put:
            row = msgspec.json.decode(standing.raw)
            assert row == msgspec.json.decode(msgspec.json.encode(standing.row)) | {"seq": standing.seq}
