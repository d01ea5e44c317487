"""What people ask, made of small numbers: `n` and `m` pick a note, a pile or a line, the latest first."""

from sessions.domain import asks
from sessions.domain.asks import Answer, Ask, Feel, ItemField, Made, Manner, Voice, Why
from tests.domain.histories import PLAN, made

PLACES = ("matrix.individual", "matrix.social", "utopia.see", "matrix.later")
STAGES = (
    "alone",
    "tables",
    "tables",
    "together",
    "together",
    "dream",
    "awake",
    "musts",
    "sort",
    "sort",
    "list",
)

CHANGES = (
    *("edit", "edit", "mean", "move", "move", "take", "take", "put", "file", "file", "wish", "dispute"),
    *("pick", "pick"),
)
SHOWS = (
    *["stage"] * 5,
    "reveal",
    "lock",
    "lock",
    "unlock",
    *["hide"] * 3,
    "show",
    "show",
    "mute",
    "unmute",
    "door",
    "return",
    "publish",
    "look",
    "timer",
    "blank",
    "page",
    "call",
)
ENDS = ("close", "reopen", "reopen")
SORTS = (
    "make",
    "make",
    "name",
    "drop",
    "merge",
    *["place"] * 5,
    "park",
    "line",
    "line",
    "own",
    "word",
    "strike",
    "owner",
    *["quote"] * 2,
    "link",
    "match",
    "match",
    "match not",
    "same",
    "same",
    "apart",
    "split",
    "split",
)
ANSWERS = ("do", "could", "not_here", "because", "because", "hands", "none")
VOTES = (*["open"] * 2, "close", "reopen", "reopen", "reveal", "feelings")
CHOICES = (*["cast"] * 4, "feel", "feel", "help", "help", "step back")
UNDOES = ("undo", "undo", "undo last", "undo last")


