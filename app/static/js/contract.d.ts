// deno-fmt-ignore-file
// Made from the structs in sessions/domain by `make contract`.

export type AddNote = {
  type: "note.add";
  id: string;
  zone: string;
  text: string;
  group?: string | null;
  slip?: number;
};

export type AddTime = {
  type: "timer.add";
  seconds: number;
};

export type AgendaRow = {
  kind: "agenda";
  id: string;
  began: number | null;
  stop: number | null;
  minutes: readonly (StageMinutes)[];
  left_out: readonly (string)[];
  seq: number;
};

export type Answer = "could" | "do" | "not_here";

export type AnswerEssential = {
  type: "essential.answer";
  id: string;
  essential: string;
  answer?: Answer | null;
  because?: string;
  hands?: ShowOfHands | null;
};

export type AnswerRow = {
  kind: "answer";
  id: string;
  essential: string;
  given: string;
  answer: Answer | null;
  because: string;
  hands: Hands | null;
  seq: number;
};

export type AnswersRow = {
  kind: "answers";
  id: string;
  essential: string;
  do: number;
  could: number;
  not_here: number;
  seq: number;
};

export type Area = {
  id: string;
  title: string;
};

export type Ask = AddNote | EditNote | MoveNote | MeanNote | TakeBackNote | PutBackNote | HideNote | ShowNote | ReleaseNotes | PickNote | OwnParking | FileNote | DisputeNote | OpenStage | ReturnStage | SetAgenda | LookUp | SetSpotlight | CallPicks | LightZone | RevealZone | LockZone | UnlockZone | ShowMade | SetTimer | AddTime | PauseTimer | ResumeTimer | BlankWall | ShowWall | CloseSession | ReopenSession | MakeTheme | NameTheme | DropTheme | MergeTheme | PlaceNotes | ParkNotes | SameIdea | StandApart | MakeItem | WordItem | DropItem | SetItem | MoveItem | OrderByVotes | QuoteNotes | SplitNote | Undo | LinkEssential | MatchEssential | AnswerEssential | OpenVotes | CloseVotes | ReopenVotes | RevealVotes | CastVote | FeelLine | ShowFeelings | HelpLine | TakeBackHelp | MuteAuthor | UnmuteAuthor | RemoveAuthor | LockRoom | RenewCode;

export type Asked = {
  type: "ask";
  key: string;
  ask: Ask;
};

export type Asks = "" | "consent" | "dots" | "help";

export type BallotRow = {
  kind: "ballot";
  id: string;
  round: number;
  dots: readonly (Dots)[];
  seq: number;
};

export type Beat = {
  type: "beat";
  seen: number;
};

export type BlankWall = {
  type: "wall.blank";
  on: boolean;
};

export type Board = {
  id: string;
  tool: string;
  title: string;
  layout: Layout;
  question: string;
  zones: readonly (Zone)[];
  reflects: boolean;
};

export type CallPicks = {
  type: "picks.call";
  most: number;
};

export type CastVote = {
  type: "vote.cast";
  item: string;
  dots: number;
  round?: number | null;
};

export type Change = {
  type: "change";
  from: number;
  to: number;
  mark: string;
  put: readonly (Row)[];
  drop: readonly (string)[];
};

export type ClockRow = {
  kind: "clock";
  id: string;
  ends: number | null;
  left: number | null;
  seq: number;
};

export type CloseSession = {
  type: "session.close";
  by?: number | null;
};

export type CloseVotes = {
  type: "votes.close";
};

export type ConsentRow = {
  kind: "consent";
  id: string;
  shown: boolean;
  seq: number;
};

export type CountRow = {
  kind: "count";
  id: string;
  zone: string;
  notes: number;
  seq: number;
};

export type DisputeNote = {
  type: "note.dispute";
  id: string;
  word: string;
};

export type Done = {
  type: "done";
  key: string;
  seq: number;
  mark: string;
};

export type DoorRow = {
  kind: "door";
  id: string;
  locked: boolean;
  codes: number;
  seq: number;
};

export type Dots = {
  item: string;
  dots: number;
};

export type DropItem = {
  type: "item.drop";
  id: string;
};

export type DropTheme = {
  type: "theme.drop";
  id: string;
};

export type EditNote = {
  type: "note.edit";
  id: string;
  text: string;
};

export type Essential = {
  id: string;
  text: string;
  why: string;
};

export type EssentialRow = {
  kind: "essential";
  id: string;
  text: string;
  why: string;
  order: number;
  seq: number;
};

export type Feel = "live" | "stop" | "worry";

export type FeelLine = {
  type: "line.feel";
  id: string;
  item: string;
  feel: Feel;
  why?: string;
  hands?: number;
};

