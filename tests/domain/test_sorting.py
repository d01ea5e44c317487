"""Sorting sets registers: a note is in one pile at most, nothing is lost, and every step can be undone.

What stands on screens is recounted here from the facts, by hand and slowly.
"""

from collections import Counter

import pytest
from hypothesis import given, strategies as st

from sessions.domain import asks, facts
from sessions.domain.asks import ItemField, Voice
from sessions.domain.board import Board
from sessions.domain.refused import Refused
from sessions.domain.rows import (
    CountRow,
    ItemRow,
    LinkRow,
    MineRow,
    NoteRow,
    OriginRow,
    PartRow,
    PlaceRow,
    Row,
    StepRow,
    ThemeRow,
)
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    HAL,
    HEA,
    PEOPLE,
    VIEWERS,
    History,
    begun,
    listed_histories,
    made,
    sorted_histories,
    workshops,
)
from tests.domain.recount import Recount, rows

ONE, TWO, THREE = made("one"), made("two"), made("three")
LINE, OTHER = made("a line"), made("another line")
NOTES = tuple(made(f"matrix.social {person.id}") for person in PEOPLE)


@given(workshops)
def test_each_note_is_placed_at_most_once_and_none_is_lost(history: History) -> None:
    board, recount = history.board, Recount(history)
    standing = {id for id, note in board.notes.items() if note.part_of is None and note.taken is None}
    assert rows(board, NoteRow).keys() == standing
    pieces = {piece for id in standing for piece in recount.pieces(id)}
    assert {*rows(board, PartRow), *standing} >= pieces
    places = Counter(place.note for place in rows(board, PlaceRow).values())
    assert all(times == 1 for times in places.values())
    expected = {id: recount.pile("note", id) for id in pieces}
    assert {p.note: p.theme for p in rows(board, PlaceRow).values()} == {
        id: pile for id, pile in expected.items() if pile is not None
    }
    for members in board.members.values():
        assert board.notes.keys() >= members
    assert {note: theme for theme, notes in board.members.items() for note in notes} == {
        id: note.theme for id, note in board.notes.items() if note.theme is not None
    }


@given(workshops)
def test_a_pile_stands_on_its_own_or_names_the_pile_it_counts_as(history: History) -> None:
    recount = Recount(history)
    piles = rows(history.board, ThemeRow)
    assert piles.keys() == {
        id for id in recount.all("theme") if recount.now["theme", id, "title"] is not None
    }
    for id, pile in piles.items():
        root = recount.root(id)
        assert pile.into == (None if root == id else root)
        assert pile.order == recount.first["theme", id]


@given(workshops)
def test_counts_of_a_line_equal_a_recount_of_shown_notes(history: History) -> None:
    board, recount = history.board, Recount(history)
    lines = {item: pile for pile, item in recount.lines().items()}
    items = rows(board, ItemRow)
    assert items.keys() == {
        id for id in recount.all("item") if recount.now.get(("item", id, "text")) is not None
    }
    for id, item in items.items():
        heard = recount.heard(lines.get(id))
        notes = [board.notes[note] for note in heard]
        said = {
            (board.notes[piece].voice, board.notes[piece].author) for of in heard.values() for piece in of
        }
        voices = Counter(voice for voice, _ in said)
        assert (item.text, item.theme) == (recount.now["item", id, "text"], lines.get(id))
        assert item.notes == len(notes)
        assert item.people == len({note.author for note in notes})
        assert item.heard_at == len({note.group for note in notes})
        assert (item.worried, item.against) == (voices[Voice.WORRY], voices[Voice.AGAINST])


@given(workshops)
def test_a_note_counts_for_as_many_lines_as_it_has_pieces_and_no_more(history: History) -> None:
    items = [item for item in rows(history.board, ItemRow).values() if item.theme is not None]
    piles = [item.theme for item in items]
    assert len(piles) == len(set(piles))
    recount = Recount(history)
    shown = [id for id in rows(history.board, NoteRow) if recount.is_shown(id)]
    assert sum(item.notes for item in items) <= sum(len(recount.pieces(id)) for id in shown)
    assert all(item.notes <= len(shown) for item in items)


