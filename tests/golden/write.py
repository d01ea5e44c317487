"""Write the log of a small workshop that has every kind of fact in it, and the rows it leads to.

`python -m tests.golden.write NAME`: once, and never over a file that is there.
"""

import sys

import msgspec
from msgspec.structs import replace

from sessions import archive
from sessions.domain import asks
from sessions.domain.asks import Answer, Ask, Feel, ItemField, Made, Manner, Part, Voice, Why
from sessions.domain.decide import PUT_BACK_MS, Actor, decide
from sessions.domain.evolve import evolve, opening, replay
from sessions.domain.facts import Entry, blanked
from sessions.domain.marks import FIRST, digest, mark
from sessions.domain.plans import Group
from sessions.domain.reach import Viewer
from sessions.domain.rights import Role
from sessions.shelf import Shelf
from sessions.store.log import Record
from sessions.store.register import SessionRecord
from tests.domain.histories import made
from tests.golden.pins import HERE, pins, read

START = 1_795_356_000_000
SALT = b"a golden session"
PLAN = replace(
    Shelf.read().plan("gp-surgery-45"),
    aim="More people walk here, and enjoy it",
    late_hours=48,
    hints=tuple(Shelf.read().hints.values()),
    groups=(Group("hill", "Hill table", "H"), Group("mill", "Mill table", "M"), Group("fell", "Fell table")),
)

MEG = Actor(made("Meg"), Role.PARTICIPANT, "hill")
RAJ = Actor(made("Raj"), Role.PARTICIPANT, "hill")
SUE = Actor(made("Sue"), Role.PARTICIPANT, "mill", people=4)
TOM = Actor(made("Tom"), Role.PARTICIPANT)
PAM = Actor(made("Pam"), Role.PARTICIPANT, "hill", people=6, scribe=True)
IDA = Actor(made("Ida"), Role.FACILITATOR)
WALL = Actor(made("the wall"), Role.WALL)
VIEWERS = {
    name: Viewer(actor.role, actor.id, actor.group)
    for name, actor in (
        ("meg", MEG),
        ("raj", RAJ),
        ("sue", SUE),
        ("tom", TOM),
        ("pam", PAM),
        ("ida", IDA),
        ("wall", WALL),
    )
}

WALK, SIGN, CHAIR, NAME, OOPS, BOTH, CARS, DOOR, TALK, SMILE = map(
    made, ("walk", "sign", "chair", "name", "oops", "both", "cars", "door", "talk", "smile")
)
BUS, KIDS, ONE, TWO, AFTER, SLIP = map(made, ("bus", "kids", "one", "two", "after", "slip"))
TOGETHER, SIGNS, STAFF, SPARE = map(made, ("together", "signs", "staff", "spare"))
LINE_WALK, LINE_SIGN, LINE_SPARE = map(made, ("line walk", "line sign", "line spare"))

