"""What the pages of a document hold, in order and in words: Word and PDF only lay it out."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from exports.plain import is_right_to_left
from exports.saying import (
    about,
    absent,
    also_said,
    answered,
    beside_reply,
    brief,
    by_question,
    chosen,
    count,
    flags,
    heard,
    language,
    marks,
    notes,
    objections,
    present,
    quotes,
    reply_few,
    reply_heard,
    reply_held,
    shortened,
    state,
    vote,
    voted,
    went,
)
from sessions.domain.report import Fate, Line, MustHave, Reply, Report, Words

Labels = Mapping[str, str]


class Said(Struct, frozen=True):
    """Somebody's words, what must stand beside them, and which way they run."""

    text: str
    beside: str = ""
    held: bool = False
    leftwards: bool = False


class Heap(Struct, frozen=True):
    """Notes that answer one question."""

    title: str
    notes: tuple[Said, ...]


class Entry(Struct, frozen=True):
    """A line: its row on the list page, and its own part of the details. `name`: its short name, where that
    is another; `brief`: what it is called where there is no room for the wording."""

    letter: str
    text: str
    leftwards: bool
    name: Said
    brief: Said
    heard: str
    at: int
    of: int
    short: tuple[str, ...]
    flags: tuple[str, ...]
    quotes: tuple[Said, ...]
    facts: tuple[tuple[str, str], ...]
    heaps: tuple[Heap, ...]


class Went(Struct, frozen=True):
    """Notes of a group that went one way. `letter`: of the line they went into."""

    letter: str
    title: str
    leftwards: bool
    notes: tuple[Said, ...]


class Answer(Struct, frozen=True):
    """The page for a group: what it said, where that went, what did not go in and why. `held`: how many more
    notes stayed private. `beneath`: has no note, and stands on the page of the one before, which has none."""

    title: str
    heard: str
    few: str
    held: str
    lines: tuple[Went, ...]
    others: tuple[Went, ...]
    beneath: bool = False


class Must(Struct, frozen=True):
    """`notes` and `reasons` are in a host's copy alone."""

    text: str
    why: str
    also: str
    answers: str
    notes: tuple[Said, ...]
    reasons: tuple[Said, ...]


class Stack(Struct, frozen=True):
    """Notes of one pile; without a title, of none."""

    title: str
    heaps: tuple[Heap, ...]


class Part(Struct, frozen=True):
    """Notes that no line stands on, and why."""

    title: str
    piles: tuple[Stack, ...]


class Drawn(Struct, frozen=True):
    """A board of the coverage: its zones, each with its count, and the words for it."""

    title: str
    zones: tuple[tuple[str, int, str], ...]


class Pages(Struct, frozen=True):
    language: str
    title: str
    aim: str
    host: str
    card: str
    alarm: str
    here: str
    absent: str
    entries: tuple[Entry, ...]
    musts: tuple[Must, ...]
    coverage: tuple[Drawn, ...]
    parts: tuple[Part, ...]
    answers: tuple[Answer, ...]
    vote: str
    kept: str
    state: str


def pages(report: Report, labels: Labels) -> Pages:
    here, missed = present(report), absent(report)
    known = {"n": len(here), "of": len(report.groups), "many": report.noun.many, "names": ", ".join(here)}
    compared = len(report.groups) > 1
    places = labels["groups_short"].format_map(known) if compared else ""
    people = count("people", report.people, labels)
    return Pages(
        language=language(report),
        title=report.title,
        aim=report.aim,
        host=report.host,
        card=" · ".join(part for part in (report.host, report.date, people, places) if part),
        alarm=labels["host_copy"] if report.host_copy else "",
        here=labels["here"].format_map(known) if compared else "",
        absent=", ".join(missed),
        entries=tuple(_entry(line, report, labels) for line in report.lines),
        musts=tuple(_must(must, labels) for must in report.essentials),
        coverage=_coverage(report, labels),
        parts=tuple(_parts(report, labels)),
        answers=_answers(report, labels),
        vote=vote(report, labels),
        kept=labels["kept_says"].format(date=report.kept_until),
        state=state(report, labels),
    )