@given(workshops)
def test_a_zone_counts_what_is_or_will_be_shown(history: History) -> None:
    notes = [
        n for n in history.board.notes.values() if n.part_of is None and n.taken is None and n.held is None
    ]
    counts = Counter(note.zone for note in notes)
    for row in rows(history.board, CountRow, "wall").values():
        assert row.notes == counts[row.zone]
        shown = [note for note in rows(history.board, NoteRow, "wall").values() if note.zone == row.zone]
        assert len(shown) <= row.notes


@given(workshops)
def test_an_author_reads_where_the_note_went_once_the_room_may(history: History) -> None:
    board, recount = history.board, Recount(history)
    lines = recount.lines()
    for name, viewer in VIEWERS.items():
        for mine in rows(board, MineRow, name).values():
            went = [pile for each in recount.pieces(mine.note) if (pile := recount.pile("note", each))]
            assert board.notes[mine.note].author == viewer.person
            assert mine.pile == (went[0] if went and "themes" in board.public else None)
            listed = [lines[pile] for pile in went if pile in lines]
            assert mine.line == (listed[0] if listed and "items" in board.public else None)


@given(workshops)
def test_a_host_reads_the_group_of_every_note(history: History) -> None:
    for origin in rows(history.board, OriginRow).values():
        note = history.board.notes[origin.note]
        assert (origin.group, origin.held) == (note.group, note.held)


# Undo


SAID = ("chose", "wish", "dispute", "under")


def registers(board: Board) -> dict[tuple[str, str, str], str | None]:
    values = [("note", id, name) for id in board.notes for name in ("theme", "voice", "zone", *SAID)]
    values += [
        ("part", id, name) for parts in board.parts.values() for id in parts for name in ("of", "text")
    ]
    values += [("theme", id, name) for id in board.themes for name in ("title", "into")]
    values += [
        ("item", id, name) for id in board.items for name in ("text", "theme", "order", "quotes", *ItemField)
    ]
    values += [("essential", id, "theme") for id in board.links]
    values += [("match", id, essential) for id in board.notes for essential in board.links]
    return {(of, id, name): board.register(of, id, name) for of, id, name in values}


def looks(board: Board) -> dict[str, set[Row]]:
    return {
        name: {row for row in board.rows.seen_by(viewer) if not isinstance(row, StepRow)}
        for name, viewer in VIEWERS.items()
    }


@given(workshops, st.integers(0, 60))
def test_undo_leaves_all_as_though_the_step_had_never_been_and_counts_what_it_left(
    history: History, which: int
) -> None:
    board = history.board
    steps = [seq for seq, step in board.steps.items() if not step.undone]
    if not steps:
        return
    seq = steps[which % len(steps)]
    step, before = board.steps[seq], registers(board)
    undone = history.ask(HAL, asks.Undo(seq)).fact
    after = registers(board)
    assert after == before | Recount(history).now
    assert isinstance(undone, facts.Undone)
    first = step
    while first.undoes in board.steps:
        first = board.steps[first.undoes]
    assert (undone.step, undone.left) == (seq, len(first.changes) - len(undone.changes))
    told = {(c.of, c.id, c.field): (c.was, c.now) for c in undone.changes}
    assert told == {each: (before[each], after[each]) for each in told}
    assert {each for each in before if before[each] != after[each]} <= told.keys()
    row = rows(board, StepRow)[f"step:{seq}"]
    assert row.undone
    with pytest.raises(Refused, match=r"step\.undone"):
        history.ask(HAL, asks.Undo(seq))


@given(workshops, st.integers(0, 60))
def test_undo_of_undo_does_it_again(history: History, which: int) -> None:
    board = history.board
    steps = [seq for seq, step in board.steps.items() if not step.undone]
    if not steps:
        return
    seq = steps[which % len(steps)]
    before, seen = registers(board), looks(board)
    undo = history.ask(HAL, asks.Undo(seq))
    history.ask(HAL, asks.Undo(undo.seq))
    assert registers(board) == before
    assert looks(board) == seen
    assert not board.steps[seq].undone
    assert board.steps[undo.seq].undone


