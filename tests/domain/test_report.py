"""A report is made from a view: what its reader may not see is not on their paper."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import Voice
from sessions.domain.report import Report, Words
from sessions.domain.reporting import Facts, letter, reporting
from sessions.domain.rows import EssentialRow, ItemRow, NoteRow, Sees
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    DAN,
    HAL,
    PEOPLE,
    PLAN,
    VIEWERS,
    History,
    histories,
    made,
    sorted_histories,
)

workshops = histories() | sorted_histories()
ONE, TWO = made("one"), made("two")
NOTES = tuple(made(f"matrix.social {person.id}") for person in PEOPLE)


def known(history: History, *, host_copy: bool = False, here: frozenset[str] = frozenset()) -> Facts:
    return Facts(
        title="An afternoon",
        aim="To be kinder",
        host="Hal",
        code="KXR MTP WGD",
        date="22 November 2026",
        kept_until="19 February 2027",
        people=4,
        groups_here=here,
        host_copy=host_copy,
        seq=history.board.seq,
        mark="00",
    )


def report(history: History, viewer: str = "wall", **more: Any) -> Report:
    view = history.board.rows.seen_by(VIEWERS[viewer])
    return reporting(view, PLAN, known(history, host_copy=viewer == "host", **more))


def parts(paper: Report) -> Iterator[Words]:
    """Every note on the paper, wherever it stands."""
    for line in paper.lines:
        yield from line.words
    for pile in paper.unlisted:
        yield from pile.words
    yield from paper.unplaced
    yield from paper.later


def shown(history: History) -> Counter[str]:
    zones = history.board.zones
    return Counter(
        note.text
        for note in history.board.notes.values()
        if note.taken is None and note.held is None and zones[note.zone].sees is Sees.ROOM
    )


@given(workshops)
def test_a_held_or_private_note_is_in_no_room_s_report(history: History) -> None:
    paper = msgspec.json.encode(report(history))
    for note in history.board.notes.values():
        hidden = note.held is not None or note.taken is not None
        hidden = hidden or history.board.zones[note.zone].sees is not Sees.ROOM
        assert (note.text.encode() not in paper) == hidden


@given(workshops)
def test_every_shown_note_is_in_exactly_one_place_of_the_report(history: History) -> None:
    assert Counter(words.text for words in parts(report(history))) == shown(history)


@given(workshops)
def test_a_participant_s_view_makes_a_report_of_no_more_than_that_view(history: History) -> None:
    for name, viewer in VIEWERS.items():
        rows = history.board.rows.seen_by(viewer)
        readable = Counter(row.text for row in rows if isinstance(row, NoteRow))
        assert Counter(words.text for words in parts(report(history, name))) == readable, name


@given(workshops)
def test_a_host_s_copy_has_every_standing_note_and_marks_what_the_room_did_not_see(history: History) -> None:
    copy = list(parts(report(history, "host")))
    standing = Counter(note.text for note in history.board.notes.values() if note.taken is None)
    assert Counter(words.text for words in copy) == standing
    assert Counter(words.text for words in copy if not words.held) == shown(history)


@given(workshops)
def test_groups_and_marks_are_told_in_a_host_s_copy_alone(history: History) -> None:
    for name in VIEWERS.keys() - {"host"}:
        assert not any(words.held or words.group for words in parts(report(history, name))), name
    names = {group.id: group.name for group in PLAN.groups}
    groups = Counter(words.group for words in parts(report(history, "host")))
    notes = [note for note in history.board.notes.values() if note.taken is None]
    assert groups == Counter(names.get(note.group or "", "") for note in notes)


@given(workshops)
def test_the_numbers_on_paper_are_the_numbers_on_the_rows(history: History) -> None:
    for name in ("wall", "host"):
        rows = history.board.rows.seen_by(VIEWERS[name])
        items = sorted((row for row in rows if isinstance(row, ItemRow)), key=lambda row: row.order)
        paper = report(history, name)
        for item, line in zip(items, paper.lines, strict=True):
            assert (line.text, line.notes, line.people) == (item.text, item.notes, item.people)
            assert (line.worried, line.against) == (item.worried, item.against)
            assert len(line.groups) == len(item.groups) <= line.of
            heard = [words for words in line.words if not words.held]
            assert len(heard) == line.notes
            assert sum(words.voice == Voice.WORRY for words in heard) == line.worried
        assert len(paper.essentials) == sum(isinstance(row, EssentialRow) for row in rows)


@given(workshops)
def test_the_same_list_makes_the_same_paper_whoever_wrote_first(history: History) -> None:
    view = history.board.rows.seen_by(VIEWERS["wall"])
    assert reporting(reversed(view), PLAN, known(history)) == reporting(view, PLAN, known(history))
    for words in (report(history).unplaced, report(history).later):
        by_zone: dict[tuple[str, str], list[str]] = {}
        for word in words:
            by_zone.setdefault((word.board, word.zone), []).append(word.text.casefold())
        assert all(texts == sorted(texts) for texts in by_zone.values())


def test_a_whole_list(afternoon: History) -> None:
    afternoon.ask(DAN, asks.AddNote(made("later"), "matrix.later", "Parking"))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:3], ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[1:2], ONE, Voice.WORRY))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[3:], TWO, Voice.AGAINST))
    afternoon.ask(HAL, asks.HideNote(NOTES[2]))
    afternoon.ask(HAL, asks.MakeItem(made("a"), "Buy cake", ONE))
    afternoon.ask(HAL, asks.MakeItem(made("b"), "Buy tea"))
    for stage in ("musts", "sort", "list"):
        afternoon.ask(HAL, asks.OpenStage(stage))
    paper = report(afternoon, here=frozenset({"red", "blue", "elsewhere"}))

    cake, tea = paper.lines
    assert (cake.letter, cake.text, cake.pile) == ("A", "Buy cake", "pile-one")
    assert (cake.notes, cake.people, cake.worried, cake.against) == (2, 2, 1, 0)
    assert (cake.groups, cake.of) == (("The red table",), 2)
    assert {(words.text, words.voice) for words in cake.words} == {
        (afternoon.board.notes[NOTES[0]].text, "for"),
        (afternoon.board.notes[NOTES[1]].text, "worry"),
    }
    assert (tea.letter, tea.notes, tea.words, tea.pile) == ("B", 0, (), "")
    assert [(pile.title, len(pile.words)) for pile in paper.unlisted] == [("pile-two", 1)]
    assert [words.text for words in paper.later] == ["Parking"]
    assert len(paper.unplaced) == 4
    assert [(group.name, group.here) for group in paper.groups] == [
        ("The red table", True),
        ("The blue table", True),
        ("The empty table", False),
    ]
    assert [must.text for must in paper.essentials] == ["Open late on Tuesdays"]
    assert not paper.host_copy
    assert [words.held for words in report(afternoon, "host").lines[0].words].count(True) == 1


def test_a_group_that_is_heard_was_here_though_all_of_it_have_left(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.MakeItem(made("a"), "Buy cake", ONE))
    afternoon.ask(HAL, asks.OpenStage("list"))
    (line,) = report(afternoon, here=frozenset({"empty"})).lines
    assert (line.groups, line.of) == (("The blue table", "The red table"), 3)


def test_a_note_for_another_day_that_was_placed_is_under_its_line(afternoon: History) -> None:
    afternoon.ask(BOB, asks.AddNote(made("later"), "matrix.later", "Parking"))
    afternoon.ask(CAT, asks.AddNote(made("still later"), "matrix.later", "Buses"))
    afternoon.ask(HAL, asks.PlaceNotes((made("later"),), ONE))
    afternoon.ask(HAL, asks.OpenStage("sort"))
    paper = report(afternoon)
    assert [words.text for words in paper.later] == ["Buses"]
    assert [words.text for pile in paper.unlisted for words in pile.words] == ["Parking"]


def test_an_empty_session_makes_an_empty_report(workshop: History) -> None:
    paper = report(workshop)
    assert not list(parts(paper))
    assert (paper.lines, paper.essentials) == ((), ())
    assert report(workshop, "host").essentials
    assert ANN.id.encode() not in msgspec.json.encode(paper)


@pytest.mark.parametrize(
    ("place", "expected"), [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_lines_have_letters(place: int, expected: str) -> None:
    assert letter(place) == expected
