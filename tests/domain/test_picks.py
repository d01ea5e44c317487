"""Read-outs: each table sends up what its phones choose, and nobody else is told which table that was."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.decide import Actor
from sessions.domain.refused import Refused
from sessions.domain.rows import NoteRow, PickRow
from tests.domain.histories import ANN, BOB, CAT, DAN, HAL, PLAN, VIEWERS, History, made, workshops

ANNS, BOBS, CATS, DANS = (made(f"matrix.social {person.id}") for person in (ANN, BOB, CAT, DAN))
ANNS_OTHER = made(f"matrix.individual {ANN.id}")


def picks(history: History, viewer: str = "host") -> dict[str, tuple[str, ...]]:
    rows = history.board.rows.seen_by(VIEWERS[viewer])
    return {row.id: row.notes for row in rows if isinstance(row, PickRow)}


def refusal(history: History, actor: Actor, ask: Ask) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(actor, ask)
    return refused.value.code


def test_a_table_reads_out_the_one_note_it_picked_last(afternoon: History) -> None:
    afternoon.ask(ANN, asks.PickNote(ANNS))
    afternoon.ask(CAT, asks.PickNote(CATS))
    assert picks(afternoon) == {"pick:together:red": (ANNS,), "pick:together:blue": (CATS,)}
    afternoon.ask(BOB, asks.PickNote(BOBS))
    assert picks(afternoon)["pick:together:red"] == (BOBS,)


def test_where_three_are_sent_up_the_fourth_takes_the_place_of_the_first(afternoon: History) -> None:
    afternoon.ask(HAL, asks.OpenStage("sort"))
    for who, note in ((ANN, ANNS), (ANN, ANNS_OTHER), (BOB, BOBS), (ANN, ANNS)):
        afternoon.ask(who, asks.PickNote(note))
    # Picked again, it goes to the end of its own row.
    assert picks(afternoon) == {"pick:sort:red": (ANNS_OTHER, BOBS, ANNS)}
    afternoon.ask(BOB, asks.PickNote(made(f"matrix.individual {BOB.id}")))
    assert picks(afternoon)["pick:sort:red"][:2] == (BOBS, ANNS)


def test_a_host_asks_for_the_best_three_whatever_the_plan_says_and_only_in_that_stage(
    afternoon: History,
) -> None:
    afternoon.ask(HAL, asks.OpenStage("list"))
    assert refusal(afternoon, ANN, asks.PickNote(ANNS)) == "stage.no_picks"
    afternoon.ask(HAL, asks.CallPicks(3))
    for who, note in ((ANN, ANNS), (ANN, ANNS_OTHER), (BOB, BOBS)):
        afternoon.ask(who, asks.PickNote(note))
    assert picks(afternoon) == {"pick:list:red": (ANNS, ANNS_OTHER, BOBS)}
    afternoon.ask(HAL, asks.CallPicks(0))
    assert refusal(afternoon, BOB, asks.PickNote(BOBS, on=False)) == "stage.no_picks"
    assert picks(afternoon) == {"pick:list:red": (ANNS, ANNS_OTHER, BOBS)}
    afternoon.ask(HAL, asks.OpenStage("together"))
    afternoon.ask(CAT, asks.PickNote(CATS))
    assert picks(afternoon)["pick:together:blue"] == (CATS,)
    # Where the plan has a read-out, it is that again.
    afternoon.ask(HAL, asks.CallPicks(3))
    afternoon.ask(HAL, asks.CallPicks(0))
    afternoon.ask(ANN, asks.PickNote(ANNS))
    afternoon.ask(ANN, asks.PickNote(ANNS_OTHER))
    assert picks(afternoon)["pick:together:red"] == (ANNS_OTHER,)


def test_before_any_stage_and_after_the_end_nothing_is_asked_of_tables(afternoon: History) -> None:
    assert refusal(History(), HAL, asks.CallPicks(3)) == "stage.no_picks"
    afternoon.ask(HAL, asks.CloseSession())
    assert refusal(afternoon, HAL, asks.CallPicks(3)) == "session.closed"


def test_anybody_of_the_table_takes_a_pick_back(afternoon: History) -> None:
    afternoon.ask(ANN, asks.PickNote(ANNS))
    afternoon.ask(BOB, asks.PickNote(ANNS, on=False))
    assert picks(afternoon) == {}


def test_hosts_and_the_table_are_told_and_no_other_phone_or_wall(afternoon: History) -> None:
    afternoon.ask(ANN, asks.PickNote(ANNS))
    assert {name for name in VIEWERS if picks(afternoon, name)} == {"ann", "bob", "host"}


def test_whoever_goes_from_table_to_table_learns_from_no_answer_which_one_a_note_is_from(
    afternoon: History,
) -> None:
    for group in ("red", "blue", "empty"):
        anywhere = replace(DAN, group=group)
        told = {refusal(afternoon, anywhere, asks.PickNote(note)) for note in (ANNS, BOBS, CATS, DANS)}
        assert told == {"note.elsewhere"}, group


def test_only_a_shown_note_of_ones_own_table_is_picked_and_only_in_its_stage(afternoon: History) -> None:
    private = made(f"utopia.see {ANN.id}")
    assert refusal(afternoon, ANN, asks.PickNote(CATS)) == "note.elsewhere"
    assert refusal(afternoon, DAN, asks.PickNote(DANS)) == "note.elsewhere"
    for note in (ANNS, CATS):
        assert refusal(afternoon, ANN, asks.PickNote(note, on=False)) == "note.elsewhere", "whosever it is"
    assert refusal(afternoon, ANN, asks.PickNote(private)) == "note.unread"
    assert refusal(afternoon, ANN, asks.PickNote(made("nobody knows"))) == "note.gone"
    afternoon.ask(HAL, asks.OpenStage("alone"))
    assert refusal(afternoon, ANN, asks.PickNote(ANNS)) == "stage.no_picks"


def test_a_pick_that_is_kept_off_the_wall_or_taken_back_is_no_pick_until_it_is_back(
    afternoon: History,
) -> None:
    afternoon.ask(ANN, asks.PickNote(ANNS))
    afternoon.ask(HAL, asks.HideNote(ANNS))
    assert picks(afternoon) == {}
    afternoon.ask(HAL, asks.ShowNote(ANNS))
    assert picks(afternoon) == {"pick:together:red": (ANNS,)}
    afternoon.ask(ANN, asks.TakeBackNote(ANNS))
    assert picks(afternoon) == {}


def test_what_was_sent_up_is_kept_and_marked_when_the_room_moves_on(afternoon: History) -> None:
    afternoon.ask(ANN, asks.PickNote(ANNS))
    afternoon.ask(HAL, asks.OpenStage("sort"))
    afternoon.ask(BOB, asks.PickNote(BOBS))
    assert picks(afternoon) == {"pick:together:red": (ANNS,), "pick:sort:red": (BOBS,)}


@given(workshops)
def test_a_pick_is_of_shown_notes_of_its_group_as_many_as_its_stage_asks_for(history: History) -> None:
    most = {stage.id: stage.picks for stage in PLAN.stages}
    for board in history.boards():
        most |= {stage: max(most[stage], many, 1) for stage, many in board.called.items()}
        for name, viewer in VIEWERS.items():
            rows = board.rows.seen_by(viewer)
            notes = {row.id for row in rows if isinstance(row, NoteRow)}
            for row in rows:
                if isinstance(row, PickRow):
                    assert notes.issuperset(row.notes), name
                    assert 1 <= len(row.notes) <= most[row.stage]
                    assert {board.notes[note].group for note in row.notes} == {row.group}
                    assert name == "host" or viewer.group == row.group
