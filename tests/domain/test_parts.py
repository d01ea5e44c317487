"""A note with several ideas is sorted by its parts: the note stays as written, and its parts count for it."""

from collections import Counter

import msgspec
import pytest
from hypothesis import given

from sessions.domain import asks, facts
from sessions.domain.asks import Part, Voice
from sessions.domain.decide import NOTES_MOST
from sessions.domain.refused import Refused
from sessions.domain.registers import Note
from sessions.domain.rows import CountRow, ItemRow, MineRow, NoteRow, PartRow, PlaceRow
from tests.domain.histories import ANN, BOB, HAL, PEOPLE, WALL, History, made, workshops
from tests.domain.recount import Recount, rows

ONE, TWO, THREE = made("one"), made("two"), made("three")
HERS, HIS = made(f"matrix.social {ANN.id}"), made(f"matrix.social {BOB.id}")
TEA, CAKE = made("tea"), made("cake")
LINE, OTHER = made("a line"), made("another line")


def split(history: History, note: str = HERS, *ids: str) -> int:
    parts = tuple(Part(id, f"idea {n}") for n, id in enumerate(ids or (TEA, CAKE)))
    return history.ask(HAL, asks.SplitNote(note, parts)).seq


def places(history: History) -> dict[str, str]:
    return {place.note: place.theme for place in rows(history.board, PlaceRow).values()}


def refusal(history: History, ask: asks.Ask, actor=HAL) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(actor, ask)
    return refused.value.code


@given(workshops)
def test_a_note_in_parts_is_where_its_parts_are_and_nowhere_by_itself(history: History) -> None:
    board, recount, placed = history.board, Recount(history), places(history)
    for note in rows(board, NoteRow):
        pieces = recount.pieces(note)
        parts = [part.id for part in rows(board, PartRow).values() if part.note == note]
        assert sorted(parts or [note]) == sorted(pieces)
        assert board.is_split(note) == bool(parts)
        assert not parts or note not in placed
    assert placed.keys() <= {piece for note in rows(board, NoteRow) for piece in recount.pieces(note)}


@given(workshops)
def test_splitting_changes_no_note_and_no_count_of_a_zone(history: History) -> None:
    before = None
    for seq, board in enumerate(history.boards()):
        now = rows(board, NoteRow) | rows(board, CountRow)
        if seq and isinstance(history.entries[seq - 1].fact, facts.NoteSplit):
            assert now == before
        before = now


def test_two_parts_of_a_note_in_a_line_are_one_note_of_one_person(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((TEA, CAKE, HIS), ONE))
    line = rows(afternoon.board, ItemRow)[LINE]
    assert (line.notes, line.people, line.heard_at) == (2, 2, 1)


def test_parts_in_two_lines_count_their_note_in_each(afternoon: History) -> None:
    for id, pile in ((LINE, ONE), (OTHER, TWO)):
        afternoon.ask(HAL, asks.MakeItem(id, "A line", pile))
    split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), ONE, Voice.WORRY))
    afternoon.ask(HAL, asks.PlaceNotes((CAKE,), TWO))
    lines = rows(afternoon.board, ItemRow)
    assert [(lines[id].notes, lines[id].worried) for id in (LINE, OTHER)] == [(1, 1), (1, 0)]


def test_a_note_that_is_for_and_worried_in_one_line_is_one_note_and_one_worry(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    split(afternoon, HERS, TEA, CAKE, made("third"))
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), ONE, Voice.FOR))
    afternoon.ask(HAL, asks.PlaceNotes((CAKE, made("third")), ONE, Voice.WORRY))
    line = rows(afternoon.board, ItemRow)[LINE]
    assert (line.notes, line.people, line.worried, line.against) == (1, 1, 1, 0)


def test_a_placed_note_that_is_split_leaves_its_pile_and_undo_puts_it_back(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes((HERS, HIS), ONE))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    step = split(afternoon)
    assert places(afternoon) == {HIS: ONE}
    assert rows(afternoon.board, ItemRow)[LINE].notes == 1
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), TWO))
    afternoon.ask(HAL, asks.Undo(step))
    assert places(afternoon) == {HERS: ONE, HIS: ONE}
    assert rows(afternoon.board, ItemRow)[LINE].notes == 2
    assert not rows(afternoon.board, PartRow)


