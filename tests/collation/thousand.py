"""A thousand notes, hardly any two of them the same, made of halves of the notes of labelled sets."""

import random
from collections.abc import Sequence

from sessions.suggest.suggestions import Known


def thousand(texts: Sequence[str], many: int = 1_000) -> Known:
    """A full room in the middle of sorting: twelve piles, two hundred notes in them, six must-haves."""
    chance = random.Random(1)
    notes = {}
    for i in range(many):
        one, other = chance.choice(texts).split(), chance.choice(texts).split()
        notes[f"n{i:04}"] = " ".join(one[: len(one) // 2 + 1] + other[len(other) // 2 :])[:280]
    ids = list(notes)
    piles = {f"p{i}": texts[i * 3] for i in range(12)}
    return Known(
        notes=notes,
        piles=piles,
        placed={id: f"p{i % 12}" for i, id in enumerate(ids[:200])},
        essentials={f"e{i}": texts[i * 5 + 1] for i in range(6)},
    )
