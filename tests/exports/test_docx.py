"""The Word document, read back: the same lines, notes and counts, and a structure that can be heard."""

import io
import re
from datetime import UTC, datetime
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from exports import render
from exports.plain import plain
from exports.saying import heard, quotes
from sessions.domain.report import Report
from tests.exports.reports import LABELS, afternoon, empty, large, notes_of, poisoned


def read(report: Report) -> Document:
    return docx.Document(io.BytesIO(render("docx", report, LABELS)))


def notes(document: Document) -> list[str]:
    """Every note in the details: its own run, without what stands beside it."""
    return [paragraph.runs[0].text for paragraph in document.paragraphs if styled(paragraph, "List Bullet")]


def styled(paragraph: Paragraph, start: str) -> bool:
    assert paragraph.style is not None
    return str(paragraph.style.name).startswith(start)


def headings(document: Document, level: int) -> list[str]:
    return [each.text for each in document.paragraphs if styled(each, f"Heading {level}")]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module", params=[False, True], ids=["the room's copy", "the host's copy"])
def paper(request: pytest.FixtureRequest) -> Report:
    return afternoon(host_copy=request.param)


@pytest.fixture(scope="module")
def document(paper: Report) -> Document:
    return read(paper)


def test_the_first_page_is_the_list_with_where_each_line_was_heard(paper: Report, document: Document) -> None:
    [_, *rows] = document.tables[0].rows
    got = [[cell.text for cell in row.cells] for row in rows]
    assert [row[0] for row in got] == [line.letter for line in paper.lines]
    for row, line in zip(got, paper.lines, strict=True):
        assert row[1].startswith(line.pile)
        at, counts = row[2].replace("\u00a0", " ").split("\n")
        assert at == f"{line.heard_at} of {line.of} networks"
        assert counts.startswith(f"{line.notes} notes from {line.people} people")


def test_beside_each_line_stands_a_sentence_of_the_room(paper: Report, document: Document) -> None:
    for row, line in zip(document.tables[0].rows[1:], paper.lines, strict=True):
        assert quotes(line)[0] in row.cells[1].text


def test_the_details_begin_on_a_page_of_their_own(document: Document) -> None:
    [start] = [each for each in document.paragraphs if each.text == LABELS["details"]]
    assert start.paragraph_format.page_break_before


def test_every_line_has_its_part_with_its_counts(paper: Report, document: Document) -> None:
    assert [f"{line.letter}. {line.text}" for line in paper.lines] == [
        heading for heading in headings(document, 2) if re.match(r"[A-Z]+\. ", heading)
    ]
    told = [paragraph.text for paragraph in document.paragraphs]
    for line in paper.lines:
        assert any(text.startswith(heard(line, paper, LABELS)) for text in told)


def test_every_note_is_there_once_as_it_was_written(paper: Report, document: Document) -> None:
    assert sorted(notes(document)) == sorted(words.text for words in notes_of(paper))


def test_what_was_held_is_marked_and_only_in_the_hosts_copy(paper: Report, document: Document) -> None:
    held = {words.text for words in notes_of(paper) if words.held}
    marked = {
        paragraph.runs[0].text
        for paragraph in document.paragraphs
        if styled(paragraph, "List Bullet")
        and LABELS["held"] in "".join(run.text for run in paragraph.runs[1:])
    }
    assert marked == held
    assert bool(held) is paper.host_copy
    first_page = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    assert not any(words in first_page for words in held)
    assert (LABELS["host_copy"] in [each.text for each in document.paragraphs]) is paper.host_copy


def test_what_the_host_added_says_so(paper: Report, document: Document) -> None:
    cards = [each.text for each in document.paragraphs if LABELS["by_host"] in each.text]
    assert [card.split("  (")[0] for card in cards if "  (" in card] == [
        must.text for must in paper.essentials
    ]
    for card, must in zip(cards[-len(paper.essentials) :], paper.essentials, strict=True):
        said = f"The room said it too: line A ({must.notes} notes)."
        told = LABELS["must_answers"].format(do=must.do, could=must.could, not_here=must.not_here)
        assert card.endswith(f"{said}\n{told}" if must.letters else must.why)
    every = [each.text for each in document.paragraphs]
    for must in paper.essentials:
        assert all(reason in every for reason in must.reasons)
    assert ("No time in ten minutes" in every) is paper.host_copy


def test_who_was_not_here_is_named(paper: Report, document: Document) -> None:
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for group in paper.groups:
        assert group.name in told
    assert LABELS["groups_absent"] in told


def test_an_empty_question_is_named(paper: Report, document: Document) -> None:
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows[1:]]
    assert [row[:2] for row in rows] == [[cell.board, cell.zone] for cell in paper.coverage]
    for row, cell in zip(rows, paper.coverage, strict=True):
        assert row[2].startswith(str(cell.notes)) if cell.notes else row[2] == LABELS["coverage_empty"]


def test_headings_are_headings_and_none_is_skipped(document: Document) -> None:
    levels = [
        int(str(each.style.name)[-1])
        for each in document.paragraphs
        if each.style and styled(each, "Heading")
    ]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_table_repeats_its_headings_and_keeps_its_rows_whole(document: Document) -> None:
    for table in document.tables:
        heads = [
            row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
            for row in table.rows
        ]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_document_says_its_language_its_title_and_its_time(paper: Report, document: Document) -> None:
    last = datetime.fromtimestamp(paper.at // 1000, UTC)
    known = document.core_properties
    assert (known.title, known.author, known.language) == (paper.title, paper.host, "en-GB")
    assert known.created is not None
    assert known.created.replace(tzinfo=UTC) == last
    assert known.comments == ""
    tongues = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert tongues == {"en-GB"}


def test_pages_are_a4_and_numbered(document: Document) -> None:
    [section] = document.sections
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_notes_from_the_right_run_from_the_right(document: Document) -> None:
    arabic = [each for each in document.paragraphs if re.search("[\u0600-\u06ff]", each.text)]
    assert len(arabic) == 4
    for paragraph in arabic:
        assert paragraph._p.pPr is not None
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert paragraph.runs[0].font.rtl


def test_word_does_not_take_it_for_a_document_of_2007(paper: Report) -> None:
    with ZipFile(io.BytesIO(render("docx", paper, LABELS))) as parcel:
        assert b'w:name="compatibilityMode"' in parcel.read("word/settings.xml")
        assert not any("thumbnail" in name for name in parcel.namelist())


def test_poison_is_read_back_as_it_was_typed() -> None:
    paper = plain(poisoned(host_copy=True))
    document = read(poisoned(host_copy=True))
    assert sorted(map(flat, notes(document))) == sorted(flat(words.text) for words in notes_of(paper))
    assert len(document.tables) == 2
    assert not list(document.element.body.iter(qn("w:hyperlink")))


def test_forty_lines_and_a_thousand_notes_are_all_there() -> None:
    document = read(large())
    assert len(notes(document)) == 1_000
    assert len(document.tables[0].rows) == 41


def test_a_list_that_is_not_written_yet_says_so() -> None:
    document = read(empty())
    assert LABELS["no_lines"] in [paragraph.text for paragraph in document.paragraphs]
    assert LABELS["details"] not in headings(document, 1)