def test_parts_that_come_back_are_where_they_were(afternoon: History) -> None:
    step = split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), TWO, Voice.AGAINST))
    undo = afternoon.ask(HAL, asks.Undo(step))
    redo = afternoon.ask(HAL, asks.Undo(undo.seq))
    assert [entry.fact.left for entry in (undo, redo)] == [0, 0]  # type: ignore[union-attr]
    assert places(afternoon) == {TEA: TWO}
    assert rows(afternoon.board, PartRow).keys() == {TEA, CAKE}


def test_a_note_put_together_again_can_be_split_in_another_way(afternoon: History) -> None:
    step = split(afternoon)
    undo = afternoon.ask(HAL, asks.Undo(step)).seq
    split(afternoon, HERS, made("early"), made("late"))
    assert rows(afternoon.board, PartRow).keys() == {made("early"), made("late")}
    afternoon.ask(HAL, asks.Undo(undo))
    assert len(rows(afternoon.board, PartRow)) == 4
    assert refusal(afternoon, asks.SplitNote(HERS, (Part(TEA, "x"), Part(CAKE, "y")))) == "note.in_parts"


def test_parts_go_where_their_note_goes(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), ONE))

    def counted() -> tuple[int, bool, bool]:
        line = rows(afternoon.board, ItemRow)[LINE]
        on_wall = TEA in rows(afternoon.board, PartRow, "wall")
        return line.notes, on_wall, TEA in rows(afternoon.board, PartRow)

    assert counted() == (1, True, True)
    afternoon.ask(HAL, asks.HideNote(HERS))
    assert counted() == (0, False, True)
    afternoon.ask(HAL, asks.ShowNote(HERS))
    afternoon.ask(ANN, asks.MoveNote(HERS, "utopia.hear"))
    assert counted() == (0, False, True)
    afternoon.ask(HAL, asks.RevealZone("utopia.hear"))
    assert counted() == (1, True, True)
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    assert counted() == (0, False, False)
    afternoon.ask(ANN, asks.PutBackNote(HERS))
    assert counted() == (1, True, True)
    assert rows(afternoon.board, ItemRow)[LINE].senses == ("hear",)


def test_a_note_edited_after_it_was_split_keeps_its_parts(afternoon: History) -> None:
    split(afternoon)
    afternoon.ask(ANN, asks.EditNote(HERS, "Said better"))
    assert [part.text for part in rows(afternoon.board, PartRow).values()] == ["idea 0", "idea 1"]


def test_merging_and_dropping_take_parts_along(afternoon: History) -> None:
    split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), ONE))
    afternoon.ask(HAL, asks.PlaceNotes((CAKE,), TWO))
    afternoon.ask(HAL, asks.MergeTheme(ONE, TWO))
    assert places(afternoon) == {TEA: TWO, CAKE: TWO}
    afternoon.ask(HAL, asks.DropTheme(TWO))
    assert places(afternoon) == {}


def test_for_a_note_in_parts_its_author_reads_where_the_first_went(afternoon: History) -> None:
    for stage in ("sort", "list"):
        afternoon.ask(HAL, asks.OpenStage(stage))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", TWO))
    split(afternoon)

    def told() -> tuple[str | None, str | None]:
        mine = rows(afternoon.board, MineRow, "ann")[f"mine:{HERS}"]
        return mine.pile, mine.line

    assert told() == (None, None)
    afternoon.ask(HAL, asks.PlaceNotes((CAKE,), TWO))
    assert told() == (TWO, LINE)
    afternoon.ask(HAL, asks.PlaceNotes((TEA,), ONE))
    assert told() == (ONE, LINE)


def test_who_took_everything_back_has_not_written_though_it_was_split(afternoon: History) -> None:
    split(afternoon)
    for zone in ("matrix.individual", "matrix.social", "utopia.see"):
        afternoon.ask(ANN, asks.TakeBackNote(made(f"{zone} {ANN.id}")))
    assert afternoon.board.writers() == {person.id for person in PEOPLE} - {ANN.id}


def test_placing_passes_over_notes_that_were_split_meanwhile(afternoon: History) -> None:
    split(afternoon)
    afternoon.ask(HAL, asks.PlaceNotes((HERS, HIS, TEA), ONE))
    assert places(afternoon) == {HIS: ONE, TEA: ONE}
    assert refusal(afternoon, asks.PlaceNotes((HERS,), ONE)) == "note.in_parts"
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    assert refusal(afternoon, asks.PlaceNotes((HERS, TEA), ONE)) == "note.gone"


