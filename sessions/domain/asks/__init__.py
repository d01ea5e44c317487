"""What people may ask of a session. Each ask becomes one fact, or is refused."""

from sessions.domain.asks.access import (
    AccessAsk as AccessAsk,
    LockRoom as LockRoom,
    MuteAuthor as MuteAuthor,
    RemoveAuthor as RemoveAuthor,
    RenewCode as RenewCode,
    UnmuteAuthor as UnmuteAuthor,
)
from sessions.domain.asks.ask import Ask as Ask
from sessions.domain.asks.essentials import (
    AnswerEssential as AnswerEssential,
    EssentialAsk as EssentialAsk,
    LinkEssential as LinkEssential,
    MatchEssential as MatchEssential,
    ShowOfHands as ShowOfHands,
)
from sessions.domain.asks.filing import (
    DisputeNote as DisputeNote,
    FileNote as FileNote,
    FilingAsk as FilingAsk,
)
from sessions.domain.asks.moments import (
    AddTime as AddTime,
    BlankWall as BlankWall,
    CallPicks as CallPicks,
    CloseSession as CloseSession,
    LightZone as LightZone,
    LockZone as LockZone,
    LookUp as LookUp,
    Minutes as Minutes,
    MomentAsk as MomentAsk,
    OpenStage as OpenStage,
    PauseTimer as PauseTimer,
    ReopenSession as ReopenSession,
    ResumeTimer as ResumeTimer,
    ReturnStage as ReturnStage,
    RevealZone as RevealZone,
    SetAgenda as SetAgenda,
    SetSpotlight as SetSpotlight,
    SetTimer as SetTimer,
    ShowMade as ShowMade,
    ShowWall as ShowWall,
    UnlockZone as UnlockZone,
)
from sessions.domain.asks.notes import (
    AddNote as AddNote,
    EditNote as EditNote,
    HideNote as HideNote,
    MeanNote as MeanNote,
    MoveNote as MoveNote,
    NoteAsk as NoteAsk,
    OwnParking as OwnParking,
    PickNote as PickNote,
    PutBackNote as PutBackNote,
    ReleaseNotes as ReleaseNotes,
    ShowNote as ShowNote,
    TakeBackNote as TakeBackNote,
)
from sessions.domain.asks.sorting import (
    DropItem as DropItem,
    DropTheme as DropTheme,
    MakeItem as MakeItem,
    MakeTheme as MakeTheme,
    MergeTheme as MergeTheme,
    MoveItem as MoveItem,
    NameTheme as NameTheme,
    OrderByVotes as OrderByVotes,
    ParkNotes as ParkNotes,
    Part as Part,
    PlaceNotes as PlaceNotes,
    QuoteNotes as QuoteNotes,
    SameIdea as SameIdea,
    SetItem as SetItem,
    SortingAsk as SortingAsk,
    SplitNote as SplitNote,
    StandApart as StandApart,
    Undo as Undo,
    WordItem as WordItem,
)
from sessions.domain.asks.votes import (
    CastVote as CastVote,
    ChoosingAsk as ChoosingAsk,
    CloseVotes as CloseVotes,
    FeelLine as FeelLine,
    HelpLine as HelpLine,
    OpenVotes as OpenVotes,
    ReopenVotes as ReopenVotes,
    RevealVotes as RevealVotes,
    ShowFeelings as ShowFeelings,
    TakeBackHelp as TakeBackHelp,
)
from sessions.domain.choices import (
    Answer as Answer,
    Feel as Feel,
    ItemField as ItemField,
    Made as Made,
    Manner as Manner,
    Voice as Voice,
    Why as Why,
)

AnyAsk = NoteAsk | FilingAsk | MomentAsk | SortingAsk | EssentialAsk | ChoosingAsk | AccessAsk
