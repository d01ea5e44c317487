"""Make a report from what one viewer may see: never from the board itself."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sessions.domain.choices import Why
from sessions.domain.plans import Plan, Where
from sessions.domain.report import (
    Cell,
    Chosen,
    Group,
    Line,
    MustHave,
    Noun,
    Pile,
    Reason,
    Report,
    Vote,
    Words,
)
from sessions.domain.rows import (
    AnswersRow,
    AnyRow,
    EssentialRow,
    FeltRow,
    ItemRow,
    LinkRow,
    MatchRow,
    MeaningRow,
    NoteRow,
    OfferRow,
    OriginRow,
    OwnerRow,
    PartRow,
    PlaceRow,
    ReasonRow,
    SaidRow,
    Sees,
    TallyRow,
    ThemeRow,
    TurnoutRow,
    VotesRow,
    WorryRow,
    ZoneRow,
)

R = TypeVar("R")


class Facts(Struct, frozen=True):
    """What a report tells that no row holds: the session's card, and who was here."""

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


def reporting(rows: Iterable[AnyRow], plan: Plan, known: Facts) -> Report:
    """The report of a view: `rows` are all that its reader may see."""
    return _Reader(list(rows), plan, known).report()


def letter(place: int) -> str:
    """A, B ... Z, AA, AB ...: letters, so that no rank is implied."""
    head, tail = divmod(place, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


class _Said(NamedTuple):
    """Something that is sorted: a note, or a part of one."""

    id: str
    text: str
    note: NoteRow


def _by_words(said: _Said) -> tuple[str, str, str, str]:
    return (said.note.zone, said.text.casefold(), said.text, said.id)


def _names(offers: list[OfferRow]) -> tuple[str, ...]:
    return tuple(sorted((row.name for row in offers if row.name), key=lambda name: (name.casefold(), name)))


class _Reader:
    """Reads rows by their kinds, and puts together what belongs together."""

    def __init__(self, rows: list[AnyRow], plan: Plan, known: Facts) -> None:
        self._rows = rows
        self._plan = plan
        self._known = known
        self._zones = {
            f"{board.id}.{zone.id}": (board, zone) for board in plan.boards for zone in board.zones
        }
        self._names = {group.id: group.name for group in plan.groups}
        self._notes = {note.id: note for note in self._of(NoteRow)}
        self._places = {place.note: place for place in self._of(PlaceRow)}
        self._origins = {origin.note: origin for origin in self._of(OriginRow)}
        self._owners = {row.note: row.owner for row in self._of(OwnerRow)}
        self._meanings = {meaning.note: meaning.text for meaning in self._of(MeaningRow)}
        self._titles = {theme.id: theme.title for theme in self._of(ThemeRow)}
        self._open = {zone.id for zone in self._of(ZoneRow) if zone.sees is Sees.ROOM}
        self._items = sorted(self._of(ItemRow), key=lambda item: (item.order, item.id))
        all_said = self._sortable()
        places = {address: place for place, address in enumerate(self._zones)}
        self._about_today = sorted(filter(self._reflects, all_said), key=lambda each: places[each.note.zone])
        self._said = [each for each in all_said if not self._reflects(each)]
        self._under: dict[str, list[Words]] = {}
        for said in self._said:
            if said.id in self._places:
                self._under.setdefault(self._places[said.id].theme, []).append(self._words(said))
        # Whoever is heard was here, also when everybody of that group has left or changed tables since.
        heard = known.groups_here.union(*(item.groups for item in self._items))
        self._here = self._names.keys() & heard

    def report(self) -> Report:
        known, plan = self._known, self._plan
        listed = {item.theme for item in self._items}
        unlisted = sorted(self._under.keys() - listed, key=lambda id: (self._titles.get(id, ""), id))
        loose = [said for said in self._said if said.id not in self._places]
        return Report(
            title=known.title,
            aim=known.aim,
            host=known.host,
            code=known.code,
            date=known.date,
            kept_until=known.kept_until,
            noun=Noun(plan.noun.one, plan.noun.many),
            groups=tuple(Group(group.id, group.name, group.id in self._here) for group in plan.groups),
            people=known.people,
            lines=tuple(self._line(place, item) for place, item in enumerate(self._items)),
            unlisted=tuple(Pile(self._titles.get(id, ""), tuple(self._under[id])) for id in unlisted),
            unplaced=tuple(self._words(said) for said in loose if not self._is_for_later(said)),
            later=tuple(self._words(said) for said in loose if self._is_for_later(said)),
            reflections=tuple(map(self._reflection, self._about_today)),
            essentials=tuple(map(self._must_have, self._essentials())),
            host_copy=known.host_copy,
            seq=known.seq,
            mark=known.mark,
            at=known.at,
            language=plan.language,
            coverage=tuple(
                self._cell(address) for address, (board, _) in self._zones.items() if not board.reflects
            ),
            vote=self._vote(),
        )

    def _sortable(self) -> list[_Said]:
        """By words, not by id or time: neither tells who wrote it, and the same list gives the same bytes."""
        parts = [part for part in self._of(PartRow) if part.note in self._notes]
        split = {part.note for part in parts}
        said = [_Said(part.id, part.text, self._notes[part.note]) for part in parts]
        said += [_Said(note.id, note.text, note) for note in self._notes.values() if note.id not in split]
        return sorted(said, key=_by_words)

    def _words(self, said: _Said) -> Words:
        board, zone = self._zones[said.note.zone]
        place, origin = self._places.get(said.id), self._origins.get(said.note.id)
        return Words(
            text=said.text,
            board=board.title,
            zone=zone.title,
            voice=place.voice if place else "for",
            held=origin is not None and (origin.held is not None or said.note.zone not in self._open),
            group=self._names.get(origin.group or "", "") if origin else "",
            part_of=said.note.text if said.id != said.note.id else "",
            binned=origin is not None and origin.held is Why.BIN,
            owner=self._owners.get(said.note.id, ""),
            late=said.note.late,
            meaning=self._meanings.get(said.note.id, ""),
            slip=origin.slip if origin else None,
        )

    def _reflection(self, said: _Said) -> Words:
        """Private by nature, so that is no mark; and which group it came from is nobody's business."""
        origin = self._origins.get(said.note.id)
        return replace(
            self._words(said), held=origin is not None and origin.held is not None, group="", slip=None
        )

    def _reflects(self, said: _Said) -> bool:
        return self._zones[said.note.zone][0].reflects

    def _is_for_later(self, said: _Said) -> bool:
        return self._zones[said.note.zone][1].where is Where.ASIDE

    def _line(self, place: int, item: ItemRow) -> Line:
        areas = {area.id: area.title for area in self._plan.areas}
        return Line(
            letter=letter(place),
            text=item.text,
            pile=self._titles.get(item.theme or "", ""),
            notes=item.notes,
            people=item.people,
            groups=tuple(self._names[group] for group in item.groups if group in self._names),
            of=len(self._here),
            worried=item.worried,
            against=item.against,
            words=tuple(self._under.get(item.theme or "", ())),
            levels=self._zone_titles(item.levels),
            senses=self._zone_titles(item.senses),
            audiences=item.audiences,
            area=areas.get(item.area, ""),
            route=item.route,
            essential=item.essential,
            quick=item.quick,
            owner=item.owner,
            first_step=item.first_step,
            review=item.review,
            help=item.help,
            chosen=self._chosen(item.id),
        )

    def _chosen(self, item: str) -> Chosen:
        """By words, as notes are: the order in which they came tells nothing then."""
        dots = next((row.dots for row in self._of(TallyRow) if row.item == item), None)
        felt = next((row for row in self._of(FeltRow) if row.item == item), None)
        reasons = [
            Reason(row.why, row.feel == "stop") for row in self._of(WorryRow) if row.item == item and row.why
        ]
        offers = [row for row in self._of(OfferRow) if row.item == item]
        return Chosen(
            dots,
            felt.worried if felt else 0,
            felt.stop if felt else 0,
            tuple(sorted(reasons, key=lambda reason: (not reason.stop, reason.text.casefold(), reason.text))),
            _names(offers),
            len(offers),
            _names([offer for offer in offers if offer.private]),
        )

    def _vote(self) -> Vote | None:
        """Only what has been shown: before that nobody is told how it goes."""
        votes = next((row for row in self._of(VotesRow) if row.revealed), None)
        people = sum(row.people for row in self._of(TurnoutRow))
        return Vote(people, votes.budget) if votes else None

    def _zone_titles(self, colours: tuple[str, ...]) -> tuple[str, ...]:
        """Levels and senses are told by the titles of the zones that have their colours."""
        titles = {zone.colour: zone.title for _, zone in reversed(self._zones.values())}
        return tuple(titles[colour] for colour in colours if colour in titles)

    def _essentials(self) -> list[EssentialRow]:
        """In the order that the plan has them in."""
        places = {f"essential:{each.id}": place for place, each in enumerate(self._plan.essentials)}
        return sorted(self._of(EssentialRow), key=lambda row: (places.get(row.id, len(places)), row.id))

    def _must_have(self, essential: EssentialRow) -> MustHave:
        id = essential.id.partition(":")[2]
        link = next((link for link in self._of(LinkRow) if link.essential == id), None)
        listed = enumerate(self._items)
        letters = [letter(place) for place, item in listed if link is not None and item.theme == link.theme]
        answers = next((row for row in self._of(AnswersRow) if row.essential == id), None)
        matched = {note for row in self._of(MatchRow) if row.essential == id for note in row.notes}
        notes = [
            _Said(note, self._notes[note].text, self._notes[note]) for note in matched & self._notes.keys()
        ]
        reasons = [row.because for row in self._of(ReasonRow) if row.essential == id and row.because]
        return MustHave(
            essential.text,
            essential.why,
            tuple(letters),
            notes=sum(row.notes for row in self._of(SaidRow) if row.essential == id),
            do=answers.do if answers else 0,
            could=answers.could if answers else 0,
            not_here=answers.not_here if answers else 0,
            words=tuple(self._words(said) for said in sorted(notes, key=_by_words)),
            # By words as well: no order of theirs tells who gave them.
            reasons=tuple(sorted(reasons, key=lambda because: (because.casefold(), because))),
        )

    def _cell(self, address: str) -> Cell:
        board, zone = self._zones[address]
        shown = [note for note in self._notes.values() if note.zone == address and self._is_shown(note)]
        return Cell(board.title, zone.title, len(shown))

    def _is_shown(self, note: NoteRow) -> bool:
        origin = self._origins.get(note.id)
        return note.zone in self._open and (origin is None or origin.held is None)

    def _of(self, kind: type[R]) -> list[R]:
        return [row for row in self._rows if isinstance(row, kind)]
