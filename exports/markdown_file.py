"""The list as Markdown: to paste into a wiki, or to read as it is."""

import re
from collections.abc import Iterator, Mapping

from sessions.domain.report import Line, Report, Words


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    return ("\n".join(_document(report, labels)).rstrip() + "\n").encode()


def literal(text: str) -> str:
    """People's words as they are: nothing in them is markup, a link or HTML. Lines become one."""
    flat = " ".join(text.split())
    escaped = re.sub(r"([\\`*_{}\[\]()<>#|~!&$:@^+-])", r"\\\1", flat)
    return re.sub(r"^(\d+)\.", r"\1\\.", escaped)


def _document(report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"# {literal(report.title)}"
    yield ""
    about = [report.aim, report.host, report.date]
    yield " · ".join(literal(part) for part in about if part)
    yield ""
    if report.host_copy:
        yield f"*{labels['host_copy']}*"
        yield ""
    yield f"## {labels['list']}"
    yield ""
    if not report.lines:
        yield labels["no_lines"]
        yield ""
    for line in report.lines:
        yield from _line(line, report, labels)
    if report.essentials:
        yield f"## {labels['essentials']}"
        yield ""
        for must in report.essentials:
            yield f"- **{literal(must.text)}** ({labels['by_host']}) {literal(must.why)}".rstrip()
        yield ""
    for pile in report.unlisted:
        yield from _notes(f"{labels['no_line']}: {literal(pile.title)}", pile.words, labels)
    yield from _notes(labels["unplaced"], report.unplaced, labels)
    yield from _notes(labels["later"], report.later, labels)
    absent = [group.name for group in report.groups if not group.here]
    if absent and len(absent) < len(report.groups):
        yield f"{labels['absent']} {', '.join(map(literal, absent))}"
        yield ""
    yield f"{literal(report.code)} · {report.seq} · {report.mark}"


def _line(line: Line, report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"### {line.letter}. {literal(line.text)}"
    yield ""
    parts = {"notes": _count("notes", line.notes, labels), "people": _count("people", line.people, labels)}
    places = {"n": len(line.groups), "of": line.of, "many": literal(report.noun.many)}
    heard = labels["heard" if line.of > 1 else "heard_alone"].format(**parts, **places)
    counts = [labels["worried"].format(n=line.worried)] if line.worried else []
    counts += [labels["against"].format(n=line.against)] if line.against else []
    yield "; ".join([heard, *counts])
    yield ""
    for words in line.words:
        yield _note(words, labels)
    if line.words:
        yield ""


def _notes(title: str, notes: tuple[Words, ...], labels: Mapping[str, str]) -> Iterator[str]:
    if not notes:
        return
    yield f"## {title}"
    yield ""
    for words in notes:
        yield _note(words, labels)
    yield ""


def _count(what: str, n: int, labels: Mapping[str, str]) -> str:
    return labels[f"{what}.{'one' if n == 1 else 'other'}"].format(n=n)


def _note(words: Words, labels: Mapping[str, str]) -> str:
    marks = [labels[f"voice_{words.voice}"]] if words.voice != "for" else []
    marks += [labels["held"]] if words.held else []
    marks += [words.zone] + ([words.group] if words.group else [])
    return f"- “{literal(words.text)}” ({', '.join(map(literal, marks))})"