class Verbs:
    """`notes`, `themes` and `items`: everything that somebody wanted to make, whatever became of it."""

    def __init__(self) -> None:
        self.serial = 0
        self.notes: list[str] = []
        self.parts: list[str] = []
        self.themes: list[str] = []
        self.items: list[str] = []
        self.answers: list[str] = []
        self.offers: list[str] = []

    def key(self) -> str:
        self.serial += 1
        return made(f"key {self.serial}")

    def words(self) -> str:
        """No two are the same, so that each can be looked for."""
        self.serial += 1
        return f"words-{self.serial}-said"

    def new(self, known: list[str]) -> str:
        self.serial += 1
        known.append(made(f"thing {self.serial}"))
        return known[-1]

    def piece(self, n: int) -> str:
        """A note, or a part of one."""
        return self.pick(self.parts if n % 3 == 0 and self.parts else self.notes, n)

    def pick(self, known: list[str], n: int) -> str:
        return known[-1 - n % len(known)] if known else made("nobody knows")

    def place(self, n: int) -> str:
        return PLACES[n % 4] if n < 11 else "matrix.nowhere"

    def write(self, n: int, m: int) -> Ask:
        """A note. Now and then it is empty, too long, or has the id of another."""
        text = {10: " ", 11: "x" * 281}.get(m, self.words())
        return asks.AddNote(self.pick(self.notes, n) if m == 9 else self.new(self.notes), self.place(n), text)

    def change(self, verb: str, own: list[str], n: int, m: int) -> Ask:
        """`own`: the notes of whoever asks; now and then it is one of somebody else."""
        id = self.pick(own if n < 10 else self.notes, n)
        match verb:
            case "edit":
                return asks.EditNote(id, self.words())
            case "mean":
                return asks.MeanNote(id, self.words() if m else "")
            case "move":
                return asks.MoveNote(id, self.place(m))
            case "take":
                return asks.TakeBackNote(id)
            case "file":
                id = self.piece(n) if m % 4 == 0 else id
                return asks.FileNote(id, self.pick(self.themes, m), list(Voice)[n % 3])
            case "wish":
                return asks.FileNote(id, None, wish=self.words() if m % 2 else "")
            case "dispute":
                id = self.piece(n) if m % 4 == 0 else id
                return asks.DisputeNote(id, self.words() if m % 3 else "")
            case "pick":
                return asks.PickNote(id, m % 4 > 0)
        return asks.PutBackNote(id)

    def show(self, verb: str, n: int, m: int) -> Ask:
        note, place = self.pick(self.notes, n), self.place(n)
        match verb:
            case "stage":
                return asks.OpenStage((*STAGES, "nowhere")[n])
            case "reveal":
                return asks.RevealZone(place)
            case "lock":
                return asks.LockZone(place)
            case "unlock":
                return asks.UnlockZone(place)
            case "hide":
                return asks.HideNote(note, (Why.NAMES, Why.RUDE, Why.OTHER, Why.BIN)[m % 4])
            case "mute":
                return asks.MuteAuthor(note)
            case "unmute":
                return asks.UnmuteAuthor(note)
            case "door":
                return asks.LockRoom(n % 2 == 0) if m % 4 else asks.RenewCode("BCDFGHJKL")
            case "show":
                return asks.ShowNote(note)
            case "return":
                return asks.ReturnStage()
            case "publish":
                return asks.ShowMade(list(Made)[n % 2])
            case "call":
                return asks.CallPicks(m % 4)
            case "look":
                return (asks.LookUp(n % 2 == 0), asks.LightZone(place), asks.SetSpotlight(note))[m % 3]
            case "timer":
                return asks.SetTimer(60 * m)
            case "blank":
                return asks.BlankWall(m % 2 == 0)
            case "page":
                if n % 3 == 0:
                    return asks.ShowWall(Manner.LEFT, None, m)
                if n % 7 == 0:
                    return asks.ShowWall(Manner.VOTES)
                of = (place, self.pick(self.themes, n), self.pick(self.items, n))[m % 3]
                return asks.ShowWall(Manner.READ, of, m)
            case "close":
                return asks.CloseSession()
        return asks.ReopenSession()

    def answer(self, verb: str, n: int) -> Ask:
        """What somebody says to a must-have. Now and then its id is that of a note."""
        id = self.pick(self.notes, n) if n == 10 else self.new(self.answers)
        if verb == "hands":
            return asks.AnswerEssential(id, self.must(n), hands=asks.ShowOfHands(n % 2, 0, n // 9))
        if verb == "none":
            return asks.AnswerEssential(id, self.must(n))
        because = self.words() if verb == "because" else ""
        answer = Answer.NOT_HERE if verb == "because" else Answer(verb)
        return asks.AnswerEssential(id, self.must(n), answer, because)

    def must(self, n: int) -> str:
        return PLAN.essentials[n % 2].id if n < 11 else "nowhere"

    def vote(self, verb: str, n: int, m: int) -> Ask:
        match verb:
            case "open":
                lines = (self.pick(self.items, n), self.pick(self.items, m))
                return asks.OpenVotes(lines, 1 + m % 4)
            case "close":
                return asks.CloseVotes()
            case "reopen":
                return asks.ReopenVotes()
            case "reveal":
                return asks.RevealVotes()
        return asks.ShowFeelings()

    def choose(self, verb: str, n: int, m: int) -> Ask:
        item = self.pick(self.items, n)
        match verb:
            case "cast":
                return asks.CastVote(item, m % 5)
            case "feel":
                return asks.FeelLine(self.new(self.offers), item, list(Feel)[m % 3], self.words())
            case "help":
                name = self.words() if m % 3 else ""
                return asks.HelpLine(self.new(self.offers), item, name, m % 2 == 0)
        return asks.TakeBackHelp(self.pick(self.offers, m))

    def sort(self, verb: str, n: int, m: int, head: int) -> Ask:
        """`head`: how many facts there are."""
        theme, item, words = self.pick(self.themes, n), self.pick(self.items, n), self.words()
        match verb:
            case "make":
                notes = (self.piece(m), self.piece(n + m))[: n % 3]
                return asks.MakeTheme(self.new(self.themes), words, notes, list(Voice)[(n + m) % 3])
            case "name":
                return asks.NameTheme(theme, words)
            case "drop":
                return asks.DropTheme(theme)
            case "merge":
                return asks.MergeTheme(theme, self.pick(self.themes, m))
            case "place":
                notes = (self.piece(m), self.piece(n + m))
                return asks.PlaceNotes(notes, None if m == 11 else theme, list(Voice)[(n + m) % 3])
            case "park":
                return asks.ParkNotes((self.pick(self.notes, m), self.pick(self.notes, n + m)))
            case "line":
                return asks.MakeItem(self.new(self.items), words, None if m == 11 else theme)
            case "word":
                return asks.WordItem(item, words)
            case "strike":
                return asks.DropItem(item)
            case "owner":
                return asks.SetItem(item, ItemField.OWNER, words if m % 3 else "")
            case "quote":
                notes = (self.pick(self.notes, m), self.pick(self.notes, n + m))
                return asks.QuoteNotes(item, notes[: m % 3])
            case "own":
                return asks.OwnParking(self.pick(self.notes, m), words if n % 4 else "")
            case "link":
                return asks.LinkEssential(PLAN.essentials[m % 2].id, None if m == 11 else theme)
            case "same":
                return asks.SameIdea((self.piece(m), self.piece(n + m)), self.piece(n))
            case "apart":
                return asks.StandApart(self.piece(m))
            case "split":
                # Now and then a part has the id of something else.
                first = self.pick(self.notes, n) if m == 11 else self.new(self.parts)
                parts = (asks.Part(first, words), asks.Part(self.new(self.parts), self.words()))
                return asks.SplitNote(self.piece(m) if n == 11 else self.pick(self.notes, m), parts)
            case "match" | "match not":
                notes = (self.piece(m), self.piece(n + m))
                return asks.MatchEssential(self.must(n), notes, verb == "match")
            case "undo":
                return asks.Undo(max(1, head - n - m))
        return asks.Undo(max(1, head))
