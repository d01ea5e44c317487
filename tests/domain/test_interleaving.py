"""Two desks, ten phones and undo, in whatever order.

Each note is in one place at most and none is lost; nobody's voice counts twice in a line; and from every line
one comes to its words, and from them to the note that they are of.
"""

import random
from collections import Counter
from collections.abc import Iterator

import msgspec
from hypothesis import Phase, given, settings, strategies as st

from exports import render
from sessions.domain import asks, facts
from sessions.domain.asks import Voice
from sessions.domain.evolve import forget, replay
from sessions.domain.facts import Entry, blanked
from sessions.domain.report import Report, Words
from sessions.domain.reporting import Facts, reporting
from sessions.domain.rows import ItemRow, NoteRow, OriginRow, PartRow, PlaceRow
from tests.domain.desks import PHONES, Desks, moves, played, written
from tests.domain.devices import everything
from tests.domain.histories import HAL, HEA, MOVE, PLAN, VIEWERS, stored
from tests.domain.recount import Recount, rows
from tests.exports.reports import LABELS
from tests.exports.test_xlsx import NOTES, read, rows as cells
from tests.simulation.scale import scaled

RUNS, LONGEST = scaled((12, 90), (1_500, 240))
# Without `explain`, which traces every line.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
a_few = settings(max_examples=RUNS, phases=PHASES)


def scripts(least: int = 10, most: int = LONGEST) -> st.SearchStrategy[bytes]:
    """So many moves, as chance has it: a shorter script is the beginning of a longer one."""
    moves = st.integers(least, most)
    return st.builds(lambda n, seed: random.Random(seed).randbytes(MOVE * n), moves, st.integers(0, 2**32))


def report(desks: Desks, *, host_copy: bool = True) -> Report:
    view = desks.board.rows.seen_by(VIEWERS["host" if host_copy else "wall"])
    here = frozenset({"red", "blue"})
    return reporting(
        view, PLAN, Facts("A day", "", "Hal", "", "", "", 12, here, host_copy, desks.board.seq, "")
    )


def check_places(desks: Desks) -> None:
    """What stands on the hosts' screens: every note that was written, each in one pile at most."""
    board, notes = desks.board, written(desks.history)
    parts, places = rows(board, PartRow), rows(board, PlaceRow)
    assert rows(board, NoteRow).keys() == notes.keys(), "a note is lost, or came from nowhere"
    assert {part.note for part in parts.values()} <= notes.keys(), "a part is of no note"
    whole = notes.keys() - {part.note for part in parts.values()}
    assert Counter(place.note for place in places.values()).keys() <= whole | parts.keys()
    assert set(Counter(place.note for place in places.values()).values()) <= {1}, "a note is placed twice"
    under: dict[str, set[str]] = {}
    for place in places.values():
        under.setdefault(place.theme, set()).add(place.note)
    for pile in filter(board.is_pile, board.themes):
        here = {id for id in board.notes_in(pile) if id in whole or id in parts}
        assert here == under.get(pile, set()), "a pile counts what is not in it"
    check_voices(desks, under)


def check_voices(desks: Desks, under: dict[str, set[str]]) -> None:
    """A line counts the notes that stand under it, and each of the people who wrote them once."""
    board = desks.board
    by = {
        entry.fact.id: entry.actor
        for entry in desks.history.entries
        if isinstance(entry.fact, facts.NoteAdded)
    }
    many = {phone.id: phone.people for phone in PHONES}
    parts, places, origins = rows(board, PartRow), rows(board, PlaceRow), rows(board, OriginRow)
    for item in rows(board, ItemRow).values():
        said: dict[Voice | None, set[str]] = {None: set(), Voice.WORRY: set(), Voice.AGAINST: set()}
        for piece in under.get(item.theme or "", ()):
            note = parts[piece].note if piece in parts else piece
            if origins[f"origin:{note}"].held is None:
                said[None].add(note)
                said.setdefault(places[f"place:{piece}"].voice, set()).add(note)
        people = {
            voice: sum(many[who] for who in {by[note] for note in wrote}) for voice, wrote in said.items()
        }
        assert item.notes == len(said[None])
        assert item.people == people[None]
        assert (item.worried, item.against) == (people[Voice.WORRY], people[Voice.AGAINST])


@a_few
@given(scripts())
def test_after_every_move_each_note_is_placed_at_most_once_and_none_is_lost(script: bytes) -> None:
    desks = Desks()
    for move in moves(script):
        if desks.move(*move):
            check_places(desks)


def pieces(paper: Report) -> Iterator[tuple[str, Words]]:
    """Every note and part on the paper, with the line or pile it stands under."""
    for line in paper.lines:
        yield from ((line.text, words) for words in line.words)
    for pile in paper.unlisted:
        yield from ((pile.title, words) for words in pile.words)
    yield from (("", words) for words in (*paper.unplaced, *paper.later))


