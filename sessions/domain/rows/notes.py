"""Rows of notes.

What only hosts may see of one is a row of its own (`origin`), and so is what only its author sees (`mine`).
"""

from sessions.domain.choices import State, Why
from sessions.domain.rows.row import Row


class NoteRow(Row, frozen=True, tag="note", omit_defaults=True):
    """`late`: written, or written anew, after the end."""

    zone: str
    text: str
    late: bool = False


class MineRow(Row, frozen=True, tag="mine", omit_defaults=True):
    """`mine:NOTE`, for its author alone. `pile` and `line` once the room may see them; where parts of a note
    went several ways, those of the first. `group`, `slip`: of a note that was written for somebody else."""

    note: str
    state: State
    why: Why | None
    pile: str | None
    line: str | None
    group: str | None = None
    slip: int | None = None


class OriginRow(Row, frozen=True, tag="origin", omit_defaults=True):
    """`origin:NOTE`, for hosts alone. `hinted`: held by no hand, and waits for the host to look. `changed`:
    its author has given it other words since a host held it. `slip`: it was written for somebody else, from
    paper; 0: without a number."""

    note: str
    group: str | None
    held: Why | None
    hinted: bool
    changed: bool = False
    slip: int | None = None


class MutedRow(Row, frozen=True, tag="muted"):
    """`muted:NOTE`, for hosts and for the writer of the note, who may add and change nothing as long as it
    stands. It tells hosts no more of them than that they wrote this one."""

    note: str


class MeaningRow(Row, frozen=True, tag="meaning"):
    """`meaning:NOTE`: what a note means in English, typed by a person; read by whoever may read the note.
    Empty: it was taken away."""

    note: str
    text: str


class FilingRow(Row, frozen=True, tag="filing"):
    """`filing:NOTE`, for its author and hosts: the pile its author `chose` (`none`: none of them), the name
    of a pile they missed, and their `word` on where somebody else put it."""

    note: str
    chose: str | None
    wish: str
    word: str


class PickRow(Row, frozen=True, tag="pick"):
    """`pick:STAGE:GROUP`, for hosts and that group: the notes it sends up to be read out, as far as all of it
    may read them, in the order they were picked."""

    stage: str
    group: str
    notes: tuple[str, ...]


class OwnerRow(Row, frozen=True, tag="owner"):
    """`owner:NOTE`: who takes on a note of another day; read by whoever may read the note."""

    note: str
    owner: str


class PartRow(Row, frozen=True, tag="part"):
    """One idea of a note that is sorted by its parts; read by whoever may read the note."""

    note: str
    text: str