AFTERNOON: list[tuple[Actor, Ask] | tuple[Actor, Ask, str]] = [
    (IDA, asks.OpenStage("frame")),
    (IDA, asks.OpenStage("matrix-alone")),
    (IDA, asks.SetTimer(360)),
    (IDA, asks.OpenStage("frame")),
    (IDA, asks.ReturnStage()),
    (IDA, asks.SetAgenda(START + 2_700_000, (asks.Minutes("sort", 5),), ("must-haves",))),
    (IDA, asks.LookUp(True)),
    (IDA, asks.LookUp(False)),
    (MEG, asks.AddNote(WALK, "matrix.social", "Walk together from the front door after clinic")),
    (RAJ, asks.AddNote(SIGN, "matrix.infrastructural", "Signs in steps, not metres 👣")),
    (SUE, asks.AddNote(CHAIR, "matrix.individual", "A chair half way,\nso nobody fears the hill")),
    (SUE, asks.AddNote(BOTH, "matrix.social", "Ask the bus to stop nearer, and bring the kids along")),
    (TOM, asks.AddNote(NAME, "matrix.social", "Dr Smith could go first")),
    (TOM, asks.AddNote(CARS, "matrix.parking", "مجموعة مشي للنساء فقط")),
    (RAJ, asks.AddNote(OOPS, "matrix.social", "I should not have said this; nor this")),
    (MEG, asks.EditNote(WALK, "Walk together from the front door, every Tuesday")),
    (PAM, asks.AddNote(SLIP, "matrix.social", "Chodźmy razem na spacer", "mill", 14)),
    (PAM, asks.MeanNote(SLIP, "Let us walk together")),
    (RAJ, asks.MeanNote(OOPS, "I should not have said this either")),
    (IDA, asks.MeanNote(CARS, "A walking group for women only")),
    (RAJ, asks.MoveNote(SIGN, "matrix.individual")),
    (RAJ, asks.MoveNote(SIGN, "matrix.infrastructural")),
    (IDA, asks.PauseTimer()),
    (IDA, asks.ResumeTimer()),
    (IDA, asks.AddTime(60)),
    (IDA, asks.SetTimer(0)),
    (IDA, asks.HideNote(NAME, Why.NAMES)),
    (IDA, asks.HideNote(CHAIR)),
    (IDA, asks.ShowNote(CHAIR)),
    (IDA, asks.HideNote(CHAIR, Why.BIN)),
    (SUE, asks.EditNote(CHAIR, "A chair half way, with a back to it")),
    (IDA, asks.ShowNote(CHAIR)),
    (IDA, asks.HideNote(CARS, Why.BIN)),
    (IDA, asks.MuteAuthor(CARS)),
    (IDA, asks.MuteAuthor(SIGN)),
    (IDA, asks.UnmuteAuthor(SIGN)),
    (IDA, asks.LockRoom(True)),
    (IDA, asks.RenewCode("BCDFGHJKL")),
    (IDA, asks.ReleaseNotes("matrix.social")),
    (IDA, asks.RevealZone("matrix.social")),
    (IDA, asks.OpenStage("matrix-together")),
    (WALL, asks.ShowWall(Manner.READ, "matrix.social", 1)),
    (IDA, asks.LightZone("matrix.social")),
    (IDA, asks.CallPicks(3)),
    (MEG, asks.PickNote(WALK)),
    (RAJ, asks.PickNote(WALK, on=False)),
    (MEG, asks.PickNote(WALK)),
    (IDA, asks.SetSpotlight(WALK)),
    (IDA, asks.BlankWall(True)),
    (WALL, asks.ShowWall(Manner.WHOLE)),
    (TOM, asks.TakeBackNote(CARS)),
    (TOM, asks.PutBackNote(CARS)),
    (IDA, asks.OwnParking(CARS, "Ida, by June")),
    (IDA, asks.OwnParking(CARS, "")),
    (IDA, asks.OwnParking(CARS, "Sam, at the desk")),
    (IDA, asks.LockZone("matrix.barriers")),
    (IDA, asks.UnlockZone("matrix.barriers")),
    (IDA, asks.LockZone("matrix.parking")),
    (IDA, asks.SplitNote(OOPS, (Part(ONE, "I should not have said this"), Part(TWO, "nor this")))),
    (RAJ, asks.TakeBackNote(OOPS)),
    (IDA, asks.UnmuteAuthor(CARS)),
    (IDA, asks.MuteAuthor(NAME)),
    (IDA, asks.UnmuteAuthor(NAME)),
    (IDA, asks.OpenStage("utopia-alone")),
    (MEG, asks.AddNote(DOOR, "utopia.see", "Doors that open by themselves")),
    (SUE, asks.AddNote(TALK, "utopia.hear", "“Shall we walk while we talk?”")),
    (TOM, asks.AddNote(SMILE, "utopia.feel", "Welcome. Someone knew my name")),
    (IDA, asks.OpenStage("utopia-together")),
    (IDA, asks.OpenStage("must-haves")),
    (IDA, asks.MakeTheme(TOGETHER, "Walk together")),
    (IDA, asks.MakeTheme(SIGNS, "Put up sings")),
    (IDA, asks.ShowMade(Made.THEMES)),
    (IDA, asks.NameTheme(SIGNS, "Put up signs")),
    (IDA, asks.MakeTheme(STAFF, "Staff walk too")),
    (IDA, asks.MakeTheme(SPARE, "Something else"), "spare"),
    (IDA, asks.DropTheme(SPARE)),
    (IDA, asks.SplitNote(BOTH, (Part(BUS, "Ask the bus to stop nearer"), Part(KIDS, "Bring the kids")))),
    (IDA, asks.PlaceNotes((WALK, KIDS, CHAIR, NAME), TOGETHER)),
    (IDA, asks.PlaceNotes((TALK,), STAFF), "talk"),
    (IDA, asks.PlaceNotes((SIGN, BUS), SIGNS)),
    (IDA, asks.PlaceNotes((CHAIR,), SIGNS, Voice.WORRY)),
    (IDA, asks.PlaceNotes((SIGN, DOOR), None)),
    (IDA, asks.ParkNotes((DOOR,)), "parked"),
    (IDA, asks.SameIdea((KIDS, CHAIR), WALK)),
    (IDA, asks.StandApart(CHAIR)),
    (IDA, asks.MergeTheme(STAFF, TOGETHER)),
    (IDA, asks.MakeItem(LINE_WALK, "Walk together, staff and patients, every Tuesday", TOGETHER)),
    (IDA, asks.MakeItem(LINE_SIGN, "Put up signs", SIGNS)),
    (IDA, asks.WordItem(LINE_SIGN, "Put up signs that count in steps")),
    (IDA, asks.MakeItem(LINE_SPARE, "Buy a kettle")),
    (IDA, asks.MoveItem(LINE_SPARE, LINE_SIGN), "moved"),
    (IDA, asks.DropItem(LINE_SPARE)),
    (IDA, asks.SetItem(LINE_WALK, ItemField.LEVELS, "individual social")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.SENSES, "")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.AUDIENCES, "staff patients")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.AREA, "patients-move")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.ROUTE, "practice")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.ESSENTIAL, "yes")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.QUICK, "yes")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.OWNER, "Meg, at reception")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.FIRST_STEP, "Ask who has a dog")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.REVIEW, "March 2027")),
    (IDA, asks.SetItem(LINE_WALK, ItemField.HELP, "Two high-visibility vests")),
    (IDA, asks.QuoteNotes(LINE_WALK, (WALK, KIDS))),
    (IDA, asks.QuoteNotes(LINE_WALK, (KIDS,))),
    (IDA, asks.LinkEssential("staff", TOGETHER)),
    (IDA, asks.MatchEssential("staff", (WALK, NAME, TALK))),
    (IDA, asks.MatchEssential("staff", (TALK,), False)),
    (MEG, asks.AnswerEssential(made("meg one"), "staff", Answer.NOT_HERE, "I should not have said this")),
    (MEG, asks.AnswerEssential(made("meg two"), "staff", Answer.COULD)),
    (RAJ, asks.AnswerEssential(made("raj"), "staff", Answer.NOT_HERE, "Nobody is free at lunch")),
    (SUE, asks.AnswerEssential(made("sue one"), "staff", hands=asks.ShowOfHands(do=2, not_here=1))),
    (TOM, asks.AnswerEssential(made("tom one"), "staff", Answer.DO)),
    (TOM, asks.AnswerEssential(made("tom two"), "staff")),
    (IDA, asks.SetSpotlight("essential:staff")),
    (IDA, asks.OpenStage("sort")),
    (SUE, asks.FileNote(CHAIR, TOGETHER)),
    (TOM, asks.FileNote(SMILE, None, wish="Know people’s names")),
    (MEG, asks.DisputeNote(WALK, "It is for patients only")),
    (IDA, asks.OpenStage("list")),
    (IDA, asks.OpenVotes((LINE_WALK, LINE_SIGN), 2)),
    (MEG, asks.CastVote(LINE_WALK, 2)),
    (SUE, asks.CastVote(LINE_SIGN, 1)),
    (IDA, asks.CloseVotes()),
    (IDA, asks.ReopenVotes()),
    (SUE, asks.CastVote(LINE_SIGN, 0, 1)),
    (SUE, asks.CastVote(LINE_WALK, 1, 1)),
    (IDA, asks.RevealVotes()),
    (TOM, asks.FeelLine(made("tom feels"), LINE_SIGN, Feel.STOP, "I should not have said this either")),
    (TOM, asks.FeelLine(made("tom feels again"), LINE_SIGN, Feel.WORRY, "Who cleans them?")),
    (IDA, asks.ShowFeelings()),
    (MEG, asks.HelpLine(made("meg helps"), LINE_WALK, "Meg", True)),
    (SUE, asks.HelpLine(made("sue helps"), LINE_WALK, "nor this, Sue")),
    (SUE, asks.TakeBackHelp(made("sue helps"))),
    (RAJ, asks.HelpLine(made("raj helps"), LINE_SIGN)),
    (IDA, asks.RemoveAuthor(CARS)),
    (IDA, asks.CloseSession()),
    (IDA, asks.ReopenSession()),
    (IDA, asks.CloseSession()),
    (SUE, asks.AddNote(AFTER, "matrix.social", "I thought of the bus shelter on my way home")),
    (MEG, asks.EditNote(WALK, "Walk together from the front door, every Tuesday at two")),
]
"""Who asks for what, and at times a word by which a later step is undone."""

