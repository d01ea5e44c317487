"""The words of the field: which mean the same, and which are about one thing. Data: `sessions/lexicon`."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from sessions.suggest.words import stem, tokens

FOLDER = Path(__file__).parents[1] / "lexicon"
PHRASE_MOST = 5
"""Words in the longest phrase that is looked for."""

OPENING_LEAST = 3
"""Letters that a starred word needs before its star."""


class LexiconFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`same`: a group's name, and the words and phrases that mean it; a star stands for any ending.
    `about`: a field's name, and what is often about it: groups, and words that stand for themselves.
    `joining`: words without a meaning of their own. `thin`: words with little."""

    same: dict[str, list[str]] = {}
    about: dict[str, list[str]] = {}
    joining: list[str] = []
    thin: list[str] = []


class Found(NamedTuple):
    """A phrase of the lexicon in a text: where it begins, its words, the groups that it may mean."""

    at: int
    words: int
    groups: tuple[str, ...]


class Lexicon:
    """All files as if they were one. A group that several of them name is one group."""

    def __init__(self, files: Iterable[LexiconFile]) -> None:
        self._phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._openings: dict[str, tuple[str, ...]] = {}
        joining: set[str] = set()
        thin: set[str] = set()
        files = list(files)
        groups = {group for file in files for group in file.same}
        fields: dict[str, set[str]] = {}
        for file in files:
            for group, words in file.same.items():
                for word in words:
                    self._learn(word, group)
            for field, listed in file.about.items():
                for group in listed:
                    fields.setdefault(group, set()).add(field)
                    if group not in groups:
                        self._learn(group, group)
            joining.update(word for joined in file.joining for word in tokens(joined))
            thin.update(stem(word) for said in file.thin for word in tokens(said))
        self.joining, self.thin = frozenset(joining), frozenset(thin)
        self.fields = {group: tuple(sorted(names)) for group, names in fields.items()}
        self.words = frozenset(word for phrase in self._phrases for word in phrase)

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The groups of every phrase and opening."""
        return [*self._phrases.values(), *self._openings.values()]

    def read(self, words: Sequence[str], stems: Sequence[str]) -> list[Found]:
        """The phrases in a text: at every place the longest, and none inside another. A joining word that
        stands alone means nothing: "ill" is mostly "I'll"."""
        found: list[Found] = []
        at = 0
        while at < len(stems):
            phrase = self._longest(words, stems, at)
            if phrase is not None:
                found.append(phrase)
                at += phrase.words
            else:
                at += 1
        return found

    def _longest(self, words: Sequence[str], stems: Sequence[str], at: int) -> Found | None:
        for length in range(min(PHRASE_MOST, len(stems) - at), 1, -1):
            groups = self._phrases.get(tuple(stems[at : at + length]))
            if groups:
                return Found(at, length, groups)
        groups = self.alone(words[at], stems[at])
        return Found(at, 1, groups) if groups else None

    def alone(self, word: str, stem: str) -> tuple[str, ...]:
        """The groups of one word outside any phrase."""
        if word in self.joining:
            return ()
        if (stem,) in self._phrases:
            return self._phrases[(stem,)]
        for size in range(len(word), OPENING_LEAST - 1, -1):
            if word[:size] in self._openings:
                return self._openings[word[:size]]
        return ()

    def _learn(self, phrase: str, group: str) -> None:
        if phrase.endswith("*"):
            for opening in tokens(phrase[:-1]):
                self._openings[opening] = _with(self._openings.get(opening, ()), group)
        elif stems := tuple(stem(word) for word in tokens(phrase))[:PHRASE_MOST]:
            self._phrases[stems] = _with(self._phrases.get(stems, ()), group)


def _with(groups: tuple[str, ...], group: str) -> tuple[str, ...]:
    return groups if group in groups else tuple(sorted((*groups, group)))


def read_lexicon(folder: Path) -> Lexicon:
    """Raises msgspec.ValidationError, tomllib.TOMLDecodeError."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return Lexicon(msgspec.convert(file, LexiconFile) for file in files)


@cache
def house_lexicon() -> Lexicon:
    """The lexicon that comes with the house."""
    return read_lexicon(FOLDER)