export type FeelingRow = {
  kind: "feeling";
  id: string;
  item: string;
  feel: Feel;
  why: string;
  hands: number;
  seq: number;
};

export type FeltRow = {
  kind: "felt";
  id: string;
  item: string;
  worried: number;
  stop: number;
  seq: number;
};

export type FileNote = {
  type: "note.file";
  id: string;
  theme: string | null;
  voice?: Voice;
  wish?: string;
};

export type FilingRow = {
  kind: "filing";
  id: string;
  note: string;
  chose: string | null;
  wish: string;
  word: string;
  seq: number;
};

export type FocusRow = {
  kind: "focus";
  id: string;
  look_up: boolean;
  of: string | null;
  lit: string | null;
  seq: number;
};

export type FromDevice = Hello | Asked | Beat;

export type FromServer = Welcome | Change | Done | NotDone | Now | Going;

export type Going = {
  type: "going";
  code: string;
  message: string;
  retry_ms?: number | null;
};

export type Group = {
  id: string;
  name: string;
  label: string;
};

export type Hands = {
  do?: number;
  could?: number;
  not_here?: number;
};

export type Hello = {
  type: "hello";
  protocol: number;
  as: Role;
  since?: number;
  witness?: Witness | null;
  view?: string | null;
  ticket?: string | null;
};

export type HelpLine = {
  type: "line.help";
  id: string;
  item: string;
  name?: string;
  agree?: boolean;
};

export type HelpingRow = {
  kind: "helping";
  id: string;
  item: string;
  name: string;
  agree: boolean;
  seq: number;
};

export type HideNote = {
  type: "note.hide";
  id: string;
  why?: Why;
};

export type Hints = {
  id: string;
  why: Why;
  patterns: readonly (string)[];
};

export type Hold = "all" | "hinted" | "none";

export type ItemField = "area" | "audiences" | "essential" | "first_step" | "help" | "levels" | "owner" | "quick" | "review" | "route" | "senses";

export type ItemRow = {
  kind: "item";
  id: string;
  text: string;
  theme: string | null;
  order: number;
  notes: number;
  people: number;
  heard_at: number;
  worried: number;
  against: number;
  levels: readonly (string)[];
  senses: readonly (string)[];
  audiences: readonly (string)[];
  area: string;
  route: string;
  essential: boolean;
  quick: boolean;
  owner: string;
  first_step: string;
  review: string;
  help: string;
  twins?: number;
  seq: number;
};

export type Layout = "grid" | "lanes";

export type LightZone = {
  type: "zone.light";
  zone: string | null;
};

export type LinkEssential = {
  type: "essential.link";
  essential: string;
  theme: string | null;
};

export type LinkRow = {
  kind: "link";
  id: string;
  essential: string;
  theme: string;
  notes: number;
  seq: number;
};

export type LockRoom = {
  type: "room.lock";
  on: boolean;
};

export type LockZone = {
  type: "zone.lock";
  zone: string;
};

export type LookUp = {
  type: "phones.look_up";
  on: boolean;
};

export type Made = "items" | "themes";

export type MakeItem = {
  type: "item.make";
  id: string;
  text: string;
  theme?: string | null;
};

export type MakeTheme = {
  type: "theme.make";
  id: string;
  title: string;
  notes?: readonly (string)[];
  voice?: Voice;
};

export type Manner = "left" | "read" | "votes" | "whole";

export type MatchEssential = {
  type: "essential.match";
  essential: string;
  notes: readonly (string)[];
  on?: boolean;
};

export type MatchRow = {
  kind: "match";
  id: string;
  essential: string;
  notes: readonly (string)[];
  seq: number;
};

export type MeanNote = {
  type: "note.mean";
  id: string;
  text: string;
};

export type MeaningRow = {
  kind: "meaning";
  id: string;
  note: string;
  text: string;
  seq: number;
};

export type MergeTheme = {
  type: "theme.merge";
  theme: string;
  into: string;
};

export type MineRow = {
  kind: "mine";
  id: string;
  note: string;
  state: State;
  why: Why | null;
  pile: string | null;
  line: string | null;
  group?: string | null;
  slip?: number | null;
  seq: number;
};

export type Minutes = {
  stage: string;
  minutes: number;
};

export type MoveItem = {
  type: "item.move";
  id: string;
  before: string | null;
};

export type MoveNote = {
  type: "note.move";
  id: string;
  zone: string;
};

export type MuteAuthor = {
  type: "author.mute";
  note: string;
};

export type MutedRow = {
  kind: "muted";
  id: string;
  note: string;
  seq: number;
};

export type NameTheme = {
  type: "theme.name";
  id: string;
  title: string;
};

