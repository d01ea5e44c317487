"""What happened to notes."""

from sessions.domain.choices import Why
from sessions.domain.facts.fact import Fact, Plain, Words


class NoteAdded(Fact, frozen=True, tag="note.added", omit_defaults=True):
    """`group` is where its author sat at that moment; `held`: a hint, or the house, makes it wait.
    `people`: how many its author writes for. `late`: written after the end. `slip`: written for somebody
    else, from the slip of paper with this number (0: it had none); such a note speaks for one person."""

    id: Plain
    zone: Plain
    text: Words
    group: Plain | None
    held: Why | None = None
    people: int = 1
    late: bool = False
    slip: int | None = None


class NoteEdited(Fact, frozen=True, tag="note.edited", omit_defaults=True):
    """`held`: as for a note that is added. What a host has held by hand stays so. `same`: in the words it
    had; said here, since a log whose words are gone cannot be asked."""

    id: Plain
    text: Words
    held: Why | None = None
    late: bool = False
    same: bool = False


class NoteMoved(Fact, frozen=True, tag="note.moved"):
    id: Plain
    zone: Plain


class NoteMeant(Fact, frozen=True, tag="note.meant", omit_defaults=True):
    """What it means in English; empty: nobody says. `held`: as for a note that is edited."""

    id: Plain
    text: Words
    held: Why | None = None


class NoteTakenBack(Fact, frozen=True, tag="note.taken_back"):
    id: Plain


class NotePutBack(Fact, frozen=True, tag="note.put_back"):
    id: Plain


class NoteHidden(Fact, frozen=True, tag="note.hidden"):
    id: Plain
    why: Why


class NoteShown(Fact, frozen=True, tag="note.shown"):
    id: Plain


class NotesReleased(Fact, frozen=True, tag="notes.released"):
    """Every note of the zone that only waited to be read first."""

    zone: Plain


class NotePicked(Fact, frozen=True, tag="note.picked"):
    """Sent up by the group it was written in, to be read out in this stage; or not any more."""

    id: Plain
    stage: Plain
    on: bool


class ParkingOwned(Fact, frozen=True, tag="parking.owned"):
    """`owner`: who takes the note on; null: nobody any more."""

    note: Plain
    owner: Words | None


NoteFact = (
    NoteAdded
    | NoteEdited
    | NoteMoved
    | NoteMeant
    | NoteTakenBack
    | NotePutBack
    | NoteHidden
    | NoteShown
    | NotesReleased
    | NotePicked
    | ParkingOwned
)
