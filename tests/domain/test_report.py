"""A report is made from a view: what its reader may not see is not on their paper."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import ItemField, Part, Voice
from sessions.domain.replies import crowds, open_sources
from sessions.domain.report import Report, Words
from sessions.domain.reporting import Facts, letter, reporting
from sessions.domain.rows import (
    AnswersRow,
    AnyRow,
    EssentialRow,
    ItemRow,
    LinkRow,
    MatchRow,
    NoteRow,
    PartRow,
    PlaceRow,
    ReasonRow,
    SaidRow,
    Sees,
)
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
    made,
    workshops,
)
from tests.domain.recount import Recount

ONE, TWO = made("one"), made("two")
NOTES = tuple(made(f"matrix.social {person.id}") for person in PEOPLE)


def known(history: History, *, host_copy: bool = False, here: frozenset[str] = frozenset()) -> Facts:
    wrote = {group for group in crowds(history.board) if group is not None}
    return Facts(
        title="An afternoon",
        aim="To be kinder",
        host="Hal",
        code="KXR MTP WGD",
        date="22 November 2026",
        kept_until="19 February 2027",
        people=4,
        groups_here=here | wrote,
        host_copy=host_copy,
        seq=history.board.seq,
        mark="00",
        sources={} if host_copy else open_sources(history.board, frozenset()),
    )


def report(history: History, viewer: str = "wall", **more: Any) -> Report:
    view = history.board.rows.seen_by(VIEWERS[viewer])
    return reporting(view, PLAN, known(history, host_copy=viewer == "host", **more))


def pieces(paper: Report) -> Iterator[Words]:
    """Every note and every part on the paper, wherever it stands."""
    for line in paper.lines:
        yield from line.words
    for pile in paper.unlisted:
        yield from pile.words
    yield from paper.unplaced
    yield from paper.later


def said(history: History, *, shown: bool) -> Counter[tuple[str, str]]:
    """What stands, or all that the room sees: words, and of a part the words of its note too."""
    board, recount = history.board, Recount(history)
    return Counter(
        (board.notes[piece].text, note.text if piece != id else "")
        for id, note in board.notes.items()
        if note.part_of is None and note.taken is None and (not shown or recount.is_shown(id))
        for piece in recount.pieces(id)
    )


def told(words: Iterable[Words]) -> Counter[tuple[str, str]]:
    return Counter((each.text, each.part_of) for each in words)


def in_order(rows: Iterable[AnyRow]) -> list[ItemRow]:
    """Lines as they are lettered: undo can leave two in one place, and then their ids decide."""
    items = [row for row in rows if isinstance(row, ItemRow)]
    return sorted(items, key=lambda item: (item.order, item.id))


def test_a_note_that_its_table_sent_up_is_marked_in_the_host_s_copy_alone(afternoon: History) -> None:
    afternoon.ask(HAL, asks.CallPicks(3))
    afternoon.ask(ANN, asks.PickNote(NOTES[0]))
    marked = {each.text for each in pieces(report(afternoon, "host")) if each.sent_up}
    assert marked == {afternoon.board.notes[NOTES[0]].text}
    assert not any(each.sent_up for each in pieces(report(afternoon)))


@given(workshops)
def test_a_held_or_private_note_is_in_no_room_s_report(history: History) -> None:
    paper = msgspec.json.encode(report(history))
    for note in history.board.notes.values():
        whole = history.board.whole(note)
        hidden = whole.held is not None or whole.taken is not None or note.unmade
        hidden = hidden or history.board.zones[whole.zone].sees is not Sees.ROOM
        assert (note.text.encode() not in paper) == hidden or note.unmade


@given(workshops)
def test_every_shown_note_is_in_exactly_one_place_of_the_report_or_all_its_parts_are(
    history: History,
) -> None:
    assert told(pieces(report(history))) == said(history, shown=True)


@given(workshops)
def test_a_participant_s_view_makes_a_report_of_no_more_than_that_view(history: History) -> None:
    for name, viewer in VIEWERS.items():
        rows = history.board.rows.seen_by(viewer)
        texts = {row.id: row.text for row in rows if isinstance(row, NoteRow)}
        parts = [(row.text, texts[row.note]) for row in rows if isinstance(row, PartRow)]
        whole = texts.keys() - {row.note for row in rows if isinstance(row, PartRow)}
        readable = Counter([*parts, *((texts[id], "") for id in whole)])
        assert told(pieces(report(history, name))) == readable, name


@given(workshops)
def test_a_host_s_copy_has_every_standing_note_and_marks_what_the_room_did_not_see(history: History) -> None:
    copy = list(pieces(report(history, "host")))
    assert told(copy) == said(history, shown=False)
    assert told(words for words in copy if not words.held) == said(history, shown=True)


@given(workshops)
def test_every_piece_is_under_the_line_or_pile_that_it_was_put_in(history: History) -> None:
    """Unbroken from a line to its words: what a host put there is there, and nothing else."""
    for name in ("host", "wall"):
        rows = history.board.rows.seen_by(VIEWERS[name])
        places = [row for row in rows if isinstance(row, PlaceRow)]
        notes = history.board.notes
        expected: dict[str, list[str]] = {}
        for place in places:
            expected.setdefault(place.theme, []).append(notes[place.note].text)
        items = in_order(rows)
        paper = report(history, name)
        for item, line in zip(items, paper.lines, strict=True):
            under = expected.pop(item.theme or "", [])
            assert sorted(words.text for words in line.words) == sorted(under)
        piles = [sorted(words.text for words in pile.words) for pile in paper.unlisted]
        assert sorted(piles) == sorted(map(sorted, expected.values()))


@given(workshops)
def test_a_line_on_paper_says_all_that_its_row_says(history: History) -> None:
    titles = {zone.colour: zone.title for board in PLAN.boards for zone in board.zones}
    areas = {area.id: area.title for area in PLAN.areas} | {"": ""}
    for name in VIEWERS:
        rows = history.board.rows.seen_by(VIEWERS[name])
        items = in_order(rows)
        for item, line in zip(items, report(history, name).lines, strict=True):
            assert line.levels == tuple(titles[key] for key in item.levels if key in titles)
            assert line.senses == tuple(titles[key] for key in item.senses if key in titles)
            assert (line.audiences, line.area, line.route) == (
                item.audiences,
                areas[item.area],
                item.route,
            )
            for field in ("essential", "quick", "owner", "first_step", "review", "help"):
                assert getattr(line, field) == getattr(item, field), field


@given(workshops)
def test_a_must_have_names_the_lines_in_which_the_room_said_it_too(history: History) -> None:
    for name in VIEWERS:
        rows = history.board.rows.seen_by(VIEWERS[name])
        paper = report(history, name)
        links = {row.essential: row for row in rows if isinstance(row, LinkRow)}
        items = in_order(rows)
        lines = {item.theme: line.letter for item, line in zip(items, paper.lines, strict=True)}
        musts = zip(PLAN.essentials, paper.essentials, strict=True) if paper.essentials else ()
        for essential, must in musts:
            link = links.get(essential.id)
            about = [row for row in rows if getattr(row, "essential", "") == essential.id]
            assert [must.notes] == [row.notes for row in about if isinstance(row, SaidRow)]
            told = [(row.do, row.could, row.not_here) for row in about if isinstance(row, AnswersRow)]
            assert [(must.do, must.could, must.not_here)] == (told or [(0, 0, 0)])
            reasons = [row.because for row in about if isinstance(row, ReasonRow)]
            assert sorted(must.reasons) == sorted(reasons)
            matched = [id for row in about if isinstance(row, MatchRow) for id in row.notes]
            assert sorted(words.text for words in must.words) == sorted(
                history.board.notes[id].text for id in matched
            )
            assert name == "host" or not (must.reasons or must.words)
            assert must.letters == ((lines[link.theme],) if link and link.theme in lines else ())


@given(workshops)
def test_coverage_counts_shown_notes_by_zone_and_names_every_zone(history: History) -> None:
    recount = Recount(history)
    shown = Counter(
        note.zone for id, note in history.board.notes.items() if note.part_of is None and recount.is_shown(id)
    )
    for name in ("wall", "host", "guest"):
        assert [(cell.board, cell.zone, cell.notes) for cell in report(history, name).coverage] == [
            (board.title, zone.title, shown[f"{board.id}.{zone.id}"])
            for board in PLAN.boards
            for zone in board.zones
        ]


@given(workshops)
def test_groups_and_marks_are_told_in_a_host_s_copy_alone(history: History) -> None:
    for name in VIEWERS.keys() - {"host"}:
        assert not any(words.held or words.group for words in pieces(report(history, name))), name
    names = {group.id: group.name for group in PLAN.groups}
    groups = Counter(words.group for words in pieces(report(history, "host")))
    pieces_of, notes = Recount(history).pieces, history.board.notes.items()
    standing = [(id, note.group) for id, note in notes if note.part_of is None and note.taken is None]
    assert groups == Counter(names.get(group or "", "") for id, group in standing for _ in pieces_of(id))


@given(workshops)
def test_the_numbers_on_paper_are_the_numbers_on_the_rows(history: History) -> None:
    for name in ("wall", "host"):
        rows = history.board.rows.seen_by(VIEWERS[name])
        items = in_order(rows)
        paper = report(history, name)
        for item, line in zip(items, paper.lines, strict=True):
            assert (line.text, line.notes, line.people) == (item.text, item.notes, item.people)
            assert (line.worried, line.against) == (item.worried, item.against)
            assert line.heard_at == item.heard_at <= line.of
            # Those who sit at no table are one more, without a name.
            assert line.unnamed in (0, 1)
            heard = [(words.part_of or words.text, words.voice) for words in line.words if not words.held]
            assert len({whole for whole, _ in heard}) == line.notes
            # People, who may have written more than one of these.
            for voice, people in ((Voice.WORRY, line.worried), (Voice.AGAINST, line.against)):
                wrote = {whole for whole, said in heard if said == voice}
                assert bool(wrote) == bool(people)
                assert people <= line.people
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
    assert [must.text for must in paper.essentials] == ["Open late on Tuesdays", "Let the staff go first"]
    assert not paper.host_copy
    assert [words.held for words in report(afternoon, "host").lines[0].words].count(True) == 1


def test_a_line_fit_to_send(afternoon: History) -> None:
    """Its details, its words with a part among them, and the must-have that the room said too."""
    tea, cake = made("tea"), made("cake")
    afternoon.ask(HAL, asks.SplitNote(NOTES[0], (Part(tea, "Tea for all"), Part(cake, "Cake"))))
    afternoon.ask(HAL, asks.PlaceNotes((tea, NOTES[1]), ONE))
    afternoon.ask(HAL, asks.PlaceNotes((cake,), TWO, Voice.WORRY))
    afternoon.ask(HAL, asks.MakeItem(made("a"), "Buy cake", TWO))
    afternoon.ask(HAL, asks.MakeItem(made("b"), "Buy tea", ONE))
    afternoon.ask(HAL, asks.MoveItem(made("b"), made("a")))
    for field, value in (
        (ItemField.SENSES, "hear"),
        (ItemField.AUDIENCES, "patients staff"),
        (ItemField.AREA, "place"),
        (ItemField.ROUTE, "delivery"),
        (ItemField.QUICK, "yes"),
        (ItemField.OWNER, "Dr Khan"),
        (ItemField.FIRST_STEP, "Find a kettle"),
        (ItemField.REVIEW, "May 2027"),
        (ItemField.HELP, "Cups"),
    ):
        afternoon.ask(HAL, asks.SetItem(made("b"), field, value))
    afternoon.ask(HAL, asks.LinkEssential("go-first", ONE))
    for stage in ("musts", "sort", "list"):
        afternoon.ask(HAL, asks.OpenStage(stage))
    paper = report(afternoon)

    line, other = paper.lines
    assert (line.letter, line.text, other.letter, other.text) == ("A", "Buy tea", "B", "Buy cake")
    assert (line.levels, line.senses, line.audiences) == (
        ("People around",),
        ("Hear",),
        ("staff", "patients"),
    )
    assert (line.area, line.route, line.essential, line.quick) == ("Our place", "delivery", False, True)
    assert (line.owner, line.first_step, line.review, line.help) == (
        "Dr Khan",
        "Find a kettle",
        "May 2027",
        "Cups",
    )
    whole = afternoon.board.notes[NOTES[0]].text
    assert [(words.text, words.part_of) for words in line.words] == [
        (afternoon.board.notes[NOTES[1]].text, ""),
        ("Tea for all", whole),
    ]
    assert (line.notes, line.people, other.notes, other.worried) == (2, 2, 1, 1)
    assert [(must.letters, must.notes) for must in paper.essentials] == [((), 0), (("A",), 2)]
    assert [cell.notes for cell in paper.coverage] == [4, 4, 0, 0, 0]


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
    assert not list(pieces(paper))
    assert (paper.lines, paper.essentials) == ((), ())
    assert report(workshop, "host").essentials
    assert ANN.id.encode() not in msgspec.json.encode(paper)


@pytest.mark.parametrize(
    ("place", "expected"), [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_lines_have_letters(place: int, expected: str) -> None:
    assert letter(place) == expected
