"""Two desks and ten phones at once: each asks of the room as it last saw it, and what is refused is refused.

A script is bytes, six to a move, as in `histories`. But a desk may name a pile here that is merged by now,
and undo what the other desk has undone already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sessions.domain import asks, facts
from sessions.domain.asks import Ask, ItemField, Part, Voice
from sessions.domain.board import Board
from sessions.domain.decide import Actor
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from tests.domain.histories import HAL, HEA, HOSTS, MOVE, PLAN, History, made

PHONES = tuple(
    Actor(f"person-{n}-at-a-desk", Role.PARTICIPANT, ("red", "blue", None)[n % 3], 3 if n == 9 else 1)
    for n in range(10)
)
"""At two tables and at none; the last writes for three."""

IN_THE_OPEN = ("matrix.social", "utopia.see", "matrix.later")


@dataclass
class Desks:
    """A workshop in which everyone sorts. `seen`: the room as each device last saw it."""

    history: History = field(default_factory=History)
    seen: dict[str, Board] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for stage in ("together", "awake", "sort", "list"):
            self.history.ask(HAL, asks.OpenStage(stage))
        for n, phone in enumerate(PHONES):
            for zone in IN_THE_OPEN[: 2 + n % 2]:
                self.history.ask(phone, asks.AddNote(made(f"{zone} {n}"), zone, f"begun-{zone}-{n}-said"))
        for title in ("one", "two", "three"):
            self.history.ask(HAL, asks.MakeTheme(made(title), f"pile-{title}"))
        # Some of it is done already: each has a note in a pile, and a pile is a line.
        for n, phone in enumerate(PHONES):
            pile = made(("one", "two", "three")[n % 3])
            self.history.ask(phone, asks.FileNote(made(f"matrix.social {n}"), pile, list(Voice)[n % 3]))
        self.history.ask(HEA, asks.MakeItem(made("line"), "begun-line-said", made("one")))
        for device in (*HOSTS, *PHONES):
            self.look(device)

    def __repr__(self) -> str:
        return repr(self.history)

    @property
    def board(self) -> Board:
        return self.history.board

    def look(self, device: Actor) -> None:
        self.seen[device.id] = self.board.draft()

    def move(self, who: int, verb: int, a: int, b: int, c: int, look: int) -> bool:
        """Somebody asks for something, and it is done. Then they may look up, or work on without."""
        device = HOSTS[who % 2] if who < 176 else PHONES[who % 10]
        seen = _Seen(self.seen[device.id], self.board.seq, device.id, a, b, c)
        verbs = AT_A_DESK if device in HOSTS else ON_A_PHONE
        try:
            self.history.ask(device, verbs[verb % len(verbs)](seen))
        except Refused as refusal:
            self.history.refused.append((asks.Undo(1), refusal.code))
            return False
        finally:
            if look % 3:
                self.look(device)
        return True

    def steps_of(self, *hosts: Actor) -> list[int]:
        """Steps of these that can be undone, the first first; no undoings."""
        mine = {host.id for host in hosts}
        steps = self.board.steps.items()
        return [seq for seq, step in steps if step.by in mine and step.undoes is None and not step.undone]


def moves(script: bytes) -> Iterable[tuple[int, int, int, int, int, int]]:
    for place in range(0, len(script) - MOVE + 1, MOVE):
        who, verb, a, b, c, look = script[place : place + MOVE]
        yield who, verb, a, b, c, look


def played(script: bytes) -> Desks:
    desks = Desks()
    for move in moves(script):
        desks.move(*move)
    return desks


@dataclass
class _Seen:
    """What a device has before it, and what the next bytes of the script make of it."""

    board: Board
    serial: int
    me: str
    a: int
    b: int
    c: int

    def words(self, kind: str) -> str:
        return f"{kind}-words-{self.serial}-said"

    def new(self, kind: str) -> str:
        return made(f"{kind} {self.serial}")

    def one(self, known: Iterable[str], n: int) -> str:
        found = [*known]
        return found[n % len(found)] if found else made("nobody knows")

    def piece(self, n: int, *, mine: bool = False) -> str:
        """A note in one piece, or a part of one."""
        notes = self.board.notes.items()
        here = [id for id, note in notes if self.board.is_here(note) and not self.board.is_split(id)]
        return self.one((id for id in here if not mine or self.board.notes[id].author == self.me), n)

    def own(self, n: int) -> str:
        notes = self.board.notes.items()
        return self.one((id for id, note in notes if note.author == self.me and note.part_of is None), n)

    def pile(self, n: int) -> str:
        return self.one(filter(self.board.is_pile, self.board.themes), n)

    def line(self, n: int) -> str:
        return self.one(filter(self.board.is_line, self.board.items), n)

    def voice(self) -> Voice:
        return [*[Voice.FOR] * 3, Voice.WORRY, Voice.AGAINST][self.c % 5]

    def step(self, n: int, *, mine: bool | None = None) -> int:
        """One of the last fifty: of one's own, of the other desk, or of either, undoings among them."""
        steps = [seq for seq, step in self.board.steps.items() if mine in (None, step.by == self.me)]
        return steps[-50:][-1 - n % min(50, len(steps))] if steps else 1

    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(self.new(f"part {n}"), self.words(f"part-{n}")) for n in range(2 + self.c % 2))


