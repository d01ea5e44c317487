"""Which pile a note may belong in, from what people have placed and what they call their piles."""

from collections.abc import Mapping, Sequence
from heapq import nlargest

from sessions.suggest.likeness import Row

BEST = 3
LIKE_IT = 3
"""A pile is judged by so many of its notes, those most like the one in hand: so a wide pile is no worse."""

NEIGHBOURS = 6
HEARSAY = 0.6
"""What the piles of a note's neighbours count beside its own."""


class Piles:
    """Piles to choose from. `likeness`: of all notes; `members`: the notes of each pile; `names`: for each
    pile the place in a row of what it is called, if anything; `free`: the notes in none."""

    def __init__(
        self,
        likeness: Sequence[Row],
        members: Mapping[str, Sequence[int]],
        names: Mapping[str, int | None],
        free: Sequence[int],
    ) -> None:
        self._likeness, self._members, self._names, self._free = likeness, members, names, free
        self._pulls = {i: self._pull(likeness[i]) for i in free}

    def best_for(self, free: int) -> list[str]:
        """The piles most like a note in none, the best first; those not like it at all are left out."""
        return self._best(self._likeness[free], self._pulls[free])

    def best(self, row: Row) -> list[str]:
        """The same for any text, by its likeness to every note and name."""
        return self._best(row, self._pull(row))

    def _best(self, row: Row, own: Mapping[str, float]) -> list[str]:
        """Few notes are placed, and many are not: those most like this one are asked too which pile draws
        them."""
        pulls = dict(own)
        near = nlargest(NEIGHBOURS, self._free, key=row.__getitem__)
        if all_near := sum(row[i] for i in near):
            for i in near:
                said = HEARSAY * row[i] / all_near
                for pile, pull in self._pulls[i].items():
                    pulls[pile] += said * pull
        scored = sorted((-pull, pile) for pile, pull in pulls.items() if pull > 0)
        return [pile for _, pile in scored[:BEST]]

    def _pull(self, row: Row) -> dict[str, float]:
        """How much each pile draws a note; its name counts as much as all of its notes."""
        pulls = {}
        for pile, called in self._names.items():
            near = sorted([row[i] for i in self._members.get(pile, ())], reverse=True)[:LIKE_IT]
            pull = (near[0] + sum(near) / len(near)) / 2 if near else 0.0
            pulls[pile] = pull + (row[called] if called is not None else 0.0)
        return pulls
