"""Draw rows from registers: what stands on screens, and how far each row reaches."""

from collections.abc import Iterable

from sessions.domain import leftover, parking, picks, quoting
from sessions.domain.asks import Manner, Voice
from sessions.domain.board import Board
from sessions.domain.choosing import draw_choosing
from sessions.domain.musts import draw_musts
from sessions.domain.plans import Shows
from sessions.domain.reach import AUTHOR, GROUP, HOSTS, NOBODY, OWN, ROOM, SCREENS, Reach
from sessions.domain.registers import Note
from sessions.domain.rows import (
    AgendaRow,
    ClockRow,
    CountRow,
    DoorRow,
    EssentialRow,
    FilingRow,
    FocusRow,
    ItemRow,
    LinkRow,
    MeaningRow,
    MineRow,
    MutedRow,
    NoteRow,
    OriginRow,
    PartRow,
    PlaceRow,
    PublicRow,
    ScreenRow,
    Sees,
    StageRow,
    State,
    StepRow,
    ThemeRow,
    TwinRow,
    ZoneRow,
)

LEVELS = ("individual", "social", "infrastructural")
SENSES = ("see", "hear", "feel")
AUDIENCES = ("staff", "patients", "community")
ROUTES = ("policy", "practice", "delivery")

_REACH = {Sees.AUTHOR: OWN, Sees.GROUP: GROUP, Sees.ROOM: ROOM}
_STATE = {Sees.AUTHOR: State.PRIVATE, Sees.GROUP: State.GROUP, Sees.ROOM: State.SHOWN}


def draw_all(board: Board) -> None:
    """Every row there is; only those that differ from what stands are touched."""
    draw_stage(board)
    draw_clock(board)
    draw_screen(board)
    draw_agenda(board)
    draw_focus(board)
    draw_public(board)
    draw_essentials(board)
    for zone in board.zones:
        draw_zone(board, zone)
    for theme in board.themes:
        draw_theme(board, theme)
    for item in board.items:
        draw_item(board, item)
    for note in board.notes:
        draw_note(board, note)
    for essential in board.links:
        draw_link(board, essential)
    draw_musts(board)
    draw_choosing(board)


def draw_stage(board: Board) -> None:
    picks = board.called.get(board.stage or "")
    row = StageRow("stage", board.stage, board.opened, board.closed, board.late_until, picks)
    board.rows.put(row, ROOM, board.seq)


def draw_clock(board: Board) -> None:
    board.rows.put(ClockRow("clock", board.clock.ends, board.clock.left), ROOM, board.seq)


def draw_screen(board: Board) -> None:
    screen = board.screen
    left = leftover.waiting(board, screen.left)
    waits = leftover.goes_on(board)
    row = ScreenRow("screen", screen.blank, screen.manner, screen.of, screen.page, left, waits)
    board.rows.put(row, SCREENS, board.seq)


def draw_agenda(board: Board) -> None:
    agenda = board.agenda
    row = AgendaRow("agenda", agenda.began, agenda.stop, agenda.minutes, agenda.left_out)
    board.rows.put(row, SCREENS, board.seq)


def draw_focus(board: Board) -> None:
    focus = board.focus
    # Not even its id, once the room may not read it any more.
    of = focus.of if focus.of is not None and board.is_public(focus.of) else None
    board.rows.put(FocusRow("focus", focus.look_up, of, focus.lit), ROOM, board.seq)


def draw_public(board: Board) -> None:
    row = PublicRow("public", *(what in board.public for what in Shows))
    board.rows.put(row, SCREENS if board.public else NOBODY, board.seq)


def draw_door(board: Board) -> None:
    row = DoorRow("door", board.locked, board.codes)
    board.rows.put(row, SCREENS, board.seq)


def draw_muted(board: Board, author: str, note: str) -> None:
    row = MutedRow(f"muted:{note}", note)
    board.rows.put(row, OWN if note in board.muted else NOBODY, board.seq, author=author)


