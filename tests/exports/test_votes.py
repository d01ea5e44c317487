"""What the room chose, read back from every file: as far as each copy may say it."""

import csv
import io
import json
from typing import Any

import pytest
from docx import Document
from msgspec.structs import replace
from openpyxl import load_workbook

from exports import render
from sessions.domain.report import Chosen, Reason, Report, Vote
from tests.exports.reports import LABELS, afternoon
from tests.exports.test_pdf import text as pdf_text

FIRST = Chosen(
    dots=19,
    worried=2,
    stop=1,
    reasons=(Reason("Who covers the desk?", True), Reason("=1+1", False)),
    helpers=("Priya", "Sam"),
    helping=3,
    private=("Priya",),
)
VOTES = LABELS["sheet_votes"]
ALONE = LABELS["helper_private"].format(name="Priya")


def voted(*, host_copy: bool) -> Report:
    """The afternoon after its vote. The second line got nothing, and the third was not put to it."""
    room = replace(FIRST, reasons=(), helpers=("Sam",), helping=1, private=())
    paper = afternoon(host_copy=host_copy)
    first, second, *rest = paper.lines
    lines = (
        replace(first, chosen=FIRST if host_copy else room),
        replace(second, chosen=Chosen(dots=0)),
        *rest,
    )
    return replace(paper, lines=lines, vote=Vote(27, 5))


def sheet(report: Report) -> list[dict[str, Any]]:
    heads, *body = load_workbook(io.BytesIO(render("xlsx", report, LABELS)))[VOTES].iter_rows(
        values_only=True
    )
    return [
        {str(head): "" if cell is None else cell for head, cell in zip(heads, row, strict=True)}
        for row in body
    ]


def test_the_sheet_of_votes_has_every_line_in_the_order_of_its_letters() -> None:
    for host_copy in (False, True):
        paper = voted(host_copy=host_copy)
        rows = sheet(paper)
        assert [row[LABELS["letter"]] for row in rows] == [line.letter for line in paper.lines]
        assert [row[LABELS["dots_given"]] for row in rows[:3]] == [19, 0, ""]
        assert (rows[0][LABELS["line_worried"]], rows[0][LABELS["line_stop"]]) == (2, 1)


def test_reasons_and_names_stand_in_the_copy_that_may_have_them() -> None:
    host, room = sheet(voted(host_copy=True))[0], sheet(voted(host_copy=False))[0]
    assert host[LABELS["reasons"]] == "“Who covers the desk?” “=1+1”"
    assert LABELS["reasons"] not in room
    assert host[LABELS["helpers"]] == f"{ALONE}, Sam, " + LABELS["helpers_more.one"].format(n=1)
    assert room[LABELS["helpers"]] == "Sam"


def test_the_first_sheet_says_how_many_chose() -> None:
    book = load_workbook(io.BytesIO(render("xlsx", voted(host_copy=False), LABELS)))
    said = {row[0]: row[1] for row in book[LABELS["sheet_readme"]].iter_rows(values_only=True)}
    assert said[LABELS["vote"]] == LABELS["vote_says.other"].format(people=27, n=5)


def test_without_a_vote_there_is_no_sheet_for_it() -> None:
    assert VOTES not in load_workbook(io.BytesIO(render("xlsx", afternoon(), LABELS))).sheetnames


@pytest.mark.poppler
def test_every_text_tells_what_was_chosen_of_a_line() -> None:
    paper = voted(host_copy=True)
    word = Document(io.BytesIO(render("docx", paper, LABELS)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    texts = {
        "docx": "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
        "md": render("md", paper, LABELS).decode(),
        "csv": render("csv", paper, LABELS).decode(),
        "pdf": pdf_text(paper),
    }
    felt = [LABELS["felt_worried.other"].format(n=2), LABELS["felt_stop.one"].format(n=1)]
    for kind, told in texts.items():
        flat = " ".join(told.split())
        for said in (*felt, "Who covers the desk?", f"{ALONE}, Sam", "19"):
            assert said in flat, (kind, said)
    assert "19\u00a0dots" in texts["docx"]
    assert "19 dots" in " ".join(texts["pdf"].split())


def test_the_data_has_them_too() -> None:
    told = json.loads(render("json", voted(host_copy=True), LABELS))
    first = told["lines"][0]["chosen"]
    assert (first["dots"], first["worried"], first["stop"], first["helpers"]) == (19, 2, 1, ["Priya", "Sam"])
    assert told["vote"] == {"people": 27, "budget": 5}
    rows = list(
        csv.DictReader(io.StringIO(render("csv", voted(host_copy=False), LABELS).decode("utf-8-sig")))
    )
    assert {row[LABELS["reasons"]] for row in rows} == {""}