def _entry(line: Line, report: Report, labels: Labels) -> Entry:
    settled = about(line, labels) | {"essential": "", "quick": ""} | chosen(line, labels)
    facts = [("pile", line.pile), ("heard_groups", ", ".join(line.groups)), *settled.items()]
    said = {"notes": notes(line, labels), "people": count("people", line.people, labels)}
    short = [labels["heard_alone"].format_map(said) if line.notes else labels["no_notes"]]
    if line.notes and line.of > 1:
        known = {"n": line.heard_at, "of": line.of, "many": report.noun.many}
        short.insert(0, labels["heard_short"].format_map(known))
    name = "" if _same(line.pile, line.text) else shortened(line.pile, 90)
    return Entry(
        letter=line.letter,
        text=line.text,
        leftwards=is_right_to_left(line.text),
        name=_plainly(name),
        brief=_plainly(brief(line)),
        heard=heard(line, report, labels),
        at=line.heard_at,
        of=line.of,
        short=(short[0], _together("; ".join([*short[1:], *objections(line, labels), *voted(line, labels)]))),
        flags=flags(line, labels),
        quotes=tuple(
            replace(_plainly(quote), beside="" if words.voice == "for" else labels[f"voice_{words.voice}"])
            for quote, words in zip(quotes(line), line.quotes, strict=True)
        ),
        facts=tuple((labels[key], said) for key, said in facts if said),
        heaps=_heaps(line.words, labels),
    )


def _must(must: MustHave, labels: Labels) -> Must:
    return Must(
        must.text,
        must.why,
        also_said(must, labels),
        answered(must, labels),
        tuple(_said(words, labels) for words in must.words),
        tuple(map(_plainly, must.reasons)),
    )


def _heaps(notes: Iterable[Words], labels: Labels) -> tuple[Heap, ...]:
    return tuple(
        Heap(f"{board} · {zone}", tuple(_said(words, labels) for words in heap))
        for (board, zone), heap in by_question(notes).items()
    )


def _said(words: Words, labels: Labels) -> Said:
    return Said(words.text, ", ".join(marks(words, labels)), words.held, is_right_to_left(words.text))


def _plainly(text: str) -> Said:
    return Said(text, leftwards=is_right_to_left(text))


def _together(counts: str) -> str:
    """No number ends a line that what it counts begins."""
    return re.sub(r"(\d) ", "\\1\u00a0", counts)


def _same(name: str, wording: str) -> bool:
    """Whether the name says nothing that the wording does not begin with."""
    return " ".join(wording.casefold().split()).startswith(" ".join(name.casefold().split()))


def _answers(report: Report, labels: Labels) -> tuple[Answer, ...]:
    """Each with notes is fit to be handed on; those without share a page after them."""
    every = [_answer(reply, report, labels) for reply in report.replies]
    bare = [answer for answer in every if not answer.lines and not answer.others]
    full = [answer for answer in every if answer not in bare]
    return (*full, *bare[:1], *(replace(answer, beneath=True) for answer in bare[1:]))


def _answer(reply: Reply, report: Report, labels: Labels) -> Answer:
    def way(fate: Fate) -> Went:
        said = (replace(_plainly(each.text), beside=beside_reply(each, labels)) for each in fate.words)
        title = fate.title if fate.why == "line" else went(fate, labels)
        return Went(fate.letter, title, is_right_to_left(title), tuple(said))

    return Answer(
        title=labels["reply_title"].format(group=reply.group),
        heard=reply_heard(reply, labels),
        few=reply_few(reply, report, labels),
        held=reply_held(reply, labels),
        lines=tuple(way(fate) for fate in reply.went if fate.why == "line"),
        others=tuple(way(fate) for fate in reply.went if fate.why != "line"),
    )


def _coverage(report: Report, labels: Labels) -> tuple[Drawn, ...]:
    boards: dict[str, list[tuple[str, int, str]]] = {}
    for cell in report.coverage:
        said = count("notes", cell.notes, labels) if cell.notes else labels["coverage_empty"]
        boards.setdefault(cell.board, []).append((cell.zone, cell.notes, said))
    return tuple(Drawn(board, tuple(zones)) for board, zones in boards.items())


def _parts(report: Report, labels: Labels) -> Iterable[Part]:
    unlisted = tuple(Stack(pile.title, _heaps(pile.words, labels)) for pile in report.unlisted)
    unplaced, later, today = (
        Stack("", _heaps(notes, labels)) for notes in (report.unplaced, report.later, report.reflections)
    )
    parts = {"no_line": unlisted, "unplaced": (unplaced,), "later": (later,), "reflections": (today,)}
    for why, piles in parts.items():
        if any(pile.heaps for pile in piles):
            yield Part(labels[why], piles)
