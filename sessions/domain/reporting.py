"""Make a report from what one viewer may see: never from the board itself."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct

from sessions.domain.plans import Plan, Where
from sessions.domain.report import Group, Line, MustHave, Noun, Pile, Report, Words
from sessions.domain.rows import (
    AnyRow,
    EssentialRow,
    ItemRow,
    NoteRow,
    OriginRow,
    PlaceRow,
    Sees,
    ThemeRow,
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


def reporting(rows: Iterable[AnyRow], plan: Plan, known: Facts) -> Report:
    """The report of a view: `rows` are all that its reader may see."""
    view = list(rows)
    notes = _of(view, NoteRow)
    places = {place.note: place for place in _of(view, PlaceRow)}
    origins = {origin.note: origin for origin in _of(view, OriginRow)}
    titles = {theme.id: theme.title for theme in _of(view, ThemeRow)}
    zones = {f"{board.id}.{zone.id}": (board, zone) for board in plan.boards for zone in board.zones}
    names = {group.id: group.name for group in plan.groups}
    open_zones = {zone.id for zone in _of(view, ZoneRow) if zone.sees is Sees.ROOM}

    def words(note: NoteRow) -> Words:
        board, zone = zones[note.zone]
        place, origin = places.get(note.id), origins.get(note.id)
        return Words(
            text=note.text,
            board=board.title,
            zone=zone.title,
            voice=place.voice if place else "for",
            held=origin is not None and (origin.held is not None or note.zone not in open_zones),
            group=names.get(origin.group or "", "") if origin else "",
        )

    def is_for_later(note: NoteRow) -> bool:
        return note.id not in places and zones[note.zone][1].where is Where.ASIDE

    # By words, not by id or time: neither tells who wrote it, and the same list gives the same bytes.
    notes = sorted(notes, key=lambda note: (note.zone, note.text.casefold(), note.text, note.id))
    under: dict[str, list[Words]] = {}
    for note in notes:
        if note.id in places:
            under.setdefault(places[note.id].theme, []).append(words(note))
    items = sorted(_of(view, ItemRow), key=lambda item: (item.order, item.id))
    # Whoever is heard was here, also when everybody of that group has left or changed tables since.
    here = names.keys() & known.groups_here.union(*(item.groups for item in items))
    listed = {item.theme for item in items}
    return Report(
        title=known.title,
        aim=known.aim,
        host=known.host,
        code=known.code,
        date=known.date,
        kept_until=known.kept_until,
        noun=Noun(plan.noun.one, plan.noun.many),
        groups=tuple(Group(group.id, group.name, group.id in here) for group in plan.groups),
        people=known.people,
        lines=tuple(
            Line(
                letter=letter(place),
                text=item.text,
                pile=titles.get(item.theme or "", ""),
                notes=item.notes,
                people=item.people,
                groups=tuple(names[group] for group in item.groups if group in names),
                of=len(here),
                worried=item.worried,
                against=item.against,
                words=tuple(under.get(item.theme or "", ())),
            )
            for place, item in enumerate(items)
        ),
        unlisted=tuple(
            Pile(titles.get(theme, ""), tuple(under[theme]))
            for theme in sorted(under, key=lambda id: (titles.get(id, ""), id))
            if theme not in listed
        ),
        unplaced=tuple(words(note) for note in notes if note.id not in places and not is_for_later(note)),
        later=tuple(words(note) for note in notes if is_for_later(note)),
        essentials=tuple(MustHave(must.text, must.why) for must in _of(view, EssentialRow)),
        host_copy=known.host_copy,
        seq=known.seq,
        mark=known.mark,
    )


def letter(place: int) -> str:
    """A, B ... Z, AA, AB ...: letters, so that no rank is implied."""
    head, tail = divmod(place, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


def _of(rows: Iterable[AnyRow], kind: type[R]) -> list[R]:
    return [row for row in rows if isinstance(row, kind)]
