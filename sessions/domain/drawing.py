"""Draw rows from registers: what stands on screens, and how far each row reaches."""

from sessions.domain.asks import Voice
from sessions.domain.board import Board
from sessions.domain.plans import Shows
from sessions.domain.reach import AUTHOR, GROUP, HOSTS, NOBODY, OWN, ROOM, SCREENS, Audience
from sessions.domain.registers import Note
from sessions.domain.rows import (
    ClockRow,
    CountRow,
    EssentialRow,
    ItemRow,
    MineRow,
    NoteRow,
    OriginRow,
    PlaceRow,
    ScreenRow,
    Sees,
    StageRow,
    State,
    StepRow,
    ThemeRow,
    ZoneRow,
)

_REACH = {Sees.AUTHOR: OWN, Sees.GROUP: GROUP, Sees.ROOM: ROOM}
_STATE = {Sees.AUTHOR: State.PRIVATE, Sees.GROUP: State.GROUP, Sees.ROOM: State.SHOWN}


def draw_all(board: Board) -> None:
    """Every row there is; only those that differ from what stands are touched."""
    draw_stage(board)
    draw_clock(board)
    draw_screen(board)
    draw_essentials(board)
    for zone in board.zones:
        draw_zone(board, zone)
    for theme in board.themes:
        draw_theme(board, theme)
    for item in board.items:
        draw_item(board, item)
    for note in board.notes:
        draw_note(board, note)


def draw_stage(board: Board) -> None:
    board.rows.put(StageRow("stage", board.stage, board.opened, board.closed), ROOM, board.seq)


def draw_clock(board: Board) -> None:
    board.rows.put(ClockRow("clock", board.clock.ends, board.clock.left), ROOM, board.seq)


def draw_screen(board: Board) -> None:
    screen = board.screen
    row = ScreenRow("screen", screen.blank, screen.manner, screen.of, screen.page)
    board.rows.put(row, SCREENS, board.seq)


def draw_essentials(board: Board) -> None:
    reach = _in_the_open(board, Shows.ESSENTIALS)
    for essential in board.plan.essentials:
        row = EssentialRow(f"essential:{essential.id}", essential.text, essential.why)
        board.rows.put(row, reach, board.seq)


def draw_zone(board: Board, zone: str) -> None:
    state = board.zones[zone]
    board.rows.put(ZoneRow(zone, state.sees, state.locked), ROOM, board.seq)
    board.rows.put(CountRow(f"count:{zone}", zone, board.counts[zone]), SCREENS, board.seq)


def draw_note(board: Board, id: str) -> None:
    """The four rows of a note: itself, its author's, its origin and its place."""
    note = board.notes[id]
    rows, seq = board.rows, board.seq
    whose = {"author": note.author, "group": note.group}
    reach = _reach_of(board, note)
    rows.put(NoteRow(id, note.zone, note.text), reach, seq, **whose)
    rows.put(OriginRow(f"origin:{id}", id, note.group, note.held), reach & HOSTS, seq, **whose)
    pile = board.pile_of(note)
    state = State.HELD if note.held else _STATE[board.zones[note.zone].sees]
    mine = MineRow(
        f"mine:{id}",
        id,
        state,
        note.held,
        pile if Shows.THEMES in board.public else None,
        board.lines.get(pile) if pile and Shows.ITEMS in board.public else None,
    )
    rows.put(mine, reach & AUTHOR, seq, **whose)
    # A list may be opened without its piles: then only what a line can be traced to.
    in_the_open = Shows.THEMES in board.public or (Shows.ITEMS in board.public and pile in board.lines)
    on_walls = in_the_open and board.is_shown(note)
    placed = NOBODY if pile is None else reach & (SCREENS if on_walls else HOSTS)
    rows.put(PlaceRow(f"place:{id}", id, pile or "", note.voice), placed, seq, **whose)


def draw_theme(board: Board, id: str) -> None:
    theme = board.themes[id]
    reach = _in_the_open(board, Shows.THEMES) if theme.title is not None else NOBODY
    root = board.root(id)
    # The pile that all its notes are in now, at the end of all merging, and none for that pile itself.
    into = root if root != id else None
    board.rows.put(ThemeRow(id, theme.title or "", into), reach, board.seq)


def draw_item(board: Board, id: str) -> None:
    item = board.items[id]
    reach = _in_the_open(board, Shows.ITEMS) if item.text is not None else NOBODY
    pile = board.pile_under(id)
    heard = [note for note in board.notes_in(pile) if board.is_shown(note)] if pile is not None else []
    row = ItemRow(
        id,
        item.text or "",
        pile,
        item.order,
        notes=len(heard),
        people=len({note.author for note in heard}),
        groups=tuple(sorted({note.group for note in heard if note.group is not None})),
        worried=sum(note.voice is Voice.WORRY for note in heard),
        against=sum(note.voice is Voice.AGAINST for note in heard),
    )
    board.rows.put(row, reach, board.seq)


def draw_step(board: Board, seq: int) -> None:
    step = board.steps[seq]
    touched = len({change.id for change in step.changes})
    row = StepRow(f"step:{seq}", seq, step.did, step.by, touched, step.undone)
    board.rows.put(row, HOSTS, board.seq)


def _reach_of(board: Board, note: Note) -> Audience:
    if note.taken is not None:
        return NOBODY
    return OWN if note.held else _REACH[board.zones[note.zone].sees]


def _in_the_open(board: Board, what: Shows) -> Audience:
    return ROOM if what in board.public else HOSTS
