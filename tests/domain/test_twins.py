"""Same idea: notes under one headline go where it goes, stay to be read, and count once among the ideas."""

from collections.abc import Callable

import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import Part, Voice
from sessions.domain.decide import Actor
from sessions.domain.refused import Refused
from sessions.domain.rows import ItemRow, NoteRow, TwinRow
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    FILING,
    HAL,
    HOSTING,
    SORTING,
    SPLITTING,
    WRITING,
    History,
    begun,
    histories,
    made,
)
from tests.domain.recount import rows

ONE, TWO = made("one"), made("two")


def of(person: Actor) -> str:
    return made(f"matrix.social {person.id}")


HEAD, SAME, THIRD = of(ANN), of(BOB), of(CAT)


@pytest.fixture
def room() -> History:
    history = begun()
    history.ask(HAL, asks.OpenStage("sort"))
    return history


def test_where_the_headline_goes_its_twins_go_too(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME, THIRD), HEAD))
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE, Voice.WORRY))
    assert {room.board.pile_of(id) for id in (HEAD, SAME, THIRD)} == {ONE}
    assert [room.board.notes[id].voice for id in (HEAD, SAME)] == [Voice.WORRY, Voice.FOR]


def test_twins_are_where_one_of_them_was_placed_already(room: History) -> None:
    room.ask(HAL, asks.PlaceNotes((SAME,), TWO))
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    assert room.board.pile_of(HEAD) == TWO


def test_every_twin_stays_to_be_read_and_the_wall_knows_its_headline(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE))
    for viewer in ("host", "wall"):
        assert SAME in rows(room.board, NoteRow, viewer)
        assert rows(room.board, TwinRow, viewer) == {f"twin:{SAME}": TwinRow(f"twin:{SAME}", SAME, HEAD)}
    assert not rows(room.board, TwinRow, "ann")


def test_twins_count_once_among_the_ideas_of_a_line_and_each_among_its_notes(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME, THIRD), HEAD))
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE))
    room.ask(HAL, asks.MakeItem(made("line"), "Walk together", ONE))
    (line,) = rows(room.board, ItemRow).values()
    assert (line.notes, line.twins, line.people) == (3, 2, 3)
    room.ask(ANN, asks.TakeBackNote(HEAD))
    (line,) = rows(room.board, ItemRow).values()
    # Without their headline they stand for themselves again.
    assert (line.notes, line.twins) == (2, 0)


def test_there_is_never_a_headline_under_a_headline(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    room.ask(HAL, asks.SameIdea((HEAD,), THIRD))
    assert [room.board.headline_of(id) for id in (SAME, HEAD, THIRD)] == [THIRD, THIRD, None]
    room.ask(HAL, asks.SameIdea((THIRD,), SAME))
    assert room.board.headline_of(SAME) == THIRD


def test_whoever_is_no_twin_after_all_stands_apart(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    room.ask(HAL, asks.StandApart(SAME))
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE))
    assert room.board.pile_of(SAME) is None


def test_an_author_who_files_elsewhere_is_no_twin_any_more(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE))
    room.ask(BOB, asks.FileNote(SAME, TWO))
    assert room.board.headline_of(SAME) is None
    assert (room.board.pile_of(HEAD), room.board.pile_of(SAME)) == (ONE, TWO)


def test_making_twins_is_undone_as_one_step(room: History) -> None:
    room.ask(HAL, asks.PlaceNotes((HEAD,), ONE))
    step = room.ask(HAL, asks.SameIdea((SAME, THIRD), HEAD)).seq
    room.ask(HAL, asks.Undo(step))
    assert [room.board.pile_of(id) for id in (HEAD, SAME, THIRD)] == [ONE, None, None]
    assert not rows(room.board, TwinRow)


def test_a_note_in_parts_is_nobody_s_twin(room: History) -> None:
    room.ask(HAL, asks.SameIdea((SAME,), HEAD))
    room.ask(HAL, asks.SplitNote(HEAD, (Part(made("a"), "Walk"), Part(made("b"), "Talk"))))
    assert room.board.headline_of(SAME) is None
    room.ask(HAL, asks.SameIdea((SAME,), made("a")))
    assert room.board.headline_of(SAME) == made("a")


def test_a_note_is_not_the_twin_of_itself(room: History) -> None:
    with pytest.raises(Refused, match=r"note\.itself"):
        room.ask(HAL, asks.SameIdea((HEAD,), HEAD))


@given(histories([*SORTING, *SPLITTING, *FILING, *WRITING, *HOSTING[:4]], least=40))
def test_headlines_are_under_nothing_and_know_all_their_twins(history: History) -> None:
    board = history.board
    for id in board.notes:
        headline = board.headline_of(id)
        if headline is not None:
            assert board.headline_of(headline) is None
            assert id in board.twins[headline]
            assert headline != id
    shown = rows(board, TwinRow, "wall")
    readable = rows(board, NoteRow, "wall").keys()
    wholes: Callable[[str], str] = lambda id: board.notes[id].part_of or id  # noqa: E731
    for row in shown.values():
        assert {wholes(row.note), wholes(row.headline)} <= readable
    for item in rows(board, ItemRow).values():
        assert 0 <= item.twins <= max(0, item.notes - 1)