def draw_essentials(board: Board) -> None:
    reach = _in_the_open(board, Shows.ESSENTIALS)
    for place, essential in enumerate(board.plan.essentials):
        row = EssentialRow(f"essential:{essential.id}", essential.text, essential.why, place)
        board.rows.put(row, reach, board.seq)


def draw_zone(board: Board, zone: str) -> None:
    state = board.zones[zone]
    board.rows.put(ZoneRow(zone, state.sees, state.locked), ROOM, board.seq)
    board.rows.put(CountRow(f"count:{zone}", zone, board.counts[zone]), SCREENS, board.seq)


def draw_note(board: Board, id: str) -> None:
    """The rows of a note: itself, its author's, its origin and its place; of a part, itself and its place."""
    note = board.notes[id]
    whole = board.whole(note)
    rows, seq = board.rows, board.seq
    whose = {"author": note.author, "group": note.group}
    reach = _reach_of(board, note)
    if note.part_of is not None:
        rows.put(PartRow(id, note.part_of, note.text), reach, seq, **whose)
    else:
        rows.put(NoteRow(id, note.zone, note.text, note.late), reach, seq, **whose)
        origin = OriginRow(f"origin:{id}", id, note.group, note.held, note.hinted, note.changed, note.slip)
        rows.put(origin, reach & HOSTS, seq, **whose)
        rows.put(_mine(board, id), reach & AUTHOR, seq, **whose)
        parking.draw(board, id, reach)
        picks.draw(board, id)
        if note.meaning is not None:
            rows.put(MeaningRow(f"meaning:{id}", id, note.meaning), reach, seq, **whose)
    # Also where its words were erased: a log that is replayed without them leads to the same rows.
    said = any(each is not None for each in (note.chose, note.wish, note.dispute))
    if said or f"filing:{id}" in rows:
        row = FilingRow(f"filing:{id}", id, note.chose, note.wish or "", note.dispute or "")
        rows.put(row, reach & OWN if said else NOBODY, seq, **whose)
    pile = board.pile_of(id)
    # A list may be opened without its piles: then only what a line can be traced to.
    in_the_open = Shows.THEMES in board.public or (Shows.ITEMS in board.public and pile in board.lines)
    on_walls = in_the_open and board.is_shown(whole)
    placed = NOBODY if pile is None else reach & (SCREENS if on_walls else HOSTS)
    rows.put(PlaceRow(f"place:{id}", id, pile or "", note.voice), placed, seq, **whose)
    headline = board.headline_of(id)
    if headline is not None or f"twin:{id}" in rows:
        together = reach & (_reach_of(board, board.notes[headline]) if headline else NOBODY)
        seen = together & (SCREENS if on_walls else HOSTS)
        rows.put(TwinRow(f"twin:{id}", id, headline or ""), seen, seq, **whose)
    if id == board.focus.of:
        draw_focus(board)
    if id in board.screen.left:
        draw_screen(board)


def draw_notes(board: Board, ids: Iterable[str]) -> None:
    """These notes, all their parts, and whoever says the same."""
    drawn = {id for id in ids if id in board.notes}
    drawn |= {part for id in drawn for part in board.parts.get(id, ())}
    drawn |= {board.notes[id].part_of or id for id in drawn}
    drawn |= {twin for id in drawn for twin in board.twins.get(id, ())}
    for id in sorted(drawn):
        draw_note(board, id)
    # A note without a number may be the last that waits, or the first.
    if drawn and board.screen.manner is Manner.LEFT:
        draw_screen(board)


def draw_theme(board: Board, id: str) -> None:
    theme = board.themes[id]
    reach = _in_the_open(board, Shows.THEMES) if theme.title is not None else NOBODY
    root = board.root(id)
    # The pile that all its notes are in now, at the end of all merging, and none for that pile itself.
    into = root if root != id else None
    board.rows.put(ThemeRow(id, theme.title or "", into, theme.order), reach, board.seq)


