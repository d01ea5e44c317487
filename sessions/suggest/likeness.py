"""How alike texts are: TF-IDF by each side of them, and two ways to weigh the sides against each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from msgspec import Struct

from sessions.suggest.reading import Features, Reading, Side

Row = list[float]
Vectors = tuple[Features, Features, Features]
"""Wording, meanings and fields."""

Having = defaultdict[str, list[tuple[int, float, float]]]
"""The texts that have a feature, and how much of it, for closeness and for wide likeness."""


class Blend(Struct, frozen=True):
    """What each side of two texts counts for their likeness; together 1."""

    wording: float
    meanings: float
    fields: float

    def fullness(self, vectors: Vectors) -> float:
        """What a text of few sides is multiplied by, so that it is wholly like itself all the same."""
        wording, meanings, fields = vectors
        full = bool(wording) * self.wording + bool(meanings) * self.meanings + bool(fields) * self.fields
        return full**-0.5 if full else 0.0

    def shares(self, vectors: Vectors) -> tuple[float, float, float]:
        """What each side of this text counts."""
        full = self.fullness(vectors)
        return self.wording * full, self.meanings * full, self.fields * full


CLOSE = Blend(wording=0.3, meanings=0.45, fields=0.25)
"""Twins say the same."""

WIDE = Blend(wording=0.25, meanings=0.25, fields=0.5)
"""Notes of one pile need only be about the same."""

COMMON = 0.05
"""Runs of letters in more of the notes than this tell nothing apart, and are most of the work."""


NEAREST = 10
CROWDED = 0.25
"""How much it counts against a text that it is so like those nearest to it."""


class Weights:
    """What a feature counts in this session: the fewer notes have it, the more."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._many = len(readings)
        self._seen = [Counter(f for reading in readings for f in reading.sides[side]) for side in Side]

    def vectors(self, reading: Reading) -> Vectors:
        """Each of length 1, or empty where there is nothing to compare."""
        stems = self._weighed(reading, Side.STEMS)
        common = max(20, self._many * COMMON)
        seen = self._seen[Side.LETTERS]
        letters = {f: x for f, x in self._weighed(reading, Side.LETTERS).items() if seen[f] <= common}
        wording = {f" {stem}": x for stem, x in _unit(stems).items()} | _unit(letters)
        meanings = _unit(self._weighed(reading, Side.MEANINGS))
        return _unit(wording), meanings, _unit(self._weighed(reading, Side.FIELDS))

    def _weighed(self, reading: Reading, side: Side) -> Features:
        seen, many = self._seen[side], self._many + 1
        # The root: with some hundred short notes, how often a feature was seen is largely luck.
        return {f: much * sqrt(log(many / (seen[f] + 0.5))) for f, much in reading.sides[side].items()}


class Index:
    """Texts to be found by their features, in the order in which they were put in."""

    def __init__(self) -> None:
        self._many = 0
        self._having: tuple[Having, Having, Having] = (
            defaultdict(list),
            defaultdict(list),
            defaultdict(list),
        )

    def put(self, vectors: Vectors) -> None:
        close, wide = CLOSE.fullness(vectors), WIDE.fullness(vectors)
        for having, vector in zip(self._having, vectors, strict=True):
            for feature, x in vector.items():
                having[feature].append((self._many, x * close, x * wide))
        self._many += 1

    def rows(self, vectors: Vectors) -> tuple[Row, Row]:
        """How close, and how widely alike, a text is to every one put in so far."""
        close, wide = [0.0] * self._many, [0.0] * self._many
        shares = zip(CLOSE.shares(vectors), WIDE.shares(vectors), strict=True)
        # Both at once: this loop is most of the work.
        for having, vector, (near, far) in zip(self._having, vectors, shares, strict=True):
            for feature, x in vector.items():
                if feature in having:
                    by_close, by_wide = near * x, far * x
                    for i, y, z in having[feature]:
                        close[i] += by_close * y
                        wide[i] += by_wide * z
        return close, wide


class Likeness:
    """Every text against every other. `weighing`: the texts that say what is rare here; all, unless given."""

    def __init__(self, readings: Sequence[Reading], weighing: Sequence[Reading] | None = None) -> None:
        self._weights = Weights(readings if weighing is None else weighing)
        self._index = Index()
        self.close: list[Row] = []
        self.wide: list[Row] = []
        for reading in readings:
            vectors = self._weights.vectors(reading)
            close, wide = self._index.rows(vectors)
            self.close.append(close)
            self.wide.append(wide)
            self._index.put(vectors)
        _mirror(self.close)
        _mirror(self.wide)

    def to(self, reading: Reading) -> tuple[Row, Row]:
        """How close, and how widely alike, one more text is to each."""
        return self._index.rows(self._weights.vectors(reading))


def _unit(weighed: Features) -> Features:
    length = sqrt(sum(x * x for x in weighed.values()))
    return {f: x / length for f, x in weighed.items()} if length > 0 else {}


def _mirror(rows: list[Row]) -> None:
    """Each text was only compared with those before it. With itself it is not compared at all."""
    for i, row in enumerate(rows):
        row.append(0.0)
        row.extend([later[i] for later in rows[i + 1 :]])


def usual(nearest: Sequence[float]) -> float:
    """What to take off every likeness of a text, by its likeness to those nearest to it: whoever is like
    everybody says little by being like one more."""
    return CROWDED * sum(nearest[:NEAREST]) / NEAREST


def together(rows: Sequence[Row], ideas: Iterable[Sequence[int]]) -> list[Row]:
    """The same with some texts taken as one: what each of them is like, all of them are, on average."""
    joined = list(rows)
    ideas = [idea for idea in ideas if len(idea) > 1]
    if not ideas:
        return joined
    for idea in ideas:
        mean = [sum(column) / len(idea) for column in zip(*(joined[i] for i in idea), strict=True)]
        for i in idea:
            joined[i] = mean
    for i, row in enumerate(joined):
        joined[i] = row = row.copy()
        for idea in ideas:
            alike = sum(row[j] for j in idea) / len(idea)
            for j in idea:
                row[j] = alike
    return joined
