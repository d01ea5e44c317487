"""The PDF, read back as a screen reader would get it: the same lines, notes and counts."""

import re
import subprocess
import unicodedata
from datetime import datetime

import pytest
from msgspec.structs import replace

from exports import render
from exports.plain import is_right_to_left, plain
from exports.saying import heard, quotes
from sessions.domain.report import Report, Words
from tests.exports.reports import HUGE, LABELS, afternoon, empty, large, notes_of, poisoned, wordy

pytestmark = pytest.mark.poppler

PLAIN_ZONE = {"board": "Matrix", "zone": "One person", "voice": "for"}


def run(program: str, content: bytes, *options: str) -> str:
    target = ["-", "-"] if program == "pdftotext" else ["-"]
    done = subprocess.run([program, *options, *target], input=content, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def text(report: Report, *options: str) -> str:
    return run("pdftotext", render("pdf", report, LABELS), "-raw", *options)


def letters(words: str) -> str:
    """What is left when a page has broken it into lines: spaces, hidden joints and ligatures aside."""
    return re.sub(r"[\s\u200b-\u200f\ufe0f]", "", unicodedata.normalize("NFKC", words))


def arabic(words: str) -> list[str]:
    return sorted(re.findall("[\u0600-\u06ff]", unicodedata.normalize("NFKC", words)))


@pytest.fixture(scope="module", params=[False, True], ids=["the room's copy", "the host's copy"])
def paper(request: pytest.FixtureRequest) -> Report:
    return afternoon(host_copy=request.param)


@pytest.fixture(scope="module")
def told(paper: Report) -> str:
    return letters(text(paper))


def test_the_first_page_holds_the_whole_list_and_room_to_sign(paper: Report) -> None:
    page = letters(text(paper, "-l", "1"))
    for line in paper.lines:
        assert letters(line.pile) in page
        assert letters(quotes(line)[0]) in page
    assert page.count(letters(" of 5 networks")) == len(paper.lines)
    for key in ("signing", "sign_name", "sign_for", "sign_date"):
        assert letters(LABELS[key]) in page


@pytest.mark.parametrize("times", [1, 3])
def test_twelve_lines_fit_the_first_page_with_a_sentence_each_however_long_they_are(times: int) -> None:
    paper = wordy(times)
    page = text(paper, "-l", "1", "-layout")
    assert [letter for letter in "ABCDEFGHIJKL" if re.search(rf"^ *{letter}\b", page, re.MULTILINE)] == list(
        "ABCDEFGHIJKL"
    )
    flat = letters(page)
    assert flat.count(letters("12 worried, 11 against; 119 dots")) == 12
    assert letters(LABELS["sign_date"]) in flat
    assert flat.count("“") >= 12


def test_every_line_has_its_counts_and_every_note_its_words(paper: Report, told: str) -> None:
    for line in paper.lines:
        assert letters(heard(line, paper, LABELS)) in told
        assert letters(line.pile) in told
    for words in notes_of(paper):
        if not is_right_to_left(words.text):
            assert letters(words.text) in told


def test_words_from_the_right_are_there_letter_by_letter(paper: Report) -> None:
    leftwards = [words.text for words in notes_of(paper) if is_right_to_left(words.text)]
    assert len(leftwards) == 4
    # In what order a reader gives the letters back is its own affair.
    rows = [arabic(row) for row in text(paper).splitlines()]
    for words in leftwards:
        assert arabic(words) in rows


def test_what_was_held_is_marked_in_the_hosts_copy_and_missing_in_any_other(told: str, paper: Report) -> None:
    held = [words for words in notes_of(paper) if words.held]
    assert told.count(letters(LABELS["held"]) + ",") == len(held)
    assert (letters(LABELS["host_copy"]) in told) is paper.host_copy
    secret = [
        words.text for words in notes_of(afternoon(host_copy=True)) if words.held and len(words.text) > 12
    ]
    assert secret
    assert all((letters(words) in told) is paper.host_copy for words in secret)


def test_who_was_not_here_what_is_empty_and_what_the_host_added_are_named(paper: Report, told: str) -> None:
    assert letters(LABELS["groups_absent"]) in told
    for group in paper.groups:
        assert letters(group.name) in told
    for cell in paper.coverage:
        assert letters(cell.zone) in told
    for must in paper.essentials:
        assert letters(must.text) + letters(LABELS["by_host"]) in told
        answers = LABELS["must_answers"].format(do=must.do, could=must.could, not_here=must.not_here)
        assert (letters(answers) in told) is (must.do > 0)
    assert (letters("No time in ten minutes") in told) is paper.host_copy
    emptied = replace(paper, coverage=tuple(replace(cell, notes=0) for cell in paper.coverage))
    assert letters(text(emptied)).count(letters(LABELS["coverage_empty"])) == len(paper.coverage)


def test_the_file_is_tagged_and_says_its_title_author_and_time(paper: Report) -> None:
    about = run("pdfinfo", render("pdf", paper, LABELS), "-isodates")
    known = dict(
        re.split(r":\s+", row, maxsplit=1) for row in about.splitlines() if re.search(r":\s+\S", row)
    )
    assert known["Title"] == paper.title
    assert known["Author"] == paper.host
    assert known["Tagged"] == "yes"
    assert datetime.fromisoformat(known["CreationDate"]).timestamp() == paper.at // 1000
    assert "A4" in known["Page size"]
    assert b"/Lang(en-GB)" in render("pdf", paper, LABELS)


def test_headings_tables_and_lists_are_tagged_as_what_they_are(paper: Report) -> None:
    tags = run("pdfinfo", render("pdf", paper, LABELS), "-struct")
    for tag in ("H1", "H2", "H3", "Table", "TH", "TD", "L", "LI"):
        assert re.search(rf"^\s*{tag}\b", tags, re.MULTILINE), tag


def test_letters_that_every_machine_has_earn_the_seal_of_accessibility() -> None:
    assert b"pdfuaid" in render("pdf", small("Walk to the waiting room"), LABELS)


def test_a_letter_that_no_font_has_costs_the_seal_and_not_the_document() -> None:
    content = render("pdf", small("Walk \u0378 far"), LABELS)
    assert b"pdfuaid" not in content
    assert "Tagged:          yes" in run("pdfinfo", content)


def test_poison_is_set_as_it_was_typed() -> None:
    paper = poisoned(host_copy=True)
    told = letters(text(paper))
    for words in notes_of(plain(paper)):
        # No machine has every script; what is checked here is that nothing was taken for a command.
        if words.text.isascii() and words.text != HUGE:
            assert letters(words.text) in told
    assert told.count("walk") >= 2 * HUGE.count("walk")
    assert "root:x:0" not in told


def test_a_word_without_end_stays_on_the_page() -> None:
    told = text(small("w" * 280), "-bbox")
    right = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', told)]
    assert max(right) <= 596


def test_forty_lines_and_a_thousand_notes_are_all_there() -> None:
    paper = large()
    told = letters(text(paper))
    for line in paper.lines:
        assert letters(f"{line.letter}. {line.text}") in told
    assert told.count(letters("– ")) >= 1_000


def test_a_list_that_is_not_written_yet_says_so_on_one_page() -> None:
    assert letters(LABELS["no_lines"]) in letters(text(empty()))


def small(words: str) -> Report:
    """One note, and nothing else that people wrote."""
    return replace(empty(), unplaced=(Words(text=words, **PLAIN_ZONE),))  # type: ignore[arg-type]
