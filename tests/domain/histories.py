"""Random workshops: people of several groups, two hosts and a wall ask, and what is refused stays out.

A script is bytes: six to a move, so that any bytes are a workshop and shorter ones are simpler. No two
notes, piles or lines share their words, and no order of ids tells the order of making.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.asks import Answer, Ask, Feel, ItemField, Made, Manner, Part, Voice, Why
from sessions.domain.board import Board
from sessions.domain.decide import Actor, decide
from sessions.domain.evolve import evolve, opening
from sessions.domain.facts import Entry
from sessions.domain.hints import Hints
from sessions.domain.plans import (
    Area,
    Board as Sheet,
    Essential,
    Group,
    Layout,
    PhoneManner,
    Plan,
    Shows,
    Stage,
    Where,
    Zone,
)
from sessions.domain.reach import Viewer
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.domain.rows import Sees

PLAN = Plan(
    id="afternoon",
    title="An afternoon",
    boards=(
        Sheet(
            "matrix",
            "influencer-matrix",
            "Matrix",
            Layout.GRID,
            "What could help?",
            (
                Zone("individual", "One person", "On your own?", "individual"),
                Zone("social", "People around", "With others?", "social"),
                Zone("later", "For another day", "Anything else?", where=Where.ASIDE),
            ),
        ),
        Sheet(
            "utopia",
            "utopia",
            "Utopia",
            Layout.LANES,
            "The best place there is?",
            (
                Zone("see", "See", "What do you see?", "see"),
                Zone("hear", "Hear", "What do you hear?", "hear"),
            ),
        ),
    ),
    stages=(
        Stage("welcome", "Welcome", manner=PhoneManner.LISTEN),
        Stage("alone", "Alone", boards=("matrix",)),
        Stage("tables", "At tables", boards=("matrix",), sees=Sees.GROUP, picks=2),
        Stage("together", "Together", boards=("matrix",), sees=Sees.ROOM, picks=1),
        Stage("dream", "Dream", boards=("utopia",)),
        Stage("awake", "Awake", boards=("utopia",), sees=Sees.ROOM, picks=1),
        Stage("musts", "Must-haves", shows=(Shows.ESSENTIALS,), picks=1),
        Stage("sort", "Sort", shows=(Shows.THEMES,), picks=3),
        Stage("list", "List", shows=(Shows.ITEMS,)),
    ),
    groups=(
        Group("red", "The red table"),
        Group("blue", "The blue table"),
        Group("empty", "The empty table"),
    ),
    essentials=(
        Essential("open-late", "Open late on Tuesdays", "Half of the town works shifts"),
        Essential("go-first", "Let the staff go first"),
    ),
    areas=(Area("people", "Our people"), Area("place", "Our place")),
    # One note in ten waits, by the number in its words.
    hints=(Hints("sevens", Why.NAMES, (r"words-\d*7-said",)),),
)
ZONES = tuple(f"{board.id}.{zone.id}" for board in PLAN.boards for zone in board.zones)
STAGES = tuple(stage.id for stage in PLAN.stages)

ANN = Actor("person-ann-1f", Role.PARTICIPANT, "red")
BOB = Actor("person-bob-2e", Role.PARTICIPANT, "red")
CAT = Actor("person-cat-3d", Role.PARTICIPANT, "blue")
DAN = Actor("person-dan-4c", Role.PARTICIPANT)
HAL = Actor("person-hal-5b", Role.FACILITATOR)
HEA = Actor("person-hea-6a", Role.FACILITATOR)
SAM = Actor("person-sam-8c", Role.PARTICIPANT, "blue", people=3, scribe=True)
"""Writes for others, and sits at none of the other devices."""
WALL = Actor("screen-wall-79", Role.WALL)
# When it comes to votes, two more look over Bob's shoulder.
TABLE = replace(BOB, people=3)
PEOPLE, HOSTS = (ANN, BOB, CAT, DAN), (HAL, HEA)

VIEWERS = {
    "ann": Viewer(Role.PARTICIPANT, ANN.id, "red"),
    "bob": Viewer(Role.PARTICIPANT, BOB.id, "red"),
    "cat": Viewer(Role.PARTICIPANT, CAT.id, "blue"),
    "dan": Viewer(Role.PARTICIPANT, DAN.id),
    # Sits at no table, as Dan does: two who sit at none share none.
    "guest": Viewer(Role.PARTICIPANT, "person-guest-88"),
    "host": Viewer(Role.FACILITATOR, HAL.id),
    "wall": Viewer(Role.WALL),
    # A host whose screen the room can see.
    "seen": Viewer(Role.PRESENTER, HAL.id),
}
PHONES = tuple(name for name, viewer in VIEWERS.items() if viewer.role is Role.PARTICIPANT)

START = 1_790_000_000_000
WAITS = (0, 1, 900, 20_000)
MOVE = 6


def made(what: str) -> str:
    """An id as a device makes it: 22 letters that tell nothing."""
    return urlsafe_b64encode(blake2b(what.encode(), digest_size=16).digest()).decode().rstrip("=")


@dataclass
class History:
    """A workshop that happened: its log, the board it led to, and what was refused on the way."""

    plan: Plan = PLAN
    entries: list[Entry] = field(default_factory=list)
    board: Board = field(default_factory=lambda: opening(PLAN))
    refused: list[tuple[Ask, str]] = field(default_factory=list)
    at: int = START

    def ask(self, actor: Actor, ask: Ask, wait: int = 1) -> Entry:
        """One ask, decided and taken in. Raises Refused, and is then as it was."""
        self.at += wait
        fact = decide(self.board, ask, actor, self.at)
        entry = Entry(self.board.seq + 1, self.at, actor.id, fact)
        self.entries.append(entry)
        evolve(self.board, entry)
        return entry

    def boards(self) -> Iterator[Board]:
        """The board before the first fact, and after each, as one board that moves on."""
        board = opening(self.plan)
        yield board
        for entry in self.entries:
            evolve(board, entry)
            yield board

    def __repr__(self) -> str:
        return "\n".join(["History", *(f"  {entry}" for entry in self.entries)])


def stored(entries: Sequence[Entry]) -> list[Entry]:
    """The entries as they come back from a log."""
    return msgspec.json.decode(msgspec.json.encode(entries), type=list[Entry])


@dataclass
class Move:
    """What the next bytes of a script say, in terms of what is on the board."""

    board: Board
    serial: int
    who: int
    a: int
    b: int
    c: int

    @property
    def person(self) -> Actor:
        return PEOPLE[self.who % len(PEOPLE)]

    @property
    def voter(self) -> Actor:
        return TABLE if self.person is BOB else self.person

    @property
    def host(self) -> Actor:
        return HOSTS[self.who % len(HOSTS)]

    def pick(self, among: Any, n: int) -> str:
        """One of these, or now and then one that nobody knows."""
        known = list(among)
        return known[n % len(known)] if known and n < 248 else made("nobody knows")

    def note(self, n: int) -> str:
        return self.pick(self.board.notes, n)

    def theme(self, n: int) -> str:
        """Mostly a pile that stands, sometimes one that is dropped or merged."""
        standing = [id for id in self.board.themes if self.board.is_pile(id)]
        return self.pick(standing if standing and n < 208 else self.board.themes, n)

    def item(self, n: int) -> str:
        standing = [id for id, item in self.board.items.items() if item.text is not None]
        return self.pick(standing if standing and n < 208 else self.board.items, n)

    def zone(self, n: int) -> str:
        return self.pick(ZONES, n) if n < 248 else "matrix.nowhere"

    def whole(self, n: int) -> str:
        """Mostly a note that is in one piece, sometimes a part or a note in parts."""
        notes = self.board.notes.items()
        whole = [id for id, note in notes if note.part_of is None and not self.board.is_split(id)]
        return self.pick(whole, n) if whole and n < 224 else self.note(n)

    def split(self, n: int) -> str:
        """Mostly a note that is in parts, or was once."""
        return self.pick(self.board.parts, n) if self.board.parts and n < 240 else self.note(n)

    def part(self, n: int) -> str:
        """Mostly a part of a note."""
        parts = [part for each in self.board.parts.values() for part in each]
        return self.pick(parts, n) if parts and n < 240 else self.note(n)

    def writer(self, id: str) -> Actor:
        """Who wrote the note, or anybody."""
        note = self.board.notes.get(id)
        people = (*PEOPLE, SAM)
        return next((each for each in people if note is not None and each.id == note.author), self.person)

    def step(self, n: int, *kinds: str) -> int:
        """A late step of these kinds, or an undoing of any."""
        steps = [seq for seq, step in self.board.steps.items() if step.did in kinds]
        return steps[-1 - n % min(4, len(steps))] if steps else 1

    def own(self, n: int) -> str:
        """Mostly one's own note, sometimes somebody else's."""
        mine = [id for id, note in self.board.notes.items() if note.author == self.person.id]
        return self.pick(mine, n) if mine and n < 224 else self.note(n)

    def taken(self, n: int) -> str:
        """Mostly a note of one's own that was taken back."""
        notes = self.board.notes.items()
        mine = [id for id, note in notes if note.author == self.person.id and note.taken is not None]
        return self.pick(mine, n) if mine and n < 224 else self.note(n)

    def words(self, kind: str) -> str:
        return f"{kind}-words-{self.serial}-said"

    def new(self, kind: str) -> str:
        # Now and then an id that something else has.
        return made(f"{kind} {self.serial}") if self.c < 244 else self.note(self.b)

    def parts(self) -> tuple[Part, ...]:
        """Two or three, mostly with ids of their own."""
        named = enumerate(made(f"part {self.serial} {n}") for n in range(2 + self.b % 2))
        return tuple(
            Part(id if n or self.c < 250 else self.note(self.b), self.words(f"part-{n}")) for n, id in named
        )

    def answer(self) -> Ask:
        """To a must-have: one of three with or without why, counted hands, or none after all."""
        id, because = self.new("answer"), self.words("because") if self.b % 2 else ""
        if self.a % 8 == 0:
            return asks.AnswerEssential(id, must(self.c), hands=asks.ShowOfHands(could=self.b % 3))
        answer = (*Answer, None)[self.a % 4]
        return asks.AnswerEssential(id, must(self.c), answer, because)

    def voted(self, n: int) -> str:
        """Mostly a line that is put to the vote."""
        items = self.board.ballot.items
        return self.pick(items, n) if items and n < 224 else self.item(n)

    def offer(self, n: int) -> str:
        """Mostly an offer of one's own."""
        mine = [id for id, offer in self.board.offers.items() if offer.by == self.person.id]
        return self.pick(mine, n) if mine and n < 224 else self.pick(self.board.offers, n)

    def reason(self) -> str:
        """A few words, or now and then none."""
        return self.words("aside") if self.c % 4 else ""

    def detail(self) -> Ask:
        """One thing more about a line: every field, with good values, none, and bad ones."""
        field = FIELDS[self.b % len(FIELDS)]
        good, bad = DETAILS.get(field, ((self.words("detail"),), ("\0",)))
        values = (*good, *good, "", " ", *bad)
        return asks.SetItem(self.item(self.a), field, values[self.c % len(values)])

    def quote(self) -> Ask:
        """Mostly notes that stand under the line, sometimes any."""
        item = self.item(self.a)
        pile = self.board.pile_under(item) if item in self.board.items else None
        under = sorted(self.board.notes_in(pile)) if pile and self.who % 4 else list(self.board.notes)
        notes = (self.pick(under, self.b), self.pick(under, self.c))
        return asks.QuoteNotes(item, notes[: self.b % 3])


