"""The board after a fact. Facts are never refused: a fact about something unknown changes nothing."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from sessions.domain import facts
from sessions.domain.asks import Voice
from sessions.domain.board import Board
from sessions.domain.drawing import (
    draw_all,
    draw_clock,
    draw_item,
    draw_note,
    draw_screen,
    draw_stage,
    draw_step,
    draw_theme,
    draw_zone,
)
from sessions.domain.facts import Entry, Sorted
from sessions.domain.plans import Plan
from sessions.domain.registers import Clock, Item, Note, Screen, Step, Theme
from sessions.domain.rows import Sees

_WIDTH = {Sees.AUTHOR: 0, Sees.GROUP: 1, Sees.ROOM: 2}


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
        case facts.NoteAdded(id, zone, text, group):
            _add(board, id, Note(zone, text, entry.actor, group))
        case facts.NoteEdited(id, text):
            _change(board, id, text=text)
        case facts.NoteMoved(id, zone):
            _change(board, id, zone=zone)
        case facts.NoteTakenBack(id):
            _change(board, id, taken=entry.at)
        case facts.NotePutBack(id):
            _change(board, id, taken=None)
        case facts.NoteHidden(id, why):
            _change(board, id, held=why)
        case facts.NoteShown(id):
            _change(board, id, held=None)
        case facts.StageOpened(stage):
            _open(board, stage, entry.at)
        case facts.ZoneRevealed(zone):
            _widen(board, zone, Sees.ROOM)
        case facts.ZoneLocked(zone):
            _lock(board, zone, True)
        case facts.ZoneUnlocked(zone):
            _lock(board, zone, False)
        case facts.TimerSet(ends, left):
            board.clock = Clock(ends, left)
            draw_clock(board)
        case facts.WallBlanked(on):
            board.screen = replace(board.screen, blank=on)
            draw_screen(board)
        case facts.WallShown(manner, of, page):
            board.screen = Screen(False, manner, of, page)
            draw_screen(board)
        case facts.SessionClosed():
            board.closed = True
            draw_stage(board)
        case facts.SessionReopened():
            board.closed = False
            draw_stage(board)
        case Sorted() as step:
            _sort(board, step)
            _remember(board, step, entry.actor)


def forget(board: Board, note: str) -> None:
    """Empty the words of a note that was taken back; nobody could read them any more."""
    if note in board.notes:
        board.notes[note] = replace(board.notes[note], text="")


def _add(board: Board, id: str, note: Note) -> None:
    if id in board.notes or note.zone not in board.zones:
        return
    board.notes[id] = note
    board.counts[note.zone] += 1
    draw_zone(board, note.zone)
    draw_note(board, id)


def _change(board: Board, id: str, **fields: Any) -> None:
    past = board.notes.get(id)
    if past is None or fields.get("zone", past.zone) not in board.zones:
        return
    note = board.notes[id] = replace(past, **fields)
    board.counts[past.zone] -= board.is_up(past)
    board.counts[note.zone] += board.is_up(note)
    for zone in {past.zone, note.zone}:
        draw_zone(board, zone)
    draw_note(board, id)
    if note.theme is not None:
        _draw_items(board, {board.root(note.theme)})


def _open(board: Board, stage: str, at: int) -> None:
    """Opening may widen what is seen and never narrows it: going back hides nothing."""
    known = next((each for each in board.plan.stages if each.id == stage), None)
    if known is None:
        return
    board.stage, board.opened = stage, at
    board.screen = Screen(blank=board.screen.blank)
    draw_stage(board)
    draw_screen(board)
    for zone in board.zones:
        if zone.partition(".")[0] in known.boards:
            _widen(board, zone, known.sees)
    if not board.public.issuperset(known.shows):
        board.public |= frozenset(known.shows)
        draw_all(board)


def _widen(board: Board, zone: str, sees: Sees) -> None:
    state = board.zones.get(zone)
    if state is None or _WIDTH[state.sees] >= _WIDTH[sees]:
        return
    board.zones[zone] = replace(state, sees=sees)
    draw_zone(board, zone)
    roots = set()
    for id, note in board.notes.items():
        if note.zone == zone:
            draw_note(board, id)
            if note.theme is not None:
                roots.add(board.root(note.theme))
    _draw_items(board, roots)


def _lock(board: Board, zone: str, locked: bool) -> None:
    if zone in board.zones:
        board.zones[zone] = replace(board.zones[zone], locked=locked)
        draw_zone(board, zone)


def _sort(board: Board, step: Sorted) -> None:
    """Set the step's registers, then draw whatever stands on them, before and after."""
    piles, tallies = _reshaped(board, step), _refilled(board, step)
    for change in step.changes:
        _set(board, change)
    piles, tallies = piles | _reshaped(board, step), tallies | _refilled(board, step)
    # The oldest line of a pile is its line, should merging or undo have brought it two.
    newest_first = sorted(board.items.items(), key=lambda each: -each[1].order)
    board.lines = {
        board.root(item.theme): id
        for id, item in newest_first
        if item.theme is not None and item.text is not None
    }
    notes = {change.id for change in step.changes if change.of == "note"}
    for theme in sorted(piles & board.themes.keys()):
        draw_theme(board, theme)
        notes.update(board.members.get(theme, ()))
    for note in sorted(notes & board.notes.keys()):
        draw_note(board, note)
    for change in step.changes:
        if change.of == "item":
            draw_item(board, change.id)
    _draw_items(board, {board.root(theme) for theme in piles | tallies})