UNDONE = ("spare", "talk", "moved", "parked")


def entries() -> list[tuple[Entry, str, bytes]]:
    """Each fact with its key and digest; then four steps undone, one of them done again."""
    board, written, at = opening(PLAN), list[tuple[Entry, str, bytes]](), START
    named: dict[str, int] = {}

    def ask(actor: Actor, ask: Ask) -> int:
        nonlocal at
        at += 7_000
        entry = Entry(board.seq + 1, at, actor.id, decide(board, ask, actor, at))
        evolve(board, entry)
        written.append((entry, made(f"key {entry.seq}"), digest(SALT, ask)))
        return entry.seq

    for actor, wanted, *name in AFTERNOON:
        seq = ask(actor, wanted)
        named |= dict.fromkeys(name, seq)
    for undone in UNDONE:
        last = ask(IDA, asks.Undo(named[undone]))
    ask(IDA, asks.Undo(last))
    gone = {
        id for id, note in board.notes.items() if note.taken is not None and at - note.taken > PUT_BACK_MS
    }
    gone |= board.replaced.keys()
    gone |= {id for id, said in board.feelings.items() if said.gone}
    gone |= {id for id, offer in board.offers.items() if offer.gone}
    gone |= {part for id in gone for part in board.parts.get(id, ())}
    return [
        (replace(entry, fact=blanked(entry.fact, frozenset(gone))), key, its_digest)
        for entry, key, its_digest in written
    ]


def log() -> bytes:
    session = SessionRecord(
        id=made("the session"),
        title="A golden afternoon",
        aim=PLAN.aim,
        host="Ida",
        contact="",
        language=PLAN.language,
        time_zone="Europe/London",
        plan=msgspec.json.encode(PLAN),
        salt=SALT,
        made=START,
        delete_by=START,
    )
    records, last = list[Record](), FIRST
    for entry, key, its_digest in entries():
        last = mark(last, entry.seq, entry.at, key)
        fact = msgspec.json.encode(entry.fact)
        records.append(Record(entry.seq, entry.at, entry.actor, key, its_digest, last, fact))
    return b"".join(archive.lines(session, records))


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        sys.exit(__doc__)
    log_file, rows_file = HERE / f"{arguments[0]}.jsonl", HERE / f"{arguments[0]}.rows.json"
    if log_file.exists() or rows_file.exists():
        sys.exit(f"{log_file.name} is there already, and stays as it is.")
    log_file.write_bytes(log())
    heading, kept = read(log_file)
    pinned = pins(replay(heading.plan, kept), VIEWERS)
    rows_file.write_bytes(msgspec.json.format(msgspec.json.encode(pinned), indent=1) + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
