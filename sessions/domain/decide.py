"""One ask becomes one fact, or is refused. Time comes in as `at`; ids of new things come with the ask."""

from msgspec import Struct

from sessions.domain import asks, facts, filing, musts, parking, picks, sorting, text, votes
from sessions.domain.asks import Ask
from sessions.domain.asks.beside import said_beside
from sessions.domain.board import Board
from sessions.domain.choices import Hold, Manner, Why
from sessions.domain.facts import AnyFact
from sessions.domain.hints import hinted
from sessions.domain.refused import Refused
from sessions.domain.registers import Note
from sessions.domain.rights import Role, check

NOTES_MOST = 10_000
FACTS_MOST = 50_000
PUT_BACK_MS = 30_000
RETURN_MS = 10_000

_ALWAYS = (
    asks.TakeBackNote,
    asks.TakeBackHelp,
    asks.HideNote,
    asks.BlankWall,
    asks.CloseSession,
    asks.MuteAuthor,
    asks.RemoveAuthor,
    asks.LockRoom,
    asks.RenewCode,
)
"""What protects people is taken by a full log too."""


def _protects(ask: Ask) -> bool:
    return isinstance(ask, _ALWAYS) or (isinstance(ask, asks.AnswerEssential) and musts.takes_back(ask))


class Actor(Struct, frozen=True):
    """Who asks: a random id, never a name. `people`: how many this device writes for; a `scribe` writes for
    others, from their slips of paper or as they talk."""

    id: str
    role: Role
    group: str | None = None
    people: int = 1
    scribe: bool = False


def decide(board: Board, ask: Ask, actor: Actor, at: int) -> AnyFact:
    """The fact that follows if `actor` asks for this at `at` (UTC ms). Raises Refused."""
    check(actor.role, ask)
    if actor.id in board.removed:
        # What was on its way when its device was shown out.
        raise Refused("seat.removed")
    if board.seq >= FACTS_MOST and not _protects(ask):
        raise Refused("session.full")
    if said_beside(ask).strip():
        _heard(board, actor)
    # What lay in a line that had gone away is not done when it comes back.
    if isinstance(ask, asks.OpenStage | asks.ReturnStage | asks.CloseSession) and at > (ask.by or at):
        raise Refused("stage.late")
    match ask:
        case asks.AddNote():
            return _add(board, ask, actor, at)
        case asks.EditNote(id, words):
            _heard(board, actor)
            note = _own(board, id, actor)
            late = _is_late(board, at)
            _unlocked(board, note.zone)
            words = text.note(words)
            return facts.NoteEdited(id, words, _waits(board, words, note.meaning), late, words == note.text)
        case asks.MoveNote(id, zone):
            _heard(board, actor)
            _writable(board, _own(board, id, actor).zone)
            _writable(board, zone)
            return facts.NoteMoved(id, zone)
        case asks.MeanNote(id, words):
            return _mean(board, id, words, actor)
        case asks.TakeBackNote(id):
            # Always allowed: a person's words are theirs to take back, in a closed session too.
            _own(board, id, actor)
            return facts.NoteTakenBack(id)
        case asks.PutBackNote(id):
            # By a writer who is muted too: nothing is said that was not said before.
            return _put_back(board, id, actor, at)
        case asks.FileNote() | asks.DisputeNote():
            return filing.decide(board, ask, actor.id)
        case asks.HideNote(id, why):
            _standing(board, id)
            return facts.NoteHidden(id, why)
        case asks.ShowNote(id):
            _standing(board, id)
            return facts.NoteShown(id)
        case asks.CallPicks(most):
            _open(board)
            return picks.call(board, most)
        case asks.PickNote():
            _open(board)
            return picks.decide(board, ask, actor.id, actor.group)
        case asks.OwnParking():
            return parking.decide(board, ask)
        case asks.ReleaseNotes(zone):
            _known(board, zone)
            return facts.NotesReleased(zone)
        case asks.OpenStage(stage):
            if stage not in {each.id for each in board.plan.stages}:
                raise Refused("stage.unknown")
            _open(board)
            return facts.StageOpened(stage)
        case asks.ReturnStage():
            _open(board)
            if board.before is None or at - (board.opened or 0) > RETURN_MS:
                raise Refused("stage.settled")
            return facts.StageReturned()
        case asks.SetAgenda():
            return _agenda(board, ask)
        case asks.LookUp(on):
            return facts.PhonesDimmed(on)
        case asks.SetSpotlight(of):
            if of is not None and not board.is_public(of):
                raise Refused("wall.unknown")
            return facts.SpotlightSet(of)
        case asks.LightZone(zone):
            if zone is not None:
                _known(board, zone)
            return facts.ZoneLit(zone)
        case asks.RevealZone(zone):
            _known(board, zone)
            return facts.ZoneRevealed(zone)
        case asks.LockZone(zone):
            _known(board, zone)
            return facts.ZoneLocked(zone)
        case asks.UnlockZone(zone):
            _known(board, zone)
            return facts.ZoneUnlocked(zone)
        case asks.ShowMade(what):
            return facts.MadeShown(what)
        case asks.SetTimer(seconds):
            return facts.TimerSet(at + seconds * 1000 if seconds else None, None)
        case asks.AddTime(seconds):
            return _add_time(board, seconds, at)
        case asks.PauseTimer():
            ends = board.clock.ends
            return facts.TimerSet(None, board.clock.left if ends is None else max(0, ends - at))
        case asks.ResumeTimer():
            left = board.clock.left
            return facts.TimerSet(board.clock.ends if left is None else at + left, None)
        case asks.BlankWall(on):
            return facts.WallBlanked(on)
        case asks.ShowWall(manner, of, page):
            is_line = of in board.items and board.is_public(of)
            if of is not None and of not in board.zones and not board.is_pile(of) and not is_line:
                raise Refused("wall.unknown")
            if manner is Manner.VOTES and not board.ballot.revealed:
                raise Refused("wall.unknown")
            return facts.WallShown(manner, of, page, cleared=board.focus.of is not None)
        case asks.CloseSession():
            return facts.SessionClosed()
        case asks.ReopenSession():
            return facts.SessionReopened()
        case asks.MuteAuthor(note):
            return facts.AuthorMuted(_standing(board, note).author, note)
        case asks.UnmuteAuthor(note):
            if note not in board.muted:
                raise Refused("note.gone")
            return facts.AuthorUnmuted(board.muted[note], note)
        case asks.RemoveAuthor(note):
            return facts.AuthorRemoved(_standing(board, note).author, note)
        case asks.LockRoom(on):
            return facts.RoomLocked(on)
        case asks.RenewCode():
            return facts.CodeRenewed()
        case asks.MatchEssential():
            return musts.match(board, ask)
        case asks.AnswerEssential():
            return musts.answer(board, ask, actor.people)
        case _ if isinstance(ask, asks.ChoosingAsk):
            return votes.decide(board, ask, actor.id, actor.people)
        case _:
            return sorting.decide(board, ask)


