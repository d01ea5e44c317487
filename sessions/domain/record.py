"""Who kept what back, and why: what the log says of it, without a word of anybody's."""

from collections.abc import Iterable

from msgspec import Struct

from sessions.domain import facts
from sessions.domain.choices import Why
from sessions.domain.facts import Entry


class Step(Struct, frozen=True):
    """`by`: who did it, or none where a hint did. `note`: the number of the note in the order of writing, 0
    for none; `zone`: its address at that moment, or the one that was meant."""

    at: int
    by: str | None
    did: str
    why: Why | None = None
    note: int = 0
    zone: str = ""


_ACTS = {facts.AuthorMuted: "muted", facts.AuthorUnmuted: "unmuted", facts.AuthorRemoved: "removed"}


def record(entries: Iterable[Entry]) -> list[Step]:
    """All steps that kept something or somebody back, or let them go, in their order."""
    return [step for each in _Reader().steps(entries) for step in each]


class _Reader:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._zones: dict[str, str] = {}
        self._held: dict[str, Why | None] = {}
        self._by_hand: set[str] = set()
        self._outside: dict[str, tuple[Why | None, bool]] = {}
        """How a note in the bin stood before."""

    def steps(self, entries: Iterable[Entry]) -> Iterable[list[Step]]:
        for entry in entries:
            yield list(self._read(entry))

    def _read(self, entry: Entry) -> Iterable[Step]:
        at, by = entry.at, entry.actor
        match entry.fact:
            case facts.NoteAdded(id, zone, _, _, held) if id not in self._numbers:
                self._numbers[id] = len(self._numbers) + 1
                self._zones[id] = zone
                yield from self._hinted(at, id, held)
            case facts.NoteEdited(id, _, held) | facts.NoteMeant(id, _, held) if id in self._numbers:
                if id not in self._by_hand:
                    yield from self._hinted(at, id, held)
                elif self._held[id] is Why.BIN is not held and not self._outside[id][1]:
                    self._outside[id] = (held, False)
            case facts.NoteMoved(id, zone) if id in self._numbers:
                self._zones[id] = zone
            case facts.Sorted(changes):
                # To another day, or back from it.
                self._zones |= {each.id: each.now for each in changes if each.field == "zone" and each.now}
            case facts.NoteHidden(id, why):
                if why is Why.BIN and self._held.get(id) is not Why.BIN:
                    self._outside[id] = (self._held.get(id), id in self._by_hand)
                self._held[id] = why
                self._by_hand.add(id)
                yield self._of(at, by, "binned" if why is Why.BIN else "hidden", id, why)
            case facts.NoteShown(id):
                was = self._held.get(id)
                self._held[id], by_hand = (
                    self._outside[id] if was is Why.BIN and id in self._outside else (None, False)
                )
                (self._by_hand.add if by_hand else self._by_hand.discard)(id)
                if was is not None:
                    yield self._of(at, by, "restored" if was is Why.BIN else "shown", id, was)
            case facts.NotesReleased(zone):
                for id, held in self._held.items():
                    if held is Why.WAITING and self._zones.get(id) == zone:
                        self._held[id] = None
                yield Step(at, by, "released", zone=zone)
            case facts.AuthorMuted(_, note) | facts.AuthorUnmuted(_, note) | facts.AuthorRemoved(_, note):
                yield self._of(at, by, _ACTS[type(entry.fact)], note)
            case facts.RoomLocked(on):
                yield Step(at, by, "locked" if on else "unlocked")
            case facts.CodeRenewed():
                yield Step(at, by, "renewed")

    def _hinted(self, at: int, id: str, held: Why | None) -> Iterable[Step]:
        was, self._held[id] = self._held.get(id), held
        # That every note waits to be read says nothing of any of them.
        if held not in (None, was, Why.WAITING):
            yield self._of(at, None, "hinted", id, held)

    def _of(self, at: int, by: str | None, did: str, note: str, why: Why | None = None) -> Step:
        why = None if why is Why.BIN else why
        return Step(at, by, did, why, self._numbers.get(note, 0), self._zones.get(note, ""))
