"""Must-haves: what the room said before, what it says to them, and what of that is told to whom."""

import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import Answer, ShowOfHands
from sessions.domain.decide import FACTS_MOST, Actor
from sessions.domain.evolve import forget, replay
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.domain.rows import (
    AnswerRow,
    AnswersRow,
    EssentialRow,
    FocusRow,
    MatchRow,
    ReasonRow,
    Row,
    SaidRow,
)
from tests.domain.devices import everything
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    DAN,
    HAL,
    PEOPLE,
    PHONES,
    VIEWERS,
    History,
    made,
    stored,
    workshops,
)
from tests.domain.recount import Recount, rows

LATE, FIRST = "open-late", "go-first"
NOTES = tuple(made(f"matrix.social {person.id}") for person in PEOPLE)
ALONE = made(f"utopia.see {ANN.id}")
TABLE = Actor("table-9", Role.PARTICIPANT, "blue", people=6)


def one(history: History, kind: type[Row], viewer: str = "host") -> dict[str, Row]:
    """Rows of this kind by the must-have they are about."""
    return {getattr(row, "essential", row.id): row for row in rows(history.board, kind, viewer).values()}


def answer(
    history: History, by: Actor, answer: Answer | None, because: str = "", **more: ShowOfHands
) -> None:
    id = made(f"answer {history.board.seq}")
    history.ask(by, asks.AnswerEssential(id, LATE, answer, because, **more))


def counted(history: History, viewer: str) -> tuple[int, int, int] | None:
    found = one(history, AnswersRow, viewer).get(LATE)
    return (found.do, found.could, found.not_here) if isinstance(found, AnswersRow) else None


@pytest.fixture
def shown(afternoon: History) -> History:
    """Must-haves are in the open."""
    afternoon.ask(HAL, asks.OpenStage("musts"))
    return afternoon


# You already said this


@given(workshops)
def test_each_shown_note_counts_once_whether_matched_or_in_the_pile_or_both(history: History) -> None:
    recount = Recount(history)
    for essential in history.board.links:
        heard = set(recount.heard(recount.pile("essential", essential)))
        matched = {id for of, id, field in recount.now if (of, field) == ("match", essential)}
        matched = {id for id in matched if recount.now["match", id, essential] == "yes"}
        row = one(history, SaidRow)[essential]
        assert isinstance(row, SaidRow)
        assert row.notes == len(heard | {id for id in matched if recount.is_shown(id)})
        ids = one(history, MatchRow).get(essential)
        assert set(ids.notes if isinstance(ids, MatchRow) else ()) == {
            id for id in matched if history.board.notes[id].taken is None
        }


@given(workshops)
def test_what_was_said_before_is_told_with_the_must_have_and_its_notes_to_hosts_alone(
    history: History,
) -> None:
    for viewer in VIEWERS:
        musts = {row.id.partition(":")[2] for row in rows(history.board, EssentialRow, viewer).values()}
        assert set(one(history, SaidRow, viewer)) == musts
        assert viewer == "host" or not one(history, MatchRow, viewer)


def test_the_room_is_told_how_often_it_said_it_and_hosts_by_which_notes(shown: History) -> None:
    shown.ask(HAL, asks.MatchEssential(LATE, (*NOTES[:3], ALONE)))
    for viewer in VIEWERS:
        assert one(shown, SaidRow, viewer)[LATE] == SaidRow(f"said:{LATE}", LATE, 3), viewer
    assert one(shown, MatchRow)[LATE] == MatchRow(f"match:{LATE}", LATE, tuple(sorted((*NOTES[:3], ALONE))))
    shown.ask(ANN, asks.TakeBackNote(NOTES[0]))
    assert one(shown, SaidRow, "wall")[LATE] == SaidRow(f"said:{LATE}", LATE, 2)
    shown.ask(HAL, asks.RevealZone("utopia.see"))
    assert one(shown, SaidRow, "wall")[LATE] == SaidRow(f"said:{LATE}", LATE, 3)


def test_a_match_is_taken_back_and_undone_like_any_other_sorting(shown: History) -> None:
    step = shown.ask(HAL, asks.MatchEssential(LATE, NOTES[:3]))
    shown.ask(HAL, asks.MatchEssential(LATE, NOTES[:1], on=False))
    assert one(shown, SaidRow, "ann")[LATE] == SaidRow(f"said:{LATE}", LATE, 2)
    shown.ask(HAL, asks.Undo(step.seq))
    assert one(shown, SaidRow, "ann")[LATE] == SaidRow(f"said:{LATE}", LATE, 0)
    shown.ask(HAL, asks.Undo(shown.board.seq))
    assert one(shown, SaidRow, "ann")[LATE] == SaidRow(f"said:{LATE}", LATE, 2)