@given(sorted_histories() | listed_histories())
def test_undoing_all_steps_from_the_last_leaves_the_wall_as_it_was_before_sorting(history: History) -> None:
    # Only what nobody undid is undone, the newest first: then nothing has changed since, and nothing is left.
    for seq in sorted(history.board.steps, reverse=True):
        step = history.board.steps[seq]
        if not step.undone and step.undoes is None:
            history.ask(HAL, asks.Undo(seq))
    redone = [s for s in history.board.steps.values() if not s.undone and s.undoes is None]
    assert not redone
    if not any(isinstance(e.fact, facts.Undone) and e.fact.left for e in history.entries):
        assert not rows(history.board, PlaceRow)
        assert not rows(history.board, ThemeRow)
        assert not rows(history.board, ItemRow)
        assert not rows(history.board, PartRow)
        assert not rows(history.board, LinkRow)


def test_undo_leaves_what_somebody_moved_since(afternoon: History) -> None:
    place = afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:2], TWO))
    undone = afternoon.ask(HAL, asks.Undo(place.seq)).fact
    assert isinstance(undone, facts.Undone)
    # Of two notes: where they are, and with which voice.
    assert undone.left == 2 * 2
    assert [afternoon.board.notes[note].theme for note in NOTES] == [TWO, TWO, None, None]


def test_undo_leaves_what_another_desk_said_too() -> None:
    """Both put a note into one pile, with one voice: that one of them did not mean it is that one's word."""
    afternoon = begun()
    first = afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE, Voice.WORRY)).seq
    afternoon.ask(HEA, asks.PlaceNotes(NOTES[:1], ONE, Voice.WORRY))
    afternoon.ask(HAL, asks.Undo(first))
    assert {place.note: (place.theme, place.voice) for place in rows(afternoon.board, PlaceRow).values()} == {
        NOTES[0]: (ONE, Voice.WORRY)
    }


def test_undo_leaves_what_was_moved_away_and_back(afternoon: History) -> None:
    first = afternoon.ask(HAL, asks.PlaceNotes(NOTES[:1], ONE)).seq
    for pile in (TWO, ONE):
        afternoon.ask(HEA, asks.PlaceNotes(NOTES[:1], pile))
    undone = afternoon.ask(HAL, asks.Undo(first)).fact
    assert isinstance(undone, facts.Undone)
    assert (undone.changes, afternoon.board.notes[NOTES[0]].theme) == ((), ONE)


def test_in_whatever_order_two_desks_undo_nothing_of_it_is_left(afternoon: History) -> None:
    first = afternoon.ask(HAL, asks.PlaceNotes(NOTES[:1], ONE)).seq
    second = afternoon.ask(HEA, asks.PlaceNotes(NOTES[:1], TWO, Voice.AGAINST)).seq
    afternoon.ask(HAL, asks.Undo(first))
    assert afternoon.board.notes[NOTES[0]].theme == TWO
    again = afternoon.ask(HEA, asks.Undo(second)).seq
    assert (afternoon.board.notes[NOTES[0]].theme, afternoon.board.notes[NOTES[0]].voice) == (None, Voice.FOR)
    afternoon.ask(HAL, asks.Undo(again))
    assert afternoon.board.notes[NOTES[0]].theme == TWO


def test_a_pile_unmade_under_another_desk_s_notes_comes_back_with_them(afternoon: History) -> None:
    new = made("a new pile")
    make = afternoon.ask(HAL, asks.MakeTheme(new, "Walks")).seq
    afternoon.ask(HEA, asks.PlaceNotes(NOTES, new, Voice.WORRY))
    undo = afternoon.ask(HAL, asks.Undo(make)).seq
    assert not rows(afternoon.board, PlaceRow)
    afternoon.ask(HEA, asks.Undo(undo))
    placed = rows(afternoon.board, PlaceRow).values()
    assert {(place.note, place.theme, place.voice) for place in placed} == {
        (note, new, Voice.WORRY) for note in NOTES
    }


