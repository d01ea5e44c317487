"""What a text says, as features to compare: words, letters, what the words mean, what that is about."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache

from msgspec import Struct

from sessions.suggest.lexicon import Lexicon, house_lexicon
from sessions.suggest.spelling import Spelling
from sessions.suggest.words import stem, tokens

Features = dict[str, float]

GRAM = 4
"""Letters in a run: long enough to be part of a word's root."""

THIN = 0.5
"""What a thin word counts."""

INSIDE = 0.7
"""What a word means inside a phrase: a bike shed is a thing of its own, and about bikes all the same."""

FIELDS_MOST = 12
"""What a note is mostly about; a long one touches on much else."""


class Side(IntEnum):
    """Four ways to look at a text; likenesses of each are weighed later."""

    STEMS = 0
    MEANINGS = 1
    FIELDS = 2
    LETTERS = 3


class Reading(Struct, frozen=True):
    """One text. `sides`: features and how much of each there is, by `Side`. `surface`: stems as written."""

    sides: tuple[Features, Features, Features, Features]
    surface: dict[str, str]


class Reader:
    """Reads texts by a lexicon. It keeps nothing of what it read: these are people's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._spelling = Spelling(lexicon.words)

    def read(self, text: str) -> Reading:
        words = tokens(text)
        stems = [self._spelling.meant(stem(word)) for word in words]
        meanings, fields = self._meanings(words, stems)
        said: Features = {}
        letters: Features = {}
        surface: dict[str, str] = {}
        for word, root in zip(words, stems, strict=True):
            if word in self._lexicon.joining:
                continue
            much = THIN if root in self._lexicon.thin else 1.0
            said[root] = much
            surface.setdefault(root, word)
            for gram in _grams(word):
                letters[gram] = max(letters.get(gram, 0.0), much)
        return Reading((said, meanings, fields, letters), surface)

    def _meanings(self, words: list[str], stems: list[str]) -> tuple[Features, Features]:
        """A word of several meanings says each of them a little; what it is about adds up."""
        meanings: Features = {}
        fields: Features = {}
        for groups, much in self._said(words, stems):
            for group in groups:
                meanings[group] = max(meanings.get(group, 0.0), much * len(groups) ** -0.5)
                about = self._lexicon.fields.get(group, ())
                for field in about:
                    fields[field] = fields.get(field, 0.0) + much / len(groups) / len(about) ** 0.25
        mostly = sorted(fields.items(), key=lambda field: (-field[1], field[0]))[:FIELDS_MOST]
        return meanings, dict(mostly)

    def _said(self, words: list[str], stems: list[str]) -> Iterable[tuple[Sequence[str], float]]:
        """The groups of each phrase, and those of the words inside it, with how much they are said."""
        for phrase in self._lexicon.read(words, stems):
            yield phrase.groups, 1.0
            for at in range(phrase.at, phrase.at + phrase.words):
                alone = self._lexicon.alone(words[at], stems[at])
                yield [group for group in alone if group not in phrase.groups], INSIDE


def _grams(word: str) -> Iterable[str]:
    if len(word) >= GRAM:
        edged = f"<{word}>"
        for at in range(len(edged) - GRAM + 1):
            yield edged[at : at + GRAM]


@cache
def house_reader() -> Reader:
    return Reader(house_lexicon())
