"""What happened: tagged, frozen, and readable for ever.

A fact holds no seq, no clock and no author; those stand beside it in its `Entry`. Every string is
marked as somebody's words or as not, so that erasing can find all words and a test can prove it.
"""

from msgspec import Struct
from msgspec.structs import replace

from sessions.domain.facts.access import (
    AccessFact as AccessFact,
    AuthorMuted as AuthorMuted,
    AuthorRemoved as AuthorRemoved,
    AuthorUnmuted as AuthorUnmuted,
    CodeRenewed as CodeRenewed,
    RoomLocked as RoomLocked,
)
from sessions.domain.facts.essentials import (
    EssentialAnswered as EssentialAnswered,
    EssentialFact as EssentialFact,
    EssentialLinked as EssentialLinked,
    EssentialMatched as EssentialMatched,
    Hands as Hands,
)
from sessions.domain.facts.fact import Fact as Fact
from sessions.domain.facts.moments import (
    AgendaSet as AgendaSet,
    MadeShown as MadeShown,
    MomentFact as MomentFact,
    PhonesDimmed as PhonesDimmed,
    PicksCalled as PicksCalled,
    SessionClosed as SessionClosed,
    SessionReopened as SessionReopened,
    SpotlightSet as SpotlightSet,
    StageMinutes as StageMinutes,
    StageOpened as StageOpened,
    StageReturned as StageReturned,
    TimerSet as TimerSet,
    WallBlanked as WallBlanked,
    WallShown as WallShown,
    ZoneLit as ZoneLit,
    ZoneLocked as ZoneLocked,
    ZoneRevealed as ZoneRevealed,
    ZoneUnlocked as ZoneUnlocked,
)
from sessions.domain.facts.notes import (
    NoteAdded as NoteAdded,
    NoteEdited as NoteEdited,
    NoteFact as NoteFact,
    NoteHidden as NoteHidden,
    NoteMeant as NoteMeant,
    NoteMoved as NoteMoved,
    NotePicked as NotePicked,
    NotePutBack as NotePutBack,
    NoteShown as NoteShown,
    NotesReleased as NotesReleased,
    NoteTakenBack as NoteTakenBack,
    ParkingOwned as ParkingOwned,
)
from sessions.domain.facts.sorting import (
    ByAuthor as ByAuthor,
    Filed as Filed,
    ItemDropped as ItemDropped,
    ItemMade as ItemMade,
    ItemMoved as ItemMoved,
    ItemQuoted as ItemQuoted,
    ItemSet as ItemSet,
    ItemWorded as ItemWorded,
    NoteDisputed as NoteDisputed,
    NoteFiled as NoteFiled,
    NoteParted as NoteParted,
    NotesMatched as NotesMatched,
    NotesParked as NotesParked,
    NotesPlaced as NotesPlaced,
    NoteSplit as NoteSplit,
    Sorted as Sorted,
    SortingFact as SortingFact,
    ThemeDropped as ThemeDropped,
    ThemeMade as ThemeMade,
    ThemeMerged as ThemeMerged,
    ThemeNamed as ThemeNamed,
    Undone as Undone,
    Worded as Worded,
    emptied as emptied,
)
from sessions.domain.facts.votes import (
    ChoosingFact as ChoosingFact,
    FeelingsShown as FeelingsShown,
    HelpTakenBack as HelpTakenBack,
    LineFelt as LineFelt,
    LineHelped as LineHelped,
    VoteCast as VoteCast,
    VotesClosed as VotesClosed,
    VotesOpened as VotesOpened,
    VotesReopened as VotesReopened,
    VotesRevealed as VotesRevealed,
)

AnyFact = NoteFact | MomentFact | SortingFact | EssentialFact | ChoosingFact | AccessFact


class Entry(Struct, frozen=True):
    """A fact in its place: `seq` counts 1, 2, 3 ... without gaps; `at` is UTC ms, the server's."""

    seq: int
    at: int
    actor: str
    fact: AnyFact


def blanked(fact: AnyFact, ids: frozenset[str]) -> AnyFact:
    """The same fact with the words of these notes, parts, answers and offers emptied, all else as it was."""
    match fact:
        case NoteAdded() | NoteEdited() | NoteMeant() if fact.id in ids:
            return replace(fact, text="")
        case ParkingOwned(note, str()) if note in ids:
            return replace(fact, owner="")
        case EssentialAnswered() if fact.id in ids:
            return replace(fact, because=fact.because and "")
        case LineFelt() if fact.id in ids:
            return replace(fact, why=fact.why and "")
        case LineHelped() if fact.id in ids:
            return replace(fact, name=fact.name and "")
        case Sorted(changes):
            return replace(fact, changes=emptied(changes, ids))
    return fact
