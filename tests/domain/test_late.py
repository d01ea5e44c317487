"""Late notes: for as many hours as the plan says, marked, and then no more."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from sessions.domain import asks, facts
from sessions.domain.asks import Ask
from sessions.domain.decide import Actor
from sessions.domain.evolve import HOUR_MS, opening
from sessions.domain.refused import Refused
from sessions.domain.rows import NoteRow, OriginRow, StageRow
from tests.domain.histories import ANN, BOB, HAL, PLAN, VIEWERS, History, made, play, scripts

LATE = made("late")
HERS = made("hers")
TWO_DAYS = 48 * HOUR_MS


@pytest.fixture
def over() -> History:
    """A session that took notes for 48 hours after its end, one minute after it."""
    plan = replace(PLAN, late_hours=48)
    history = History(plan, board=opening(plan))
    history.ask(ANN, asks.AddNote(HERS, "matrix.social", "Cake"))
    history.ask(HAL, asks.OpenStage("together"))
    history.ask(HAL, asks.CloseSession())
    return history


def rows(history: History, viewer: str = "host") -> dict[str, NoteRow]:
    return {row.id: row for row in history.board.rows.seen_by(VIEWERS[viewer]) if isinstance(row, NoteRow)}


def until(history: History, viewer: str) -> int | None:
    (row,) = (row for row in history.board.rows.seen_by(VIEWERS[viewer]) if isinstance(row, StageRow))
    return row.late_until


def refusal(history: History, actor: Actor, ask: Ask, wait: int = 1) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(actor, ask, wait)
    return refused.value.code


def test_a_late_note_is_taken_and_marked_and_so_is_one_that_is_written_anew(over: History) -> None:
    over.ask(BOB, asks.AddNote(LATE, "matrix.social", "And tea"))
    assert not rows(over)[HERS].late
    over.ask(ANN, asks.EditNote(HERS, "Cake for all"), wait=HOUR_MS)
    assert {id: row.late for id, row in rows(over, "wall").items()} == {HERS: True, LATE: True}


def test_late_notes_end_to_the_millisecond_and_every_screen_knows_when(over: History) -> None:
    end = over.at + TWO_DAYS
    assert {until(over, name) for name in VIEWERS} == {end}
    over.ask(BOB, asks.AddNote(LATE, "matrix.social", "And tea"), wait=TWO_DAYS)
    assert over.at == end
    for ask in (asks.AddNote(made("later"), "matrix.social", "Jam"), asks.EditNote(LATE, "Jam")):
        assert refusal(over, BOB, ask) == "session.closed"
    over.ask(BOB, asks.TakeBackNote(LATE))


def test_closing_twice_gives_no_more_time_and_opening_again_takes_the_mark_off(over: History) -> None:
    end = until(over, "ann")
    over.ask(HAL, asks.CloseSession(), wait=HOUR_MS)
    assert until(over, "ann") == end
    over.ask(HAL, asks.ReopenSession())
    assert until(over, "ann") is None
    over.ask(BOB, asks.AddNote(LATE, "matrix.social", "And tea"))
    assert not rows(over)[LATE].late


def test_a_late_note_waits_for_the_host_as_any_other_and_obeys_a_locked_place(over: History) -> None:
    over.ask(BOB, asks.AddNote(LATE, "matrix.social", "words-7-said"))
    assert LATE not in rows(over, "wall")
    held = {
        row.note: row.held for row in over.board.rows.seen_by(VIEWERS["host"]) if isinstance(row, OriginRow)
    }
    assert held == {HERS: None, LATE: asks.Why.NAMES}
    over.ask(HAL, asks.LockZone("matrix.social"))
    assert refusal(over, BOB, asks.AddNote(made("x"), "matrix.social", "Jam")) == "zone.locked"


def test_nothing_else_is_taken_after_the_end(over: History) -> None:
    assert refusal(over, ANN, asks.MoveNote(HERS, "utopia.see")) == "session.closed"
    assert refusal(over, HAL, asks.OpenStage("alone")) == "session.closed"
    assert refusal(over, ANN, asks.PickNote(HERS)) == "session.closed"


def test_a_plan_that_says_nothing_takes_no_late_notes(workshop: History) -> None:
    workshop.ask(HAL, asks.CloseSession())
    assert refusal(workshop, ANN, asks.AddNote(LATE, "matrix.social", "Cake")) == "session.closed"
    assert until(workshop, "ann") is None


@given(scripts())
def test_late_is_what_was_written_between_the_end_and_the_last_hour(script: bytes) -> None:
    plan = replace(PLAN, late_hours=1)
    history = play(script, history=History(plan, board=opening(plan)))
    closed = None
    for entry in history.entries:
        match entry.fact:
            case facts.SessionClosed():
                closed = closed or entry.at
            case facts.SessionReopened():
                closed = None
            case facts.NoteAdded() | facts.NoteEdited():
                assert entry.fact.late == (closed is not None)
                assert closed is None or entry.at <= closed + HOUR_MS
