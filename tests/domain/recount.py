"""Piles and lines recounted by hand and slowly, from nothing but what the steps that stand have set."""

from typing import Any

from sessions.domain import facts
from sessions.domain.board import Board
from sessions.domain.rows import Row, Sees
from tests.domain.histories import VIEWERS, History


class Recount:
    """`now`: the registers; `first`: the fact that first set one of a pile or a line.

    What is undone is left out, as though it had never been: what undoing wrote is not looked at.
    """

    def __init__(self, history: History) -> None:
        self.board = history.board
        self.now: dict[tuple[str, str, str], str | None] = {}
        self.first: dict[tuple[str, str], int] = {}
        sortings = {each.seq: each.fact for each in history.entries if isinstance(each.fact, facts.Sorted)}
        undoings = {seq: fact.step for seq, fact in sortings.items() if isinstance(fact, facts.Undone)}
        undone: dict[int, bool] = {}
        for step in undoings.values():
            # To undo an undoing is to do its step again; what was last said of a step holds.
            said = True
            while step in undoings:
                step, said = undoings[step], not said
            undone[step] = said
        for each in history.entries:
            # What an author moves on the board stays there, whatever a host did with it before.
            if isinstance(each.fact, facts.NoteMoved):
                self.now["note", each.fact.id, "zone"] = each.fact.zone
            seq, fact = each.seq, each.fact
            if not isinstance(fact, facts.Sorted):
                continue
            for change in fact.changes if seq not in undoings else ():
                self.first.setdefault((change.of, change.id), seq)
                register = change.of, change.id, change.field
                self.now.setdefault(register, change.was)
                if not undone.get(seq):
                    self.now[register] = change.now

    def all(self, of: str) -> list[str]:
        return sorted({id for kind, id, _ in self.now if kind == of})

    def root(self, theme: str) -> str:
        been: list[str] = []
        while theme not in been:
            been.append(theme)
            into = self.now.get(("theme", theme, "into"))
            if into is None:
                return theme
            theme = into
        return min(been[been.index(theme) :])

    def stands(self, theme: str) -> bool:
        return self.now.get(("theme", theme, "title")) is not None and self.root(theme) == theme

    def pile(self, of: str, id: str) -> str | None:
        theme = self.now.get((of, id, "theme"))
        root = self.root(theme) if theme is not None else None
        return root if root is not None and self.stands(root) else None

    def lines(self) -> dict[str, str]:
        """Standing pile -> its one line, the oldest, wherever in the list it was moved."""
        found: dict[str, str] = {}
        for item in sorted(self.all("item"), key=lambda item: -self.first["item", item]):
            pile = self.pile("item", item)
            if pile is not None and self.now.get(("item", item, "text")) is not None:
                found[pile] = item
        return found

    def order(self, item: str) -> int:
        return int(self.now.get(("item", item, "order")) or self.first["item", item])

    def pieces(self, note: str) -> list[str]:
        """What is sorted of a note: itself, or its parts in the order of splitting."""
        made = [
            part
            for of, part, field in self.now
            if (of, field) == ("part", "text")
            and self.now[of, part, "text"] is not None
            and self.board.notes[part].part_of == note
        ]
        return made or [note]

    def heard(self, pile: str | None) -> dict[str, list[str]]:
        """Shown notes -> which of their pieces are in the pile."""
        if pile is None:
            return {}
        here = {
            id: [piece for piece in self.pieces(id) if self.pile("note", piece) == pile]
            for id, note in self.board.notes.items()
            if note.part_of is None and self.is_shown(id)
        }
        return {id: pieces for id, pieces in here.items() if pieces}

    def is_shown(self, id: str) -> bool:
        note = self.board.notes[id]
        return note.held is None and note.taken is None and self.board.zones[note.zone].sees is Sees.ROOM


def rows(board: Board, kind: type[Row], viewer: str = "host") -> dict[str, Any]:
    return {row.id: row for row in board.rows.seen_by(VIEWERS[viewer]) if isinstance(row, kind)}
