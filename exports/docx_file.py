"""The list as a Word document: the list on one page, then each line with the room's very words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from exports.document import ALARM, ALARM_WASH, BRAND, SOFT, Document, frame, turn, write
from exports.pages import Entry, Heap, Pages, Said, pages
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
    document.heading(labels["about"], 1)
    known = {"groups_here": paper.here, "groups_absent": paper.absent}
    known |= {"kept": paper.kept, "state": paper.state}
    _facts(document, [(labels[key], said) for key, said in known.items() if said])
    return document.bytes()


class Density(NamedTuple):
    """How close the list page is set: size of the words, sentences with a line, air in points;
    `dense` sets the sentence straight after the line."""

    size: float
    quotes: int
    air: float
    dense: bool = False


_DENSITIES = (
    Density(10.5, 2, 5),
    Density(10, 1, 4),
    Density(9.5, 1, 3),
    Density(9, 1, 2.5, dense=True),
    Density(8.5, 1, 1.5, dense=True),
    Density(8.5, 0, 2, dense=True),
)
_LETTER, _WORDING, _HEARD = 13, 115, 44
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
        line = wording.paragraphs[0]
        _wording(line, entry, density.size)
        for said in entry.quotes[: density.quotes]:
            if density.dense:
                write(line, " ")
            else:
                line.paragraph_format.space_after = Pt(1)
                line = wording.add_paragraph()
                line.paragraph_format.space_after = Pt(density.air)
                if said.leftwards:
                    turn(line)
            size = density.size * 0.9
            write(line, f"“{said.text}”", size=size, colour=SOFT, leftwards=said.leftwards)
        write(places.paragraphs[0], entry.short[0], bold=True, size=density.size * 0.9)
        if entry.short[1]:
            write(places.paragraphs[0], "\n" + entry.short[1], size=density.size * 0.9, colour=SOFT)


def _wording(paragraph: Paragraph, entry: Entry, size: float) -> None:
    if entry.leftwards:
        turn(paragraph)
    write(paragraph, entry.text, bold=True, size=size, leftwards=entry.leftwards)
    for flag in entry.flags:
        write(paragraph, f"  [{flag}]", bold=True, size=size * 0.85, colour=BRAND)


def _fits(paper: Pages, density: Density) -> bool:
    """Whether the list takes one page, as far as that can be told without Word."""
    width = (_WORDING - 4) * _POINTS_A_MM
    points = _POINTS_OF_ALARM if paper.alarm else 0.0
    for entry in paper.entries:
        wording = len(entry.text + "".join(f"  [{flag}]" for flag in entry.flags)) * _BOLD_LETTER
        said = [len(quote.text) * _LIGHT_LETTER for quote in entry.quotes[: density.quotes]]
        widths = [wording + sum(said)] if density.dense else [wording, *said]
        lines = max(2, sum(int(each * density.size // width) + 1 for each in widths))
        points += lines * density.size * _LEADING + density.air * 2
    return points <= _POINTS_OF_LIST


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
                # Indented and no item of a list: as a note of the room it stands elsewhere.
                note = document.paragraph(said.text, leftwards=said.leftwards)
                note.paragraph_format.left_indent = Mm(6)
                if said.beside:
                    write(note, f"  ({said.beside})", size=8.5, colour=ALARM if said.held else SOFT)


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