export type NotDone = {
  type: "refused";
  key: string | null;
  code: string;
  message: string;
  retry_ms?: number | null;
};

export type NoteRow = {
  kind: "note";
  id: string;
  zone: string;
  text: string;
  late?: boolean;
  seq: number;
};

export type Noun = {
  one: string;
  many: string;
};

export type Now = {
  type: "now";
  time: number;
  joined: number;
  here: number;
  done: number;
  waiting: number;
  groups: number;
  returned?: number;
  trouble?: string | null;
  silent?: readonly (string)[];
  screen?: boolean;
};

export type OfferRow = {
  kind: "offer";
  id: string;
  item: string;
  name: string;
  private?: boolean;
  seq: number;
};

export type OpenStage = {
  type: "stage.open";
  stage: string;
  by?: number | null;
};

export type OpenVotes = {
  type: "votes.open";
  items: readonly (string)[];
  budget: number;
};

export type OrderByVotes = {
  type: "items.order";
};

export type OriginRow = {
  kind: "origin";
  id: string;
  note: string;
  group: string | null;
  held: Why | null;
  hinted: boolean;
  changed?: boolean;
  slip?: number | null;
  seq: number;
};

export type OwnParking = {
  type: "parking.own";
  note: string;
  owner: string;
};

export type OwnerRow = {
  kind: "owner";
  id: string;
  note: string;
  owner: string;
  seq: number;
};

export type ParkNotes = {
  type: "notes.park";
  notes: readonly (string)[];
};

export type Part = {
  id: string;
  text: string;
};

export type PartRow = {
  kind: "part";
  id: string;
  note: string;
  text: string;
  seq: number;
};

export type PauseTimer = {
  type: "timer.pause";
};

export type PhoneManner = "listen" | "look-up" | "talk" | "write";

export type PickNote = {
  type: "note.pick";
  id: string;
  on?: boolean;
};

export type PickRow = {
  kind: "pick";
  id: string;
  stage: string;
  group: string;
  notes: readonly (string)[];
  seq: number;
};

export type PlaceNotes = {
  type: "notes.place";
  notes: readonly (string)[];
  theme: string | null;
  voice?: Voice;
};

export type PlaceRow = {
  kind: "place";
  id: string;
  note: string;
  theme: string;
  voice: Voice;
  seq: number;
};

export type Plan = {
  id: string;
  title: string;
  boards: readonly (Board)[];
  stages: readonly (Stage)[];
  about: string;
  aim: string;
  language: string;
  noun: Noun;
  groups: readonly (Group)[];
  essentials: readonly (Essential)[];
  areas: readonly (Area)[];
  expected: number;
  late_hours: number;
  spare: number;
  hold: Hold;
  hints: readonly (Hints)[];
};

export type PublicRow = {
  kind: "public";
  id: string;
  essentials: boolean;
  themes: boolean;
  items: boolean;
  seq: number;
};

export type PutBackNote = {
  type: "note.put_back";
  id: string;
};

export type QuoteNotes = {
  type: "item.quote";
  id: string;
  notes: readonly (string)[];
};

export type QuoteRow = {
  kind: "quote";
  id: string;
  item: string;
  notes: readonly (string)[];
  among: string;
  seq: number;
};

export type ReasonRow = {
  kind: "reason";
  id: string;
  essential: string;
  answer: Answer | null;
  because: string;
  why: Why | null;
  seq: number;
};

export type ReleaseNotes = {
  type: "notes.release";
  zone: string;
};

export type RemoveAuthor = {
  type: "author.remove";
  note: string;
};

export type RenewCode = {
  type: "code.renew";
  old: string;
};

export type ReopenSession = {
  type: "session.reopen";
};

export type ReopenVotes = {
  type: "votes.reopen";
};

export type ResumeTimer = {
  type: "timer.resume";
};

export type ReturnStage = {
  type: "stage.return";
  by?: number | null;
};

export type RevealVotes = {
  type: "votes.reveal";
};

export type RevealZone = {
  type: "zone.reveal";
  zone: string;
};

export type Role = "facilitator" | "participant" | "presenter" | "wall";

export type Row = StageRow | ClockRow | AgendaRow | FocusRow | ScreenRow | ZoneRow | CountRow | NoteRow | MineRow | OriginRow | FilingRow | MutedRow | DoorRow | PublicRow | MeaningRow | ThemeRow | PlaceRow | TwinRow | ItemRow | QuoteRow | EssentialRow | LinkRow | SaidRow | MatchRow | AnswerRow | AnswersRow | ReasonRow | PartRow | PickRow | OwnerRow | StepRow | VotesRow | TurnoutRow | BallotRow | TallyRow | FeelingRow | FeltRow | ConsentRow | WorryRow | OfferRow | HelpingRow;