def parts(*ids: str, text: str = "Words") -> tuple[Part, ...]:
    return tuple(Part(id, text) for id in ids)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (asks.SplitNote(made("nobody's"), parts(TEA, CAKE)), "note.gone"),
        (asks.SplitNote(made("gone"), parts(TEA, CAKE)), "note.gone"),
        (asks.SplitNote(made("a part"), parts(TEA, CAKE)), "note.gone"),
        (asks.SplitNote(HIS, parts(TEA, CAKE)), "note.in_parts"),
        (asks.SplitNote(HERS, parts(TEA, TEA)), "id.taken"),
        (asks.SplitNote(HERS, parts(HERS, CAKE)), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, HIS)), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, ONE)), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, LINE)), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, made("a part"))), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, made("an undone part"))), "id.taken"),
        (asks.SplitNote(HERS, parts(TEA, CAKE, text=" ")), "text.empty"),
        (asks.SplitNote(HERS, parts(TEA, CAKE, text="x" * 281)), "text.too_long"),
        (asks.SplitNote(HERS, parts(TEA, CAKE, text="a\0")), "text.nul"),
        (asks.MakeTheme(made("a part"), "A part's id"), "id.taken"),
        (asks.MakeItem(made("an undone part"), "A part's id"), "id.taken"),
        (asks.HideNote(made("a part")), "note.gone"),
        (asks.ShowNote(made("a part")), "note.gone"),
    ],
)
def test_splitting_refuses(afternoon: History, ask: asks.Ask, code: str) -> None:
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", THREE))
    split(afternoon, HIS, made("a part"), made("its other part"))
    undone = split(afternoon, made(f"utopia.see {BOB.id}"), made("an undone part"), made("its other"))
    afternoon.ask(HAL, asks.Undo(undone))
    afternoon.ask(ANN, asks.AddNote(made("gone"), "matrix.social", "Soon gone"))
    afternoon.ask(ANN, asks.TakeBackNote(made("gone")))
    assert refusal(afternoon, ask) == code


@pytest.mark.parametrize(
    "ask",
    [
        asks.EditNote(TEA, "Words"),
        asks.MoveNote(TEA, "utopia.hear"),
        asks.TakeBackNote(TEA),
        asks.PutBackNote(TEA),
    ],
)
def test_a_part_is_nobody_s_to_edit_move_or_take_back(afternoon: History, ask: asks.Ask) -> None:
    split(afternoon)
    for person in (ANN, BOB):
        assert refusal(afternoon, ask, person) == "note.gone"


def test_splitting_is_for_hosts(afternoon: History) -> None:
    for actor in (ANN, WALL):
        assert refusal(afternoon, asks.SplitNote(HERS, parts(TEA, CAKE)), actor) == "role.cannot"
    assert refusal(afternoon, asks.AddNote(HIS, "matrix.social", "x"), ANN) == "id.taken"
    split(afternoon)
    assert refusal(afternoon, asks.AddNote(TEA, "matrix.social", "x"), ANN) == "id.taken"


def test_parts_take_room_as_notes_do(afternoon: History) -> None:
    afternoon.board.notes |= {
        str(n): Note("matrix.social", "x", ANN.id, None)
        for n in range(NOTES_MOST - 2 - len(afternoon.board.notes))
    }
    assert refusal(afternoon, asks.SplitNote(HERS, parts(TEA, CAKE, made("third")))) == "session.full"
    split(afternoon)
    assert refusal(afternoon, asks.AddNote(made("new"), "matrix.social", "x"), ANN) == "session.full"


@pytest.mark.parametrize(("number", "fits"), [(0, False), (1, False), (2, True), (6, True), (7, False)])
def test_a_note_is_split_into_two_to_six(number: int, fits: bool) -> None:
    sent = msgspec.json.encode(asks.SplitNote(HERS, parts(*(made(str(n)) for n in range(number)))))
    if fits:
        assert len(msgspec.json.decode(sent, type=asks.SplitNote).parts) == number
    else:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(sent, type=asks.SplitNote)


def test_no_two_places_for_one_part(afternoon: History) -> None:
    split(afternoon)
    for pile in (ONE, TWO, THREE):
        afternoon.ask(HAL, asks.PlaceNotes((TEA, TEA, CAKE), pile))
    counted = Counter(place.note for place in rows(afternoon.board, PlaceRow).values())
    assert counted == {TEA: 1, CAKE: 1}
