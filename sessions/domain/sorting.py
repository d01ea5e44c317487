"""Piles, places and lines: every sorting step sets registers, and can be undone.

A note's `theme` is one register, so a note is in one pile at most, by construction.
"""

from typing import NoReturn

from sessions.domain import asks, facts, ordering, quoting, text
from sessions.domain.asks import Ask, ItemField, Voice
from sessions.domain.board import Board
from sessions.domain.drawing import AUDIENCES, LEVELS, ROUTES, SENSES
from sessions.domain.facts import AnyFact, Filed, Worded
from sessions.domain.refused import Refused
from sessions.domain.rows import Sees
from sessions.domain.undoing import undo

THEMES_MOST = 200
ITEMS_MOST = 200
NOTES_MOST = 10_000

_WORDS = (ItemField.OWNER, ItemField.FIRST_STEP, ItemField.REVIEW, ItemField.HELP)
_ONE = (ItemField.AREA, ItemField.ROUTE)
_HEARD = (ItemField.LEVELS, ItemField.SENSES)
_SETS = {
    ItemField.LEVELS: LEVELS,
    ItemField.SENSES: SENSES,
    ItemField.AUDIENCES: AUDIENCES,
    ItemField.ROUTE: ROUTES,
}


def decide(board: Board, ask: Ask) -> AnyFact:
    """The sorting step that follows from an ask. Raises Refused."""
    match ask:
        case asks.MakeTheme(id, title, notes, voice):
            _free(board, id, len(board.themes), THEMES_MOST)
            named = _word(board, "theme", id, "title", text.title(title))
            return facts.ThemeMade((named, *(_placed(board, notes, id, voice) if notes else ())))
        case asks.NameTheme(id, title):
            _pile(board, id)
            return facts.ThemeNamed((_word(board, "theme", id, "title", text.title(title)),))
        case asks.DropTheme(id):
            _pile(board, id)
            return facts.ThemeDropped((_word(board, "theme", id, "title", None),))
        case asks.MergeTheme(theme, into):
            _pile(board, theme)
            _pile(board, into)
            if theme == into:
                raise Refused("theme.itself")
            return facts.ThemeMerged((_file(board, "theme", theme, "into", into),))
        case asks.PlaceNotes():
            return _place(board, ask)
        case asks.ParkNotes():
            return _park(board, ask)
        case asks.SameIdea():
            return _match(board, ask)
        case asks.StandApart(id):
            if id not in board.notes or board.notes[id].under is None:
                raise Refused("note.gone")
            return facts.NoteParted((_file(board, "note", id, "under", None),))
        case asks.MakeItem(id, words, theme):
            return _make_item(board, id, words, theme)
        case asks.WordItem(id, words):
            _line(board, id)
            return facts.ItemWorded((_word(board, "item", id, "text", text.wording(words)),))
        case asks.DropItem(id):
            _line(board, id)
            return facts.ItemDropped((_word(board, "item", id, "text", None),))
        case asks.SetItem(id, field, value):
            _line(board, id)
            return facts.ItemSet((_about(board, id, field, value),))
        case asks.MoveItem(id, before):
            for line in (id, before):
                if line is not None:
                    _line(board, line)
            return ordering.moved(board, id, before)
        case asks.OrderByVotes():
            return ordering.by_votes(board)
        case asks.QuoteNotes(id, notes):
            _line(board, id)
            quotes = quoting.chosen(board, id, notes)
            return facts.ItemQuoted((_file(board, "item", id, "quotes", quotes),))
        case asks.LinkEssential(essential, theme):
            if essential not in board.links:
                raise Refused("essential.unknown")
            if theme is not None:
                _pile(board, theme)
            return facts.EssentialLinked((_file(board, "essential", essential, "theme", theme),))
        case asks.SplitNote():
            return _split(board, ask)
        case asks.Undo(seq):
            return undo(board, seq)
        case _:
            _unsorted(ask)


