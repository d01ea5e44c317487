"""The state of one session: registers that facts set, and the rows drawn from them."""

from collections.abc import Mapping
from typing import Any

from sessions.domain.asks import Voice
from sessions.domain.facts import Filed, Hands, Worded
from sessions.domain.plans import Plan, Shows, Where
from sessions.domain.reach import Rows
from sessions.domain.registers import (
    Agenda,
    Ballot,
    Before,
    Clock,
    Feeling,
    Focus,
    Given,
    Item,
    Note,
    Offer,
    Screen,
    Step,
    Theme,
    Vote,
    ZoneState,
)
from sessions.domain.rows import Sees

_CHANGING = (
    "zones",
    "counts",
    "notes",
    "themes",
    "items",
    "steps",
    "filings",
    "links",
    "said",
    "answers",
    "answered",
    "replaced",
    "parts",
    "picks",
    "called",
    "owners",
    "members",
    "twins",
    "muted",
    "votes",
    "feelings",
    "felt",
    "offers",
    "offered",
    "rows",
)


EVERYBODY = 10_000
"""More than any device writes for."""


class Board:
    """What a log of facts amounts to. `evolve` changes it in place; `draft` is a copy to try things on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seq = 0
        self.stage: str | None = None
        self.opened: int | None = None
        self.closed = False
        self.late_until: int | None = None
        self.clock = Clock()
        self.screen = Screen()
        self.agenda = Agenda()
        self.focus = Focus()
        self.before: Before | None = None
        self.public: frozenset[Shows] = frozenset()
        self.zones = {f"{board.id}.{zone.id}": ZoneState() for board in plan.boards for zone in board.zones}
        self.counts = dict.fromkeys(self.zones, 0)
        self.notes: dict[str, Note] = {}
        self.themes: dict[str, Theme] = {}
        self.items: dict[str, Item] = {}
        self.steps: dict[int, Step] = {}
        self.filings: dict[int, tuple[Filed | Worded, ...]] = {}
        """What authors set, by seq: no step that can be undone, and none that undoing another takes away."""
        self.links: dict[str, str | None] = {essential.id: None for essential in plan.essentials}
        self.said: dict[str, frozenset[str]] = {essential: frozenset() for essential in self.links}
        self.answers: dict[tuple[str, str], Given] = {}
        self.answered = {essential: Hands() for essential in self.links}
        self.replaced: dict[str, int] = {}
        self.parts: dict[str, tuple[str, ...]] = {}
        self.picks: dict[tuple[str, str], tuple[str, ...]] = {}
        self.called: dict[str, int] = {}
        """Stage -> how many notes each group sends up, where a host has said another number than the plan."""
        self.owners: dict[str, str | None] = {}
        self.reflecting = frozenset(board.id for board in plan.boards if board.reflects)
        self.asides = frozenset(
            f"{board.id}.{zone.id}"
            for board in plan.boards
            for zone in board.zones
            if zone.where is Where.ASIDE
        )
        self.colours = {f"{board.id}.{zone.id}": zone.colour for board in plan.boards for zone in board.zones}
        self.members: dict[str, frozenset[str]] = {}
        self.twins: dict[str, frozenset[str]] = {}
        self.roots: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        self.muted: dict[str, str] = {}
        """Note -> its author, who may not write until this is lifted."""
        self.removed: frozenset[str] = frozenset()
        self.locked = False
        self.codes = 0
        """How often a new code took the place of the last."""
        self.ballot = Ballot()
        self.votes: dict[str, Vote] = {}
        self.feelings: dict[str, Feeling] = {}
        self.felt: dict[tuple[str, str], str] = {}
        self.feelings_shown = False
        self.offers: dict[str, Offer] = {}
        self.offered: dict[tuple[str, str], str] = {}
        self.rows = Rows()

    def draft(self) -> "Board":
        """A copy that can be evolved and thrown away; the values in it are frozen and shared."""
        draft = Board.__new__(Board)
        draft.__dict__.update(self.__dict__)
        for name in _CHANGING:
            setattr(draft, name, getattr(self, name).copy())
        return draft

    def root(self, theme: str) -> str:
        """The pile that a pile counts as, through all merging."""
        return self.roots.get(theme, theme)

    def is_pile(self, theme: str | None) -> bool:
        """Stands on its own: made, not dropped, not merged into another."""
        known = self.themes.get(theme) if theme is not None else None
        return known is not None and known.title is not None and self.root(theme or "") == theme

    def takes(self, theme: str) -> bool:
        """Whether notes can be put there: into a pile that stands, or by the name of one that it took in."""
        return theme in self.themes and self.is_pile(self.root(theme))

    def pile_of(self, id: str) -> str | None:
        """The pile the note is in, if that pile still stands. A note in parts is where its parts are."""
        note = self.notes[id]
        if note.theme is None or note.unmade or self.is_split(id):
            return None
        root = self.root(note.theme)
        return root if self.is_pile(root) else None

    def headline_of(self, id: str) -> str | None:
        """The note that says the same and stands for both, if it still does: a headline is under no other."""
        headline = self.notes[id].under
        note = self.notes.get(headline) if headline is not None else None
        stands = note is not None and note.under is None and self.is_here(note)
        return headline if stands and not self.is_split(headline or "") else None

    def pile_under(self, item: str) -> str | None:
        """The pile heard in this line. Where merging brings two lines to one pile, the older has it."""
        theme = self.items[item].theme
        root = self.root(theme) if theme is not None else None
        return root if root is not None and self.is_pile(root) and self.lines.get(root) == item else None

    def tree(self, theme: str) -> set[str]:
        """All piles that count as the same one."""
        root = self.root(theme)
        return {other for other, its_root in self.roots.items() if its_root == root} | {theme}

    def notes_in(self, pile: str) -> list[str]:
        """Notes and parts filed under the pile, also those that are not there any more."""
        return [note for theme in self.tree(pile) for note in self.members.get(theme, ())]

    def whole(self, note: Note) -> Note:
        """The note as it was written, for a part of it."""
        return note if note.part_of is None else self.notes[note.part_of]

    def is_here(self, note: Note) -> bool:
        """Made, and not taken back."""
        return not note.unmade and self.whole(note).taken is None

    def reflects(self, note: Note) -> bool:
        """About the workshop itself: none of the ideas that are sorted."""
        return note.zone.partition(".")[0] in self.reflecting

    def is_split(self, id: str) -> bool:
        """Sorted by its parts, as long as there are any."""
        return id in self.parts and any(not self.notes[part].unmade for part in self.parts[id])

    def is_up(self, note: Note) -> bool:
        """Shown, or will be when its zone is: it has a card on the wall."""
        return self.is_here(note) and self.whole(note).held is None

    def is_shown(self, note: Note) -> bool:
        """The whole room may read it."""
        return self.is_up(note) and self.zones[self.whole(note).zone].sees is Sees.ROOM

    def is_public(self, id: str) -> bool:
        """A shown note, a line of the open list, or a must-have in the open."""
        if id.startswith("essential:"):
            return id.partition(":")[2] in self.links and Shows.ESSENTIALS in self.public
        if id in self.notes:
            return self.notes[id].part_of is None and self.is_shown(self.notes[id])
        return id in self.items and self.items[id].text is not None and Shows.ITEMS in self.public

    def is_line(self, item: str) -> bool:
        """A line that stands: made, and not dropped."""
        return item in self.items and self.items[item].text is not None

    def dots(self) -> dict[str, int]:
        """The dots on each line of the ballot, those with none too."""
        sums = dict.fromkeys(self.ballot.items, 0)
        for vote in self.votes.values():
            for item, dots in vote.dots:
                sums[item] += dots
        return sums

    def is_heard(self, id: str) -> bool:
        """Shown, whole or a part, and not about the day itself: what an author may have made of it since."""
        note = self.notes[id]
        return self.is_shown(note) and not self.is_split(id) and not self.reflects(self.whole(note))

    def heard_in(self, pile: str) -> dict[str, list[Note]]:
        """What the room was heard to say in the pile: shown notes, each with itself or its parts here."""
        heard: dict[str, list[Note]] = {}
        for id in self.notes_in(pile):
            note = self.notes[id]
            if self.is_heard(id):
                heard.setdefault(note.part_of or id, []).append(note)
        return heard

    def twins_among(self, heard: Mapping[str, list[Note]]) -> int:
        """How many of these notes say, in all that is here of them, the same as others of them."""
        pieces = {id: [part for part in (id, *self.parts.get(id, ())) if part in self.notes] for id in heard}
        here = {part: id for id, parts in pieces.items() for part in parts if self.notes[part] in heard[id]}
        twins = dict.fromkeys(heard, True)
        for part, id in here.items():
            if here.get(self.headline_of(part) or "", id) == id:
                twins[id] = False
        return sum(twins.values())

    def said_in(self, essential: str) -> set[str]:
        """Shown notes that say the same as the must-have: matched by hand, or in its pile."""
        said = {id for id in self.said[essential] if self.is_shown(self.notes[id])}
        theme = self.links[essential]
        pile = self.root(theme) if theme is not None else None
        return said.union(self.heard_in(pile)) if pile is not None and self.is_pile(pile) else said

    def writers(self) -> set[str]:
        return {note.author for note in self.notes.values() if self.is_here(note)}

    def voices(self) -> dict[str, int]:
        """Who wrote, and how many people that may have been: a slip of paper is one, any other note all."""
        voices: dict[str, int] = {}
        for note in self.notes.values():
            if self.is_here(note) and note.part_of is None:
                many = EVERYBODY if note.slip is None else 1
                voices[note.author] = voices.get(note.author, 0) + many
        return voices

    def register(self, of: str, id: str, field: str) -> str | None:
        """What a sorting register holds now."""
        if of == "essential":
            return self.links.get(id)
        if of == "match":
            return "yes" if id in self.said.get(field, ()) else None
        if of == "part":
            part = self.notes.get(id)
            if part is None or part.unmade:
                return None
            return part.text if field == "text" else part.part_of
        kept: dict[str, dict[str, Any]] = {"note": self.notes, "theme": self.themes, "item": self.items}
        thing = kept[of].get(id)
        if thing is None:
            return Voice.FOR if field == "voice" else None
        value = getattr(thing, field)
        return str(value) if isinstance(value, int) else value


def roots(themes: Mapping[str, Theme]) -> dict[str, str]:
    """Pile -> the pile that it counts as, at the end of all merging."""
    found: dict[str, str] = {}
    for theme in themes:
        path = [theme]
        while path[-1] not in found:
            into = themes[path[-1]].into if path[-1] in themes else None
            if into is None:
                found[path[-1]] = path[-1]
            elif into in path:
                # Undo can close a ring of merges; all of a ring then count as the same one of it.
                ring = path[path.index(into) :]
                found |= dict.fromkeys(ring, min(ring))
            else:
                path.append(into)
        found |= dict.fromkeys(path, found[path[-1]])
    return found
