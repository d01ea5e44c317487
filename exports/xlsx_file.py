"""The list as a workbook: what it is, the lines, every note, every pile."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from exports.saying import (
    about,
    absent,
    also_said,
    answered,
    beside_reply,
    chosen,
    present,
    reply_says,
    state,
    told,
    vote,
    was_chosen,
    went,
)
from exports.workbook import Book, Column, Row
from sessions.domain.report import Line, Report, Words

Labels = Mapping[str, str]


def render(report: Report, labels: Labels) -> bytes:
    title = labels["file_name"].format(title=report.title)
    book = Book(labels, title, author=report.host, subject=report.aim, at=report.at)
    alarm = (labels["host_only"], labels["host_copy"]) if report.host_copy else None
    book.page(labels["sheet_readme"], title, _read_me(report, labels), alarm)
    lines = [*(_line(line, labels) for line in report.lines), *_musts(report, labels)]
    columns = _line_columns(labels)
    book.table(labels["sheet_list"], "Lines", columns, lines, frozen=2, printed=_PRINTED)
    notes = list(_notes(report, labels))
    book.table(labels["sheet_notes"], "Notes", _note_columns(report, labels), notes, frozen=1)
    piles = list(_piles(report))
    book.table(labels["sheet_piles"], "Piles", _pile_columns(report, labels), piles, frozen=1)
    if report.essentials:
        musts = list(_answers(report, labels))
        book.table(labels["sheet_musts"], "Musts", _answer_columns(report, labels), musts, frozen=1)
    if was_chosen(report):
        columns = _vote_columns(report, labels)
        rows = [_vote(line, report, labels) for line in report.lines]
        book.table(labels["sheet_votes"], "Votes", columns, rows, frozen=2)
    if report.replies:
        rows = list(_replies(report, labels))
        book.table(labels["sheet_replies"], "Replies", _reply_columns(labels), rows, frozen=1)
    return book.bytes()


def _answer_columns(report: Report, labels: Labels) -> Sequence[Column]:
    columns = [
        Column(labels["essential"], 50, bold=True),
        Column(labels["line"], 9, centred=True),
        Column(labels["column_notes"], 10, centred=True),
        Column(labels["must_do"], 12, centred=True),
        Column(labels["must_could"], 12, centred=True),
        Column(labels["must_not_here"], 12, centred=True),
    ]
    if report.host_copy:
        columns += [Column(labels["must_words"], 60), Column(labels["must_reasons"], 60)]
    return columns


def _answers(report: Report, labels: Labels) -> Iterator[Row]:
    """What the room said before each must-have, and what it says to it."""
    for must in report.essentials:
        counted = must.do or must.could or must.not_here
        answers = (must.do, must.could, must.not_here) if counted else (None, None, None)
        words = "\n".join(told(each, labels) for each in must.words), "\n".join(must.reasons)
        hosts = words if report.host_copy else ()
        yield [must.text, ", ".join(must.letters), must.notes, *answers, *hosts]


def _read_me(report: Report, labels: Labels) -> Iterator[tuple[str, str]]:
    many = report.noun.many
    yield labels["what"], labels["what_says"]
    for label, said in (("aim", report.aim), ("host", report.host), ("date", report.date)):
        if said:
            yield labels[label], said
    yield labels["people_here"], str(report.people)
    if len(report.groups) > 1:
        here = present(report)
        known = {"n": len(here), "of": len(report.groups), "many": many, "names": ", ".join(here)}
        yield labels["groups_here"], labels["here"].format_map(known)
    if missed := absent(report):
        yield labels["groups_absent"], ", ".join(missed)
    how = ("how_list", "how_heard", "how_voices", "how_host", "how_all", "how_sheets", "how_print")
    if said := vote(report, labels):
        yield labels["vote"], said
    for place, sentence in enumerate(how):
        yield labels["how"] if place == 0 else "", labels[sentence].format(many=many)
    yield labels["kept"], labels["kept_says"].format(date=report.kept_until)
    yield labels["state"], state(report, labels)


_PRINTED = 15
"""The columns of the list that go to paper; those after them would make it too small to read."""


def _line_columns(labels: Labels) -> Sequence[Column]:
    return [
        Column(labels["letter"], 9, bold=True, centred=True),
        Column(labels["line"], 46, bold=True),
        Column(labels["added_by"], 10),
        Column(labels["essential"], 9, centred=True),
        Column(labels["quick"], 9, centred=True),
        Column(labels["column_notes"], 9, centred=True),
        Column(labels["line_ideas"], 8, centred=True),
        Column(labels["line_people"], 10, centred=True),
        Column(labels["heard_at"], 10, centred=True),
        Column(labels["heard_of"], 7, centred=True),
        Column(labels["heard_groups"], 24),
        Column(labels["audience"], 14),
        Column(labels["owner"], 16),
        Column(labels["first_step"], 26),
        Column(labels["review"], 13),
        Column(labels["help"], 24),
        Column(labels["level"], 22),
        Column(labels["sense"], 18),
        Column(labels["area"], 18),
        Column(labels["route"], 14),
        Column(labels["line_worried"], 11, centred=True),
        Column(labels["line_against"], 11, centred=True),
        Column(labels["pile"], 30),
        Column(labels["quotes"], 50),
        Column(labels["why"], 40),
    ]


def _line(line: Line, labels: Labels) -> Row:
    settled = about(line, labels)
    return [
        line.letter,
        line.text,
        labels["by_room_short"],
        settled["essential"],
        settled["quick"],
        line.notes,
        line.ideas or line.notes,
        line.people,
        line.heard_at,
        line.of,
        ", ".join(line.groups),
        settled["audience"],
        line.owner,
        line.first_step,
        line.review,
        line.help,
        settled["level"],
        settled["sense"],
        settled["area"],
        settled["route"],
        line.worried,
        line.against,
        line.pile,
        "\n".join(words.text for words in line.quotes),
        "",
    ]


def _musts(report: Report, labels: Labels) -> Sequence[Row]:
    """What the host added stands below the room's lines: without a letter, and counted nowhere."""
    added = []
    for must in report.essentials:
        row: list[str | int | None] = [None] * len(_line_columns(labels))
        row[1:4] = [must.text, labels["by_host_short"], labels["yes"]]
        row[-1] = " ".join(
            part for part in (must.why, also_said(must, labels), answered(must, labels)) if part
        )
        added.append(row)
    return added


