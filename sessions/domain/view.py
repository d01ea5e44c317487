"""What one viewer may see, put together: notes with their words, under the piles they are in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sessions.domain.choices import Why
from sessions.domain.plans import Plan, Where
from sessions.domain.report import Words
from sessions.domain.rows import (
    AnyRow,
    ItemRow,
    MeaningRow,
    NoteRow,
    OriginRow,
    OwnerRow,
    PartRow,
    PickRow,
    PlaceRow,
    QuoteRow,
    Sees,
    ThemeRow,
    TwinRow,
    ZoneRow,
)

R = TypeVar("R")


class Facts(Struct, frozen=True):
    """What a report tells that no row holds: the session's card, and who was here.

    `replies_to`: groups whose own page is in it. `few`: groups in which so few people wrote that everybody
    would know who; for the room also those without whose notes these would be known. `sources`: the groups of
    notes, as far as they may be told without a host's rows.
    """

    title: str
    aim: str
    host: str
    code: str
    date: str
    kept_until: str
    people: int
    groups_here: frozenset[str]
    host_copy: bool
    seq: int
    mark: str
    at: int = 0
    replies_to: frozenset[str] = frozenset()
    few: frozenset[str] = frozenset()
    sources: Mapping[str, str] = MappingProxyType({})


class Said(NamedTuple):
    """Something that is sorted: a note, or a part of one."""

    id: str
    text: str
    note: NoteRow


def by_words(said: Said) -> tuple[str, str, str, str]:
    """By words, not by id or time: neither tells who wrote it, and the same list gives the same bytes."""
    return (said.note.zone, said.text.casefold(), said.text, said.id)


class View:
    """Reads rows by their kinds, and puts together what belongs together."""

    def __init__(self, rows: Iterable[AnyRow], plan: Plan, known: Facts) -> None:
        self._rows: dict[type, list[Any]] = {}
        for row in rows:
            self._rows.setdefault(type(row), []).append(row)
        self.plan = plan
        self.known = known
        self.zones = {f"{board.id}.{zone.id}": (board, zone) for board in plan.boards for zone in board.zones}
        self.names = {group.id: group.name for group in plan.groups}
        self.notes = {note.id: note for note in self.of(NoteRow)}
        self.titles = {theme.id: theme.title for theme in self.of(ThemeRow)}
        self.items = sorted(self.of(ItemRow), key=lambda item: (item.order, item.id))
        self._places = {place.note: place for place in self.of(PlaceRow)}
        self._origins = {origin.note: origin for origin in self.of(OriginRow)}
        self._sent_up = {note for row in self.of(PickRow) for note in row.notes}
        self._owners = {row.note: row.owner for row in self.of(OwnerRow)}
        self._meanings = {meaning.note: meaning.text for meaning in self.of(MeaningRow)}
        self._open = {zone.id for zone in self.of(ZoneRow) if zone.sees is Sees.ROOM}
        self._quotes = {quote.item: quote.notes for quote in self.of(QuoteRow)}
        every = self._every()
        self._texts = {said.id: said.text for said in every}
        self._headlines = {twin.note: twin.headline for twin in self.of(TwinRow)}
        places = {address: place for place, address in enumerate(self.zones)}
        self.about_today = sorted(filter(self._reflects, every), key=lambda each: places[each.note.zone])
        self.said = [each for each in every if not self._reflects(each)]
        self.under: dict[str, list[Said]] = {}
        for said in self.said:
            if said.id in self._places:
                self.under.setdefault(self._places[said.id].theme, []).append(said)
        # Whoever is heard was here, also when everybody of that group has left or changed tables since.
        self.here = self.names.keys() & known.groups_here.union(*map(self.heard_at, self.items))

    def of(self, kind: type[R]) -> list[R]:
        return self._rows.get(kind, [])

    @property
    def loose(self) -> list[Said]:
        """In no pile."""
        return [said for said in self.said if said.id not in self._places]

    def under_line(self, item: ItemRow) -> list[Said]:
        return self.under.get(item.theme or "", [])

    def heard_at(self, item: ItemRow) -> frozenset[str]:
        """The groups it was heard at, as far as they may be told: the row tells how many there are."""
        shown = (said for said in self.under_line(item) if self.is_shown(said.note))
        return frozenset(group for said in shown if (group := self.source(said)) is not None)

    def words(self, said: Said) -> Words:
        board, zone = self.zones[said.note.zone]
        place, origin = self._places.get(said.id), self._origins.get(said.note.id)
        return Words(
            text=said.text,
            board=board.title,
            zone=zone.title,
            voice=place.voice if place else "for",
            held=origin is not None and (origin.held is not None or said.note.zone not in self._open),
            group=self.names.get(origin.group or "", "") if origin else "",
            part_of=said.note.text if said.id != said.note.id else "",
            binned=origin is not None and origin.held is Why.BIN,
            owner=self._owners.get(said.note.id, ""),
            late=said.note.late,
            meaning=self._meanings.get(said.note.id, ""),
            slip=origin.slip if origin else None,
            sent_up=said.note.id in self._sent_up,
            same_as=self._texts.get(self._headlines.get(said.id, ""), ""),
        )

    def all_words(self, said: Iterable[Said]) -> tuple[Words, ...]:
        return tuple(map(self.words, said))

    def reflection(self, said: Said) -> Words:
        """Private by nature, so that is no mark; and which group it came from is nobody's business."""
        origin = self._origins.get(said.note.id)
        held = origin is not None and origin.held is not None
        return replace(self.words(said), held=held, group="", slip=None)

    def quotes(self, item: ItemRow) -> tuple[str, ...]:
        """The notes and parts that stand with a line."""
        return self._quotes.get(item.id, ())

    def source(self, said: Said) -> str | None:
        """The group it came from, where that may be told."""
        origin = self._origins.get(said.note.id)
        return origin.group if origin else self.known.sources.get(said.note.id)

    def is_shown(self, note: NoteRow) -> bool:
        origin = self._origins.get(note.id)
        return note.zone in self._open and (origin is None or origin.held is None)

    def is_for_later(self, said: Said) -> bool:
        return self.zones[said.note.zone][1].where is Where.ASIDE

    def _every(self) -> list[Said]:
        parts = [part for part in self.of(PartRow) if part.note in self.notes]
        split = {part.note for part in parts}
        said = [Said(part.id, part.text, self.notes[part.note]) for part in parts]
        said += [Said(note.id, note.text, note) for note in self.notes.values() if note.id not in split]
        return sorted(said, key=by_words)

    def _reflects(self, said: Said) -> bool:
        return self.zones[said.note.zone][0].reflects