def draw_item(board: Board, id: str) -> None:
    item = board.items[id]
    reach = _in_the_open(board, Shows.ITEMS) if item.text is not None else NOBODY
    pile = board.pile_under(id)
    heard = board.heard_in(pile) if pile is not None else {}
    notes = [board.notes[note] for note in heard]
    # People, as beside it: whoever worries in three notes is one who worries.
    saying = {
        voice: people_behind(
            board.notes[id] for id, parts in heard.items() if any(part.voice is voice for part in parts)
        )
        for voice in (Voice.WORRY, Voice.AGAINST)
    }
    colours = {board.colours[note.zone] for note in notes}
    row = ItemRow(
        id,
        item.text or "",
        pile,
        item.order,
        notes=len(notes),
        people=people_behind(notes),
        heard_at=len({note.group for note in notes}),
        worried=saying[Voice.WORRY],
        against=saying[Voice.AGAINST],
        levels=_keys(item.levels, LEVELS, colours),
        senses=_keys(item.senses, SENSES, colours),
        audiences=_keys(item.audiences, AUDIENCES),
        area=item.area or "",
        route=item.route or "",
        essential=item.essential is not None,
        quick=item.quick is not None,
        owner=item.owner or "",
        first_step=item.first_step or "",
        review=item.review or "",
        help=item.help or "",
        twins=board.twins_among(heard),
    )
    board.rows.put(row, reach, board.seq)
    quoting.draw(board, id, reach)
    if id == board.focus.of:
        draw_focus(board)


def people_behind(notes: Iterable[Note]) -> int:
    """People and not devices: a table that writes together counts as many as it said. Slips of paper speak
    for one each, and all of one scribe's for no more than that scribe writes for."""
    people: dict[str, int] = {}
    voices: dict[str, int] = {}
    for note in notes:
        people[note.author] = max(note.people, people.get(note.author, 1))
        voices[note.author] = voices.get(note.author, 0) + (note.people if note.slip is None else 1)
    return sum(min(people[author], voices[author]) for author in people)


def draw_link(board: Board, essential: str) -> None:
    theme = board.links[essential]
    pile = board.root(theme) if theme is not None else None
    stands = pile is not None and board.is_pile(pile)
    open_ = board.public.issuperset((Shows.THEMES, Shows.ESSENTIALS))
    row = LinkRow(f"link:{essential}", essential, pile or "", len(board.heard_in(pile)) if pile else 0)
    board.rows.put(row, NOBODY if not stands else ROOM if open_ else HOSTS, board.seq)


def draw_step(board: Board, seq: int) -> None:
    step = board.steps[seq]
    touched = len({change.id for change in step.changes})
    row = StepRow(f"step:{seq}", seq, step.did, step.by, touched, step.undone)
    board.rows.put(row, HOSTS, board.seq)


def _mine(board: Board, id: str) -> MineRow:
    """For a note in parts speaks the first of them that went somewhere."""
    note = board.notes[id]
    state = State.HELD if note.held else _STATE[board.zones[note.zone].sees]
    piles = [pile for each in (id, *board.parts.get(id, ())) if (pile := board.pile_of(each)) is not None]
    lines = [board.lines[pile] for pile in piles if pile in board.lines]
    filed = piles[0] if piles and Shows.THEMES in board.public else None
    listed = lines[0] if lines and Shows.ITEMS in board.public else None
    group = note.group if note.slip is not None else None
    return MineRow(f"mine:{id}", id, state, note.held, filed, listed, group, note.slip)


def _reach_of(board: Board, note: Note) -> Reach:
    whole = board.whole(note)
    if not board.is_here(note):
        return NOBODY
    return OWN if whole.held else _REACH[board.zones[whole.zone].sees]


def _keys(said: str | None, known: tuple[str, ...], heard: set[str] = frozenset()) -> tuple[str, ...]:  # type: ignore[assignment]
    """The keys a host has set or, as long as none are, those that were heard."""
    chosen = heard if said is None else set(said.split())
    return tuple(key for key in known if key in chosen)


def _in_the_open(board: Board, what: Shows) -> Reach:
    return ROOM if what in board.public else HOSTS
