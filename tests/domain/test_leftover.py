"""The last notes in no pile: by number on the wall, shown ones alone, and gone once they are placed."""

import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import Manner, Part, Voice
from sessions.domain.leftover import MOST
from sessions.domain.refused import Refused
from sessions.domain.rows import NoteRow, PartRow, PlaceRow, ScreenRow, TwinRow
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    DAN,
    HAL,
    HOSTING,
    PEOPLE,
    SORTING,
    SPLITTING,
    VIEWERS,
    WALL,
    WRITING,
    History,
    begun,
    histories,
    made,
)
from tests.domain.recount import rows

ONE = made("one")
ANNS, BOBS, CATS, DANS = (made(f"matrix.social {person.id}") for person in PEOPLE)
LEFT = asks.ShowWall(Manner.LEFT)


@pytest.fixture
def room() -> History:
    """Eight notes everybody may read, in two zones."""
    history = begun()
    history.ask(HAL, asks.OpenStage("sort"))
    return history


def numbers(history: History) -> tuple[str, ...]:
    (screen,) = (row for row in history.board.rows.seen_by(VIEWERS["wall"]) if isinstance(row, ScreenRow))
    return screen.left


def test_those_that_wait_stand_zone_by_zone_and_one_that_is_placed_leaves_its_number_empty(
    room: History,
) -> None:
    room.ask(WALL, LEFT)
    before = numbers(room)
    zones = [room.board.notes[id].zone for id in before]
    assert len(before) == 8
    assert zones == sorted(zones, key=list(room.board.zones).index)
    room.ask(HAL, asks.PlaceNotes((BOBS,), ONE))
    at = before.index(BOBS)
    assert numbers(room) == (*before[:at], "", *before[at + 1 :])
    room.ask(HAL, asks.Undo(max(room.board.steps)))
    assert numbers(room) == before


def test_asked_for_again_they_keep_their_numbers_and_what_came_meanwhile_is_last(room: History) -> None:
    room.ask(HAL, LEFT)
    before = numbers(room)
    room.ask(HAL, asks.PlaceNotes((before[0],), ONE))
    room.ask(ANN, asks.AddNote(made("late"), "matrix.individual", "One more"))
    assert numbers(room) == ("", *before[1:])
    room.ask(WALL, LEFT)
    assert numbers(room) == ("", *before[1:], made("late"))
    room.ask(HAL, asks.ShowWall(Manner.WHOLE))
    assert numbers(room) == ()


def test_what_may_not_be_read_or_is_not_sorted_has_no_number(room: History) -> None:
    room.ask(HAL, asks.HideNote(ANNS))
    room.ask(BOB, asks.TakeBackNote(BOBS))
    room.ask(DAN, asks.AddNote(made("aside"), "matrix.later", "Another day"))
    room.ask(DAN, asks.AddNote(made("private"), "utopia.see", "Not shown yet"))
    room.ask(HAL, LEFT)
    assert not {ANNS, BOBS, made("aside"), made("private"), ""} & set(numbers(room))
    room.ask(HAL, asks.HideNote(CATS))
    assert CATS not in numbers(room)


def test_a_note_in_parts_waits_by_its_parts_and_twins_by_their_headline(room: History) -> None:
    room.ask(HAL, asks.SplitNote(ANNS, (Part(made("p"), "Cake"), Part(made("q"), "Tea"))))
    room.ask(HAL, asks.SameIdea((BOBS,), CATS))
    room.ask(HAL, LEFT)
    assert {made("p"), made("q"), CATS} < set(numbers(room))
    assert not {ANNS, BOBS} & set(numbers(room))


def test_no_more_than_twenty_are_numbered(room: History) -> None:
    for n in range(30):
        room.ask((ANN, CAT)[n % 2], asks.AddNote(made(f"more {n}"), "matrix.social", f"Idea {n}"))
    room.ask(HAL, LEFT)
    assert len(numbers(room)) == MOST


def more(room: History, many: range) -> tuple[str, ...]:
    """That many more notes wait."""
    for n in many:
        room.ask((ANN, CAT)[n % 2], asks.AddNote(made(f"more {n}"), "matrix.social", f"Idea {n}"))
    return tuple(made(f"more {n}") for n in many)


