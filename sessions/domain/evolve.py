"""The board after a fact. Facts are never refused: a fact about something unknown changes nothing."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from sessions.domain import choosing, facts, leftover, musts, picks, stages, steps
from sessions.domain.board import Board
from sessions.domain.choices import Manner, Why
from sessions.domain.drawing import (
    draw_agenda,
    draw_all,
    draw_clock,
    draw_door,
    draw_focus,
    draw_muted,
    draw_note,
    draw_notes,
    draw_screen,
    draw_stage,
    draw_zone,
)
from sessions.domain.facts import Entry, Sorted, emptied
from sessions.domain.plans import Plan, Shows
from sessions.domain.registers import Clock, Focus, Note, Screen
from sessions.domain.rows import Sees
from sessions.domain.steps import draw_tallies, piles_of

HOUR_MS = 3_600_000


def opening(plan: Plan) -> Board:
    """The board of a session to which nothing has happened yet."""
    board = Board(plan)
    draw_all(board)
    return board


def replay(plan: Plan, entries: Iterable[Entry]) -> Board:
    """The board that a whole log amounts to."""
    board = opening(plan)
    for entry in entries:
        evolve(board, entry)
    return board


def evolve(board: Board, entry: Entry) -> None:
    """Take in the next fact, in place."""
    board.seq = entry.seq
    match entry.fact:
        case facts.NoteAdded(id, zone, text, group, held, people, late, slip):
            more: dict[str, Any] = {"people": people, "late": late, "slip": slip}
            _add(board, id, Note(zone, text, entry.actor, group, held, held is not None, **more))
        case facts.NoteEdited(id, text, held, late, same):
            _judge(board, id, held, not same, text=text, **({"late": True} if late else {}))
        case facts.NoteMeant(id, text, held):
            _judge(board, id, held, False, meaning=text)
        case facts.NoteMoved(id, zone):
            steps.note_moved(board, id, zone)
            _change(board, id, zone=zone)
        case facts.NoteTakenBack(id):
            _change(board, id, taken=entry.at)
        case facts.NotePutBack(id):
            _change(board, id, taken=None)
        case facts.NoteHidden(id, why):
            _hide(board, id, why)
        case facts.NoteShown(id):
            _show(board, id)
        case facts.NotesReleased(zone):
            for id, note in board.notes.items():
                if note.zone == zone and note.hinted and note.held is Why.WAITING:
                    _change(board, id, held=None, hinted=False)
        case facts.NotePicked() as pick:
            picks.take(board, pick)
        case facts.PicksCalled() as call:
            picks.called(board, call)
            draw_stage(board)
        case facts.ParkingOwned(id, owner) if id in board.notes:
            board.owners[id] = owner
            draw_note(board, id)
        case facts.StageOpened(stage):
            stages.open(board, stage, entry.at)
        case facts.StageReturned():
            stages.back(board)
        case facts.AgendaSet(stop, minutes, left_out):
            board.agenda = replace(board.agenda, stop=stop, minutes=minutes, left_out=left_out)
            draw_agenda(board)
        case facts.PhonesDimmed(on):
            board.focus = replace(board.focus, look_up=on)
            draw_focus(board)
        case facts.SpotlightSet(of):
            board.focus = replace(board.focus, of=of)
            draw_focus(board)
        case facts.ZoneLit(zone) if zone is None or zone in board.zones:
            board.focus = replace(board.focus, lit=zone)
            draw_focus(board)
        case facts.ZoneRevealed(zone):
            stages.widen(board, zone, Sees.ROOM)
        case facts.ZoneLocked(zone):
            _lock(board, zone, True)
        case facts.ZoneUnlocked(zone):
            _lock(board, zone, False)
        case facts.MadeShown(what):
            stages.publish(board, Shows(what))
        case facts.TimerSet(ends, left):
            board.clock = Clock(ends, left)
            draw_clock(board)
        case facts.WallBlanked(on):
            board.screen = replace(board.screen, blank=on)
            draw_screen(board)
        case facts.WallShown(manner, of, page, cleared):
            # Numbers that were called out stay as long as they stand there.
            numbered = leftover.number(board, board.screen.left) if manner is Manner.LEFT else ()
            board.screen = Screen(False, manner, of, page, numbered)
            draw_screen(board)
            if cleared:
                board.focus = replace(board.focus, of=None)
                draw_focus(board)
        case facts.SessionClosed():
            if not board.closed:
                board.late_until = _late_until(board, entry.at)
            board.closed, board.clock, board.focus = True, Clock(), Focus()
            stages.draw(board)
        case facts.SessionReopened():
            board.closed, board.late_until = False, None
            draw_stage(board)
        case facts.AuthorMuted(author, note):
            board.muted[note] = author
            draw_muted(board, author, note)
        case facts.AuthorUnmuted(author, note):
            board.muted.pop(note, None)
            draw_muted(board, author, note)
        case facts.AuthorRemoved(author):
            board.removed |= {author}
        case facts.RoomLocked(on):
            board.locked = on
            draw_door(board)
        case facts.CodeRenewed():
            board.codes += 1
            draw_door(board)
        case facts.EssentialAnswered() as answer:
            musts.take(board, answer, entry.actor, entry.at)
        case Sorted() as step:
            steps.take(board, step, entry.actor)
        case fact if isinstance(fact, facts.ChoosingFact):
            choosing.take(board, fact, entry.actor)
            _turn(board, fact)


def given_up(board: Board, fact: facts.AnyFact) -> str | None:
    """What a fact, already taken in, took back or said anew: its words are to be erased."""
    match fact:
        case facts.NoteTakenBack(id) if id in board.notes and board.notes[id].text:
            return id
        case facts.LineFelt(instead=str(id)) if id in board.feelings and board.feelings[id].why:
            return id
        case facts.LineHelped(instead=str(id)) | facts.HelpTakenBack(id) if id in board.offers:
            return id if board.offers[id].name else None
    return None


def forget(board: Board, note: str) -> None:
    """Empty the words of a note that was taken back, and of its parts, or of an answer that was; nobody
    could read them any more."""
    board.replaced.pop(note, None)
    choosing.forget(board, note)
    gone = frozenset((note, *board.parts.get(note, ())))
    for id in gone & board.notes.keys():
        board.notes[id] = replace(
            board.notes[id],
            text="",
            meaning=None if board.notes[id].meaning is None else "",
            wish=board.notes[id].wish and "",
            dispute=board.notes[id].dispute and "",
        )
        if board.owners.get(id) is not None:
            board.owners[id] = ""
    # Undo reads the steps, and would put the words back.
    for seq, step in board.steps.items():
        board.steps[seq] = replace(step, changes=emptied(step.changes, gone))
    for seq, changes in board.filings.items():
        board.filings[seq] = emptied(changes, gone)


def _add(board: Board, id: str, note: Note) -> None:
    if id in board.notes or note.zone not in board.zones:
        return
    board.notes[id] = note
    board.counts[note.zone] += board.is_up(note)
    draw_zone(board, note.zone)
    draw_notes(board, [id])


def _judge(board: Board, id: str, held: Why | None, changed: bool, **words: Any) -> None:
    """Other words are judged anew, unless a hand has held the note: then that hand is told of them."""
    note = board.notes.get(id)
    if note is not None and note.held is not None and not note.hinted:
        _change(board, id, **words, changed=note.changed or changed)
        if note.held is Why.BIN is not held and (note.was is None or note.was_hinted):
            # As it would stand outside the bin.
            _change(board, id, was=held, was_hinted=held is not None)
    else:
        _change(board, id, **words, held=held, hinted=held is not None)


def _hide(board: Board, id: str, why: Why) -> None:
    note = board.notes.get(id)
    if note is not None and why is Why.BIN and note.held is not Why.BIN:
        _change(board, id, was=note.held, was_hinted=note.hinted)
    _change(board, id, held=why, hinted=False, changed=False)


def _show(board: Board, id: str) -> None:
    """Out of the bin it stands as it did before: what was kept off the wall does not go onto it by that."""
    note = board.notes.get(id)
    if note is not None and note.held is Why.BIN:
        _change(board, id, held=note.was, hinted=note.was_hinted, changed=False)
    else:
        _change(board, id, held=None, hinted=False, changed=False)


def _change(board: Board, id: str, **fields: Any) -> None:
    past = board.notes.get(id)
    if past is None or fields.get("zone", past.zone) not in board.zones:
        return
    note = board.notes[id] = replace(past, **fields)
    board.counts[past.zone] -= board.is_up(past)
    board.counts[note.zone] += board.is_up(note)
    for zone in {past.zone, note.zone}:
        draw_zone(board, zone)
    draw_notes(board, [id])
    if board.focus.of == id:
        stages.drop_focus(board)
        draw_focus(board)
    if fields.keys() - {"text", "meaning", "late", "changed", "was", "was_hinted"}:
        draw_tallies(board, piles_of(board, [id]), [id])


def _turn(board: Board, fact: facts.ChoosingFact) -> None:
    """Dots are looked at together: the wall turns to them, whatever it showed, and away for the next vote."""
    match fact:
        case facts.VotesRevealed(wall=True) if board.ballot.revealed:
            board.screen = Screen(manner=Manner.VOTES)
            board.focus = replace(board.focus, of=None)
        case facts.VotesOpened() if board.screen.manner is Manner.VOTES:
            board.screen = Screen(blank=board.screen.blank)
        case _:
            return
    draw_screen(board)
    draw_focus(board)


def _late_until(board: Board, at: int) -> int | None:
    hours = board.plan.late_hours
    return at + hours * HOUR_MS if hours else None


def _lock(board: Board, zone: str, locked: bool) -> None:
    if zone in board.zones:
        board.zones[zone] = replace(board.zones[zone], locked=locked)
        draw_zone(board, zone)