def must(n: int) -> str:
    return ("nowhere", *(essential.id for essential in PLAN.essentials))[min(n, 1 + n % 2)]


FIELDS = tuple(ItemField)
DETAILS: dict[ItemField, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ItemField.LEVELS: (("social", "infrastructural individual"), ("see", "everywhere")),
    ItemField.SENSES: (("feel", "hear see"), ("social see",)),
    ItemField.AUDIENCES: (("staff", "community patients"), ("doctors",)),
    ItemField.AREA: (("people", "place"), ("people place", "weather")),
    ItemField.ROUTE: (("policy", "delivery"), ("policy practice", "people")),
    ItemField.ESSENTIAL: (("yes",), ()),
    ItemField.QUICK: (("yes", "indeed"), ()),
}
"""What is good for a field, and what is not; the other fields hold words."""

Verb = Callable[[Move], tuple[Actor, Ask]]

ADD: Verb = lambda m: (m.person, asks.AddNote(m.new("note"), m.zone(m.a), m.words("note")))  # noqa: E731

WRITING: list[Verb] = [
    *[ADD] * 5,
    lambda m: (m.person, asks.EditNote(m.own(m.a), m.words("edit"))),
    lambda m: (m.person, asks.MeanNote(m.own(m.a), m.words("mean") if m.b % 4 else "")),
    lambda m: ((m.host, SAM)[m.c % 2], asks.MeanNote(m.note(m.a), m.words("mean"))),
    lambda m: (SAM, asks.AddNote(m.new("note"), m.zone(m.a), m.words("note"), (None, "red")[m.b % 2], m.c)),
    lambda m: (m.person, asks.MoveNote(m.own(m.a), m.zone(m.b))),
    lambda m: (m.person, asks.TakeBackNote(m.own(m.a))),
    lambda m: (m.person, asks.TakeBackNote(m.own(m.a))),
    lambda m: (m.person, asks.PutBackNote(m.taken(m.a))),
    lambda m: (m.writer(m.note(m.a)), asks.PickNote(m.note(m.a), m.b % 4 > 0)),
    lambda m: (m.person, asks.PickNote(m.own(m.a) if m.c % 4 else m.note(m.a), m.b % 4 > 0)),
    lambda m: (m.host, asks.OwnParking(m.note(m.a), m.words("owner") if m.b % 4 else "")),
]
HOSTING: list[Verb] = [
    lambda m: (m.host, asks.HideNote(m.note(m.a), list(Why)[m.b % 3])),
    lambda m: (m.host, asks.HideNote(m.note(m.a), list(Why)[m.b % 3])),
    lambda m: (m.host, asks.ShowNote(m.note(m.a)) if m.c % 4 else asks.ReleaseNotes(m.zone(m.b))),
    lambda m: (m.host, asks.OpenStage(STAGES[m.a % len(STAGES)])),
    lambda m: (m.host, asks.OpenStage(STAGES[m.a % len(STAGES)])),
    lambda m: (m.host, asks.OpenStage(STAGES[m.a % len(STAGES)])),
    lambda m: (m.host, asks.ReturnStage()),
    lambda m: (
        m.host,
        (asks.LookUp(m.a % 2 == 0), asks.LightZone(m.zone(m.a) if m.b % 4 else None))[m.c % 2],
    ),
    lambda m: (m.host, asks.CallPicks(m.a % 4)),
    lambda m: (m.host, asks.SetSpotlight((m.note(m.a), m.item(m.a), None)[m.b % 3])),
    lambda m: (m.host, asks.SetAgenda(m.a or None, (asks.Minutes(STAGES[m.b % len(STAGES)], m.c),))),
    lambda m: (m.host, asks.RevealZone(m.zone(m.a))),
    lambda m: (m.host, asks.LockZone(m.zone(m.a))),
    lambda m: (m.host, asks.UnlockZone(m.zone(m.a))),
    lambda m: (m.host, asks.UnlockZone(m.zone(m.b))),
    lambda m: (m.host, (asks.SetTimer(m.a), asks.AddTime(m.a - 60))[m.b % 2]),
    lambda m: (m.host, (asks.PauseTimer(), asks.ResumeTimer())[m.b % 2]),
    lambda m: ((m.host, WALL)[m.b % 2], asks.BlankWall(m.a % 2 == 0)),
    lambda m: ((m.host, WALL)[m.b % 2], asks.ShowWall(Manner.READ, m.zone(m.a), m.c)),
    lambda m: (
        (m.host, WALL)[m.b % 2],
        asks.ShowWall(Manner.LEFT) if m.c % 2 else asks.ShowWall(Manner.READ, m.item(m.a)),
    ),
    lambda m: (m.host, asks.CloseSession() if m.a > 200 else asks.ReopenSession()),
]
SORTING: list[Verb] = [
    lambda m: (m.host, asks.MakeTheme(m.new("theme"), m.words("theme"))),
    lambda m: (
        m.host,
        asks.MakeTheme(m.new("theme"), m.words("theme"), (m.note(m.a), m.note(m.b))[: m.c % 3]),
    ),
    lambda m: (m.host, asks.NameTheme(m.theme(m.a), m.words("name"))),
    lambda m: (m.host, asks.DropTheme(m.theme(m.a))),
    lambda m: (m.host, asks.MergeTheme(m.theme(m.a), m.theme(m.b))),
    lambda m: (m.host, asks.MergeTheme(m.theme(m.a), m.theme(m.b))),
    lambda m: (m.host, asks.PlaceNotes(tuple(map(m.note, (m.a, m.b))), m.theme(m.c), list(Voice)[m.who % 3])),
    lambda m: (m.host, asks.PlaceNotes(tuple(map(m.note, (m.b, m.c))), m.theme(m.a), list(Voice)[m.who % 3])),
    lambda m: (m.host, asks.PlaceNotes((m.note(m.a),), m.theme(m.b))),
    lambda m: (m.host, asks.PlaceNotes((m.note(m.a),), None)),
    lambda m: (m.host, asks.ParkNotes((m.note(m.a), m.note(m.b)))),
    lambda m: (m.host, asks.SameIdea((m.note(m.a), m.note(m.b)), m.note(m.c))),
    lambda m: (
        m.host,
        asks.SameIdea((m.note(m.b),), m.note(m.a)) if m.c % 4 else asks.StandApart(m.note(m.a)),
    ),
    lambda m: (m.host, asks.MakeItem(m.new("item"), m.words("item"), m.theme(m.a))),
    lambda m: (m.host, asks.MakeItem(m.new("item"), m.words("item"), m.theme(m.a) if m.b % 4 else None)),
    lambda m: (m.host, asks.WordItem(m.item(m.a), m.words("line"))),
    lambda m: (m.host, asks.DropItem(m.item(m.a))),
    lambda m: (m.host, asks.Undo(1 + m.a % (m.board.seq + 1))),
    lambda m: (m.host, asks.Undo(max(m.board.steps, default=1))),
    lambda m: (m.host, asks.Undo(max(m.board.steps, default=1))),
    lambda m: (m.host, asks.Undo([1, *m.board.steps][-1 - m.a % min(4, 1 + len(m.board.steps))])),
]
SPLITTING: list[Verb] = [
    lambda m: (m.host, asks.SplitNote(m.whole(m.a), m.parts())),
    lambda m: (m.host, asks.SplitNote(m.whole(m.a), m.parts())),
    lambda m: (m.host, asks.PlaceNotes((m.part(m.a),), m.theme(m.b), list(Voice)[m.who % 3])),
    lambda m: (m.host, asks.PlaceNotes((m.part(m.a),), m.theme(m.b), list(Voice)[m.c % 3])),
    lambda m: (m.host, asks.PlaceNotes(tuple(map(m.part, (m.a, m.b, m.c))), m.theme(m.c))),
    lambda m: (m.host, asks.Undo(m.step(m.a, "note.split"))),
    lambda m: (m.host, asks.Undo(m.step(m.a, "note.split", "step.undone"))),
    lambda m: (m.writer(m.split(m.a)), asks.MoveNote(m.split(m.a), m.zone(m.b))),
    lambda m: (m.writer(m.split(m.a)), asks.TakeBackNote(m.split(m.a))),
    lambda m: (m.writer(m.split(m.a)), asks.PutBackNote(m.split(m.a))),
    lambda m: (m.host, (asks.HideNote, asks.ShowNote)[m.b % 2](m.split(m.a))),
]
LISTING: list[Verb] = [
    lambda m: (m.host, m.detail()),
    lambda m: (m.host, m.detail()),
    lambda m: (m.host, asks.MoveItem(m.item(m.a), m.item(m.b) if m.b % 4 else None)),
    lambda m: (m.host, asks.MoveItem(m.item(m.a), m.item(m.b) if m.b % 4 else None)),
    lambda m: (m.host, m.quote()),
    lambda m: (m.host, m.quote()),
    lambda m: (m.host, asks.LinkEssential(("open-late", "go-first")[m.b % 2], m.theme(m.a))),
    lambda m: (
        m.host,
        asks.LinkEssential(("open-late", "nowhere")[m.b % 8 == 0], m.theme(m.a) if m.b % 4 else None),
    ),
    lambda m: (m.host, asks.Undo(m.step(m.a, "theme.merged"))),
    lambda m: (m.host, asks.Undo(m.step(m.a, "item.moved", "item.set", "item.quoted", "step.undone"))),
]
FILING: list[Verb] = [
    lambda m: (m.writer(m.whole(m.a)), asks.FileNote(m.whole(m.a), m.theme(m.b), list(Voice)[m.c % 3])),
    lambda m: (m.writer(m.part(m.a)), asks.FileNote(m.part(m.a), m.theme(m.b))),
    lambda m: (m.person, asks.FileNote(m.own(m.a), None, wish=m.words("wish") if m.b % 4 else "")),
    lambda m: (m.writer(m.note(m.a)), asks.DisputeNote(m.note(m.a), m.words("word") if m.b % 4 else "")),
]
GUARDING: list[Verb] = [
    lambda m: (m.host, asks.MuteAuthor(m.note(m.a))),
    lambda m: (m.host, asks.UnmuteAuthor(m.pick(m.board.muted, m.a))),
    lambda m: (m.host, asks.UnmuteAuthor(m.pick(m.board.muted, m.a))),
    lambda m: (m.host, asks.RemoveAuthor(m.note(m.a)) if m.b > 224 else asks.HideNote(m.note(m.a), Why.BIN)),
    lambda m: (m.host, asks.LockRoom(m.a % 2 == 0) if m.b % 4 else asks.RenewCode("BCDFGHJKL")),
]
MUSTS: list[Verb] = [
    lambda m: (m.host, asks.MatchEssential(must(m.c), tuple(map(m.note, (m.a, m.b))), m.who % 4 != 0)),
    lambda m: (m.host, asks.MatchEssential(must(m.c), (m.part(m.a),))),
    lambda m: (m.person, m.answer()),
    lambda m: (m.person, m.answer()),
    lambda m: (m.person, m.answer()),
    lambda m: (m.host, asks.Undo(m.step(m.a, "essential.matched", "step.undone"))),
]
CHOOSING: list[Verb] = [
    lambda m: (m.host, asks.OpenVotes((m.item(m.a), m.item(m.b), m.item(m.c)), 1 + m.c % 5)),
    lambda m: (m.host, (asks.CloseVotes(), asks.ReopenVotes(), asks.ReopenVotes())[m.a % 3]),
    lambda m: (m.host, asks.RevealVotes() if m.a > 128 else asks.ShowFeelings()),
    *[lambda m: (m.voter, asks.CastVote(m.voted(m.a), m.b % 5))] * 4,
    lambda m: (m.voter, asks.CastVote(m.voted(m.a), m.b % 5, m.board.ballot.round or 1)),
    *[lambda m: (m.voter, asks.FeelLine(m.new("feel"), m.item(m.a), list(Feel)[m.b % 3], m.reason()))] * 2,
    *[lambda m: (m.voter, asks.HelpLine(m.new("help"), m.item(m.a), m.reason(), m.c % 2 == 0))] * 2,
    lambda m: (m.voter, asks.TakeBackHelp(m.offer(m.a))),
    lambda m: (m.host, asks.OrderByVotes()),
    lambda m: (m.host, asks.DropItem(m.item(m.a)) if m.b > 160 else asks.Undo(m.step(m.a, "item.dropped"))),
    lambda m: ((m.host, WALL)[m.b % 2], asks.ShowWall(Manner.VOTES, None, m.c % 2)),
]
OPENING: list[Verb] = [
    lambda m: (m.host, asks.OpenStage(("musts", "sort", "list")[m.a % 3])),
    lambda m: (m.host, asks.ShowMade(list(Made)[m.a % 2])),
]
EVERYTHING = [*WRITING * 2, *HOSTING, *SORTING, *SPLITTING, *LISTING, *FILING, *GUARDING]
EVERYTHING += [*MUSTS, *CHOOSING[::2]]


