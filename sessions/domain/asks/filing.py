"""What people ask of their own notes once there are piles: everyone files."""

from sessions.domain.asks.ask import Ask, Words
from sessions.domain.choices import Voice
from sessions.domain.ids import Id


class FileNote(Ask, frozen=True, tag="note.file"):
    """Say where a note of one's own, or a part of it, belongs; null: in none of these piles.

    `wish`: what the pile would be called that is missing.
    """

    id: Id
    theme: Id | None
    voice: Voice = Voice.FOR
    wish: Words = ""


class DisputeNote(Ask, frozen=True, tag="note.dispute"):
    """Say in a word why the pile that somebody else chose is not quite it; no word: it is, after all."""

    id: Id
    word: Words


FilingAsk = FileNote | DisputeNote
