"""Which pile a note may belong in, from what people have placed and what they call their piles."""

from collections.abc import Mapping, Sequence

from sessions.suggest.likeness import Row

BEST = 3
LIKE_IT = 3
"""A pile is judged by so many of its notes, those most like the one in hand: so a wide pile is no worse."""


def best_piles(
    row: Row, members: Mapping[str, Sequence[int]], names: Mapping[str, float], most: int = BEST
) -> list[str]:
    """The piles most like a note, the best first; those that are not like it at all are left out.

    `row`: the note's likeness to every note; `names`: to what each pile is called, which counts as much as
    all of its notes.
    """
    scored = []
    for pile in names:
        near = sorted((row[i] for i in members.get(pile, ())), reverse=True)[:LIKE_IT]
        score = (near[0] + sum(near) / len(near)) / 2 if near else 0.0
        score += names[pile]
        if score > 0:
            scored.append((-score, pile))
    return [pile for _, pile in sorted(scored)[:most]]