def test_one_note_may_say_two_must_haves_and_a_part_stands_for_its_note(shown: History) -> None:
    parts = (asks.Part(made("p1"), "Tea"), asks.Part(made("p2"), "Cake"))
    shown.ask(HAL, asks.SplitNote(NOTES[0], parts))
    for essential in (LATE, FIRST):
        shown.ask(HAL, asks.MatchEssential(essential, (made("p1"), made("p2"), NOTES[0])))
        assert one(shown, MatchRow)[essential] == MatchRow(f"match:{essential}", essential, (NOTES[0],))


def test_matching_passes_over_what_was_taken_back_and_refuses_where_nothing_is_left(shown: History) -> None:
    shown.ask(ANN, asks.TakeBackNote(NOTES[0]))
    shown.ask(HAL, asks.MatchEssential(LATE, NOTES[:2]))
    assert one(shown, MatchRow)[LATE] == MatchRow(f"match:{LATE}", LATE, (NOTES[1],))
    with pytest.raises(Refused, match=r"note\.gone"):
        shown.ask(HAL, asks.MatchEssential(LATE, (NOTES[0], made("nobody knows"))))
    with pytest.raises(Refused, match=r"essential\.unknown"):
        shown.ask(HAL, asks.MatchEssential("nowhere", NOTES))


# We do this, we could, not here


@given(workshops)
def test_answers_count_people_and_each_person_once(history: History) -> None:
    for essential in history.board.links:
        given = [each for (must, _), each in history.board.answers.items() if must == essential]
        row = one(history, AnswersRow).get(essential)
        told = (row.do, row.could, row.not_here) if isinstance(row, AnswersRow) else (0, 0, 0)
        for place, which in enumerate(Answer):
            alone = sum(each.answer is which for each in given)
            raised = sum((each.hands.do, each.hands.could, each.hands.not_here)[place] for each in given)
            # Nobody in these workshops writes for more than one.
            assert told[place] == raised >= alone


def test_a_person_answers_once_and_may_change_it_or_take_it_back(shown: History) -> None:
    answer(shown, ANN, Answer.DO)
    answer(shown, ANN, Answer.COULD)
    assert counted(shown, "host") == (0, 1, 0)
    (mine,) = one(shown, AnswerRow, "ann").values()
    assert isinstance(mine, AnswerRow)
    assert mine.answer is Answer.COULD
    answer(shown, ANN, None)
    assert counted(shown, "host") is None
    assert not one(shown, AnswerRow, "ann")


def test_an_answer_is_its_author_s_and_a_reason_the_hosts_without_who(shown: History) -> None:
    answer(shown, ANN, Answer.NOT_HERE, "  The hall is\nlet on Tuesdays ")
    (mine,) = one(shown, AnswerRow, "ann").values()
    assert isinstance(mine, AnswerRow)
    assert mine.because == "The hall is let on Tuesdays"
    (reason,) = one(shown, ReasonRow).values()
    assert reason == ReasonRow(reason.id, LATE, Answer.NOT_HERE, "The hall is let on Tuesdays", None)
    for viewer in (*PHONES, "wall", "seen"):
        assert not one(shown, ReasonRow, viewer)
        assert viewer == "ann" or not one(shown, AnswerRow, viewer)


def test_a_reason_that_may_name_someone_is_marked_for_hosts(shown: History) -> None:
    answer(shown, ANN, Answer.NOT_HERE, "words-7-said")
    (reason,) = one(shown, ReasonRow).values()
    assert isinstance(reason, ReasonRow)
    assert reason.why == "names"


def test_walls_are_told_of_answers_only_when_nobody_is_singled_out(shown: History) -> None:
    for person in PEOPLE:
        answer(shown, person, Answer.DO)
    assert (counted(shown, "host"), counted(shown, "wall"), counted(shown, "seen")) == ((4, 0, 0), None, None)
    answer(shown, TABLE, Answer.COULD)
    assert counted(shown, "wall") == counted(shown, "seen") == (4, 6, 0)
    assert all(counted(shown, phone) is None for phone in PHONES)
    answer(shown, TABLE, None)
    assert counted(shown, "wall") is None