def _vote_columns(report: Report, labels: Labels) -> Sequence[Column]:
    columns = [
        Column(labels["letter"], 9, bold=True, centred=True),
        Column(labels["line"], 60, bold=True),
        Column(labels["dots_given"], 9, centred=True),
        Column(labels["line_worried"], 11, centred=True),
        Column(labels["line_stop"], 12, centred=True),
        Column(labels["helpers"], 34),
    ]
    return [*columns, Column(labels["reasons"], 60)] if report.host_copy else columns


def _vote(line: Line, report: Report, labels: Labels) -> Row:
    """In the order of the letters, which imply no rank; no number where nobody could vote."""
    said, words = line.chosen, chosen(line, labels)
    row = [line.letter, line.text, said.dots, said.worried, said.stop, words["helpers"]]
    return [*row, words["reasons"]] if report.host_copy else row


def _reply_columns(labels: Labels) -> Sequence[Column]:
    return [
        Column(labels["group"], 24, bold=True),
        Column(labels["note"], 60),
        Column(labels["standing"], 60),
        Column(labels["letter"], 9, centred=True),
        Column(labels["voice"], 11),
        Column(labels["beside"], 30),
    ]


def _replies(report: Report, labels: Labels) -> Iterator[Row]:
    """What each group said and where it went; first in which lines it was heard."""
    for reply in report.replies:
        yield [reply.group, "", " ".join(reply_says(reply, report, labels)), "", "", ""]
        for fate in reply.went:
            for words in fate.words:
                beside = beside_reply(replace(words, voice="for"), labels)
                voice = labels[f"voice_{words.voice}"]
                yield [reply.group, words.text, went(fate, labels), fate.letter, voice, beside]


def _note_columns(report: Report, labels: Labels) -> Sequence[Column]:
    columns = [
        Column(labels["letter"], 9, bold=True, centred=True),
        Column(labels["note"], 60),
        Column(labels["standing"], 24),
        Column(labels["pile"], 42),
        Column(labels["voice"], 11),
        Column(labels["board"], 18),
        Column(labels["zone"], 24),
    ]
    if report.host_copy:
        columns += [Column(labels["group"], 22), Column(labels["column_held"], 14, centred=True)]
    return columns + [Column(labels[name], width) for name, width in _now_and_then(report)]


_SELDOM = (
    *(("sent_up", 14), ("part_of", 40), ("same_as", 40)),
    *(("meaning", 60), ("slip", 9), ("owner", 22), ("late", 16)),
)


def _now_and_then(report: Report) -> list[tuple[str, int]]:
    """The columns that most workshops have no use for, with their widths."""
    heaps = [line.words for line in report.lines] + [pile.words for pile in report.unlisted]
    heaps += [report.unplaced, report.later, report.reflections]
    said = [words for heap in heaps for words in heap]
    return [(name, width) for name, width in _SELDOM if any(getattr(words, name) for words in said)]


def _cell(value: str | bool | int | None, labels: Labels) -> str | int:
    return labels["yes"] if value is True else value or ""


def _notes(report: Report, labels: Labels) -> Iterator[Row]:
    """Every note once, with where it stands."""
    seldom = [name for name, _ in _now_and_then(report)]

    def row(words: Words, standing: str, letter: str = "", pile: str = "") -> Row:
        known = [letter, words.text, standing, pile]
        known += [labels[f"voice_{words.voice}"], words.board, words.zone]
        held = (labels["binned"] if words.binned else labels["yes"]) if words.held else ""
        known += [words.group, held] if report.host_copy else []
        return [*known, *(_cell(getattr(words, name), labels) for name in seldom)]

    for line in report.lines:
        for words in line.words:
            yield row(words, labels["in_line"].format(letter=line.letter), line.letter, line.pile)
    for pile in report.unlisted:
        for words in pile.words:
            yield row(words, labels["no_line"], pile=pile.title)
    for words in report.unplaced:
        yield row(words, labels["unplaced"])
    for words in report.later:
        yield row(words, labels["later"])
    for words in report.reflections:
        yield row(words, labels["reflections"])


def _pile_columns(report: Report, labels: Labels) -> Sequence[Column]:
    columns = [
        Column(labels["pile"], 60, bold=True),
        Column(labels["line"], 9, centred=True),
        Column(labels["column_notes"], 10, centred=True),
        Column(labels["pile_for"], 10, centred=True),
        Column(labels["line_worried"], 11, centred=True),
        Column(labels["line_against"], 11, centred=True),
    ]
    return [*columns, Column(labels["column_held"], 14)] if report.host_copy else columns


def _piles(report: Report) -> Iterator[Row]:
    heaps = [(line.pile, line.letter, line.words) for line in report.lines if line.pile or line.words]
    heaps += [(pile.title, "", pile.words) for pile in report.unlisted]
    for title, letter, notes in heaps:
        voices = Counter(words.voice for words in notes if not words.held)
        counts = [sum(voices.values()), voices["for"], voices["worry"], voices["against"]]
        held = [sum(words.held for words in notes)] if report.host_copy else []
        yield [title, letter, *counts, *held]
