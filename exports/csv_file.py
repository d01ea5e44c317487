"""One row a note, with the line it came to: for spreadsheets, which must never take a note for a formula."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from exports.saying import about, chosen, kept_off, told
from sessions.domain.report import Line, MustHave, Report, Words

COLUMNS = (
    "letter",
    "line",
    "line_notes",
    "line_ideas",
    "line_people",
    "heard_at",
    "heard_of",
    "heard_groups",
    "pile",
    "note",
    "voice",
    "board",
    "zone",
    "group",
    "standing",
    "level",
    "sense",
    "audience",
    "area",
    "route",
    "essential",
    "quick",
    "owner",
    "first_step",
    "review",
    "help",
    "why",
    "part_of",
    "late",
    "meaning",
    "slip",
    "must_do",
    "must_could",
    "must_not_here",
    "must_words",
    "must_reasons",
    "dots_given",
    "felt",
    "reasons",
    "helpers",
    "quotes",
    "same_as",
)

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "{", "|", "%")


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    head = [labels[column] for column in COLUMNS]
    return sheet([head, *([row.get(column, "") for column in COLUMNS] for row in _rows(report, labels))])


def sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """These cells as a file, the first row as their heads."""
    page = StringIO()
    writer = csv.writer(page, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    # With the byte order mark Excel reads it as UTF-8.
    return b"\xef\xbb\xbf" + page.getvalue().encode()


def harmless(text: str) -> str:
    """The same text, marked as text where a spreadsheet would start to calculate."""
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if bare.startswith(_STARTS_A_FORMULA) else text


def _rows(report: Report, labels: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for line in report.lines:
        row = _line(line) | about(line, labels) | chosen(line, labels)
        for words in line.words or (None,):
            yield row | (_words(words, labels) if words else {})
    for must in report.essentials:
        yield _must(must, labels) | {"standing": labels["by_host"]}
    for pile in report.unlisted:
        for words in pile.words:
            yield {
                "pile": pile.title,
                **_words(words, labels),
                "standing": _standing(words, labels, "no_line"),
            }
    for words in report.unplaced:
        yield _words(words, labels) | {"standing": _standing(words, labels, "unplaced")}
    for words in report.later:
        known = {"standing": _standing(words, labels, "later"), "owner": words.owner}
        yield _words(words, labels) | known
    for words in report.reflections:
        yield _words(words, labels) | {"standing": _standing(words, labels, "reflections")}


def _line(line: Line) -> dict[str, str]:
    return {
        "letter": line.letter,
        "line": line.text,
        "line_notes": str(line.notes),
        "line_ideas": str(line.ideas or line.notes),
        "line_people": str(line.people),
        "heard_at": str(line.heard_at),
        "heard_of": str(line.of),
        "heard_groups": ", ".join(line.groups),
        "pile": line.pile,
        "quotes": "\n".join(words.text for words in line.quotes),
    }


def _must(must: MustHave, labels: Mapping[str, str]) -> dict[str, str]:
    row = {"line": must.text, "why": must.why, "line_notes": str(must.notes)}
    if must.do or must.could or must.not_here:
        row |= {"must_do": str(must.do), "must_could": str(must.could), "must_not_here": str(must.not_here)}
    said = {
        "must_words": "\n".join(told(words, labels) for words in must.words),
        "must_reasons": "\n".join(must.reasons),
    }
    return row | said


def _words(words: Words, labels: Mapping[str, str]) -> dict[str, str]:
    return {
        "note": words.text,
        "voice": labels[f"voice_{words.voice}"],
        "board": words.board,
        "zone": words.zone,
        "group": words.group,
        "part_of": words.part_of,
        "late": labels["yes"] if words.late else "",
        "meaning": words.meaning,
        "slip": str(words.slip or ""),
        "same_as": words.same_as,
        "standing": kept_off(words, labels) if words.held else "",
    }


def _standing(words: Words, labels: Mapping[str, str], otherwise: str) -> str:
    return kept_off(words, labels) if words.held else labels[otherwise]