def _reshaped(board: Board, step: Sorted) -> set[str]:
    """Piles whose title, merging or line the step sets, with all that count as the same pile."""
    themes = set[str]()
    for change in step.changes:
        theme = change.id if change.of == "theme" else None
        if change.of == "item":
            theme = board.register("item", change.id, "theme")
        if theme is not None:
            themes |= board.tree(theme)
    return themes


def _refilled(board: Board, step: Sorted) -> set[str]:
    """Piles that a note of the step is in."""
    themes = {board.notes[c.id].theme for c in step.changes if c.of == "note" and c.id in board.notes}
    return {theme for theme in themes if theme is not None}


def _set(board: Board, change: facts.Filed | facts.Worded) -> None:
    id, value = change.id, change.now
    match change.of, change.field:
        case "note", "theme" if id in board.notes:
            past = board.notes[id].theme
            if past is not None:
                board.members[past] -= {id}
            if value is not None:
                board.members[value] = board.members.get(value, frozenset()) | {id}
            board.notes[id] = replace(board.notes[id], theme=value)
        case "note", "voice" if id in board.notes:
            board.notes[id] = replace(board.notes[id], voice=Voice(value or Voice.FOR))
        case "theme", "title":
            board.themes[id] = replace(board.themes.get(id, Theme()), title=value)
        case "theme", "into":
            board.themes[id] = replace(board.themes.get(id, Theme()), into=value)
        case "item", "text":
            item = board.items.get(id, Item(order=board.seq))
            board.items[id] = replace(item, text=value)
        case "item", "theme":
            item = board.items.get(id, Item(order=board.seq))
            board.items[id] = replace(item, theme=value)


def _draw_items(board: Board, roots: set[str]) -> None:
    for id, item in board.items.items():
        if item.theme is not None and board.root(item.theme) in roots:
            draw_item(board, id)


def _remember(board: Board, fact: Sorted, actor: str) -> None:
    undoes = fact.step if isinstance(fact, facts.Undone) else None
    did = str(type(fact).__struct_config__.tag)
    board.steps[board.seq] = Step(did, actor, fact.changes, undoes)
    draw_step(board, board.seq)
    undone = True
    # Undoing an undo does the first step again, and so on down the chain.
    while undoes in board.steps:
        step = board.steps[undoes] = replace(board.steps[undoes], undone=undone)
        draw_step(board, undoes)
        undoes, undone = step.undoes, not undone
