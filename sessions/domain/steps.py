"""Take in a sorting step: set its registers, then draw whatever stands on them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from sessions.domain import facts
from sessions.domain.asks import Voice
from sessions.domain.board import Board, roots
from sessions.domain.choosing import draw_lines
from sessions.domain.drawing import draw_item, draw_link, draw_notes, draw_step, draw_theme, draw_zone
from sessions.domain.facts import Filed, Sorted, Worded
from sessions.domain.musts import draw_said, draw_said_by
from sessions.domain.registers import Item, Step, Theme
from sessions.domain.undoing import meant


def take(board: Board, step: Sorted, actor: str) -> None:
    """Only what the step can have changed is looked at: most steps place a note or two, of thousands."""
    touched: dict[str, set[str]] = {
        of: set() for of in ("note", "part", "theme", "item", "essential", "match")
    }
    for change in step.changes:
        touched[change.of].add(change.id)
    moved = touched["note"] | touched["part"]
    were = {id: board.notes[id].theme for id in touched["note"] & board.notes.keys()}
    shapes = _shapes(board) if any(map(_reshapes, step.changes)) else None
    tallies = piles_of(board, moved)
    for change in step.changes:
        _set(board, change)
    _refile(board, were)
    reshaped = set[str]()
    if shapes is not None:
        reshaped = _reshaped(board, shapes)
        # A pile that another leaves looks the same itself, and counts other notes.
        tallies |= {shapes[theme].root for theme in reshaped & shapes.keys()}
    for theme in sorted((touched["theme"] | reshaped) & board.themes.keys()):
        draw_theme(board, theme)
    draw_notes(board, moved.union(*(board.members.get(theme, ()) for theme in reshaped)))
    for item in touched["item"] & board.items.keys():
        draw_item(board, item)
    draw_lines(board, touched["item"])
    for essential in touched["essential"] & board.links.keys():
        draw_link(board, essential)
    matched = {change.field for change in step.changes if change.of == "match"}
    for essential in (touched["essential"] | matched) & board.links.keys():
        draw_said(board, essential)
    draw_tallies(board, tallies | piles_of(board, moved) | {board.root(theme) for theme in reshaped}, moved)
    if isinstance(step, facts.ByAuthor):
        board.filings[board.seq] = step.changes
    else:
        _remember(board, step, actor)


def note_moved(board: Board, id: str, zone: str) -> None:
    """Undo leaves what its author has moved since."""
    if id in board.notes:
        board.filings[board.seq] = (Filed("note", id, "zone", zone, board.notes[id].zone),)


def piles_of(board: Board, ids: Iterable[str]) -> set[str]:
    """Piles that these notes are in, or their parts, or the notes that they are parts of."""
    known = {id for id in ids if id in board.notes}
    known |= {board.notes[id].part_of or id for id in known}
    known |= {part for id in known for part in board.parts.get(id, ())}
    themes = {board.notes[id].theme for id in known}
    return {board.root(theme) for theme in themes if theme is not None}


def draw_tallies(board: Board, piles: set[str], notes: Iterable[str]) -> None:
    """The lines and must-haves that count these notes, or notes of these piles."""
    draw_said_by(board, notes, piles)
    if not piles:
        return
    for essential, theme in board.links.items():
        if theme is not None and board.root(theme) in piles:
            draw_link(board, essential)
    for id, item in board.items.items():
        if item.theme is not None and board.root(item.theme) in piles:
            draw_item(board, id)


class _Shape(NamedTuple):
    """What a pile counts as, whether that stands, and the line it is heard in."""

    root: str
    stands: bool
    line: str | None


def _set(board: Board, change: Filed | Worded) -> None:
    id, value = change.id, change.now
    match change.of, change.field:
        case "note", "theme" if id in board.notes:
            board.notes[id] = replace(board.notes[id], theme=value)
        case "note", "voice" if id in board.notes:
            board.notes[id] = replace(board.notes[id], voice=Voice(value or Voice.FOR))
        case "note", "zone" if id in board.notes and value in board.zones:
            _carry(board, id, value)
        case "note", "under" if id in board.notes:
            _match(board, id, value)
        case "note", "chose" | "wish" | "dispute" if id in board.notes:
            board.notes[id] = replace(board.notes[id], **{change.field: value})
        case "part", "of" if value in board.notes and id not in board.notes:
            # What was said of the note as it was written says nothing of this part.
            blank = dict.fromkeys(("held", "taken", "theme", "chose", "wish", "dispute", "under"))
            board.notes[id] = replace(
                board.notes[value], text="", hinted=False, part_of=value, unmade=True, **blank
            )
            board.parts[value] = (*board.parts.get(value, ()), id)
        case "part", "text" if id in board.notes:
            board.notes[id] = replace(board.notes[id], text=value or "", unmade=value is None)
        case "essential", "theme" if id in board.links:
            board.links[id] = value
        case "match", essential if essential in board.said and id in board.notes:
            board.said[essential] = board.said[essential] - {id} | ({id} if value else set())
        case "theme", _:
            theme = board.themes.get(id, Theme(order=board.seq))
            board.themes[id] = replace(theme, **{change.field: value})
        case "item", "order" if value is not None:
            board.items[id] = replace(board.items.get(id, Item()), order=int(value))
        case "item", _:
            item = board.items.get(id, Item(order=board.seq))
            board.items[id] = replace(item, **{change.field: value})


def _carry(board: Board, id: str, zone: str) -> None:
    """To another place on a board, as its author may move it."""
    past = board.notes[id]
    board.notes[id] = replace(past, zone=zone)
    board.counts[past.zone] -= board.is_up(past)
    board.counts[zone] += board.is_up(past)
    for place in {past.zone, zone} if zone != past.zone else ():
        draw_zone(board, place)


def _match(board: Board, id: str, headline: str | None) -> None:
    """Headlines know who is under them, also those that are gone."""
    past = board.notes[id].under
    board.notes[id] = replace(board.notes[id], under=headline)
    if past is not None:
        board.twins[past] = board.twins.get(past, frozenset()) - {id}
    if headline is not None:
        board.twins[headline] = board.twins.get(headline, frozenset()) | {id}


def _refile(board: Board, were: dict[str, str | None]) -> None:
    """Piles know their notes, also those that are merged or dropped."""
    left, came = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for id, was in were.items():
        now = board.notes[id].theme
        if was is not None:
            left[was].add(id)
        if now is not None:
            came[now].add(id)
    for theme in left.keys() | came.keys():
        board.members[theme] = board.members.get(theme, frozenset()) - left[theme] | came[theme]


def _reshapes(change: Filed | Worded) -> bool:
    """Whether it can make, end, merge or list a pile."""
    return change.of == "theme" or (change.of == "item" and change.field in ("text", "theme"))


def _reshaped(board: Board, before: dict[str, _Shape]) -> set[str]:
    """Follow all merging anew; returns the piles that have another shape than before."""
    board.roots = roots(board.themes)
    # The oldest line of a pile is its line, should merging or undo have brought it two.
    board.lines = {
        board.root(item.theme): id
        for id, item in reversed(board.items.items())
        if item.theme is not None and item.text is not None
    }
    return {theme for theme, shape in _shapes(board).items() if shape != before.get(theme)}


def _shapes(board: Board) -> dict[str, _Shape]:
    return {
        theme: _Shape(root, board.is_pile(root), board.lines.get(root)) for theme, root in board.roots.items()
    }


def _remember(board: Board, fact: Sorted, actor: str) -> None:
    undoes = fact.step if isinstance(fact, facts.Undone) else None
    did = str(type(fact).__struct_config__.tag)
    board.steps[board.seq] = Step(did, actor, fact.changes, undoes)
    draw_step(board, board.seq)
    first, away = meant(board, board.seq)
    if first == board.seq:
        return
    undoings = (*board.steps[first].undoings, board.seq)
    board.steps[first] = replace(board.steps[first], undoings=undoings)
    # What was said last holds: whatever said otherwise of the same step is undone.
    for seq in (first, *undoings):
        board.steps[seq] = replace(board.steps[seq], undone=meant(board, seq)[1] != away)
        draw_step(board, seq)
