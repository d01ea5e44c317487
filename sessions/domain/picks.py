"""What groups send up to be read out: their phones pick, one note by one."""

from sessions.domain import asks, facts
from sessions.domain.board import Board
from sessions.domain.reach import HOSTS, NOBODY, Audience
from sessions.domain.refused import Refused
from sessions.domain.registers import Note
from sessions.domain.rows import PickRow, Sees


def decide(board: Board, ask: asks.PickNote, by: str, group: str | None) -> facts.NotePicked:
    """`by`, `group`: who asks, and where they sit. Raises Refused."""
    if board.stage is None or not _most(board, board.stage):
        raise Refused("stage.no_picks")
    note = board.notes.get(ask.id)
    if note is None or note.part_of is not None or not board.is_here(note):
        raise Refused("note.gone")
    # Whoever moves from table to table must not learn from an answer which one a note is from.
    picked = board.picks.get((board.stage, group), ()) if group is not None else ()
    if group is None or note.group != group or (note.author != by if ask.on else ask.id not in picked):
        raise Refused("note.elsewhere")
    if ask.on and not _is_read(board, note):
        # Its whole group would be told of a note that only its writer may read.
        raise Refused("note.unread")
    return facts.NotePicked(ask.id, board.stage, ask.on)


def call(board: Board, most: int) -> facts.PicksCalled:
    """Raises Refused where no stage is open yet."""
    if board.stage is None:
        raise Refused("stage.no_picks")
    return facts.PicksCalled(board.stage, most)


def called(board: Board, fact: facts.PicksCalled) -> None:
    """0 takes back what was asked for; what the plan asks for stands again."""
    board.called.pop(fact.stage, None)
    if fact.most:
        board.called[fact.stage] = fact.most


def take(board: Board, fact: facts.NotePicked) -> None:
    """The oldest pick gives way to one too many; one that was taken back holds no place."""
    note = board.notes.get(fact.id)
    if note is None or note.group is None:
        return
    had = [id for id in board.picks.get((fact.stage, note.group), ()) if id != fact.id]
    if fact.on:
        had = [*(id for id in had if board.is_here(board.notes[id])), fact.id]
        had = had[-max(1, _most(board, fact.stage)) :]
    board.picks[fact.stage, note.group] = tuple(had)
    _draw(board, fact.stage, note.group)


def draw(board: Board, id: str) -> None:
    """Every group that sends this note up does so only as long as all of it may read the note."""
    for (stage, group), notes in board.picks.items():
        if id in notes:
            _draw(board, stage, group)


def _draw(board: Board, stage: str, group: str) -> None:
    up = tuple(id for id in board.picks[stage, group] if _is_read(board, board.notes[id]))
    row = PickRow(f"pick:{stage}:{group}", stage, group, up)
    board.rows.put(row, HOSTS | Audience.GROUP if up else NOBODY, board.seq, group=group)


def _is_read(board: Board, note: Note) -> bool:
    """By everybody of the group it was written in."""
    return board.is_up(note) and board.zones[note.zone].sees is not Sees.AUTHOR


def _most(board: Board, stage: str) -> int:
    """How many notes a group sends up there."""
    planned = next((each.picks for each in board.plan.stages if each.id == stage), 0)
    return board.called.get(stage, planned)
