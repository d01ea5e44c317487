"""The words on screens: every sentence by its key, from app/words."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_ACCENTED = str.maketrans("aeiouyAEIOUYcnstz", "àéîöüÿÀÉÎÖÜÝçñšťž")


class Words:
    """One language. A key that is missing shows itself, and a test finds it."""

    def __init__(self, lang: str, sentences: Mapping[str, str]) -> None:
        self.lang = lang
        self.name = sentences.get("common.language", lang)
        self.dir = "rtl" if lang.split("-")[0] in RIGHT_TO_LEFT else "ltr"
        self._sentences = dict(sentences)

    def say(self, key: str, /, **values: object) -> str:
        return fill(self._sentences.get(key, key), values)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """The sentence for this many: English has one and other."""
        return self.say(f"{key}.{'one' if n == 1 else 'other'}", n=n, **values)

    def has(self, key: str) -> bool:
        return key in self._sentences

    def under(self, *tables: str) -> dict[str, str]:
        """The sentences of these tables, and of these keys, for a page to take along."""
        wanted = frozenset(tables)
        return {key: each for key, each in self._sentences.items() if wanted & {key, key.split(".")[0]}}


def fill(sentence: str, values: Mapping[str, object]) -> str:
    """Put values in for {name}; never a format string, which people's words could break."""
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), sentence)


@cache
def words(lang: str = "en", about: str = "common", *, pseudo: bool = False) -> Words:
    """The words of a language for what a page is about, a table of them; English where it has none of those.

    A single sentence that is missing is said in English.
    """
    known = lang.partition("-")[0]
    sentences = _read("en")
    own = _read(known) if known in languages() else {}
    if not any(key.startswith(f"{about}.") for key in own):
        known, own = "en", {}
    sentences = {**sentences, **own}
    if pseudo:
        sentences = {key: altered(sentence) for key, sentence in sentences.items()}
    return Words(known, sentences)


@cache
def languages() -> tuple[str, ...]:
    """Every language that there are words in, English first."""
    others = sorted(file.stem for file in FOLDER.glob("*.toml") if file.stem != "en")
    return ("en", *others)


def known_language(lang: str | None) -> str | None:
    """The language if there are words in it."""
    return lang if lang in languages() else None


@cache
def _read(lang: str) -> dict[str, str]:
    return _flat(tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8")))


def altered(sentence: str) -> str:
    """Longer and accented, in brackets: a sentence without them was not looked up."""
    parts = re.split(r"(\{\w+\})", sentence)
    return "⟦" + "".join(part if part.startswith("{") else part.translate(_ACCENTED) for part in parts) + "⟧"


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
