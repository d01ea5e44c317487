"""Reports to put on paper: a real afternoon, one full of poison, and one as large as it gets."""

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

import sessions
from app.wording import words
from sessions.domain.asks import (
    AddNote,
    Ask,
    HideNote,
    MakeItem,
    MakeTheme,
    OpenStage,
    PlaceNotes,
    Voice,
    Why,
)
from sessions.domain.board import Board
from sessions.domain.decide import Actor, decide
from sessions.domain.evolve import evolve, opening
from sessions.domain.facts import Entry
from sessions.domain.plans import Essential, Group as PlanGroup, Noun as PlanNoun, Plan, Shows
from sessions.domain.reach import Viewer
from sessions.domain.replies import open_sources
from sessions.domain.report import (
    Cell,
    Chosen,
    Fate,
    Group,
    Line,
    MustHave,
    Noun,
    Pile,
    Reason,
    Reply,
    Report,
    Vote,
    Words,
)
from sessions.domain.reporting import Facts, letter, reporting
from sessions.domain.rights import Role
from sessions.shelf import Shelf
from tests.domain.histories import made

SAMPLES = Path(sessions.__file__).parent / "samples"
LABELS = {key.partition(".")[2]: sentence for key, sentence in words("en").under("paper").items()}
AT = 1_792_504_800_000

ESSENTIALS = (
    Essential(
        "chat", "A short chat about moving in every routine appointment", "Worked in 12 surgeries nearby."
    ),
    Essential("champion", "A named champion with an hour a month", "Places that have one keep going."),
    Essential("link", "One named link to a local activity provider", ""),
)
ABSENT = "Moorside practices"
LATER, UNLISTED = {"offtopic", "joke"}, {"champion", "garden", "kit-loan"}
HELD = {"names-person": "names", "rude": "rude"}


@cache
def afternoon(*, host_copy: bool = False, replies: bool = False) -> Report:
    """The sample workshop, sorted: its 220 notes with each labelled theme as a pile, most of them lines; with
    `replies` a page for each network too, one of them with few people."""
    plan, board = _sorted_afternoon()
    alone = frozenset({"n2"})
    viewer = Viewer(Role.FACILITATOR, "host") if host_copy else Viewer(Role.WALL)
    known = Facts(
        title="Valley networks, protected learning afternoon",
        aim="Patients with diabetes walk more, from every surgery in the valley",
        host="Active Valley",
        code="KXR MTP WGD",
        date="20 Oct 2026",
        kept_until="18 Jan 2027",
        people=31,
        groups_here=frozenset(group.id for group in plan.groups if group.name != ABSENT),
        host_copy=host_copy,
        seq=board.seq,
        mark="6f1c-93ab",
        replies_to=frozenset(group.id for group in plan.groups) if replies else frozenset(),
        few=alone,
        sources={} if host_copy else open_sources(board, alone),
    )
    return _settled(reporting(board.rows.seen_by(viewer), plan, known))


POISON = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://evil","x")',
    "{=1}",
    "#set page(fill: red)",
    "$ x^2 $ and *bold* and _low_ and `raw` and @ref and <label>",
    '#include "/etc/passwd"',
    '#read("/etc/passwd") \\u{41} // gone /* gone */ ~ --- ...',
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]> &xxe; <!DOCTYPE x [<!ENTITY xxe SYSTEM 'file:///etc/passwd'>]>",
    "&amp; &lt; &#65;",
    "| a | b |\n|---|---|\n| c | d |",
    "# heading\n- item\n1. one\n> quote\n```\ncode",
    "[x](javascript:alert(1)) ![y](http://evil/p.png) www.evil.example http://evil.example",
    "{{7*7}} ${7*7} {% include 'x' %} %s%n {0} {notes} #{7}",
    'a "quote", a comma; a semicolon\rand a return',
    "../../etc/passwd",
    "_x0041_ and _x000D_",
    "&P &N &D &Z",
    "😀" * 280,
    "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇬🇧",
    "مجموعة مشي للنساء فقط (1+1)",
    "پہلی بار لنک ورکر ساتھ چلے",
    "English first, then مشي, then English",
    "é as NFC, é as NFD, ŵ ŷ, 𠀀, 中文, ਪੰਜਾਬੀ",
    "control \x01 char, nul \x00, tab \x0b, feed \x0c, escape \x1b[31m, c1 \x85 \x9b",
    "non \ufffe \uffff, half \ud800",
    "turned \u202egnorw yaw\u202c \u2066isolated\u2069",
    "line one\nline two\r\nline three\u2028line four",
    "z̸̢̛̺͎" * 20,
)
HUGE = "walk " * 8_000
"""Forty thousand characters: more than a cell of a workbook holds."""