def test_a_pile_made_with_its_notes_is_one_step_and_one_undo(afternoon: History) -> None:
    new, before = made("a new pile"), dict(afternoon.board.notes)
    afternoon.ask(HAL, asks.OpenStage("sort"))
    afternoon.ask(ANN, asks.FileNote(NOTES[0], None, wish="Walks"))
    wished = afternoon.board.notes[NOTES[0]]
    step = afternoon.ask(HAL, asks.MakeTheme(new, "Walks", NOTES[:2], Voice.WORRY)).seq
    placed = rows(afternoon.board, PlaceRow).values()
    assert {(place.note, place.theme, place.voice) for place in placed} == {
        (note, new, Voice.WORRY) for note in NOTES[:2]
    }
    assert afternoon.board.notes[NOTES[0]].wish is None
    assert rows(afternoon.board, StepRow)[f"step:{step}"].touched == 3
    # Who is moved meanwhile stays there, and the pile goes.
    afternoon.ask(HEA, asks.PlaceNotes(NOTES[1:2], TWO))
    afternoon.ask(HAL, asks.Undo(step))
    assert new not in rows(afternoon.board, ThemeRow)
    assert afternoon.board.notes[NOTES[0]] == wished
    assert afternoon.board.pile_of(NOTES[1]) == TWO
    assert afternoon.board.notes[NOTES[2]] == before[NOTES[2]]


def test_a_pile_of_notes_that_are_all_gone_is_not_made(afternoon: History) -> None:
    new = made("a new pile")
    afternoon.ask(ANN, asks.TakeBackNote(NOTES[0]))
    with pytest.raises(Refused, match=r"note\.gone"):
        afternoon.ask(HAL, asks.MakeTheme(new, "Walks", NOTES[:1]))
    assert new not in rows(afternoon.board, ThemeRow)
    afternoon.ask(HAL, asks.MakeTheme(new, "Walks", NOTES[:2]))
    assert rows(afternoon.board, PlaceRow).keys() == {f"place:{NOTES[1]}"}


def test_two_desks_that_undo_one_step_turn_and_turn_about_agree(afternoon: History) -> None:
    """Done again by one and undone by the other: what was said last holds, and every row says so."""
    first = afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE)).seq
    undo = afternoon.ask(HEA, asks.Undo(first)).seq
    redo = afternoon.ask(HAL, asks.Undo(undo)).seq
    again = afternoon.ask(HEA, asks.Undo(first)).seq
    steps = rows(afternoon.board, StepRow)
    assert [steps[f"step:{seq}"].undone for seq in (first, undo, redo, again)] == [True, False, True, False]
    afternoon.ask(HAL, asks.Undo(again))
    assert len(rows(afternoon.board, PlaceRow)) == len(NOTES)


def test_an_undone_step_says_so_and_done_again_it_does_not(afternoon: History) -> None:
    first = afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE)).seq
    undo = afternoon.ask(HAL, asks.Undo(first)).seq
    redo = afternoon.ask(HAL, asks.Undo(undo)).seq
    again = afternoon.ask(HAL, asks.Undo(redo)).seq
    undone = {step.step: step.undone for step in rows(afternoon.board, StepRow).values()}
    assert [undone[seq] for seq in (first, undo, redo, again)] == [True, False, True, False]
    assert rows(afternoon.board, PlaceRow) == {}


# Piles that merge


def test_merged_piles_count_as_one(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:1], ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[1:], TWO))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", TWO))
    afternoon.ask(HAL, asks.LinkEssential("open-late", TWO))

    def counted() -> tuple[int, int]:
        links = rows(afternoon.board, LinkRow)
        return rows(afternoon.board, ItemRow)[LINE].notes, links["link:open-late"].notes

    merge = afternoon.ask(HAL, asks.MergeTheme(ONE, TWO))
    assert {place.theme for place in rows(afternoon.board, PlaceRow).values()} == {TWO}
    assert counted() == (4, 4)
    afternoon.ask(HAL, asks.Undo(merge.seq))
    assert Counter(place.theme for place in rows(afternoon.board, PlaceRow).values()) == {ONE: 1, TWO: 3}
    assert counted() == (3, 3)


