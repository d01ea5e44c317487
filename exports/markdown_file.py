"""The list as Markdown: to paste into a wiki, or to read as it is."""

import re
from collections.abc import Iterator, Mapping

from exports.saying import (
    about,
    absent,
    also_said,
    answered,
    beside_reply,
    chosen,
    heard,
    marks,
    quoted,
    quotes,
    reply_says,
    state,
    vote,
    went,
)
from sessions.domain.report import Line, MustHave, Reply, Report, Words


def render(report: Report, labels: Mapping[str, str]) -> bytes:
    return ("\n".join(_document(report, labels)).rstrip() + "\n").encode()


def literal(text: str) -> str:
    """People's words as they are: nothing in them is markup, a link or HTML. Lines become one."""
    flat = " ".join(text.split())
    escaped = re.sub(r"([\\`*_{}\[\]()<>#|~!&$:@^+=-])", r"\\\1", flat)
    # A wiki makes a link of www. too, and a list of "1." and "1)" at the start.
    return re.sub(r"^(\d+)\.|(?<=[wW])\.", r"\1\\.", escaped)


def _document(report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"# {literal(report.title)}"
    yield ""
    card = [report.aim, report.host, report.date]
    yield " · ".join(literal(part) for part in card if part)
    yield ""
    if report.host_copy:
        yield f"**{labels['host_copy']}**"
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
            yield from _must(must, labels)
        yield ""
    for pile in report.unlisted:
        yield from _notes(f"{labels['no_line']}: {literal(pile.title)}", pile.words, labels)
    yield from _notes(labels["unplaced"], report.unplaced, labels)
    yield from _notes(labels["later"], report.later, labels)
    yield from _notes(labels["reflections"], report.reflections, labels)
    for reply in report.replies:
        yield from _reply(reply, report, labels)
    if said := vote(report, labels):
        yield f"{labels['vote']}: {said}"
        yield ""
    if missed := absent(report):
        yield f"{labels['absent']} {', '.join(map(literal, missed))}"
        yield ""
    kept = labels["kept_says"].format(date=literal(report.kept_until))
    yield f"{labels['kept']} {kept}"
    yield ""
    yield literal(state(report, labels))


def _line(line: Line, report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"### {line.letter}. {literal(line.text)}"
    yield ""
    for quote in quotes(line):
        yield f"> {literal(quote)}"
        yield ""
    yield literal(heard(line, report, labels))
    yield ""
    settled = [
        (labels[key], said) for key, said in (about(line, labels) | chosen(line, labels)).items() if said
    ]
    if line.groups:
        settled.insert(0, (labels["heard_groups"], ", ".join(line.groups)))
    for label, said in settled:
        yield f"- **{label}:** {literal(said)}"
    if settled:
        yield ""
    for words in line.words:
        yield _note(words, labels)
    if line.words:
        yield ""


def _must(must: MustHave, labels: Mapping[str, str]) -> Iterator[str]:
    sentences = map(literal, (must.why, also_said(must, labels), answered(must, labels)))
    yield " ".join(part for part in (f"- **{literal(must.text)}** ({labels['by_host']})", *sentences) if part)
    for words in must.words:
        yield f"  {_note(words, labels)}"
    for reason in must.reasons:
        yield f"  - {labels['must_reasons']} {literal(quoted(reason))}"


def _reply(reply: Reply, report: Report, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"## {literal(labels['reply_title'].format(group=reply.group))}"
    yield ""
    for sentence in reply_says(reply, report, labels):
        yield literal(sentence)
        yield ""
    for fate in reply.went:
        yield f"- **{literal(went(fate, labels))}**"
        for words in fate.words:
            beside = beside_reply(words, labels)
            yield f"  - {literal(quoted(words.text))}" + (f" ({literal(beside)})" if beside else "")
    if reply.went:
        yield ""


def _notes(title: str, notes: tuple[Words, ...], labels: Mapping[str, str]) -> Iterator[str]:
    if not notes:
        return
    yield f"## {title}"
    yield ""
    for words in notes:
        yield _note(words, labels)
    yield ""


def _note(words: Words, labels: Mapping[str, str]) -> str:
    beside = [*marks(words, labels), words.zone]
    return f"- {literal(quoted(words.text))} ({', '.join(map(literal, beside))})"