def waits(history: History) -> bool:
    (screen,) = rows(history.board, ScreenRow).values()
    return bool(screen.waits)


def test_numbers_of_placed_notes_take_no_room_from_those_that_come(room: History) -> None:
    more(room, range(10))
    room.ask(HAL, LEFT)
    before = numbers(room)
    assert len(before) == 18
    room.ask(HAL, asks.PlaceNotes(before[:10], ONE))
    late = more(room, range(10, 15))
    room.ask(HAL, LEFT)
    assert numbers(room)[:18] == ("",) * 10 + before[10:]
    assert set(numbers(room)[18:]) == set(late)
    # Twenty stand at a time, however many numbers were called out before.
    more(room, range(15, 30))
    room.ask(HAL, LEFT)
    assert len([id for id in numbers(room) if id]) == MOST


def test_once_all_are_placed_those_that_wait_are_numbered_from_one(room: History) -> None:
    more(room, range(22))
    room.ask(HAL, LEFT)
    first = numbers(room)
    assert len(first) == MOST
    assert not waits(room)
    room.ask(HAL, asks.PlaceNotes(first, ONE))
    assert not any(numbers(room))
    assert waits(room)
    room.ask(HAL, LEFT)
    second = numbers(room)
    assert len(second) == 10
    assert all(second)
    assert not set(second) & set(first)
    assert not waits(room)


def test_the_room_is_thanked_only_when_nothing_waits(room: History) -> None:
    room.ask(HAL, LEFT)
    room.ask(HAL, asks.PlaceNotes(numbers(room), ONE))
    assert not any(numbers(room))
    assert not waits(room)
    (late,) = more(room, range(1))
    assert waits(room)
    room.ask(HAL, asks.PlaceNotes((late,), ONE))
    assert not waits(room)
    room.ask(HAL, asks.Undo(max(room.board.steps)))
    assert waits(room)
    room.ask(HAL, asks.HideNote(late))
    assert not waits(room)
    room.ask(HAL, asks.ShowNote(late))
    room.ask(HAL, asks.ShowWall(Manner.WHOLE))
    assert not waits(room)


def test_a_line_is_read_back_only_once_the_list_is_open(room: History) -> None:
    room.ask(HAL, asks.MakeItem(made("line"), "Walk together"))
    read = asks.ShowWall(Manner.READ, made("line"))
    with pytest.raises(Refused, match=r"wall\.unknown"):
        room.ask(HAL, read)
    room.ask(HAL, asks.OpenStage("list"))
    room.ask(WALL, read)
    (screen,) = rows(room.board, ScreenRow).values()
    assert (screen.manner, screen.of) == (Manner.READ, made("line"))
    room.ask(HAL, asks.DropItem(made("line")))
    with pytest.raises(Refused, match=r"wall\.unknown"):
        room.ask(WALL, read)


SHOWING = [
    lambda m: (HAL, asks.OpenStage("sort")),
    lambda m: ((HAL, WALL)[m.a % 2], LEFT),
    lambda m: (m.host, asks.PlaceNotes((m.note(m.a),), m.theme(m.b), Voice.FOR)),
]


@given(histories([*WRITING * 2, *HOSTING, *SORTING, *SPLITTING, *SHOWING * 3]))
def test_a_number_is_of_one_note_on_the_wall_that_waits_for_a_pile(history: History) -> None:
    was: tuple[str, ...] = ()
    for board in history.boards():
        seen = board.rows.seen_by(VIEWERS["wall"])
        read = {row.id for row in seen if isinstance(row, NoteRow | PartRow)}
        placed = {row.note for row in rows(board, PlaceRow).values()}
        under = {row.note for row in rows(board, TwinRow).values() if row.headline}
        (screen,) = (row for row in seen if isinstance(row, ScreenRow))
        here = [id for id in screen.left if id]
        assert len(here) == len(set(here))
        assert not (screen.waits and here)
        assert read >= set(here)
        assert not (placed | under) & set(here)
        assert screen.manner is Manner.LEFT or not screen.left
        # As long as one stands there, a number that was called out is never another note's.
        if was and screen.left:
            assert all(
                now in ("", before) or not before for before, now in zip(was, screen.left, strict=False)
            )
        was = board.screen.left if here else ()
