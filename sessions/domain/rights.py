"""Who may ask what: every ask, sorted by role. A test proves that none is missing."""

from enum import StrEnum

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.refused import Refused


class Role(StrEnum):
    """How a seat sits in the room. A presenter is a facilitator whose screen the room can see: with the same
    rights, and shown no more than a wall."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    PRESENTER = "presenter"
    WALL = "wall"


_PEOPLE = frozenset({Role.PARTICIPANT})
_HOSTS = frozenset({Role.FACILITATOR, Role.PRESENTER})
_SCREENS = _HOSTS | {Role.WALL}

RIGHTS: dict[type[Ask], frozenset[Role]] = {
    asks.AddNote: _PEOPLE,
    asks.EditNote: _PEOPLE,
    asks.MoveNote: _PEOPLE,
    # Of which notes is settled when it is decided.
    asks.MeanNote: _PEOPLE | _HOSTS,
    asks.TakeBackNote: _PEOPLE,
    asks.PutBackNote: _PEOPLE,
    asks.FileNote: _PEOPLE,
    asks.DisputeNote: _PEOPLE,
    asks.PickNote: _PEOPLE,
    asks.HideNote: _HOSTS,
    asks.ShowNote: _HOSTS,
    asks.ReleaseNotes: _HOSTS,
    asks.OwnParking: _HOSTS,
    asks.OpenStage: _HOSTS,
    asks.ReturnStage: _HOSTS,
    asks.SetAgenda: _HOSTS,
    asks.LookUp: _HOSTS,
    asks.SetSpotlight: _HOSTS,
    asks.CallPicks: _HOSTS,
    asks.LightZone: _HOSTS,
    asks.RevealZone: _HOSTS,
    asks.LockZone: _HOSTS,
    asks.UnlockZone: _HOSTS,
    asks.ShowMade: _HOSTS,
    asks.SetTimer: _HOSTS,
    asks.AddTime: _HOSTS,
    asks.PauseTimer: _HOSTS,
    asks.ResumeTimer: _HOSTS,
    # A clicker plugged into the wall's machine turns pages and blanks, and never moves a stage.
    asks.BlankWall: _SCREENS,
    asks.ShowWall: _SCREENS,
    asks.MakeTheme: _HOSTS,
    asks.NameTheme: _HOSTS,
    asks.DropTheme: _HOSTS,
    asks.MergeTheme: _HOSTS,
    asks.PlaceNotes: _HOSTS,
    asks.ParkNotes: _HOSTS,
    asks.SameIdea: _HOSTS,
    asks.StandApart: _HOSTS,
    asks.MakeItem: _HOSTS,
    asks.WordItem: _HOSTS,
    asks.DropItem: _HOSTS,
    asks.SetItem: _HOSTS,
    asks.MoveItem: _HOSTS,
    asks.QuoteNotes: _HOSTS,
    asks.LinkEssential: _HOSTS,
    asks.MatchEssential: _HOSTS,
    asks.AnswerEssential: _PEOPLE,
    asks.SplitNote: _HOSTS,
    asks.Undo: _HOSTS,
    asks.MuteAuthor: _HOSTS,
    asks.UnmuteAuthor: _HOSTS,
    asks.RemoveAuthor: _HOSTS,
    asks.LockRoom: _HOSTS,
    asks.RenewCode: _HOSTS,
    asks.OpenVotes: _HOSTS,
    asks.CloseVotes: _HOSTS,
    asks.ReopenVotes: _HOSTS,
    asks.RevealVotes: _HOSTS,
    asks.CastVote: _PEOPLE,
    asks.OrderByVotes: _HOSTS,
    asks.FeelLine: _PEOPLE,
    asks.ShowFeelings: _HOSTS,
    asks.HelpLine: _PEOPLE,
    asks.TakeBackHelp: _PEOPLE,
    asks.CloseSession: _HOSTS,
    asks.ReopenSession: _HOSTS,
}


def check(role: Role, ask: Ask) -> None:
    """Refuse what this role may not ask."""
    if role not in RIGHTS[type(ask)]:
        raise Refused("role.cannot")
