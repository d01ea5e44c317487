"""The workbook, read back by another program: the same lines, notes and counts, and text that stays text."""

import io
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports import render
from exports.plain import plain
from sessions.domain.report import Report
from tests.exports.reports import HUGE, LABELS, POISON, afternoon, empty, notes_of, poisoned

SHEETS = [LABELS[f"sheet_{name}"] for name in ("readme", "list", "notes", "piles", "musts")]
README, LIST, NOTES, PILES, MUSTS = SHEETS


def read(report: Report) -> Workbook:
    return load_workbook(io.BytesIO(render("xlsx", report, LABELS)))


def rows(book: Workbook, name: str) -> list[dict[str, Any]]:
    """The table of a sheet: a row is what stands under each heading."""
    heads, *body = [[cell or "" for cell in row] for row in book[name].iter_rows(values_only=True)]
    return [dict(zip(map(str, heads), row, strict=True)) for row in body]


def wholes(book: Workbook) -> list[str]:
    """Every note, put together again where it took two cells."""
    note = LABELS["note"]
    more = LABELS["continued"].format(column=note)
    return [f"{row[note]}{row.get(more, '')}" for row in rows(book, NOTES)]


def tables(book: Workbook) -> list[Worksheet]:
    return [book[name] for name in (LIST, NOTES, PILES)]


@pytest.fixture(scope="module", params=[False, True], ids=["the room's copy", "the host's copy"])
def paper(request: pytest.FixtureRequest) -> Report:
    return afternoon(host_copy=request.param)


@pytest.fixture(scope="module")
def book(paper: Report) -> Workbook:
    return read(paper)


def test_there_are_five_sheets_and_the_first_is_to_read(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_every_line_is_a_row_with_its_counts(paper: Report, book: Workbook) -> None:
    columns = ("letter", "line", "column_notes", "line_people", "heard_at", "heard_of", "line_worried")
    got = [
        tuple(row[LABELS[column]] or 0 for column in columns)
        for row in rows(book, LIST)
        if row[LABELS["added_by"]] == LABELS["by_room_short"]
    ]
    assert got == [
        (line.letter, line.text, line.notes, line.people, line.heard_at, line.of, line.worried)
        for line in paper.lines
    ]


def test_what_the_host_added_has_no_letter_and_is_counted_nowhere(paper: Report, book: Workbook) -> None:
    added = [row for row in rows(book, LIST) if row[LABELS["added_by"]] == LABELS["by_host_short"]]
    assert [row[LABELS["line"]] for row in added] == [must.text for must in paper.essentials]
    counted = ("letter", "column_notes", "line_people", "heard_at", "heard_of")
    assert {row[LABELS[column]] for row in added for column in counted} == {""}


def test_what_people_say_to_a_must_have_is_there_and_why_not_in_the_hosts_copy_alone(
    paper: Report, book: Workbook
) -> None:
    told = rows(book, MUSTS)
    answers = [LABELS[f"must_{answer}"] for answer in ("do", "could", "not_here")]
    assert [
        (row[LABELS["essential"]], row[LABELS["column_notes"]] or 0, *(row[each] or 0 for each in answers))
        for row in told
    ] == [(must.text, must.notes, must.do, must.could, must.not_here) for must in paper.essentials]
    assert any(must.do for must in paper.essentials)
    words, reasons = LABELS["must_words"], LABELS["must_reasons"]
    if not paper.host_copy:
        assert not {words, reasons} & told[0].keys()
        return
    assert [row[words].split("\n") for row in told if row[words]] == [
        [f"{each.text} ({LABELS['held']})" if each.held else each.text for each in must.words]
        for must in paper.essentials
        if must.words
    ]
    assert [row[reasons].split("\n") for row in told if row[reasons]] == [
        list(must.reasons) for must in paper.essentials if must.reasons
    ]
    assert any(must.reasons for must in paper.essentials)


def test_every_note_is_a_row_as_it_was_written_and_says_where_it_stands(
    paper: Report, book: Workbook
) -> None:
    got = [(row[LABELS["note"]], row[LABELS["board"]], row[LABELS["zone"]]) for row in rows(book, NOTES)]
    assert got == [(words.text, words.board, words.zone) for words in notes_of(paper)]
    standing = Counter(row[LABELS["standing"]] for row in rows(book, NOTES))
    assert standing[LABELS["unplaced"]] == len(paper.unplaced)
    assert standing[LABELS["later"]] == len(paper.later)
    assert standing[LABELS["no_line"]] == sum(len(pile.words) for pile in paper.unlisted)
    for line in paper.lines:
        assert standing[LABELS["in_line"].format(letter=line.letter)] == len(line.words)


def test_every_pile_is_a_row_and_counts_what_the_room_sees(paper: Report, book: Workbook) -> None:
    counts = {row[LABELS["pile"]]: row[LABELS["column_notes"]] for row in rows(book, PILES)}
    assert counts == {line.pile: line.notes for line in paper.lines} | {
        pile.title: sum(not words.held for words in pile.words) for pile in paper.unlisted
    }


def test_who_wrote_where_and_what_was_held_stands_in_the_hosts_copy_alone() -> None:
    heads = {
        copy: {str(cell.value) for cell in read(afternoon(host_copy=copy))[NOTES][1]}
        for copy in (False, True)
    }
    assert heads[True] - heads[False] == {LABELS["group"], LABELS["column_held"]}
    held = [row for row in rows(read(afternoon(host_copy=True)), NOTES) if row[LABELS["column_held"]]]
    kept = {words.text for words in notes_of(afternoon(host_copy=True)) if words.held}
    assert {row[LABELS["note"]] for row in held} == kept != set()


def test_the_first_sheet_says_what_to_know_before_reading_on() -> None:
    told = {
        copy: "\n".join(str(cell.value) for row in read(afternoon(host_copy=copy))[README] for cell in row)
        for copy in (False, True)
    }
    for paper in (afternoon(), afternoon(host_copy=True)):
        for part in (
            paper.title,
            paper.aim,
            paper.host,
            paper.date,
            paper.kept_until,
            paper.mark,
            str(paper.seq),
        ):
            assert part in told[paper.host_copy]
        for group in paper.groups:
            assert group.name in told[paper.host_copy]
    assert LABELS["host_copy"] in told[True]
    assert LABELS["host_copy"] not in told[False]


def test_each_sheet_is_a_real_table_with_filter_and_headings_that_stay(book: Workbook) -> None:
    for sheet in tables(book):
        [table] = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter is not None
        assert str(sheet.freeze_panes).endswith("2")
        assert not sheet.merged_cells.ranges


def test_each_sheet_is_ready_to_print(book: Workbook) -> None:
    for sheet in tables(book):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is what is meant where nothing is said, and 0 high is as many as it takes.
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.right.text)