def _place(s: _Seen) -> Ask:
    return asks.PlaceNotes((s.piece(s.a),), s.pile(s.b), s.voice())


def _undo_the_last(s: _Seen) -> Ask:
    return asks.Undo(s.step(0, mine=True))


def _file(s: _Seen) -> Ask:
    return asks.FileNote(s.piece(s.a, mine=True), s.pile(s.b), s.voice())


AT_A_DESK = (
    *[_place] * 6,
    lambda s: asks.PlaceNotes(tuple(s.piece(n) for n in (s.a, s.b, s.c)), s.pile(s.a + s.c), s.voice()),
    lambda s: asks.PlaceNotes((s.piece(s.a),), None),
    lambda s: asks.MakeTheme(s.new("pile"), s.words("pile")),
    lambda s: asks.MakeTheme(s.new("pile"), s.words("pile"), (s.piece(s.a), s.piece(s.b)), s.voice()),
    lambda s: asks.NameTheme(s.pile(s.a), s.words("name")),
    lambda s: asks.MergeTheme(s.pile(s.a), s.pile(s.b)),
    lambda s: asks.DropTheme(s.pile(s.a)),
    *[lambda s: asks.SplitNote(s.piece(s.a), s.parts())] * 2,
    *[lambda s: asks.SameIdea((s.piece(s.a),), s.piece(s.b))] * 2,
    lambda s: asks.StandApart(s.one((id for id, note in s.board.notes.items() if note.under), s.a)),
    *[lambda s: asks.MakeItem(s.new("line"), s.words("line"), s.pile(s.a))] * 2,
    lambda s: asks.WordItem(s.line(s.a), s.words("worded")),
    lambda s: asks.DropItem(s.line(s.a)),
    lambda s: asks.MoveItem(s.line(s.a), s.line(s.b)),
    lambda s: asks.SetItem(s.line(s.a), ItemField.OWNER, s.words("owner")),
    lambda s: asks.LinkEssential(PLAN.essentials[s.a % 2].id, s.pile(s.b)),
    lambda s: asks.MatchEssential(PLAN.essentials[s.a % 2].id, (s.piece(s.b),), s.c % 3 > 0),
    lambda s: asks.OwnParking(s.piece(s.a), s.words("takes-on")),
    lambda s: (asks.HideNote, asks.ShowNote)[s.c % 2](s.piece(s.a)),
    *[_undo_the_last] * 3,
    lambda s: asks.Undo(s.step(s.a % 3, mine=False)),
    *[lambda s: asks.Undo(s.step(s.a))] * 2,
)
ON_A_PHONE = (
    *[_file] * 4,
    lambda s: asks.FileNote(s.piece(s.a, mine=True), None, wish=s.words("wish")),
    lambda s: asks.DisputeNote(s.piece(s.a, mine=True), s.words("not-quite")),
    lambda s: asks.AddNote(s.new("note"), s.one(IN_THE_OPEN, s.a), s.words("note")),
    lambda s: asks.EditNote(s.own(s.a), s.words("edit")),
    lambda s: asks.TakeBackNote(s.own(s.a)),
    lambda s: asks.PutBackNote(s.own(s.a)),
)


def written(history: History) -> dict[str, facts.NoteAdded]:
    """Every note that was written and not taken back for now, from the facts alone."""
    notes: dict[str, facts.NoteAdded] = {}
    gone = set[str]()
    for entry in history.entries:
        match entry.fact:
            case facts.NoteAdded(id) as added:
                notes[id] = added
            case facts.NoteTakenBack(id):
                gone.add(id)
            case facts.NotePutBack(id):
                gone.discard(id)
    return {id: added for id, added in notes.items() if id not in gone}