def test_a_device_that_writes_for_several_answers_for_all_of_them_or_counts_hands(shown: History) -> None:
    answer(shown, TABLE, Answer.DO)
    assert counted(shown, "host") == (6, 0, 0)
    answer(shown, TABLE, None, hands=ShowOfHands(3, 0, 2))
    assert counted(shown, "host") == (3, 0, 2)
    for hands in (ShowOfHands(5, 1, 1), ShowOfHands(7, 0, 0)):
        with pytest.raises(Refused, match=r"essential\.hands"):
            answer(shown, TABLE, None, hands=hands)
    with pytest.raises(Refused, match=r"essential\.hands"):
        answer(shown, TABLE, Answer.DO, hands=ShowOfHands(1, 0, 0))
    answer(shown, TABLE, None, hands=ShowOfHands())
    assert counted(shown, "host") is None


def test_a_must_have_to_come_is_answered_by_the_same_refusal_as_one_that_is_none(afternoon: History) -> None:
    for essential in (LATE, "nowhere"):
        with pytest.raises(Refused, match=r"essential\.unknown"):
            afternoon.ask(ANN, asks.AnswerEssential(made("early"), essential, Answer.DO))


def test_an_answer_is_refused_in_a_closed_session_and_taken_back_always(shown: History) -> None:
    answer(shown, ANN, Answer.DO)
    shown.ask(HAL, asks.CloseSession())
    with pytest.raises(Refused, match=r"session\.closed"):
        answer(shown, BOB, Answer.DO)
    shown.board.seq = FACTS_MOST
    answer(shown, ANN, None)
    assert counted(shown, "host") is None


def test_a_reason_of_more_than_140_letters_is_refused_with_how_many_too_many(shown: History) -> None:
    answer(shown, ANN, Answer.NOT_HERE, "é" * 140)
    with pytest.raises(Refused) as refusal:
        answer(shown, ANN, Answer.NOT_HERE, "x" * 143)
    assert (refusal.value.code, refusal.value.facts) == ("text.too_long", {"over": 3, "limit": 140})


def test_no_note_takes_the_id_of_a_reason_nor_the_other_way_round(shown: History) -> None:
    """Words are erased by id: one must not take the other's along."""
    answer(shown, ANN, Answer.NOT_HERE, "Too far")
    (reason,) = one(shown, ReasonRow).values()
    with pytest.raises(Refused, match=r"id\.taken"):
        shown.ask(CAT, asks.AddNote(reason.id, "matrix.social", "Mine"))
    with pytest.raises(Refused, match=r"id\.taken"):
        shown.ask(CAT, asks.AnswerEssential(NOTES[0], LATE, Answer.DO, "Mine"))


def test_a_reason_that_was_changed_or_taken_back_is_forgotten(shown: History) -> None:
    answer(shown, ANN, Answer.NOT_HERE, "canary-one")
    answer(shown, ANN, Answer.NOT_HERE, "canary-two")
    answer(shown, DAN, Answer.NOT_HERE, "canary-three")
    answer(shown, DAN, None)
    assert [row.because for row in rows(shown.board, ReasonRow).values()] == ["canary-two"]
    assert len(shown.board.replaced) == 2
    for id in list(shown.board.replaced):
        forget(shown.board, id)
    kept = repr(everything(shown.board))
    assert [n for n in ("one", "two", "three") if f"canary-{n}" in kept] == ["two"]


# Shown big


def test_a_must_have_can_be_shown_big_once_it_is_in_the_open(afternoon: History) -> None:
    with pytest.raises(Refused, match=r"wall\.unknown"):
        afternoon.ask(HAL, asks.SetSpotlight(f"essential:{LATE}"))
    afternoon.ask(HAL, asks.OpenStage("musts"))
    afternoon.ask(HAL, asks.SetSpotlight(f"essential:{LATE}"))
    for viewer in VIEWERS:
        (focus,) = rows(afternoon.board, FocusRow, viewer).values()
        assert focus.of == f"essential:{LATE}"
    with pytest.raises(Refused, match=r"wall\.unknown"):
        afternoon.ask(HAL, asks.SetSpotlight("essential:nowhere"))
    again = replay(afternoon.plan, stored(afternoon.entries))
    assert everything(again) == everything(afternoon.board)