def test_a_ring_of_merges_is_one_pile_that_stands() -> None:
    """Undo can close a ring: merge, undo, merge the other way, undo the undo."""
    afternoon = begun()
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:2], ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[2:], TWO))
    merge = afternoon.ask(HAL, asks.MergeTheme(ONE, TWO)).seq
    undo = afternoon.ask(HAL, asks.Undo(merge)).seq
    afternoon.ask(HAL, asks.MergeTheme(TWO, ONE))
    afternoon.ask(HAL, asks.Undo(undo))
    assert [afternoon.board.themes[theme].into for theme in (ONE, TWO)] == [TWO, ONE]
    root, other = sorted((ONE, TWO))
    assert afternoon.board.tree(ONE) == {ONE, TWO}
    assert {place.theme for place in rows(afternoon.board, PlaceRow).values()} == {root}
    piles = rows(afternoon.board, ThemeRow)
    assert (piles[root].into, piles[other].into) == (None, root)
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", root))
    assert rows(afternoon.board, ItemRow)[LINE].notes == 4
    afternoon.ask(HAL, asks.MergeTheme(root, THREE))
    assert {place.theme for place in rows(afternoon.board, PlaceRow).values()} == {THREE}


def test_a_dropped_pile_gives_its_notes_back(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    drop = afternoon.ask(HAL, asks.DropTheme(ONE))
    assert rows(afternoon.board, PlaceRow) == {}
    line = rows(afternoon.board, ItemRow)[LINE]
    assert (line.theme, line.notes, line.people, line.heard_at) == (None, 0, 0, 0)
    afternoon.ask(HAL, asks.Undo(drop.seq))
    assert rows(afternoon.board, ItemRow)[LINE].notes == 4


def test_of_two_lines_that_meet_in_one_pile_the_older_has_its_notes(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:1], ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[1:], TWO))
    afternoon.ask(HAL, asks.MakeItem(LINE, "The older", ONE))
    afternoon.ask(HAL, asks.MakeItem(OTHER, "The younger", TWO))
    merge = afternoon.ask(HAL, asks.MergeTheme(ONE, TWO))
    items = rows(afternoon.board, ItemRow)
    assert {id: (item.theme, item.notes) for id, item in items.items()} == {LINE: (TWO, 4), OTHER: (None, 0)}
    drop = afternoon.ask(HAL, asks.DropItem(LINE))
    assert rows(afternoon.board, ItemRow)[OTHER].notes == 4
    afternoon.ask(HAL, asks.Undo(drop.seq))
    afternoon.ask(HAL, asks.Undo(merge.seq))
    items = rows(afternoon.board, ItemRow)
    assert {id: (item.theme, item.notes) for id, item in items.items()} == {LINE: (ONE, 1), OTHER: (TWO, 3)}


# Voices


def test_whoever_worries_in_three_notes_is_one_who_worries(afternoon: History) -> None:
    hers = tuple(id for id, note in afternoon.board.notes.items() if note.author == ANN.id)
    afternoon.ask(HAL, asks.OpenStage("awake"))
    afternoon.ask(HAL, asks.PlaceNotes((*hers, NOTES[1]), ONE, Voice.WORRY))
    afternoon.ask(HAL, asks.PlaceNotes(hers[:1], ONE, Voice.AGAINST))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    line = rows(afternoon.board, ItemRow)[LINE]
    assert (line.notes, line.people, line.worried, line.against) == (4, 2, 2, 1)