def play(script: bytes, verbs: Sequence[Verb] = EVERYTHING, history: History | None = None) -> History:
    """Everything the script asks for, one after the other. A move of nought is nobody moving."""
    history = History() if history is None else history
    for place in range(0, len(script) - MOVE + 1, MOVE):
        verb, who, a, b, c, wait = script[place : place + MOVE]
        if verb:
            actor, ask = verbs[verb % len(verbs)](Move(history.board, history.board.seq, who, a, b, c))
            try:
                history.ask(actor, ask, WAITS[wait % len(WAITS)])
            except Refused as refusal:
                history.refused.append((ask, refusal.code))
    return history


def scripts(least: int = 20, most: int = 80) -> st.SearchStrategy[bytes]:
    """Scripts of so many moves; a least that is not low keeps the workshops from being empty."""
    return st.binary(min_size=MOVE * least, max_size=MOVE * most)


def histories(
    verbs: Sequence[Verb] = EVERYTHING, least: int = 20, most: int = 80
) -> st.SearchStrategy[History]:
    return scripts(least, most).map(lambda script: play(script, verbs))


def sorted_histories() -> st.SearchStrategy[History]:
    """Workshops that begin with a dozen notes in the open and a few piles, and are then sorted."""
    return scripts().map(lambda script: play(script, [*SORTING * 2, *WRITING, *HOSTING[:4]], begun()))


