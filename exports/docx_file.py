"""The list as a Word document: the list on one page, then each line with the room's very words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from exports.document import ALARM, ALARM_WASH, BRAND, SOFT, Document, frame, turn, write
from exports.pages import Answer, Entry, Heap, Pages, Said, pages
from exports.saying import quoted
from sessions.domain.report import Report

Labels = Mapping[str, str]


def render(report: Report, labels: Labels) -> bytes:
    paper = pages(report, labels)
    document = Document(
        title=paper.title, author=paper.host, subject=paper.aim, language=paper.language, at=report.at
    )
    alarm = labels["host_only"] if paper.alarm else ""
    document.footer(f"{paper.title} · {paper.state}", alarm, labels["page"])
    _front(document, paper, labels)
    if paper.entries:
        _details(document, paper, labels)
    _musts(document, paper, labels)
    _coverage(document, paper, labels)
    for part in paper.parts:
        document.heading(part.title, 1)
        for pile in part.piles:
            if pile.title:
                document.heading(pile.title, 2)
            _notes(document, pile.heaps, 3 if pile.title else 2)
    for answer in paper.answers:
        _answer(document, answer, labels)
    document.heading(labels["about"], 1)
    known = {"groups_here": paper.here, "groups_absent": paper.absent, "vote": paper.vote}
    known |= {"kept": paper.kept, "state": paper.state}
    _facts(document, [(labels[key], said) for key, said in known.items() if said])
    return document.bytes()


class Density(NamedTuple):
    """How close the list page is set: size of the words, sentences with a line, air in points; `dense` sets
    the sentence straight after the line, and `brief` a short name in the place of the wording."""

    size: float
    quotes: int
    air: float
    dense: bool = False
    brief: bool = False


_DENSITIES = (
    Density(10.5, 2, 5),
    Density(10, 1, 4),
    Density(9.5, 1, 3),
    Density(9, 1, 2.5, dense=True),
    Density(8.5, 1, 1.5, dense=True),
    Density(9, 1, 2, dense=True, brief=True),
    Density(8.5, 1, 1, dense=True, brief=True),
    Density(8.5, 0, 2, dense=True),
    Density(8.5, 0, 1, dense=True, brief=True),
)
_LETTER, _WORDING, _HEARD = 11, 111, 50
_POINTS_A_MM, _POINTS_OF_LIST, _POINTS_OF_ALARM = 2.83, 620, 32
_BOLD_LETTER, _LIGHT_LETTER, _LEADING = 0.52, 0.44, 1.26
"""Of the size of the type: a letter of a line's wording, one of a quotation beside it, a line of them."""


def _front(document: Document, paper: Pages, labels: Labels) -> None:
    write(document.paragraph(), labels["list"], bold=True, size=8.5, colour=BRAND)
    document.paragraph(" ".join(paper.title.split()), "Title")
    if paper.aim:
        document.paragraph(paper.aim, "Subtitle")
    write(document.paragraph(), paper.card, size=9, colour=SOFT).font.size = Pt(9)
    if paper.alarm:
        banner = document.paragraph()
        write(banner, paper.alarm, bold=True, colour=ALARM)
        frame(banner, ALARM, 4, ALARM_WASH)
    if not paper.entries:
        write(document.paragraph(), labels["no_lines"], size=12)
        return
    density = next((each for each in _DENSITIES if _fits(paper, each)), _DENSITIES[2])
    headings = labels["letter"], labels["line"], labels["heard_at"]
    table = document.table(headings, (_LETTER, _WORDING, _HEARD), labels["list"])
    for entry in paper.entries:
        letter, wording, places = table.row(air=density.air)
        write(letter.paragraphs[0], entry.letter, bold=True, size=density.size + 1, colour=BRAND)
        line = _wording(wording, entry, density)
        for said in entry.quotes[: density.quotes]:
            if _shares(entry, density):
                write(line, " ")
            else:
                line.paragraph_format.space_after = Pt(1)
                line = wording.add_paragraph()
                line.paragraph_format.space_after = Pt(density.air)
                if said.leftwards:
                    turn(line)
            size = density.size * 0.9
            write(line, said.text, size=size, colour=SOFT, leftwards=said.leftwards)
            if said.beside:
                write(line, f" ({said.beside})", size=size, colour=SOFT)
        write(places.paragraphs[0], entry.short[0], bold=True, size=density.size * 0.9)
        if entry.short[1]:
            write(places.paragraphs[0], "\n" + entry.short[1], size=density.size * 0.9, colour=SOFT)


