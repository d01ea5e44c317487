"""The state of one session: registers that facts set, and the rows drawn from them."""

from typing import Any

from sessions.domain.asks import Voice
from sessions.domain.marks import FIRST
from sessions.domain.plans import Plan, Shows
from sessions.domain.reach import Rows
from sessions.domain.registers import Clock, Item, Note, Screen, Step, Theme, ZoneState
from sessions.domain.rows import Sees


class Board:
    """What a log of facts amounts to. `evolve` changes it in place; `draft` is a copy to try things on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.seq = 0
        self.mark = FIRST
        self.stage: str | None = None
        self.opened: int | None = None
        self.closed = False
        self.clock = Clock()
        self.screen = Screen()
        self.public: frozenset[Shows] = frozenset()
        self.zones = {f"{board.id}.{zone.id}": ZoneState() for board in plan.boards for zone in board.zones}
        self.counts = dict.fromkeys(self.zones, 0)
        self.notes: dict[str, Note] = {}
        self.themes: dict[str, Theme] = {}
        self.items: dict[str, Item] = {}
        self.steps: dict[int, Step] = {}
        self.members: dict[str, frozenset[str]] = {}
        self.lines: dict[str, str] = {}
        self.rows = Rows()

    def draft(self) -> "Board":
        """A copy that can be evolved and thrown away; the values in it are frozen and shared."""
        draft = Board.__new__(Board)
        draft.__dict__.update(self.__dict__)
        for name in ("zones", "counts", "notes", "themes", "items", "steps", "members", "lines", "rows"):
            setattr(draft, name, getattr(self, name).copy())
        return draft

    def root(self, theme: str) -> str:
        """The pile that a pile counts as, through all merging."""
        path = [theme]
        while (into := self.themes[path[-1]].into if path[-1] in self.themes else None) is not None:
            if into in path:
                # Undo can close a ring of merges; all of a ring then count as the same one of it.
                return min(path[path.index(into) :])
            path.append(into)
        return path[-1]

    def is_pile(self, theme: str | None) -> bool:
        """Stands on its own: made, not dropped, not merged into another."""
        known = self.themes.get(theme) if theme is not None else None
        return known is not None and known.title is not None and self.root(theme or "") == theme

    def pile_of(self, note: Note) -> str | None:
        """The pile the note is in, if that pile still stands."""
        if note.theme is None:
            return None
        root = self.root(note.theme)
        return root if self.is_pile(root) else None

    def pile_under(self, item: str) -> str | None:
        """The pile heard in this line. Where merging brings two lines to one pile, the older has it."""
        theme = self.items[item].theme
        root = self.root(theme) if theme is not None else None
        return root if root is not None and self.is_pile(root) and self.lines.get(root) == item else None

    def tree(self, theme: str) -> set[str]:
        """All piles that count as the same one."""
        root = self.root(theme)
        return {other for other in self.themes if self.root(other) == root} | {theme}

    def notes_in(self, pile: str) -> list[Note]:
        return [self.notes[note] for theme in self.tree(pile) for note in self.members.get(theme, ())]

    def is_shown(self, note: Note) -> bool:
        """The whole room may read it."""
        return note.taken is None and note.held is None and self.zones[note.zone].sees is Sees.ROOM

    def is_up(self, note: Note) -> bool:
        """Shown, or will be when its zone is: it has a card on the wall."""
        return note.taken is None and note.held is None

    def writers(self) -> set[str]:
        return {note.author for note in self.notes.values() if note.taken is None}

    def register(self, of: str, id: str, field: str) -> str | None:
        """What a sorting register holds now."""
        kept: dict[str, dict[str, Any]] = {"note": self.notes, "theme": self.themes, "item": self.items}
        thing = kept[of].get(id)
        if thing is None:
            return Voice.FOR if field == "voice" else None
        value: str | None = getattr(thing, field)
        return value
