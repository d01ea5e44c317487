"""The suggestions of the house, as the measures want them."""

from collections.abc import Mapping, Sequence
from heapq import nlargest

from sessions.suggest.likeness import NEAREST, Likeness, Row, together, usual
from sessions.suggest.outline import groups
from sessions.suggest.piles import Piles
from sessions.suggest.reading import house_reader
from tests.collation.measures import Piling


class Ours:
    """One labelled set, read. `names`: what people call their piles; none, and notes alone must do."""

    def __init__(self, texts: Sequence[str], names: Mapping[str, str] | None = None) -> None:
        reader = house_reader()
        notes = [reader.read(text) for text in texts]
        self._many = len(notes)
        named = [reader.read(name) for name in (names or {}).values()]
        self._name_at = {pile: self._many + at for at, pile in enumerate(names or {})}
        self._likeness = Likeness(notes + named, weighing=notes)
        self._close = [row[: self._many] for row in self._likeness.close[: self._many]]
        self.close = _told_apart(self._close)
        self.wide: list[Row] = [row[: self._many] for row in self._likeness.wide[: self._many]]

    @property
    def piling(self) -> Piling:
        def offer(known: Mapping[int, str], rest: Sequence[int]) -> list[list[str]]:
            members: dict[str, list[int]] = {}
            for i, pile in known.items():
                members.setdefault(pile, []).append(i)
            names = {pile: self._name_at.get(pile) for pile in members}
            piles = Piles(self._likeness.wide, members, names, rest)
            return [piles.best_for(i) for i in rest]

        return offer

    def after(self, put_together: Sequence[Sequence[int]]) -> list[Row]:
        """Closeness once a host has put these notes together."""
        return _told_apart(together(self._close, put_together))

    def divided(self) -> list[str]:
        """The outline's group of every note."""
        group = [""] * self._many
        for name, members in enumerate(groups(self.wide)):
            for i in members:
                group[i] = str(name)
        return group


def _told_apart(close: Sequence[Row]) -> list[Row]:
    less = [usual(nlargest(NEAREST, row)) for row in close]
    return [
        [x - own - other for x, other in zip(row, less, strict=True)]
        for row, own in zip(close, less, strict=True)
    ]
