"""Text as words to compare: no case, no accents, no endings. Never for showing; never raises."""

import re
import unicodedata

_TOKEN = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*|[^\w\s]", re.UNICODE)
_QUOTES = re.compile("['’`´]")
_RUN = re.compile(r"(.)\1{2,}")
_VOWEL = re.compile("[aeiouy]")


def plain(text: str) -> str:
    """Lower case without accents: café and CAFE are one."""
    # Twice: letters made for formulas have a plain capital underneath.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace("ł", "l")
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Mn")


def tokens(text: str) -> list[str]:
    """The words of a text in order, and its small pictures; punctuation is left out."""
    return [
        _RUN.sub(r"\1\1", _QUOTES.sub("", token))
        for token in _TOKEN.findall(plain(text))
        if len(token) > 1 or token.isalnum() or unicodedata.category(token) in ("So", "Sc")
    ]


def stem(word: str) -> str:
    """English endings taken off: walks, walking and walked are one. Other languages keep their words."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    word = _singular(word)
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and _VOWEL.search(base):
            word = _undoubled(base)
            break
    if len(word) > 3:
        word = word.removesuffix("e")
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou" else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _undoubled(base: str) -> str:
    return base[:-1] if base[-1] == base[-2] and base[-1] not in "lsz" else base
