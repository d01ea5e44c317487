"""How good a likeness is: of twins, of piles, of an outline. Nothing here knows how it was reckoned."""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import mean

from tests.collation.sets import Labelled, scored_pairs

Likeness = Sequence[Sequence[float]]
"""How alike any two notes are, by their places; higher is more."""

Piling = Callable[[Mapping[int, str], Sequence[int]], Sequence[Sequence[str]]]
"""Places of notes with their piles, and notes to file: the piles to offer for each, the best first."""

SEEDS = range(20)


def twin_among_nearest(
    notes: tuple[Labelled, ...],
    likeness: Likeness,
    asking: Callable[[Labelled], bool] = lambda note: True,
) -> dict[int, float]:
    """The share of notes with a twin that find one among their nearest 1, 3 and 5."""
    found: dict[int, list[bool]] = {1: [], 3: [], 5: []}
    for i, note in enumerate(notes):
        others = [j for j, other in enumerate(notes) if j != i and note.is_scored_with(other)]
        if not asking(note) or not any(note.is_twin_of(notes[j]) for j in others):
            continue
        others.sort(key=lambda j: (-likeness[i][j], notes[j].id))
        for most, hits in found.items():
            hits.append(any(note.is_twin_of(notes[j]) for j in others[:most]))
    return {most: mean(hits) if hits else 0.0 for most, hits in found.items()}


def left_twin_among_nearest(
    notes: tuple[Labelled, ...], likeness: Likeness, after: Callable[[list[list[int]]], Likeness]
) -> tuple[float, float]:
    """The share of notes that find a twin which they are not put together with yet: before, and after,
    all but one of each three or more twins were put together, drawn by seeds."""
    shares = []
    for seed in SEEDS:
        chance = random.Random(seed)
        twins: dict[str, list[int]] = {}
        for i, note in enumerate(notes):
            if note.twin is not None:
                twins.setdefault(note.twin, []).append(i)
        ideas = [chance.sample(there, len(there) - 1) for there in twins.values() if len(there) > 2]
        idea_of = {i: set(idea) for idea in ideas for i in idea}
        shares.append(tuple(_left_found(notes, way, idea_of) for way in (likeness, after(ideas))))
    return mean(share[0] for share in shares), mean(share[1] for share in shares)


def _left_found(notes: tuple[Labelled, ...], likeness: Likeness, idea_of: Mapping[int, set[int]]) -> float:
    found = []
    for i, note in enumerate(notes):
        own = idea_of.get(i, {i})
        others = [j for j, other in enumerate(notes) if j not in own and note.is_scored_with(other)]
        if any(note.is_twin_of(notes[j]) for j in others):
            others.sort(key=lambda j: (-likeness[i][j], notes[j].id))
            found.append(any(note.is_twin_of(notes[j]) for j in others[:3]))
    return mean(found)


def _ranked_pairs(notes: tuple[Labelled, ...], likeness: Likeness) -> list[tuple[float, bool]]:
    pairs = [(likeness[i][j], twins) for i, j, twins in scored_pairs(notes)]
    return sorted(pairs, key=lambda pair: -pair[0])


def recall_at_precision(notes: tuple[Labelled, ...], likeness: Likeness, precision: float = 0.8) -> float:
    """The largest share of twin pairs above a cut at which so many of the pairs above it are twins."""
    pairs = _ranked_pairs(notes, likeness)
    total, right, best = sum(twins for _, twins in pairs), 0, 0.0
    for at, (score, twins) in enumerate(pairs, 1):
        right += twins
        cut = at == len(pairs) or pairs[at][0] < score
        if cut and right / at >= precision:
            best = right / total
    return best


def best_f1(notes: tuple[Labelled, ...], likeness: Likeness) -> float:
    pairs = _ranked_pairs(notes, likeness)
    total, right, best = sum(twins for _, twins in pairs), 0, 0.0
    for at, (_, twins) in enumerate(pairs, 1):
        right += twins
        best = max(best, 2 * right / (at + total))
    return best


def theme_in_best_three(
    notes: tuple[Labelled, ...], piling: Piling, placed: int, seeds: Sequence[int] = SEEDS
) -> float:
    """The share of notes that find their theme in the best three after so many of each were placed, drawn."""
    themes = sorted({note.theme for note in notes})
    shares = []
    for seed in seeds:
        chance = random.Random(seed)
        known: dict[int, str] = {}
        for theme in themes:
            there = [i for i, note in enumerate(notes) if note.theme == theme]
            known |= dict.fromkeys(chance.sample(there, min(placed, len(there))), theme)
        rest = [i for i in range(len(notes)) if i not in known]
        offered = piling(known, rest)
        shares.append(
            mean(bool(notes[i].themes & set(best[:3])) for i, best in zip(rest, offered, strict=True))
        )
    return mean(shares)


def adjusted_rand(one: Sequence[str], other: Sequence[str]) -> float:
    """How far two ways of dividing the same notes agree: 1 is alike, 0 is chance."""

    def pairs(counts: Counter[str] | Counter[tuple[str, str]]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both = pairs(Counter(zip(one, other, strict=True)))
    left, right, everything = pairs(Counter(one)), pairs(Counter(other)), len(one) * (len(one) - 1) / 2
    expected = left * right / everything
    most = (left + right) / 2
    return (both - expected) / (most - expected) if most != expected else 0.0