def traced(desks: Desks) -> Counter[tuple[str, str, str, str, str]]:
    """What a paper has to say, by the facts: where a piece stands, its words, its note's, and its table."""
    recount, board = Recount(desks.history), desks.board
    lines, names = recount.lines(), {group.id: group.name for group in PLAN.groups}
    due = Counter[tuple[str, str, str, str, str]]()
    for id, added in written(desks.history).items():
        edits = [each.fact for each in desks.history.entries if isinstance(each.fact, facts.NoteEdited)]
        note = next((edit.text for edit in reversed(edits) if edit.id == id), added.text)
        for piece in recount.pieces(id):
            pile = recount.pile("note", piece)
            line = lines.get(pile or "")
            stands = (
                recount.now["item", line, "text"]
                if line
                else recount.now["theme", pile, "title"]
                if pile
                else ""
            )
            words = recount.now["part", piece, "text"] if piece != id else note
            due[
                stands or "",
                words or "",
                note if piece != id else "",
                added.zone,
                names.get(added.group or "", ""),
            ] += 1
    assert board.notes.keys() >= {piece for id in written(desks.history) for piece in recount.pieces(id)}
    return due


def told(paper: Report) -> Counter[tuple[str, str, str, str, str]]:
    zones = {
        (board.title, zone.title): f"{board.id}.{zone.id}" for board in PLAN.boards for zone in board.zones
    }
    return Counter(
        (stands, words.text, words.part_of, zones[words.board, words.zone], words.group)
        for stands, words in pieces(paper)
    )


@a_few
@given(scripts())
def test_from_every_line_one_comes_to_its_words_and_whence_they_are(script: bytes) -> None:
    """Also from the log alone, and when the words of what was taken back are erased."""
    desks = played(script)
    due = traced(desks)
    assert told(report(desks)) == due
    room = report(desks, host_copy=False)
    assert told(room).total() == sum(due.values()) - sum(words.held for _, words in pieces(report(desks)))
    again = replay(PLAN, stored(desks.history.entries))
    assert everything(again) == everything(desks.board)
    before, board = report(desks), desks.board
    gone = frozenset(id for id, note in board.notes.items() if board.whole(note).taken is not None)
    for id in gone:
        if board.notes[id].part_of is None:
            forget(board, id)
    assert report(desks) == before
    log = [Entry(each.seq, each.at, each.actor, blanked(each.fact, gone)) for each in desks.history.entries]
    assert everything(replay(PLAN, stored(log))) == everything(board)


@settings(max_examples=scaled(3, 100), phases=PHASES)
@given(scripts(40))
def test_the_workbook_has_every_note_once_under_its_line(script: bytes) -> None:
    desks = played(script)
    paper = report(desks)
    book = cells(read(paper), NOTES)
    letters = {line.text: line.letter for line in paper.lines}
    assert Counter(
        (row[LABELS["note"]], row[LABELS["letter"]], row.get(LABELS["part_of"], "")) for row in book
    ) == Counter((words.text, letters.get(stands, ""), words.part_of) for stands, words in pieces(paper))
    assert msgspec.json.decode(render("json", paper, LABELS))["seq"] == desks.board.seq


# Undo, by any host, with others at work


def held(desks: Desks) -> dict[tuple[str, str, str], str | None]:
    """Every register that anything ever set."""
    return {register: desks.board.register(*register) for register in Recount(desks.history).now}


@a_few
@given(scripts(60), scripts(0, 20), st.integers(0, 2**16))
def test_the_last_fifty_steps_of_one_desk_are_undone_by_the_other_and_nothing_else_is(
    script: bytes, meanwhile: bytes, order: int
) -> None:
    """In any order, with phones and desks at work between; and then all of them are done again."""
    desks, chance = played(script), random.Random(order)
    theirs = desks.steps_of(HAL)[-50:]
    chance.shuffle(theirs)
    work = moves(meanwhile)
    undoings = []
    for step in theirs:
        if not desks.board.steps[step].undone:
            undoings.append(desks.history.ask(HEA, asks.Undo(step)).seq)
        if move := next(iter(work), None):
            desks.move(*move)
    check_places(desks)
    assert held(desks) == Recount(desks.history).now
    before = held(desks)
    again = [step for step in desks.steps_of(HEA, HAL) if step not in undoings]
    chance.shuffle(again)
    undone = [desks.history.ask((HAL, HEA)[n % 2], asks.Undo(step)).seq for n, step in enumerate(again)]
    assert held(desks) == Recount(desks.history).now
    chance.shuffle(undone)
    for n, step in enumerate(undone):
        desks.history.ask((HAL, HEA)[n % 2], asks.Undo(step))
    assert held(desks) == before
    check_places(desks)


@a_few
@given(scripts(40))
def test_when_all_steps_are_undone_only_what_authors_say_is_left(script: bytes) -> None:
    desks = played(script)
    steps = desks.steps_of(HAL, HEA)
    random.Random(len(script)).shuffle(steps)
    for n, step in enumerate(steps):
        desks.history.ask((HAL, HEA)[n % 2], asks.Undo(step))
    authors = [change for changes in desks.board.filings.values() for change in changes]
    said = {(change.of, change.id, change.field): change.now for change in authors}
    for register, value in held(desks).items():
        # A line comes after those that were made before it, and a part has the voice that its note had.
        if register in said or register[2] not in ("order", "voice"):
            assert value == said.get(register), register
    assert not rows(desks.board, PlaceRow)
    assert not rows(desks.board, ItemRow)
    check_places(desks)