def _shares(entry: Entry, density: Density) -> bool:
    """Words of two directions share no line: nobody could tell where to read on."""
    called = (entry.brief,) if density.brief else (entry.name, Said("", leftwards=entry.leftwards))
    return density.dense and not any(said.leftwards for said in (*called, *entry.quotes[: density.quotes]))


def _wording(cell: _Cell, entry: Entry, density: Density) -> Paragraph:
    """What the line is called, and below it what it says, if that is more."""
    paragraph: Paragraph = cell.paragraphs[0]
    called = entry.brief if density.brief else entry.name if entry.name.text else Said(entry.text)
    leftwards = called.leftwards or (called.text == entry.text and entry.leftwards)
    if leftwards:
        turn(paragraph)
    write(paragraph, called.text, bold=True, size=density.size, leftwards=leftwards)
    for flag in entry.flags:
        write(paragraph, f"  [{flag}]", bold=True, size=density.size * 0.85, colour=BRAND)
    if density.brief or called.text == entry.text:
        return paragraph
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(density.air)
    if entry.leftwards:
        turn(paragraph)
    write(paragraph, entry.text, size=density.size, leftwards=entry.leftwards)
    return paragraph


def _fits(paper: Pages, density: Density) -> bool:
    """As far as can be told without the fonts of whoever opens it: too high rather than too low."""
    points = _POINTS_OF_ALARM if paper.alarm else 0.0
    width = (_WORDING - 5) * _POINTS_A_MM
    beside = (_HEARD - 5) * _POINTS_A_MM
    for entry in paper.entries:
        flags = "".join(f"  [{flag}]" for flag in entry.flags)
        called = entry.brief.text if density.brief else entry.name.text or entry.text
        wide = [len(called + flags) * _BOLD_LETTER]
        if entry.name.text and not density.brief:
            wide.append(len(entry.text) * _LIGHT_LETTER)
        said = [len(quote.text) * _LIGHT_LETTER for quote in entry.quotes[: density.quotes]]
        wide = [*wide[:-1], wide[-1] + sum(said)] if _shares(entry, density) else [*wide, *said]
        lines = sum(int(each * density.size // width) + 1 for each in wide)
        heard = sum(
            int(len(each) * _BOLD_LETTER * density.size * 0.9 // beside) + 1 for each in entry.short if each
        )
        points += max(lines, heard) * density.size * _LEADING + density.air * 2
    return points <= _POINTS_OF_LIST


def _answer(document: Document, answer: Answer, labels: Labels) -> None:
    """A page for a group of its own, fit to be handed on: it has no note that the room could not read."""
    title = document.heading(answer.title, 1)
    if not answer.beneath:
        document.new_page(title)
    _soft(document, answer.heard)
    if answer.few:
        write(document.paragraph(), answer.few, bold=True)
    if answer.held:
        write(document.paragraph(), answer.held, colour=SOFT)
    for label, ways in (("reply_said", answer.lines), ("reply_not_in", answer.others)):
        if ways:
            document.heading(labels[label], 2)
        for way in ways:
            named = document.paragraph(leftwards=way.leftwards)
            named.paragraph_format.keep_with_next = True
            named.paragraph_format.space_before = Pt(5)
            if way.letter:
                write(named, f"{way.letter}  ", bold=True, colour=BRAND)
            write(named, way.title, bold=True, leftwards=way.leftwards)
            for said in way.notes:
                _indented(document, said, quoted(said.text))


def _details(document: Document, paper: Pages, labels: Labels) -> None:
    document.new_page(document.heading(labels["details"], 1))
    _soft(document, labels["details_says"])
    for entry in paper.entries:
        heading = document.heading(f"{entry.letter}. {entry.text}", 2)
        heading.paragraph_format.keep_with_next = True
        heard = document.paragraph(entry.heard)
        heard.paragraph_format.keep_with_next = True
        for flag in entry.flags:
            write(heard, f"  [{flag}]", bold=True, size=8.5, colour=BRAND)
        _facts(document, entry.facts)
        _notes(document, entry.heaps, 3)


def _musts(document: Document, paper: Pages, labels: Labels) -> None:
    if not paper.musts:
        return
    document.heading(labels["essentials"], 1)
    _soft(document, labels["essentials_says"])
    for must in paper.musts:
        card = document.paragraph()
        card.paragraph_format.keep_together = True
        if must is not paper.musts[-1] and not (must.notes or must.reasons):
            card.paragraph_format.keep_with_next = True
            card.paragraph_format.space_after = Pt(0)
        frame(card)
        write(card, must.text, bold=True)
        write(card, f"  ({labels['by_host']})", bold=True, size=8.5, colour=BRAND)
        for more in (must.why, must.also, must.answers):
            if more:
                write(card, "\n" + more)
        for label, notes in (("must_words", must.notes), ("must_reasons", must.reasons)):
            if notes:
                _soft(document, labels[label])
            for said in notes:
                _indented(document, said)


def _coverage(document: Document, paper: Pages, labels: Labels) -> None:
    if not paper.coverage:
        return
    document.heading(labels["coverage"], 1)
    _soft(document, labels["coverage_says"])
    headings = labels["board"], labels["zone"], labels["column_notes"]
    table = document.table(headings, (56, 74, 42), labels["coverage"])
    for board in paper.coverage:
        for name, notes, said in board.zones:
            cells = table.row()
            for cell, text in zip(cells, (board.title, name, said), strict=True):
                colour = "" if notes else ALARM
                write(cell.paragraphs[0], text, bold=not notes and text is said, colour=colour)


def _notes(document: Document, heaps: Sequence[Heap], level: int) -> None:
    for heap in heaps:
        heading = document.heading(heap.title, level)
        if level == 2:  # small as everywhere, though it stands higher where there is no pile between
            heading.runs[0].font.size = Pt(8.5)
        for said in heap.notes:
            _note(document, said)


def _note(document: Document, said: Said) -> None:
    note = document.paragraph(said.text, "List Bullet", leftwards=said.leftwards)
    if said.beside:
        write(note, f"  ({said.beside})", size=8.5, colour=ALARM if said.held else SOFT)


def _indented(document: Document, said: Said, words: str = "") -> None:
    """No item of a list: as a note of the room it stands elsewhere."""
    note = document.paragraph(words or said.text, leftwards=said.leftwards)
    note.paragraph_format.left_indent = Mm(6)
    if said.beside:
        write(note, f"  ({said.beside})", size=8.5, colour=ALARM if said.held else SOFT)


def _facts(document: Document, facts: Sequence[tuple[str, str]]) -> None:
    for label, said in facts:
        fact = document.paragraph()
        layout = fact.paragraph_format
        layout.left_indent, layout.first_line_indent = Mm(40), Mm(-40)
        layout.tab_stops.add_tab_stop(Mm(40))
        layout.space_after, layout.keep_with_next = Pt(1), True
        write(fact, f"{label}\t", size=9, colour=SOFT)
        write(fact, said.replace("\t", " "), size=9)


def _soft(document: Document, text: str) -> None:
    paragraph = document.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, text, colour=SOFT)
