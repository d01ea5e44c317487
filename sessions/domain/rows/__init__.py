"""What a device holds: small rows, each with a kind, an id and the seq that last changed it.

A row never says more than every one of its readers may know.
"""

from sessions.domain.choices import Sees as Sees, State as State
from sessions.domain.rows.moments import (
    AgendaRow as AgendaRow,
    ClockRow as ClockRow,
    CountRow as CountRow,
    DoorRow as DoorRow,
    FocusRow as FocusRow,
    PublicRow as PublicRow,
    ScreenRow as ScreenRow,
    StageRow as StageRow,
    ZoneRow as ZoneRow,
)
from sessions.domain.rows.musts import (
    AnswerRow as AnswerRow,
    AnswersRow as AnswersRow,
    EssentialRow as EssentialRow,
    LinkRow as LinkRow,
    MatchRow as MatchRow,
    ReasonRow as ReasonRow,
    SaidRow as SaidRow,
)
from sessions.domain.rows.notes import (
    FilingRow as FilingRow,
    MeaningRow as MeaningRow,
    MineRow as MineRow,
    MutedRow as MutedRow,
    NoteRow as NoteRow,
    OriginRow as OriginRow,
    OwnerRow as OwnerRow,
    PartRow as PartRow,
    PickRow as PickRow,
)
from sessions.domain.rows.row import Row as Row
from sessions.domain.rows.sorting import (
    ItemRow as ItemRow,
    PlaceRow as PlaceRow,
    QuoteRow as QuoteRow,
    StepRow as StepRow,
    ThemeRow as ThemeRow,
    TwinRow as TwinRow,
)
from sessions.domain.rows.votes import (
    BallotRow as BallotRow,
    ConsentRow as ConsentRow,
    FeelingRow as FeelingRow,
    FeltRow as FeltRow,
    HelpingRow as HelpingRow,
    OfferRow as OfferRow,
    TallyRow as TallyRow,
    TurnoutRow as TurnoutRow,
    VotesRow as VotesRow,
    WorryRow as WorryRow,
)

AnyRow = (
    StageRow
    | ClockRow
    | AgendaRow
    | FocusRow
    | ScreenRow
    | ZoneRow
    | CountRow
    | NoteRow
    | MineRow
    | OriginRow
    | FilingRow
    | MutedRow
    | DoorRow
    | PublicRow
    | MeaningRow
    | ThemeRow
    | PlaceRow
    | TwinRow
    | ItemRow
    | QuoteRow
    | EssentialRow
    | LinkRow
    | SaidRow
    | MatchRow
    | AnswerRow
    | AnswersRow
    | ReasonRow
    | PartRow
    | PickRow
    | OwnerRow
    | StepRow
    | VotesRow
    | TurnoutRow
    | BallotRow
    | TallyRow
    | FeelingRow
    | FeltRow
    | ConsentRow
    | WorryRow
    | OfferRow
    | HelpingRow
)