def _add(board: Board, ask: asks.AddNote, actor: Actor, at: int) -> facts.NoteAdded:
    _heard(board, actor)
    late = _is_late(board, at)
    _unlocked(board, ask.zone)
    if ask.id in board.notes or ask.id in board.rows:
        raise Refused("id.taken")
    if len(board.notes) >= NOTES_MOST:
        raise Refused("session.full")
    if not actor.scribe and (ask.group is not None or ask.slip):
        raise Refused("slip.for_scribes")
    if ask.group is not None and ask.group not in {group.id for group in board.plan.groups}:
        raise Refused("group.unknown")
    words = text.note(ask.text)
    group = actor.group if ask.group is None else ask.group
    slip = ask.slip if actor.scribe else None
    held = _waits(board, words)
    return facts.NoteAdded(ask.id, ask.zone, words, group, held, actor.people, late, slip)


def _mean(board: Board, id: str, words: str, actor: Actor) -> facts.NoteMeant:
    """Of a note of one's own; hosts of any, and who writes for others of any that the room reads."""
    note = _standing(board, id)
    is_open = note.author == actor.id or (actor.scribe and board.is_shown(note))
    if actor.role is Role.PARTICIPANT and not is_open:
        raise Refused("note.gone")
    words = text.meaning(words)
    if actor.role is not Role.PARTICIPANT:
        return facts.NoteMeant(id, words, note.held)
    _open(board)
    # What a host has let go stays so for the words that the host has read.
    said = (note.text, words) if note.held else (words,)
    return facts.NoteMeant(id, words, _waits(board, *said))


def _waits(board: Board, *said: str | None) -> Why | None:
    """Why the note waits for the host before the room may see it."""
    if board.plan.hold is Hold.NONE:
        return None
    why = next(filter(None, (hinted(board.plan.hints, words) for words in said if words)), None)
    return why or (Why.WAITING if board.plan.hold is Hold.ALL and any(said) else None)


def _put_back(board: Board, id: str, actor: Actor, at: int) -> facts.NotePutBack:
    note = board.notes.get(id)
    if note is None or note.author != actor.id or note.taken is None or at - note.taken > PUT_BACK_MS:
        raise Refused("note.gone")
    if not note.text:
        # Its words were erased, and then the clock was set back.
        raise Refused("note.gone")
    return facts.NotePutBack(id)


def _agenda(board: Board, ask: asks.SetAgenda) -> facts.AgendaSet:
    stages = {each.id for each in board.plan.stages}
    if not stages.issuperset((*ask.left_out, *(each.stage for each in ask.minutes))):
        raise Refused("stage.unknown")
    minutes = tuple(facts.StageMinutes(each.stage, each.minutes) for each in ask.minutes)
    return facts.AgendaSet(ask.stop, minutes, ask.left_out)


def _add_time(board: Board, seconds: int, at: int) -> facts.TimerSet:
    clock = board.clock
    if clock.left is not None:
        return facts.TimerSet(None, max(0, clock.left + seconds * 1000))
    # A clock that ran out, or was off, starts from now.
    return facts.TimerSet(max(at, max(at, clock.ends or at) + seconds * 1000), None)


def _open(board: Board) -> None:
    if board.closed:
        raise Refused("session.closed")


def _heard(board: Board, actor: Actor) -> None:
    """Muted by any note of theirs: each is lifted by itself, so that no two are told to be of one writer."""
    if actor.id in board.muted.values():
        raise Refused("writer.muted")


def _known(board: Board, zone: str) -> None:
    if zone not in board.zones:
        raise Refused("zone.unknown")


def _writable(board: Board, zone: str) -> None:
    """Whatever stage is open: an outbox is never refused for being late."""
    _open(board)
    _unlocked(board, zone)


def _is_late(board: Board, at: int) -> bool:
    """After the end, and still taken. Refused when it is too late for that too."""
    if board.late_until is None or at > board.late_until:
        _open(board)
    return board.closed


def _unlocked(board: Board, zone: str) -> None:
    _known(board, zone)
    if board.zones[zone].locked:
        raise Refused("zone.locked")


def _standing(board: Board, id: str) -> Note:
    note = board.notes.get(id)
    if note is None or note.taken is not None or note.part_of is not None:
        raise Refused("note.gone")
    return note


def _own(board: Board, id: str, actor: Actor) -> Note:
    """The actor's own note. One answer for somebody else's, a missing and a taken-back one."""
    note = _standing(board, id)
    if note.author != actor.id:
        raise Refused("note.gone")
    return note
