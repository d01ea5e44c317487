"""What plain counting finds: TF-IDF over characters or words, as any library would do it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from tests.collation.measures import Likeness, Piling, adjusted_rand


def characters(text: str) -> list[str]:
    """Runs of 3 to 5 characters within words."""
    grams = []
    for word in text.casefold().split():
        padded = f" {word} "
        for size in (3, 4, 5):
            grams += [padded[at : at + size] for at in range(max(1, len(padded) - size + 1))]
    return grams


def words(text: str) -> list[str]:
    return re.findall(r"\w\w+", text.casefold())


def likeness(texts: Sequence[str], features: object) -> list[list[float]]:
    assert callable(features)
    counts = [Counter(features(text)) for text in texts]
    seen = Counter(feature for count in counts for feature in count)
    vectors = []
    for count in counts:
        vector = {f: (1 + log(n)) * (log((1 + len(texts)) / (1 + seen[f])) + 1) for f, n in count.items()}
        length = sqrt(sum(x * x for x in vector.values())) or 1
        vectors.append({f: x / length for f, x in vector.items()})
    return [[sum(x * b.get(f, 0) for f, x in a.items()) for b in vectors] for a in vectors]


def both(texts: Sequence[str]) -> list[list[float]]:
    one, other = likeness(texts, characters), likeness(texts, words)
    return [[(a + b) / 2 for a, b in zip(x, y, strict=True)] for x, y in zip(one, other, strict=True)]


def piling(likeness: Likeness) -> Piling:
    """The piles whose notes are on average most like it."""

    def offer(known: Mapping[int, str], rest: Sequence[int]) -> list[list[str]]:
        piles: dict[str, list[int]] = {}
        for i, pile in known.items():
            piles.setdefault(pile, []).append(i)
        return [
            sorted(piles, key=lambda p: (-sum(likeness[i][j] for j in piles[p]) / len(piles[p]), p))
            for i in rest
        ]

    return offer


def best_cut(likeness: Likeness, themes: Sequence[str]) -> float:
    """The best agreement with the themes of any cut through average linkage: found by looking at them."""
    clusters = {i: [i] for i in range(len(themes))}
    alike = {i: {j: likeness[i][j] for j in clusters if j != i} for i in clusters}
    best = 0.0
    while len(clusters) > 1:
        _, one, other = max((score, -i, -j) for i in alike for j, score in alike[i].items() if i < j)
        one, other = -one, -other
        for k in clusters:
            if k not in (one, other):
                a, b = len(clusters[one]), len(clusters[other])
                alike[k][one] = alike[one][k] = (a * alike[one][k] + b * alike[other][k]) / (a + b)
                del alike[k][other]
        del alike[other], alike[one][other]
        clusters[one] += clusters.pop(other)
        division = [""] * len(themes)
        for name, members in clusters.items():
            for i in members:
                division[i] = str(name)
        best = max(best, adjusted_rand(division, themes))
    return best
