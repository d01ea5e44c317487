"""How alike texts are: TF-IDF by each side of them, and two ways to weigh the sides against each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from msgspec import Struct

from sessions.suggest.reading import Features, Reading, Side

Row = list[float]
Vectors = tuple[Features, Features, Features]
"""Wording, meanings and fields."""


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

    def of(self, sides: Iterable[Row], own: float, others: Row) -> Row:
        a, b, c = self.wording * own, self.meanings * own, self.fields * own
        return [(a * x + b * y + c * z) * f for x, y, z, f in zip(*sides, others, strict=True)]


CLOSE = Blend(wording=0.4, meanings=0.4, fields=0.2)
"""Twins say the same."""

WIDE = Blend(wording=0.25, meanings=0.25, fields=0.5)
"""Notes of one pile need only be about the same."""

COMMON = 0.05
"""Runs of letters in more of the notes than this tell nothing apart, and are most of the work."""


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
        self._having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)

    def put(self, vector: Features) -> None:
        for feature, x in vector.items():
            self._having[feature].append((self._many, x))
        self._many += 1

    def row(self, vector: Features) -> Row:
        """The cosine of this vector with every text put in so far."""
        row = [0.0] * self._many
        having = self._having
        for feature, x in vector.items():
            if feature in having:
                for i, y in having[feature]:
                    row[i] += x * y
        return row


class Likeness:
    """Every text against every other. `weighing`: the texts that say what is rare here; all, unless given."""

    def __init__(self, readings: Sequence[Reading], weighing: Sequence[Reading] | None = None) -> None:
        self._weights = Weights(readings if weighing is None else weighing)
        self._indices = (Index(), Index(), Index())
        self._fullness: tuple[Row, Row] = ([], [])
        self.close: list[Row] = []
        self.wide: list[Row] = []
        for reading in readings:
            vectors = self._weights.vectors(reading)
            close, wide = self._rows(vectors)
            self.close.append(close)
            self.wide.append(wide)
            for index, vector in zip(self._indices, vectors, strict=True):
                index.put(vector)
            self._fullness[0].append(CLOSE.fullness(vectors))
            self._fullness[1].append(WIDE.fullness(vectors))
        _mirror(self.close)
        _mirror(self.wide)

    def to(self, reading: Reading) -> tuple[Row, Row]:
        """How close, and how widely alike, one more text is to each."""
        return self._rows(self._weights.vectors(reading))

    def _rows(self, vectors: Vectors) -> tuple[Row, Row]:
        sides = [index.row(vector) for index, vector in zip(self._indices, vectors, strict=True)]
        close, wide = self._fullness
        return (
            CLOSE.of(sides, CLOSE.fullness(vectors), close),
            WIDE.of(sides, WIDE.fullness(vectors), wide),
        )


def _unit(weighed: Features) -> Features:
    length = sqrt(sum(x * x for x in weighed.values()))
    return {f: x / length for f, x in weighed.items()} if length > 0 else {}


def _mirror(rows: list[Row]) -> None:
    """Each text was only compared with those before it. With itself it is not compared at all."""
    for i, row in enumerate(rows):
        row.append(0.0)
        row.extend([later[i] for later in rows[i + 1 :]])


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