def poisoned(*, host_copy: bool = False) -> Report:
    """Poison of every kind in every place that people write in."""

    def note(text: str, place: int = 0) -> Words:
        return Words(
            text=text,
            board=POISON[place % len(POISON)],
            zone=POISON[(place + 1) % len(POISON)],
            voice=("for", "worry", "against")[place % 3],
            held=host_copy and place % 5 == 0,
            group=POISON[(place + 2) % len(POISON)] if host_copy else "",
            part_of=POISON[(place + 3) % len(POISON)] if place % 4 == 0 else "",
            owner=POISON[(place + 4) % len(POISON)] if place % 6 == 0 else "",
            late=place % 7 == 0,
        )

    notes = tuple(note(text, place) for place, text in enumerate(POISON))
    groups = tuple(Group(f"g{place}", text, place % 4 != 0) for place, text in enumerate(POISON))
    lines = tuple(
        Line(
            letter=letter(place),
            text=text,
            pile=POISON[-1 - place],
            notes=1,
            people=1,
            groups=(POISON[place - 1],),
            of=2,
            worried=place % 2,
            against=place % 3,
            words=notes[place : place + 1],
            levels=(text,),
            senses=(text,),
            audiences=(text,),
            area=text,
            route=text,
            essential=place % 2 == 0,
            quick=place % 3 == 0,
            owner=text,
            first_step=text,
            review=text,
            help=text,
            chosen=Chosen(place, place, 1, (Reason(text, place % 2 == 0),), (text,), 2),
            ideas=1,
            quotes=notes[place : place + 1],
        )
        for place, text in enumerate(POISON)
    )
    every = " ".join(POISON)
    return Report(
        title=POISON[12] + POISON[24] + POISON[10],
        aim=every,
        host=POISON[13] + "\x00",
        code="KXR MTP WGD",
        date="20 Oct 2026",
        kept_until="=1+1",
        noun=Noun("=table", "=tables | {n} & <b>"),
        groups=groups,
        people=9,
        lines=(*lines, Line("ZZ", HUGE, HUGE, 1, 1, ("red",), 2, 0, 0, (note(HUGE),), owner=HUGE)),
        unlisted=tuple(Pile(text, notes[place : place + 1]) for place, text in enumerate(POISON)),
        unplaced=(*notes, note(HUGE)),
        later=notes,
        essentials=tuple(
            MustHave(
                text,
                text,
                ("A", "B") if place % 2 else (),
                notes=2,
                do=place,
                could=2,
                not_here=1,
                words=notes[place : place + 1] if host_copy else (),
                reasons=(POISON[-1 - place],) if host_copy else (),
            )
            for place, text in enumerate(POISON)
        ),
        host_copy=host_copy,
        seq=77,
        mark="=cmd",
        at=AT,
        coverage=tuple(Cell(text, text, place) for place, text in enumerate(POISON)),
        reflections=notes,
        vote=Vote(9, 5),
        replies=tuple(
            Reply(
                text,
                ("A",) * (place % 3),
                (
                    Fate("line", notes[:2], "A", text),
                    Fate("pile", notes[place : place + 1], title=text),
                    Fate("later", notes[place : place + 2]),
                ),
                few=place % 2 == 0,
            )
            for place, text in enumerate(POISON)
        ),
    )


WELSH = (
    "Gwneud yn siŵr bod pob meddygfa yng nghymdogaethau'r cwm yn cynnig taith gerdded wythnosol o'i drws "
    "ffrynt ei hun, gydag aelod o staff yn arwain a phaned o de i bawb ar y diwedd, haf a gaeaf"
)
URDU = "ہر سرجری اپنے دروازے سے ہفتہ وار چہل قدمی شروع کرے، عملے کا ایک فرد ساتھ چلے اور سب کے لیے چائے ہو"


def wordy(times: int = 1) -> Report:
    """Twelve lines in long words, said `times` over, with all that can be counted of a line beside each."""
    small = afternoon(host_copy=True)
    spoken = (WELSH, URDU, "Start a weekly walk from the surgery door, with a member of staff on a rota")
    lines = tuple(
        replace(
            line,
            text=" ".join([spoken[place % 3]] * times),
            pile=" ".join(spoken[place % 3].split()[:7] * times),
            quotes=tuple(
                replace(words, text=spoken[(place + n) % 3]) for n, words in enumerate(line.quotes, place % 2)
            ),
            ideas=line.notes - 1,
            worried=12,
            against=11,
            chosen=Chosen(dots=119),
            essential=True,
            quick=True,
        )
        for place, line in enumerate(small.lines[:12])
    )
    return replace(small, aim=WELSH, lines=lines, replies=())


def large(notes: int = 1_000, lines: int = 40) -> Report:
    """As much as a very full room can leave: the figures are taken with it."""
    small = afternoon()
    every = [words for line in small.lines for words in line.words]
    here = [group.name for group in small.groups if group.here]
    under = [every[place % len(every)] for place in range(notes)]
    share = notes // lines
    return replace(
        small,
        lines=tuple(
            replace(
                small.lines[place % len(small.lines)],
                letter=letter(place),
                notes=share,
                groups=tuple(here[: place % len(here) + 1]),
                words=tuple(under[place * share : (place + 1) * share]),
            )
            for place in range(lines)
        ),
        unlisted=(),
        unplaced=tuple(under[lines * share :]),
        later=(),
    )