def listed_histories() -> st.SearchStrategy[History]:
    """Workshops that begin with a list and notes in parts, and are then made into one fit to send."""
    verbs = [*SPLITTING * 2, *LISTING * 2, *FILING * 2, *MUSTS * 2, *SORTING, *HOSTING[3:7], *OPENING * 3]
    return scripts().map(lambda script: play(script, verbs, listed()))


def chosen_histories() -> st.SearchStrategy[History]:
    """Workshops whose list is in the open, with a vote on it."""
    return scripts().map(lambda script: play(script, [*CHOOSING, *LISTING[:4], *HOSTING[3:7]], balloted()))


def begun() -> History:
    """Four people wrote three notes each; the matrix is open, and there are three piles."""
    history = History()
    for place, zone in enumerate(("matrix.individual", "matrix.social", "utopia.see")):
        for person in PEOPLE:
            history.ask(
                person, asks.AddNote(made(f"{zone} {person.id}"), zone, f"begun-{place}-{person.id[-2:]}")
            )
    history.ask(HAL, asks.OpenStage("together"))
    for title in ("one", "two", "three"):
        history.ask(HAL, asks.MakeTheme(made(title), f"pile-{title}"))
    return history


def listed() -> History:
    """The same, some of it sorted: two notes in parts, three lines, a must-have that the room said too."""
    history = begun()
    for zone, person in (("matrix.social", ANN), ("utopia.see", CAT)):
        whole = made(f"{zone} {person.id}")
        parts = tuple(Part(made(f"{zone} {n}"), f"part-{zone}-{n}") for n in ("first", "second"))
        # Once in a pile as they were written: that must not count any more.
        history.ask(HAL, asks.PlaceNotes((whole,), made("two"), Voice.AGAINST))
        history.ask(HAL, asks.SplitNote(whole, parts))
    history.ask(HAL, asks.PlaceNotes((made("matrix.social first"), made("utopia.see first")), made("one")))
    history.ask(HAL, asks.PlaceNotes((made("matrix.social second"),), made("two"), Voice.WORRY))
    history.ask(HAL, asks.PlaceNotes(tuple(made(f"matrix.social {p.id}") for p in (BOB, CAT)), made("one")))
    for title in ("one", "two"):
        history.ask(HAL, asks.MakeItem(made(f"line {title}"), f"line-{title}", made(title)))
    history.ask(HAL, asks.MakeItem(made("line three"), "line-three"))
    history.ask(HAL, asks.LinkEssential("open-late", made("one")))
    history.ask(HAL, asks.MatchEssential("go-first", (made(f"matrix.social {DAN.id}"),)))
    return history


def balloted() -> History:
    """The same with its three lines in the open, put to the vote: two dots a person."""
    history = listed()
    history.ask(HAL, asks.OpenStage("list"))
    history.ask(HAL, asks.OpenVotes(LINES, 2))
    return history


LINES = (made("line one"), made("line two"), made("line three"))

workshops = histories() | sorted_histories() | listed_histories() | chosen_histories()
"""Workshops of every kind."""
