"""CSV, Markdown and JSON read back: the same lines, notes and counts, and nothing in them runs."""

import csv
import io
import json
import re
from typing import Any

import msgspec
import pytest

from exports import render
from exports.csv_file import COLUMNS, harmless
from exports.markdown_file import literal
from exports.plain import plain
from exports.saying import quoted
from sessions.domain.report import Report
from tests.exports.reports import LABELS, POISON, afternoon, empty, notes_of, poisoned

REPORTS = {
    "the room's": afternoon(),
    "the host's": afternoon(host_copy=True),
    "poisoned": poisoned(host_copy=True),
    "empty": empty(),
}


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    return REPORTS[request.param]


def table(report: Report) -> list[dict[str, str]]:
    """The CSV by the keys of its columns, as a program reads it."""
    text = render("csv", report, LABELS).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert heading == [LABELS[column] for column in COLUMNS]
    assert {len(row) for row in rows} <= {len(COLUMNS)}
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_every_note_has_a_row_of_the_table_as_it_was_written(report: Report) -> None:
    told = [row["note"] for row in table(report) if row["note"]]
    assert told == [harmless(words.text) for words in notes_of(plain(report)) if words.text]


def test_every_line_has_its_counts_in_the_table(report: Report) -> None:
    rows = {row["letter"]: row for row in table(report) if row["letter"]}
    assert list(rows) == [line.letter for line in report.lines]
    for line in plain(report).lines:
        row = rows[line.letter]
        assert row["line"] == harmless(line.text)
        counts = [row[column] for column in ("line_notes", "line_people", "heard_at", "heard_of")]
        assert counts == [str(n) for n in (line.notes, line.people, line.heard_at, line.of)]


def test_what_the_host_added_is_marked_and_has_no_letter(report: Report) -> None:
    added = [row for row in table(report) if row["standing"] == LABELS["by_host"]]
    assert [row["line"] for row in added] == [harmless(must.text) for must in plain(report).essentials]
    assert {row["letter"] for row in added} <= {""}
    for row, must in zip(added, plain(report).essentials, strict=True):
        told = [row[f"must_{answer}"] for answer in ("do", "could", "not_here")]
        answered = must.do or must.could or must.not_here
        assert told == ([str(must.do), str(must.could), str(must.not_here)] if answered else ["", "", ""])
        words = [f"{each.text} ({LABELS['held']})" if each.held else each.text for each in must.words]
        assert row["must_words"] == harmless("\n".join(words))
        assert row["must_reasons"] == harmless("\n".join(must.reasons))


@pytest.mark.parametrize("kind", ["csv", "md", "json"])
def test_why_a_must_have_is_not_for_here_is_in_the_hosts_copy_alone(kind: str) -> None:
    for name, told in (("the room's", False), ("the host's", True)):
        text = render(kind, REPORTS[name], LABELS).decode()
        assert ("No time in ten minutes" in text) is told


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200b=1",
    "＝1",
    "=cmd|'/C calc'!A0",
    "{=1}",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_begins_what_a_spreadsheet_would_calculate(formula: str) -> None:
    assert harmless(formula) == f"'{formula}"
    assert harmless(f"walk {formula}") == f"walk {formula}"


def test_no_cell_of_the_poisoned_table_begins_a_formula() -> None:
    for row in table(REPORTS["poisoned"]):
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "{", "|", "%"))


def test_separators_quotes_and_line_ends_stay_in_their_cell() -> None:
    told = {row["note"] for row in table(REPORTS["poisoned"])}
    assert 'a "quote", a comma; a semicolon\nand a return' in told
    assert "line one\nline two\nline three\nline four" in told
    assert "😀" * 280 in told
    assert "<script>alert(1)</script>" in told


def test_the_table_can_be_opened_by_a_spreadsheet() -> None:
    content = render("csv", afternoon(), LABELS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert b"\0" not in render("csv", poisoned(), LABELS)


def read_markdown(text: str) -> list[tuple[str, str]]:
    """Blocks as a reader of Markdown would see them: ("h3", words) or ("li", words), escapes undone."""
    blocks = []
    for line in text.splitlines():
        if found := re.match(r"(#{1,6}) (.*)", line):
            blocks.append((f"h{len(found[1])}", unescaped(found[2])))
        elif line.startswith("- "):
            blocks.append(("li", unescaped(line[2:])))
    return blocks


def unescaped(text: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_markdown_has_a_heading_a_line_and_an_item_a_note(report: Report) -> None:
    blocks = read_markdown(render("md", report, LABELS).decode())
    fit = plain(report)
    assert [words for kind, words in blocks if kind == "h3"] == [
        f"{line.letter}. {flat(line.text)}" for line in fit.lines
    ]
    items = [words for kind, words in blocks if kind == "li"]
    said = [words for words in items if words.startswith(("“", '"'))]
    assert len(said) == len(notes_of(fit))
    for told, note in zip(said, notes_of(fit), strict=True):
        assert told.startswith(flat(quoted(note.text)))


@pytest.mark.parametrize("text", POISON)
def test_nothing_that_people_wrote_is_markup(text: str) -> None:
    told = literal(text)
    assert "\n" not in told
    assert unescaped(told) == flat(text)
    for markup in ("<", ">", "[", "]", "`", "*", "|", "#", "http:", "javascript:"):
        for place in [found.start() for found in re.finditer(re.escape(markup), told)]:
            end = place + len(markup) - 1
            assert told[place - 1] == "\\" or told[end - 1] == "\\", (markup, told)


def test_json_is_the_report_itself(report: Report) -> None:
    content = render("json", report, LABELS)
    read: dict[str, Any] = json.loads(content)
    assert read == json.loads(msgspec.json.encode(plain(report)))
    assert msgspec.json.decode(content, type=Report) == plain(report)


@pytest.mark.parametrize("kind", ["csv", "md", "json"])
def test_held_notes_are_in_the_hosts_copy_alone(kind: str) -> None:
    held = [words.text for words in notes_of(afternoon(host_copy=True)) if words.held]
    assert held
    host = render(kind, afternoon(host_copy=True), LABELS).decode()
    room = render(kind, afternoon(), LABELS).decode()
    for text in held:
        written = {
            "csv": text.replace('"', '""'),
            "md": literal(text),
            "json": json.dumps(text, ensure_ascii=False),
        }
        assert written[kind] in host
        assert written[kind] not in room
    if kind != "json":
        assert LABELS["held"] not in room.replace(LABELS["host_copy"], "")