def empty() -> Report:
    """Downloaded before anybody wrote anything."""
    small = afternoon()
    return replace(
        small,
        aim="",
        host="",
        groups=(),
        people=0,
        lines=(),
        unlisted=(),
        unplaced=(),
        later=(),
        essentials=(),
        coverage=tuple(replace(cell, notes=0) for cell in small.coverage),
    )


def notes_of(report: Report) -> list[Words]:
    """Every note on the paper, in the order of the files."""
    heaps = [line.words for line in report.lines] + [pile.words for pile in report.unlisted]
    heaps += [report.unplaced, report.later, report.reflections]
    return [words for heap in heaps for words in heap]


def _sorted_afternoon() -> tuple[Plan, Board]:
    rows = [json.loads(row) for row in (SAMPLES / "gp-surgery.jsonl").read_text("utf-8").splitlines()]
    themes = json.loads((SAMPLES / "gp-surgery.themes.json").read_text("utf-8"))
    networks = [*sorted({row["group"] for row in rows}), ABSENT]
    groups = tuple(PlanGroup(f"n{place}", name) for place, name in enumerate(networks, 1))
    plan = replace(
        Shelf.read().plan("gp-surgery-45"),
        groups=groups,
        noun=PlanNoun("network", "networks"),
        essentials=ESSENTIALS,
    )
    board = opening(plan)
    host = Actor("host", Role.FACILITATOR)

    def do(ask: Ask, actor: Actor = host) -> None:
        at = AT + board.seq * 1_000
        evolve(board, Entry(board.seq + 1, at, actor.id, decide(board, ask, actor, at)))

    for who, row in enumerate(rows):
        group = networks.index(row["group"]) + 1
        writer = Actor(f"person-{group}-{who % 7}", Role.PARTICIPANT, f"n{group}")
        kinds = set(row["kind"])
        board_id = "matrix" if row["tool"] == "influencer-matrix" else "utopia"
        zone = "parking" if kinds & LATER and row["theme"] == "other" else row["zone"]
        do(AddNote(made(row["id"]), f"{board_id}.{zone}", row["text"]), writer)
    for row in rows:
        for kind in HELD.keys() & set(row["kind"]):
            do(HideNote(made(row["id"]), Why(HELD[kind])))
    for stage in plan.stages:
        if stage.boards or set(stage.shows) & {Shows.ESSENTIALS, Shows.THEMES, Shows.ITEMS}:
            do(OpenStage(stage.id))
    piles: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        if row["theme"] != "other":
            piles[row["theme"]].append(row)
    for theme in sorted(piles, key=lambda theme: -len(piles[theme])):
        do(MakeTheme(made(theme), themes[theme]["name"]))
        for voice in Voice:
            ids = [made(str(row["id"])) for row in piles[theme] if _voice(row) is voice]
            if ids:
                do(PlaceNotes(tuple(ids), made(theme), voice))
        if theme not in UNLISTED:
            do(MakeItem(made(f"line {theme}"), themes[theme]["item"], made(theme)))
    return plan, board


def _voice(row: dict[str, object]) -> Voice:
    kinds = row["kind"]
    assert isinstance(kinds, list)
    return Voice.WORRY if "negated" in kinds or "complaint" in kinds else Voice.FOR


def _answers(report: Report) -> dict[str, Any]:
    """Eleven people answered; what hosts alone read of it is in their copy."""
    counted = {"do": 6, "could": 3, "not_here": 2}
    words = {"words": report.lines[0].words[:2], "reasons": ("No time in ten minutes", "Nobody asked us")}
    return counted | words if report.host_copy else counted


def _settled(report: Report) -> Report:
    """With what an organiser settles about the first lines after the meeting."""
    first = {
        0: {"audiences": ("patients",), "area": "Patients move more", "route": "practice", "essential": True},
        1: {"audiences": ("patients", "community"), "area": "Patients move more", "quick": True},
        2: {
            "audiences": ("staff", "patients"),
            "area": "Patients sit less",
            "route": "delivery",
            "quick": True,
        },
    }
    owned = {"owner": "Practice managers", "first_step": "Put it on the agenda of the next team meeting"}
    lines = tuple(
        replace(line, **first.get(place, {}), **(owned | {"review": "20 Jan 2027"} if place < 2 else {}))
        for place, line in enumerate(report.lines)
    )
    essentials = tuple(
        replace(must, letters=("A",), notes=report.lines[0].notes, **_answers(report))
        if "chat" in must.text
        else must
        for must in report.essentials
    )
    shown = [words for words in notes_of(report) if not words.held]
    zones: dict[tuple[str, str], int] = {}
    for board, zone in (("Utopia", "In the news"), ("Influencer Matrix", "For another day")):
        zones[board, zone] = 0
    for note in shown:
        zones[note.board, note.zone] = zones.get((note.board, note.zone), 0) + 1
    cells = report.coverage or tuple(Cell(board, zone, n) for (board, zone), n in sorted(zones.items()))
    return replace(report, lines=lines, essentials=essentials, coverage=cells, at=report.at or AT)