def test_the_time_in_the_file_is_that_of_the_last_fact(paper: Report, book: Workbook) -> None:
    last = datetime.fromtimestamp(paper.at // 1000, UTC).replace(tzinfo=None)
    assert (book.properties.created, book.properties.modified) == (last, last)
    assert book.properties.creator == paper.host


def test_rows_are_as_high_as_their_words_and_may_still_grow(paper: Report) -> None:
    with ZipFile(io.BytesIO(render("xlsx", paper, LABELS))) as parcel:
        sheet = parcel.read("xl/worksheets/sheet3.xml")
    assert b' ht="' in sheet
    assert b"customHeight" not in sheet


def test_poison_stays_text_in_every_cell() -> None:
    book = read(poisoned(host_copy=True))
    kinds = Counter(cell.data_type for name in SHEETS for row in book[name] for cell in row)
    assert kinds.keys() <= {"s", "n"}, "a formula, an error or a date came of somebody's words"
    assert not any(cell.hyperlink for name in SHEETS for row in book[name] for cell in row)
    assert wholes(book) == [words.text for words in notes_of(plain(poisoned(host_copy=True)))]


def test_words_that_look_like_a_formula_stay_words_when_the_cell_is_edited() -> None:
    cells = [
        cell for row in read(poisoned())[NOTES] for cell in row if str(cell.value).startswith(("=", "@", "{"))
    ]
    assert cells
    assert all(cell.quotePrefix for cell in cells)


def test_a_text_too_long_for_a_cell_goes_on_in_the_next() -> None:
    book = read(poisoned())
    assert wholes(book).count(HUGE) == 2
    [line] = [row for row in rows(book, LIST) if row[LABELS["letter"]] == "ZZ"]
    assert line[LABELS["line"]] + line[LABELS["continued"].format(column=LABELS["line"])] == HUGE
    assert max(len(str(cell.value).encode("utf-16-le")) // 2 for row in book[NOTES] for cell in row) <= 32_767


def test_a_title_without_end_is_cut_aloud() -> None:
    paper = afternoon()
    told = [str(cell.value) for row in read(Report(**_fields(paper) | {"aim": HUGE}))[README] for cell in row]
    assert any(text.startswith("walk") and text.endswith(LABELS["cut"]) for text in told)


def test_a_room_where_nobody_wrote_has_its_workbook_too() -> None:
    book = read(empty())
    assert [row for row in rows(book, NOTES) if any(row.values())] == []


def test_every_poison_is_there_at_all() -> None:
    assert len(POISON) > 30


def _fields(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__struct_fields__}
