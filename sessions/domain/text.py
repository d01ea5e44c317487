"""People's words: cleaned of what no eye can see, counted, and otherwise left as written.

A phone counts alike: a note's length is `[...text.normalize("NFC").trim()].length`, which differs from
the count here only for text that nobody types: controls, stacked marks, runs of blank lines.
"""

import re
import unicodedata

from sessions.domain.refused import Refused

NOTE = 280
"""Code points in a note. `TITLE` and `WORDING` are the same for a pile's name and a line of the list."""
TITLE = 120
WORDING = 500
REASON = 140
NAME = 40
LINES = 30
BYTES = 2_048
MARKS = 8
"""Marks a letter may bear. No script needs more; stacked hundreds high they bury the notes around them."""


def clean(text: str) -> str:
    """The words as they are kept and shown: NFC, one kind of line end, nothing invisible that harms."""
    if "\0" in text:
        raise Refused("text.nul")
    if _BROKEN.search(text):
        raise Refused("text.broken")
    text = text.replace("\r\n", "\n").translate(_SPACES)
    text = _UNSEEN.sub(r"\1", text)
    # Capped before as well as after: putting 20,000 marks on one letter in order takes a fifth of a second.
    text = _cap_marks(unicodedata.normalize("NFC", _cap_marks(text)))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def note(text: str) -> str:
    """The words of a note, cleaned, or refused with what its writer can mend."""
    cleaned = _within(NOTE, clean(text))
    # Few letters left of a great many sent: stacked marks or hidden signs, never a person's note.
    if len(text.strip().encode()) > BYTES:
        raise Refused("text.too_big", limit=BYTES)
    return cleaned


def meaning(text: str) -> str:
    """What a note means in English; nothing at all takes it away."""
    return note(text) if any(_is_seen(letter) for letter in clean(text)) else ""


def reason(text: str) -> str | None:
    """Why something is not for here, or worries somebody: in one line; None where nothing is said."""
    return _within(REASON, _LINE_END.sub(" ", clean(text))) if text.strip() else None


def title(text: str) -> str:
    """The name of a pile or a session: one line."""
    return _within(TITLE, _LINE_END.sub(" ", clean(text)))


def wording(text: str) -> str:
    """The words of a line of the list."""
    return _within(WORDING, clean(text))


def name(text: str) -> str | None:
    """What somebody wants to be called, in one line; nothing if they left it out."""
    return _within(NAME, _LINE_END.sub(" ", clean(text))) if text.strip() else None


_BROKEN = re.compile("[\ud800-\udfff]")

_SPACES = str.maketrans(dict.fromkeys("\t\v\f", " ") | dict.fromkeys("\r\x85\u2028\u2029", "\n"))

_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
"""The flags of Wales, Scotland and England: a black flag spelled out in tag characters."""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_UNSEEN = re.compile(
    f"({_FLAG})|["
    "\x01-\x09\x0b-\x1f\x7f-\x9f"  # controls
    "\u202a-\u202e\u2066-\u2069"  # turning the words around it backwards; the page isolates every note itself
    "\u206a-\u206f\ufeff\ufff9-\ufffb"  # retired format signs, byte order mark, annotations
    "\U000e0000-\U000e007f"  # tag characters outside a flag: a hidden second text
    f"{_NONCHARACTERS}]"
)

_LINE_END = re.compile(r"\s*\n\s*")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n){3,}")

_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by name that draw nothing."""


def _cap_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        kind = unicodedata.category(letter)
        if kind.startswith("M"):
            marks += 1
            if marks > MARKS:
                continue
        elif kind != "Cf":  # a joiner is no new letter to pile marks on
            marks = 0
        kept.append(letter)
    return "".join(kept)


def _within(limit: int, text: str) -> str:
    if not any(_is_seen(letter) for letter in text):
        raise Refused("text.empty")
    if len(text) > limit:
        raise Refused("text.too_long", over=len(text) - limit, limit=limit)
    if text.count("\n") >= LINES:
        raise Refused("text.too_many_lines", limit=LINES)
    return text


def _is_seen(letter: str) -> bool:
    kind = unicodedata.category(letter)
    # Co and Cn may well be drawn: this year's emoji are unassigned in last year's tables.
    return kind in ("Co", "Cn") or not (kind[0] in "ZC" or kind in ("Mn", "Me") or letter in _FILLERS)