# What sorting refuses


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (asks.MakeTheme(ONE, "Again"), "id.taken"),
        (asks.MakeTheme(NOTES[0], "A note's id"), "id.taken"),
        (asks.MakeTheme(made("new"), "  "), "text.empty"),
        (asks.NameTheme(made("nobody"), "Name"), "theme.gone"),
        (asks.DropTheme(made("nobody")), "theme.gone"),
        (asks.DropTheme(NOTES[0]), "theme.gone"),
        (asks.MergeTheme(ONE, ONE), "theme.itself"),
        (asks.MergeTheme(made("nobody"), ONE), "theme.gone"),
        (asks.MergeTheme(ONE, made("nobody")), "theme.gone"),
        (asks.PlaceNotes((NOTES[0],), made("nobody")), "theme.gone"),
        (asks.PlaceNotes((made("nobody"),), ONE), "note.gone"),
        (asks.MakeItem(LINE, "Another", None), "id.taken"),
        (asks.MakeItem(ONE, "A pile's id", None), "id.taken"),
        (asks.MakeItem(made("new"), "Second line", THREE), "theme.has_line"),
        (asks.MakeItem(made("new"), "Line", made("nobody")), "theme.gone"),
        (asks.MakeItem(made("new"), "", None), "text.empty"),
        (asks.WordItem(made("nobody"), "Words"), "item.gone"),
        (asks.DropItem(made("nobody")), "item.gone"),
        (asks.Undo(1), "step.unknown"),
        (asks.Undo(9_999), "step.unknown"),
    ],
)
def test_sorting_refuses(afternoon: History, ask: asks.Ask, code: str) -> None:
    afternoon.ask(HAL, asks.MakeItem(LINE, "The line of three", THREE))
    with pytest.raises(Refused) as refusal:
        afternoon.ask(HAL, ask)
    assert refusal.value.code == code


def test_what_was_dropped_or_merged_is_gone_and_keeps_its_id(afternoon: History) -> None:
    afternoon.ask(HAL, asks.DropTheme(ONE))
    afternoon.ask(HAL, asks.MergeTheme(TWO, THREE))
    for ask in (asks.NameTheme(ONE, "x"), asks.NameTheme(TWO, "x"), asks.PlaceNotes(NOTES, ONE)):
        with pytest.raises(Refused, match=r"theme\.gone"):
            afternoon.ask(HAL, ask)
    for again in (asks.MakeTheme(ONE, "x"), asks.MakeItem(TWO, "x")):
        with pytest.raises(Refused, match=r"id\.taken"):
            afternoon.ask(HAL, again)
    with pytest.raises(Refused, match=r"id\.taken"):
        afternoon.ask(ANN, asks.AddNote(ONE, "matrix.social", "x"))


def test_what_is_put_into_a_pile_that_was_merged_meanwhile_goes_where_that_went(afternoon: History) -> None:
    """Of another desk or a phone out of touch: no word is lost by a merge that somebody has not heard of."""
    afternoon.ask(HAL, asks.OpenStage("sort"))
    merge = afternoon.ask(HAL, asks.MergeTheme(TWO, THREE)).seq
    afternoon.ask(HEA, asks.PlaceNotes(NOTES[1:], TWO))
    afternoon.ask(ANN, asks.FileNote(NOTES[0], TWO))
    assert {place.theme for place in rows(afternoon.board, PlaceRow).values()} == {THREE}
    afternoon.ask(HAL, asks.Undo(merge))
    assert {place.theme for place in rows(afternoon.board, PlaceRow).values()} == {TWO}


def test_placing_passes_over_notes_taken_back_meanwhile(afternoon: History) -> None:
    afternoon.ask(BOB, asks.TakeBackNote(NOTES[1]))
    placed = afternoon.ask(HAL, asks.PlaceNotes((*NOTES, made("nobody"), NOTES[0]), ONE, Voice.WORRY))
    assert {place.note for place in rows(afternoon.board, PlaceRow).values()} == set(NOTES) - {NOTES[1]}
    assert isinstance(placed.fact, facts.NotesPlaced)
    assert len(placed.fact.changes) == 6


def test_a_note_taken_back_leaves_its_line_and_put_back_returns_to_it(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    afternoon.ask(CAT, asks.TakeBackNote(NOTES[2]))
    item = rows(afternoon.board, ItemRow)[LINE]
    assert (item.notes, item.people, item.heard_at) == (3, 3, 2)
    afternoon.ask(CAT, asks.PutBackNote(NOTES[2]))
    item = rows(afternoon.board, ItemRow)[LINE]
    assert (item.notes, item.people, item.heard_at) == (4, 4, 3)


def test_a_held_note_counts_for_no_line_until_it_is_shown(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.MakeItem(LINE, "A line", ONE))
    afternoon.ask(HAL, asks.HideNote(NOTES[0]))
    assert rows(afternoon.board, ItemRow)[LINE].notes == 3
    afternoon.ask(HAL, asks.ShowNote(NOTES[0]))
    assert rows(afternoon.board, ItemRow)[LINE].notes == 4
