"""Make a report from what one viewer may see: never from the board itself."""

from collections.abc import Iterable

from msgspec import Struct

from sessions.domain.plans import Plan
from sessions.domain.replies import replies
from sessions.domain.report import Cell, Chosen, Group, Line, MustHave, Noun, Pile, Reason, Report, Vote
from sessions.domain.rows import (
    AnswersRow,
    AnyRow,
    EssentialRow,
    FeltRow,
    ItemRow,
    LinkRow,
    MatchRow,
    OfferRow,
    ReasonRow,
    SaidRow,
    TallyRow,
    TurnoutRow,
    VotesRow,
    WorryRow,
)
from sessions.domain.view import Facts as Facts, Said, View, by_words


class Quotable(Struct, frozen=True):
    """What a host chooses among: the `line`, and each of its `notes` as they stand in the report."""

    line: str
    notes: tuple[str, ...]


def reporting(rows: Iterable[AnyRow], plan: Plan, known: Facts) -> Report:
    """The report of a view: `rows` are all that its reader may see."""
    return _report(View(rows, plan, known))


def quotable(rows: Iterable[AnyRow], plan: Plan, known: Facts) -> list[Quotable]:
    """For each line of the report of these rows, the ids that no report has in it."""
    view = View(rows, plan, known)
    return [Quotable(item.id, tuple(said.id for said in view.under_line(item))) for item in view.items]


def letter(place: int) -> str:
    """A, B ... Z, AA, AB ...: letters, so that no rank is implied."""
    head, tail = divmod(place, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


def _report(view: View) -> Report:
    known, plan = view.known, view.plan
    listed = {item.theme for item in view.items}
    unlisted = sorted(view.under.keys() - listed, key=lambda id: (view.titles.get(id, ""), id))
    loose = view.loose
    letters = {item.id: letter(place) for place, item in enumerate(view.items)}
    return Report(
        title=known.title,
        aim=known.aim,
        host=known.host,
        code=known.code,
        date=known.date,
        kept_until=known.kept_until,
        noun=Noun(plan.noun.one, plan.noun.many),
        groups=tuple(Group(group.id, group.name, group.id in view.here) for group in plan.groups),
        people=known.people,
        lines=tuple(_line(view, letters[item.id], item) for item in view.items),
        unlisted=tuple(Pile(view.titles.get(id, ""), view.all_words(view.under[id])) for id in unlisted),
        unplaced=view.all_words(said for said in loose if not view.is_for_later(said)),
        later=view.all_words(said for said in loose if view.is_for_later(said)),
        reflections=tuple(map(view.reflection, view.about_today)),
        essentials=tuple(_must_have(view, essential) for essential in _essentials(view)),
        host_copy=known.host_copy,
        seq=known.seq,
        mark=known.mark,
        at=known.at,
        language=plan.language,
        coverage=tuple(
            _cell(view, address) for address, (board, _) in view.zones.items() if not board.reflects
        ),
        vote=_vote(view),
        replies=replies(view, letters),
    )


def _line(view: View, letter: str, item: ItemRow) -> Line:
    areas = {area.id: area.title for area in view.plan.areas}
    said = {each.id: each for each in view.under_line(item)}
    # One note, and the name of a table where one person sat: that would be their name.
    heard = view.heard_at(item)
    return Line(
        letter=letter,
        text=item.text,
        pile=view.titles.get(item.theme or "", ""),
        notes=item.notes,
        people=item.people,
        groups=tuple(view.names[group] for group in sorted(heard)),
        unnamed=item.heard_at - len(heard),
        of=max(len(view.here), item.heard_at),
        worried=item.worried,
        against=item.against,
        words=view.all_words(said.values()),
        levels=_zone_titles(view, item.levels),
        senses=_zone_titles(view, item.senses),
        audiences=item.audiences,
        area=areas.get(item.area, ""),
        route=item.route,
        essential=item.essential,
        quick=item.quick,
        owner=item.owner,
        first_step=item.first_step,
        review=item.review,
        help=item.help,
        chosen=_chosen(view, item.id),
        ideas=item.notes - item.twins,
        quotes=view.all_words(said[id] for id in view.quotes(item)),
    )


def _chosen(view: View, item: str) -> Chosen:
    """By words, as notes are: the order in which they came tells nothing then."""
    dots = next((row.dots for row in view.of(TallyRow) if row.item == item), None)
    felt = next((row for row in view.of(FeltRow) if row.item == item), None)
    reasons = [
        Reason(row.why, row.feel == "stop") for row in view.of(WorryRow) if row.item == item and row.why
    ]
    offers = [row for row in view.of(OfferRow) if row.item == item]
    return Chosen(
        dots,
        felt.worried if felt else 0,
        felt.stop if felt else 0,
        tuple(sorted(reasons, key=lambda reason: (not reason.stop, reason.text.casefold(), reason.text))),
        _names(offers),
        len(offers),
        _names([offer for offer in offers if offer.private]),
    )


def _names(offers: list[OfferRow]) -> tuple[str, ...]:
    return tuple(sorted((row.name for row in offers if row.name), key=lambda name: (name.casefold(), name)))


def _vote(view: View) -> Vote | None:
    """Only what has been shown: before that nobody is told how it goes."""
    votes = next((row for row in view.of(VotesRow) if row.revealed), None)
    people = sum(row.people for row in view.of(TurnoutRow))
    return Vote(people, votes.budget) if votes else None


def _zone_titles(view: View, colours: tuple[str, ...]) -> tuple[str, ...]:
    """Levels and senses are told by the titles of the zones that have their colours."""
    titles = {zone.colour: zone.title for _, zone in reversed(view.zones.values())}
    return tuple(titles[colour] for colour in colours if colour in titles)


def _essentials(view: View) -> list[EssentialRow]:
    """In the order that the plan has them in."""
    places = {f"essential:{each.id}": place for place, each in enumerate(view.plan.essentials)}
    return sorted(view.of(EssentialRow), key=lambda row: (places.get(row.id, len(places)), row.id))


def _must_have(view: View, essential: EssentialRow) -> MustHave:
    id = essential.id.partition(":")[2]
    link = next((link for link in view.of(LinkRow) if link.essential == id), None)
    listed = enumerate(view.items)
    letters = [letter(place) for place, item in listed if link is not None and item.theme == link.theme]
    answers = next((row for row in view.of(AnswersRow) if row.essential == id), None)
    matched = {note for row in view.of(MatchRow) if row.essential == id for note in row.notes}
    notes = [Said(note, view.notes[note].text, view.notes[note]) for note in matched & view.notes.keys()]
    reasons = [row.because for row in view.of(ReasonRow) if row.essential == id and row.because]
    return MustHave(
        essential.text,
        essential.why,
        tuple(letters),
        notes=sum(row.notes for row in view.of(SaidRow) if row.essential == id),
        do=answers.do if answers else 0,
        could=answers.could if answers else 0,
        not_here=answers.not_here if answers else 0,
        words=view.all_words(sorted(notes, key=by_words)),
        # By words as well: no order of theirs tells who gave them.
        reasons=tuple(sorted(reasons, key=lambda because: (because.casefold(), because))),
    )


def _cell(view: View, address: str) -> Cell:
    board, zone = view.zones[address]
    shown = [note for note in view.notes.values() if note.zone == address and view.is_shown(note)]
    return Cell(board.title, zone.title, len(shown))