def _place(board: Board, ask: asks.PlaceNotes) -> facts.NotesPlaced:
    """Also into a pile that was merged into another meanwhile."""
    if ask.theme is not None and not board.takes(ask.theme):
        raise Refused("theme.gone")
    return facts.NotesPlaced(_placed(board, ask.notes, ask.theme, ask.voice))


def _placed(
    board: Board, notes: tuple[str, ...], theme: str | None, voice: Voice
) -> tuple[Filed | Worded, ...]:
    """Notes taken back or split meanwhile are passed over; the rest go where they were meant to."""
    changes: list[Filed | Worded] = []
    named = _standing(board, notes)
    for id in _with_twins(board, named):
        changes.append(_file(board, "note", id, "theme", theme))
        # Where a headline goes its twins go too, and each keeps the voice it has. What is set to what it is
        # already counts as well: it shall stay so when whoever set it first thinks better of it.
        if id in named:
            changes.append(_file(board, "note", id, "voice", voice))
        # Whoever moves it has heard its author.
        if f"filing:{id}" in board.rows:
            changes += [_word(board, "note", id, said, None) for said in ("wish", "dispute")]
    return tuple(changes)


def _park(board: Board, ask: asks.ParkNotes) -> facts.NotesParked:
    """Whatever can go goes, with its twins; the rest is passed over. Nothing stays under a headline, nor over
    a twin, from which it has gone: a pile of today would take in what is for another day, or lose a note."""
    named = _standing(board, ask.notes)
    going = _with_twins(board, [id for id in named if _aside_of(board, id) is not None])
    parked = {id: aside for id in going if (aside := _aside_of(board, id)) is not None}
    if not parked:
        parts = all(board.notes[id].part_of is not None for id in named)
        raise Refused("note.is_part") if parts else Refused("note.no_other_day")
    changes: list[Filed | Worded] = []
    for id, aside in parked.items():
        changes.append(_file(board, "note", id, "theme", None))
        changes.append(_file(board, "note", id, "zone", aside))
        if f"filing:{id}" in board.rows:
            changes += [_word(board, "note", id, said, None) for said in ("wish", "dispute")]
        apart = sorted(board.twins.get(id, frozenset()) - parked.keys())
        if board.notes[id].under not in (None, *parked):
            apart.append(id)
        changes += [_file(board, "note", each, "under", None) for each in apart]
    return facts.NotesParked(tuple(changes))


def _aside_of(board: Board, id: str) -> str | None:
    """The place for another day where the note can go, best on the same board; a part has none of its own.
    Places once seen by the room stay so: whoever moves notes between two of them, and undoes it, shows nobody
    more than before."""
    note = board.notes[id]
    if note.part_of is not None:
        return None
    if note.zone in board.asides:
        return note.zone
    asides = [at for at, state in board.zones.items() if at in board.asides and state.sees is Sees.ROOM]
    if not asides or board.zones[note.zone].sees is not Sees.ROOM:
        return None
    here = note.zone.partition(".")[0]
    return next((aside for aside in asides if aside.partition(".")[0] == here), asides[0])


def _match(board: Board, ask: asks.SameIdea) -> facts.NotesMatched:
    """One headline, nothing under what is under it; and all of them in one pile, if one of them is in any."""
    (headline,) = _standing(board, (ask.headline,))
    headline = board.headline_of(headline) or headline
    twins = [id for id in _with_twins(board, _standing(board, ask.notes)) if id != headline]
    if not twins:
        raise Refused("note.itself")
    changes: list[Filed | Worded] = []
    if board.notes[headline].under is not None:
        changes.append(_file(board, "note", headline, "under", None))
    changes += [_file(board, "note", id, "under", headline) for id in twins]
    pile = next((pile for id in (headline, *twins) if (pile := board.pile_of(id))), None)
    if pile is not None:
        moved = (headline, *twins, *board.twins.get(headline, ()))
        changes += [_file(board, "note", id, "theme", pile) for id in dict.fromkeys(moved)]
    return facts.NotesMatched(tuple(changes))