export type SaidRow = {
  kind: "said";
  id: string;
  essential: string;
  notes: number;
  seq: number;
};

export type SameIdea = {
  type: "notes.same";
  notes: readonly (string)[];
  headline: string;
};

export type ScreenRow = {
  kind: "screen";
  id: string;
  blank: boolean;
  manner: Manner;
  of: string | null;
  page: number;
  left?: readonly (string)[];
  waits?: boolean;
  seq: number;
};

export type Sees = "author" | "group" | "room";

export type SessionCard = {
  code: string;
  title: string;
  aim: string;
  host: string;
  kept_until: string;
  plan: Plan;
};

export type SetAgenda = {
  type: "agenda.set";
  stop: number | null;
  minutes?: readonly (Minutes)[];
  left_out?: readonly (string)[];
};

export type SetItem = {
  type: "item.set";
  id: string;
  field: ItemField;
  value: string;
};

export type SetSpotlight = {
  type: "spotlight.set";
  of: string | null;
};

export type SetTimer = {
  type: "timer.set";
  seconds: number;
};

export type ShowFeelings = {
  type: "feelings.show";
};

export type ShowMade = {
  type: "sorting.show";
  what: Made;
};

export type ShowNote = {
  type: "note.show";
  id: string;
};

export type ShowOfHands = {
  do?: number;
  could?: number;
  not_here?: number;
};

export type ShowWall = {
  type: "wall.show";
  manner: Manner;
  of?: string | null;
  page?: number;
};

export type Shows = "essentials" | "items" | "themes";

export type SplitNote = {
  type: "note.split";
  id: string;
  parts: readonly (Part)[];
};

export type Stage = {
  id: string;
  title: string;
  minutes: number;
  boards: readonly (string)[];
  manner: PhoneManner;
  sees: Sees;
  shows: readonly (Shows)[];
  prompt: string;
  script: string;
  picks: number;
  wall: Wall;
  asks: Asks;
};

export type StageMinutes = {
  stage: string;
  minutes: number;
};

export type StageRow = {
  kind: "stage";
  id: string;
  stage: string | null;
  opened: number | null;
  closed: boolean;
  late_until?: number | null;
  picks?: number | null;
  seq: number;
};

export type StandApart = {
  type: "note.apart";
  id: string;
};

export type State = "group" | "held" | "private" | "shown";

export type StepRow = {
  kind: "step";
  id: string;
  step: number;
  did: string;
  by: string;
  touched: number;
  undone: boolean;
  seq: number;
};

export type TakeBackHelp = {
  type: "help.take_back";
  id: string;
};

export type TakeBackNote = {
  type: "note.take_back";
  id: string;
};

export type TallyRow = {
  kind: "tally";
  id: string;
  item: string;
  dots: number;
  seq: number;
};

export type ThemeRow = {
  kind: "theme";
  id: string;
  title: string;
  into: string | null;
  order: number;
  seq: number;
};

export type TurnoutRow = {
  kind: "turnout";
  id: string;
  round: number;
  people: number;
  seq: number;
};

export type TwinRow = {
  kind: "twin";
  id: string;
  note: string;
  headline: string;
  seq: number;
};

export type Undo = {
  type: "undo";
  seq: number;
};

export type UnlockZone = {
  type: "zone.unlock";
  zone: string;
};

export type UnmuteAuthor = {
  type: "author.unmute";
  note: string;
};

export type Voice = "against" | "for" | "worry";

export type VotesRow = {
  kind: "votes";
  id: string;
  round: number;
  items: readonly (string)[];
  budget: number;
  open: boolean;
  revealed: boolean;
  seq: number;
};

export type Wall = "" | "board" | "join" | "list" | "musts" | "piles";

export type Welcome = {
  type: "welcome";
  protocol: number;
  seq: number;
  time: number;
  view: string;
  you: You;
  session: SessionCard;
  screen?: boolean;
};

export type Where = "above" | "aside" | "body";

export type Why = "bin" | "names" | "other" | "rude" | "waiting";

export type Witness = {
  seq: number;
  mark: string;
};

export type WordItem = {
  type: "item.word";
  id: string;
  text: string;
};

export type WorryRow = {
  kind: "worry";
  id: string;
  item: string;
  feel: Feel;
  why: string;
  seq: number;
};

export type You = {
  role: Role;
  id: string;
  group: string | null;
  people?: number;
  scribe?: boolean;
};

export type Zone = {
  id: string;
  title: string;
  prompt: string;
  colour: string;
  sign: string;
  aloud: string;
  where: Where;
  row: string;
  column: string;
};

export type ZoneRow = {
  kind: "zone";
  id: string;
  sees: Sees;
  locked: boolean;
  seq: number;
};
