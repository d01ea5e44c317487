"""The page for each group, read back from every file: what it said, where that went, what did not go in."""

import io
import re
from typing import Any

import docx
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from exports import render
from exports.markdown_file import literal
from exports.saying import quoted, went
from sessions.domain.report import Reply, Report
from tests.exports.reports import LABELS, afternoon, notes_of
from tests.exports.test_pdf import letters, text

FEW = "Lower Valley PCN"


@pytest.fixture(scope="module", params=[False, True], ids=["the room's copy", "the host's copy"])
def paper(request: pytest.FixtureRequest) -> Report:
    return afternoon(host_copy=request.param, replies=True)


def titles(report: Report) -> list[str]:
    return [LABELS["reply_title"].format(group=reply.group) for reply in report.replies]


def paged(report: Report) -> Report:
    """As pages stand in files that have pages: those without a note last."""
    return replace(report, replies=tuple(sorted(report.replies, key=lambda reply: not reply.went)))


def private(report: Report) -> set[str]:
    """In a host's copy: what the room could not read, and nobody said in the open as well."""
    open_ = {words.text for words in notes_of(report) if not words.held}
    return {words.text for words in notes_of(report) if words.held} - open_


def held(reply: Reply) -> str:
    """As its page tells it."""
    return LABELS[f"reply_held.{'one' if reply.held == 1 else 'other'}"].format(n=reply.held)


def test_every_group_that_was_here_has_a_page_and_where_few_were_only_the_hosts_copy_tells_their_notes(
    paper: Report,
) -> None:
    assert [reply.group for reply in paper.replies] == [group.name for group in paper.groups if group.here]
    for reply in paper.replies:
        assert reply.few is (reply.group == FEW)
        assert bool(reply.went) is (paper.host_copy or not reply.few)
        assert {fate.why for fate in reply.went} <= {"line", "pile", "unplaced", "later"}
        assert not any(words.held for fate in reply.went for words in fate.words)
        assert paper.host_copy or reply.held == 0
    assert any(reply.held for reply in paper.replies) is paper.host_copy
    assert bool(private(paper)) is paper.host_copy


def test_word_has_a_page_for_each_with_every_note_under_where_it_went(paper: Report) -> None:
    told = docx.Document(io.BytesIO(render("docx", paper, LABELS))).paragraphs
    paper = paged(paper)
    heads = [place for place, each in enumerate(told) if each.text in titles(paper)]
    assert [told[place].text for place in heads] == titles(paper)
    for place, end, reply in zip(heads, [*heads[1:], len(told)], paper.replies, strict=True):
        assert told[place].paragraph_format.page_break_before
        page = [each.text for each in told[place:end]]
        assert (LABELS["reply_few"].format(group=reply.group) in page) is (reply.few and not paper.host_copy)
        assert (LABELS["reply_few_host"].format(group=reply.group) in page) is (reply.few and paper.host_copy)
        assert (held(reply) in page) is (reply.held > 0)
        assert not any(words in each for each in page for words in private(paper))
        for fate in reply.went:
            named = f"{fate.letter}  {fate.title}" if fate.why == "line" else went(fate, LABELS)
            start = page.index(named) + 1
            notes = page[start : start + len(fate.words)]
            assert all(
                each.startswith(quoted(said.text)) for each, said in zip(notes, fate.words, strict=True)
            )


@pytest.mark.poppler
def test_the_pdf_has_a_page_for_each_and_nobody_elses_notes_on_it(paper: Report) -> None:
    pages, paper = text(paper).split("\f"), paged(paper)
    starts = [next(n for n, page in enumerate(pages) if title in page) for title in titles(paper)]
    assert starts == sorted(set(starts))
    for start, end, reply in zip(starts, [*starts[1:], len(pages) - 2], paper.replies, strict=True):
        page = letters("".join(pages[start:end]))
        mine = {words.text for fate in reply.went for words in fate.words}
        others = {words.text for other in paper.replies for fate in other.went for words in fate.words} - mine
        others |= private(paper)
        assert (letters(held(reply)) in page) is (reply.held > 0)
        plain = re.compile("[\x20-\x7e]{25,}")
        assert all(letters(words) in page for words in mine if plain.fullmatch(words))
        assert not any(letters(words) in page for words in others if plain.fullmatch(words))


@pytest.mark.poppler
def test_groups_of_few_share_one_page_after_the_others() -> None:
    whole = afternoon(replies=True)
    bare = (whole.replies[0], whole.replies[3])
    few = {reply: replace(reply, went=(), letters=(), few=True) for reply in bare}
    report = replace(whole, replies=tuple(few.get(reply, reply) for reply in whole.replies))
    lonely = {reply.group for reply in report.replies if not reply.went}
    assert lonely == {FEW, bare[0].group, bare[1].group}

    pages = text(report).split("\f")
    starts = {
        reply.group: next(n for n, page in enumerate(pages) if title in page)
        for reply, title in zip(report.replies, titles(report), strict=True)
    }
    own = [page for group, page in starts.items() if group not in lonely]
    assert len(set(own)) == len(own)
    (shared,) = {starts[group] for group in lonely}
    assert shared > max(own)

    told = docx.Document(io.BytesIO(render("docx", report, LABELS))).paragraphs
    heads = [each for each in told if each.text in titles(report)]
    assert [bool(each.paragraph_format.page_break_before) for each in heads] == [True] * 3 + [False] * 2


def test_the_workbook_has_a_row_for_each_note_with_where_it_went(paper: Report) -> None:
    sheet = load_workbook(io.BytesIO(render("xlsx", paper, LABELS)))[LABELS["sheet_replies"]]
    heads, *rows = sheet.iter_rows(values_only=True)
    told: list[dict[str, Any]] = [dict(zip(map(str, heads), row, strict=True)) for row in rows]
    notes = [row for row in told if row[LABELS["note"]]]
    assert [(row[LABELS["group"]], row[LABELS["note"]], row[LABELS["standing"]]) for row in notes] == [
        (reply.group, words.text, went(fate, LABELS))
        for reply in paper.replies
        for fate in reply.went
        for words in fate.words
    ]
    for reply in paper.replies:
        said = next(row[LABELS["standing"]] for row in told if row[LABELS["group"]] == reply.group)
        assert (held(reply) in said) is (reply.held > 0)
    assert not private(paper).intersection(row[LABELS["note"]] for row in told)
    assert {row[LABELS["group"]] for row in told} == {reply.group for reply in paper.replies}


def test_markdown_has_a_heading_for_each(paper: Report) -> None:
    told = render("md", paper, LABELS).decode()
    for title, reply in zip(titles(paper), paper.replies, strict=True):
        page = told.partition(f"## {literal(title)}\n")[2].partition("\n## ")[0]
        assert (literal(held(reply)) in page) is (reply.held > 0)
        assert not any(literal(words) in page for words in private(paper))
        assert len(re.findall(r'\n  - [“"]', page)) == sum(len(fate.words) for fate in reply.went)


def test_without_pages_for_groups_there_is_no_sheet_for_them() -> None:
    assert (
        LABELS["sheet_replies"]
        not in load_workbook(io.BytesIO(render("xlsx", afternoon(), LABELS))).sheetnames
    )
