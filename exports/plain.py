"""People's words, fit for paper: what would break a file is taken out, and the words stay as written."""

import re
import unicodedata
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

T = TypeVar("T")

_SPACES = str.maketrans(dict.fromkeys("\v\f", " ") | dict.fromkeys("\r\x85\u2028\u2029", "\n"))
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls: XML may not hold them at all
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069]"  # would turn the words beside a note backwards too
)


def plain(document: T) -> T:
    """The same document, every text in it made fit. The session cleans words as they come in;
    paper does not depend on it."""
    if isinstance(document, str):
        return _fit(document)  # type: ignore[return-value]
    if isinstance(document, tuple):
        return tuple(plain(part) for part in document)  # type: ignore[return-value]
    if isinstance(document, Struct):
        return replace(document, **{field: plain(value) for field, value in asdict(document).items()})
    return document


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in ("L", "R", "AL"):
            return way != "L"
    return False


def _fit(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _UNFIT.sub("", text.replace("\r\n", "\n").translate(_SPACES))