def _standing(board: Board, notes: tuple[str, ...]) -> list[str]:
    """Those that are here, in one piece, and not about the day itself. Raises Refused if none is."""
    here = [id for id in dict.fromkeys(notes) if id in board.notes and board.is_here(board.notes[id])]
    ideas = [id for id in here if not board.reflects(board.notes[id])]
    standing = [id for id in ideas if not board.is_split(id)]
    if here and not ideas:
        raise Refused("note.reflects")
    if not standing:
        raise Refused("note.in_parts" if here else "note.gone")
    return standing


def _with_twins(board: Board, notes: list[str]) -> list[str]:
    under = [twin for id in notes for twin in sorted(board.twins.get(id, ()))]
    twins = [id for id in under if board.headline_of(id) is not None and not board.is_split(id)]
    return list(dict.fromkeys([*notes, *(id for id in twins if board.is_here(board.notes[id]))]))


def _make_item(board: Board, id: str, words: str, theme: str | None) -> facts.ItemMade:
    _free(board, id, len(board.items), ITEMS_MOST)
    changes: list[Filed | Worded] = [_word(board, "item", id, "text", text.wording(words))]
    if theme is not None:
        _pile(board, theme)
        if theme in board.lines:
            raise Refused("theme.has_line")
        changes.append(_file(board, "item", id, "theme", theme))
    return facts.ItemMade(tuple(changes))


def _about(board: Board, id: str, field: ItemField, value: str) -> Filed | Worded:
    """One more thing about a line: words, keys of a list that we know, or yes and nothing."""
    if field in _WORDS:
        said = text.wording(value) if value.strip() else None
        return _word(board, "item", id, field, said)
    if field in (ItemField.ESSENTIAL, ItemField.QUICK):
        return _file(board, "item", id, field, "yes" if value.strip() else None)
    chosen = value.split()
    if field in _ONE and len(chosen) > 1:
        raise Refused("item.one_key")
    areas = tuple(area.id for area in board.plan.areas)
    known = _SETS.get(field, areas)
    if any(key not in known for key in chosen):
        raise Refused("item.no_such_key")
    # An empty set of levels or senses is a choice too: none of those that were heard.
    keys = " ".join(key for key in known if key in chosen)
    return _file(board, "item", id, field, keys if keys or field in _HEARD else None)


def _split(board: Board, ask: asks.SplitNote) -> facts.NoteSplit:
    whole = board.notes.get(ask.id)
    if whole is None or not board.is_here(whole) or whole.part_of is not None:
        raise Refused("note.gone")
    if board.is_split(ask.id):
        raise Refused("note.in_parts")
    changes: list[Filed | Worded] = []
    for place, part in enumerate(ask.parts):
        _free(board, part.id, len(board.notes) + place, NOTES_MOST)
        changes.append(_file(board, "part", part.id, "of", ask.id))
        changes.append(_word(board, "part", part.id, "text", text.note(part.text)))
    if len({part.id for part in ask.parts}) < len(ask.parts):
        raise Refused("id.taken")
    return facts.NoteSplit(tuple(changes))


def _file(board: Board, of: str, id: str, field: str, now: str | None) -> Filed:
    return Filed(of, id, field, now, board.register(of, id, field))


def _word(board: Board, of: str, id: str, field: str, now: str | None) -> Worded:
    return Worded(of, id, field, now, board.register(of, id, field))


def _free(board: Board, id: str, have: int, most: int) -> None:
    if id in board.rows or id in board.notes or id in board.themes or id in board.items:
        raise Refused("id.taken")
    if have >= most:
        raise Refused("session.full")


def _pile(board: Board, id: str) -> None:
    if not board.is_pile(id):
        raise Refused("theme.gone")


def _line(board: Board, id: str) -> None:
    if id not in board.items or board.items[id].text is None:
        raise Refused("item.gone")


def _unsorted(ask: Ask) -> NoReturn:
    raise AssertionError(f"{type(ask).__name__} has a right and no rule")
