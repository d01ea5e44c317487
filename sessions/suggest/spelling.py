"""Words as they were meant: a slip in a long word of the lexicon is seen through; others stay as written.

Short words and words of no lexicon are left alone: one letter away from nearly any of them is another word.
"""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

LETTERS_LEAST = 6
TWO_SLIPS_FROM = 9
"""Letters a word needs before two slips in it are seen through."""


class Spelling:
    """Looks among known words, by their stems."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= LETTERS_LEAST and word.isascii() and word.isalpha():
                self._by_letter[word[0]].append(word)

    def meant(self, word: str) -> str:
        """The known word that this one is a slip of, or itself."""
        if len(word) < LETTERS_LEAST or word in self._known or not (word.isascii() and word.isalpha()):
            return word
        # People nearly always get the first letter right, and it keeps the search short.
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        near = [
            (apart, known)
            for known in self._by_letter[word[0]]
            if abs(len(known) - len(word)) <= slips
            and (apart := OSA.distance(word, known, score_cutoff=slips)) <= slips
        ]
        return min(near)[1] if near else word
