"""Facts can be read for ever and emptied of words; marks and digests tell histories and asks apart."""

from collections.abc import Iterator
from contextlib import suppress
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec import Meta, Struct

from sessions.domain import asks, facts
from sessions.domain.asks import Answer, Feel, Made, Voice, Why
from sessions.domain.evolve import forget, replay
from sessions.domain.facts import AnyFact, Entry, Filed, Worded, blanked
from sessions.domain.marks import FIRST, digest, follows, mark
from sessions.domain.refused import Refused
from tests.domain.devices import everything, seen
from tests.domain.histories import ANN, HAL, START, History, listed, made, stored, workshops

# Words are marked


def strings(hint: Any, where: str) -> list[tuple[str, bool | None]]:
    """Every bare str under a type, and whether it is marked as words, as plain, or not at all."""
    if hint is str:
        return [(where, None)]
    if get_origin(hint) in (Union, UnionType, tuple, list, dict):
        return [found for part in get_args(hint) for found in strings(part, where)]
    if hasattr(hint, "__metadata__"):
        marks = [meta.extra["words"] for meta in hint.__metadata__ if isinstance(meta, Meta) and meta.extra]
        assert len(marks) == 1, where
        return [(where, marks[0])]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return [
            found
            for name, inner in get_type_hints(hint, include_extras=True).items()
            if name != "__struct_config__"
            for found in strings(inner, f"{where}.{name}")
        ]
    return []


@pytest.mark.parametrize("kind", get_args(AnyFact))
def test_every_string_of_every_fact_is_marked_as_words_or_plain(kind: type[Struct]) -> None:
    assert all(words is not None for _, words in strings(kind, kind.__name__))


def test_the_words_of_facts_are_these() -> None:
    """A new field with words in it has to be thought of here, and in what blanks them."""
    words = {
        where for kind in get_args(AnyFact) for where, is_words in strings(kind, kind.__name__) if is_words
    }
    sorting = {kind.__name__ for kind in get_args(AnyFact) if issubclass(kind, facts.Sorted)}
    noted = {"NoteAdded.text", "NoteEdited.text", "NoteMeant.text", "ParkingOwned.owner"}
    assert words == noted | {"EssentialAnswered.because", "LineFelt.why", "LineHelped.name"} | {
        f"{kind}.changes.{field}" for kind in sorting for field in ("now", "was")
    }


# Old logs replay: each kind as it is written, to the byte

ID, PILE, LINE, PART = made("a note"), made("a pile"), made("a line"), made("a part")
WRITTEN: list[tuple[AnyFact, str]] = [
    (
        facts.NoteAdded(ID, "matrix.social", "Cake", "red"),
        f'{{"type":"note.added","id":"{ID}","zone":"matrix.social","text":"Cake","group":"red"}}',
    ),
    (
        facts.NoteAdded(ID, "a.b", "Cake", None, Why.NAMES),
        f'{{"type":"note.added","id":"{ID}","zone":"a.b","text":"Cake","group":null,"held":"names"}}',
    ),
    (
        facts.NoteAdded(ID, "a.b", "Cake", "red", people=9, slip=14),
        f'{{"type":"note.added","id":"{ID}","zone":"a.b","text":"Cake","group":"red","people":9,"slip":14}}',
    ),
    (facts.NoteMeant(ID, "Tea"), f'{{"type":"note.meant","id":"{ID}","text":"Tea"}}'),
    (
        facts.NoteMeant(ID, "Tea", Why.NAMES),
        f'{{"type":"note.meant","id":"{ID}","text":"Tea","held":"names"}}',
    ),
    (
        facts.NoteEdited(ID, "Tea", Why.WAITING),
        f'{{"type":"note.edited","id":"{ID}","text":"Tea","held":"waiting"}}',
    ),
    (
        facts.NoteAdded(ID, "a.b", "Cake", None, late=True),
        f'{{"type":"note.added","id":"{ID}","zone":"a.b","text":"Cake","group":null,"late":true}}',
    ),
    (
        facts.NoteEdited(ID, "Tea", late=True),
        f'{{"type":"note.edited","id":"{ID}","text":"Tea","late":true}}',
    ),
    (facts.NotePicked(ID, "alone", True), f'{{"type":"note.picked","id":"{ID}","stage":"alone","on":true}}'),
    (facts.ParkingOwned(ID, "Sam"), f'{{"type":"parking.owned","note":"{ID}","owner":"Sam"}}'),
    (facts.ParkingOwned(ID, None), f'{{"type":"parking.owned","note":"{ID}","owner":null}}'),
    (facts.NotesReleased("a.b"), '{"type":"notes.released","zone":"a.b"}'),
    (facts.NoteEdited(ID, "Tea"), f'{{"type":"note.edited","id":"{ID}","text":"Tea"}}'),
    (facts.NoteMoved(ID, "a.b"), f'{{"type":"note.moved","id":"{ID}","zone":"a.b"}}'),
    (facts.NoteTakenBack(ID), f'{{"type":"note.taken_back","id":"{ID}"}}'),
    (facts.NotePutBack(ID), f'{{"type":"note.put_back","id":"{ID}"}}'),
    (facts.NoteHidden(ID, Why.NAMES), f'{{"type":"note.hidden","id":"{ID}","why":"names"}}'),
    (facts.NoteShown(ID), f'{{"type":"note.shown","id":"{ID}"}}'),
    (facts.StageOpened("alone"), '{"type":"stage.opened","stage":"alone"}'),
    (facts.StageReturned(), '{"type":"stage.returned"}'),
    (
        facts.AgendaSet(7, (facts.StageMinutes("alone", 4),), ("list",)),
        '{"type":"agenda.set","stop":7,"minutes":[{"stage":"alone","minutes":4}],"left_out":["list"]}',
    ),
    (facts.PhonesDimmed(True), '{"type":"phones.dimmed","on":true}'),
    (facts.SpotlightSet(ID), f'{{"type":"spotlight.set","of":"{ID}"}}'),
    (facts.PicksCalled("sort", 3), '{"type":"picks.called","stage":"sort","most":3}'),
    (facts.ZoneLit("a.b"), '{"type":"zone.lit","zone":"a.b"}'),
    (facts.ZoneRevealed("a.b"), '{"type":"zone.revealed","zone":"a.b"}'),
    (facts.ZoneLocked("a.b"), '{"type":"zone.locked","zone":"a.b"}'),
    (facts.ZoneUnlocked("a.b"), '{"type":"zone.unlocked","zone":"a.b"}'),
    (facts.TimerSet(7, None), '{"type":"timer.set","ends":7,"left":null}'),
    (facts.WallBlanked(True), '{"type":"wall.blanked","on":true}'),
    (
        facts.WallShown(asks.Manner.READ, "a.b", 2),
        '{"type":"wall.shown","manner":"read","of":"a.b","page":2}',
    ),
    (
        facts.WallShown(asks.Manner.LEFT, None, 0),
        '{"type":"wall.shown","manner":"left","of":null,"page":0}',
    ),
    (
        facts.WallShown(asks.Manner.WHOLE, None, 0, cleared=True),
        '{"type":"wall.shown","manner":"whole","of":null,"page":0,"cleared":true}',
    ),
    (
        facts.ThemeMade((Worded("theme", PILE, "title", "Tea", None),)),
        f'{{"type":"theme.made","changes":[{{"set":"words","of":"theme","id":"{PILE}","field":"title",'
        '"now":"Tea","was":null}]}',
    ),
    (facts.ThemeNamed(()), '{"type":"theme.named","changes":[]}'),
    (facts.ThemeDropped(()), '{"type":"theme.dropped","changes":[]}'),
    (facts.ThemeMerged(()), '{"type":"theme.merged","changes":[]}'),
    (
        facts.NotesPlaced((Filed("note", ID, "voice", Voice.WORRY, Voice.FOR),)),
        f'{{"type":"notes.placed","changes":[{{"set":"id","of":"note","id":"{ID}","field":"voice",'
        '"now":"worry","was":"for"}]}',
    ),
    (
        facts.NotesParked((Filed("note", ID, "zone", "a.later", "a.b"),)),
        f'{{"type":"notes.parked","changes":[{{"set":"id","of":"note","id":"{ID}","field":"zone",'
        '"now":"a.later","was":"a.b"}]}',
    ),
    (
        facts.NotesMatched((Filed("note", ID, "under", PART, None),)),
        f'{{"type":"notes.matched","changes":[{{"set":"id","of":"note","id":"{ID}","field":"under",'
        f'"now":"{PART}","was":null}}]}}',
    ),
    (facts.NoteParted(()), '{"type":"note.parted","changes":[]}'),
    (facts.ItemMade(()), '{"type":"item.made","changes":[]}'),
    (facts.ItemWorded(()), '{"type":"item.worded","changes":[]}'),
    (facts.ItemDropped(()), '{"type":"item.dropped","changes":[]}'),
    (
        facts.ItemSet((Filed("item", LINE, "levels", "", None),)),
        f'{{"type":"item.set","changes":[{{"set":"id","of":"item","id":"{LINE}","field":"levels",'
        '"now":"","was":null}]}',
    ),
    (
        facts.ItemMoved((Filed("item", LINE, "order", "7", "-2"),)),
        f'{{"type":"item.moved","changes":[{{"set":"id","of":"item","id":"{LINE}","field":"order",'
        '"now":"7","was":"-2"}]}',
    ),
    (
        facts.ItemQuoted((Filed("item", LINE, "quotes", f"{ID} {PART}", None),)),
        f'{{"type":"item.quoted","changes":[{{"set":"id","of":"item","id":"{LINE}","field":"quotes",'
        f'"now":"{ID} {PART}","was":null}}]}}',
    ),
    (
        facts.EssentialLinked((Filed("essential", "open-late", "theme", PILE, None),)),
        f'{{"type":"essential.linked","changes":[{{"set":"id","of":"essential","id":"open-late",'
        f'"field":"theme","now":"{PILE}","was":null}}]}}',
    ),
    (
        facts.EssentialMatched((Filed("match", ID, "open-late", "yes", None),)),
        f'{{"type":"essential.matched","changes":[{{"set":"id","of":"match","id":"{ID}",'
        '"field":"open-late","now":"yes","was":null}]}',
    ),
    (
        facts.EssentialAnswered(ID, "open-late", Answer.NOT_HERE, "No hall", Why.NAMES, 3),
        f'{{"type":"essential.answered","id":"{ID}","essential":"open-late","answer":"not_here",'
        '"because":"No hall","why":"names","people":3}',
    ),
    (
        facts.EssentialAnswered(ID, "open-late", people=4, hands=facts.Hands(2, 0, 1)),
        f'{{"type":"essential.answered","id":"{ID}","essential":"open-late","people":4,'
        '"hands":{"do":2,"not_here":1}}',
    ),
    (
        facts.EssentialAnswered(ID, "open-late"),
        f'{{"type":"essential.answered","id":"{ID}","essential":"open-late"}}',
    ),
    (
        facts.NoteSplit((Filed("part", PART, "of", ID, None), Worded("part", PART, "text", "Tea", None))),
        f'{{"type":"note.split","changes":[{{"set":"id","of":"part","id":"{PART}","field":"of",'
        f'"now":"{ID}","was":null}},{{"set":"words","of":"part","id":"{PART}","field":"text",'
        '"now":"Tea","was":null}]}',
    ),
    (
        facts.NoteFiled((Filed("note", ID, "chose", PILE, None),)),
        f'{{"type":"note.filed","changes":[{{"set":"id","of":"note","id":"{ID}","field":"chose",'
        f'"now":"{PILE}","was":null}}]}}',
    ),
    (
        facts.NoteDisputed((Worded("note", ID, "dispute", "It was a joke", None),)),
        f'{{"type":"note.disputed","changes":[{{"set":"words","of":"note","id":"{ID}","field":"dispute",'
        '"now":"It was a joke","was":null}]}',
    ),
    (facts.Undone((), 5, 1), '{"type":"step.undone","changes":[],"step":5,"left":1}'),
    (facts.AuthorMuted("a", ID), f'{{"type":"author.muted","author":"a","note":"{ID}"}}'),
    (facts.AuthorUnmuted("a", ID), f'{{"type":"author.unmuted","author":"a","note":"{ID}"}}'),
    (facts.AuthorRemoved("a", ID), f'{{"type":"author.removed","author":"a","note":"{ID}"}}'),
    (facts.RoomLocked(True), '{"type":"room.locked","on":true}'),
    (facts.CodeRenewed(), '{"type":"code.renewed"}'),
    (facts.VotesOpened((LINE,), 5), f'{{"type":"votes.opened","items":["{LINE}"],"budget":5}}'),
    (facts.VotesClosed(), '{"type":"votes.closed"}'),
    (facts.VotesReopened(), '{"type":"votes.reopened"}'),
    (facts.VotesRevealed(), '{"type":"votes.revealed"}'),
    (facts.VotesRevealed(wall=True), '{"type":"votes.revealed","wall":true}'),
    (facts.VoteCast(LINE, 2), f'{{"type":"vote.cast","item":"{LINE}","dots":2}}'),
    (facts.VoteCast(LINE, 9, 4), f'{{"type":"vote.cast","item":"{LINE}","dots":9,"people":4}}'),
    (
        facts.LineFelt(ID, LINE, Feel.LIVE),
        f'{{"type":"line.felt","id":"{ID}","item":"{LINE}","feel":"live"}}',
    ),
    (
        facts.LineFelt(ID, LINE, Feel.STOP, "Too dear", 3, PART),
        f'{{"type":"line.felt","id":"{ID}","item":"{LINE}","feel":"stop","why":"Too dear","hands":3,'
        f'"instead":"{PART}"}}',
    ),
    (facts.FeelingsShown(), '{"type":"feelings.shown"}'),
    (facts.LineHelped(ID, LINE), f'{{"type":"line.helped","id":"{ID}","item":"{LINE}"}}'),
    (
        facts.LineHelped(ID, LINE, "Sam", True, PART),
        f'{{"type":"line.helped","id":"{ID}","item":"{LINE}","name":"Sam","agree":true,"instead":"{PART}"}}',
    ),
    (facts.HelpTakenBack(ID), f'{{"type":"help.taken_back","id":"{ID}"}}'),
    (facts.MadeShown(Made.THEMES), '{"type":"sorting.shown","what":"themes"}'),
    (facts.MadeShown(Made.THEMES), '{"type":"sorting.shown","what":"themes"}'),
    (facts.SessionClosed(), '{"type":"session.closed"}'),
    (facts.SessionReopened(), '{"type":"session.reopened"}'),
]


@pytest.mark.parametrize(("fact", "written"), WRITTEN, ids=[type(fact).__name__ for fact, _ in WRITTEN])
def test_a_fact_is_written_so_for_ever(fact: AnyFact, written: str) -> None:
    assert msgspec.json.encode(fact).decode() == written
    assert msgspec.json.decode(written, type=AnyFact) == fact


def test_every_kind_of_fact_is_pinned_so() -> None:
    assert {type(fact) for fact, _ in WRITTEN} == set(get_args(AnyFact))


@given(workshops)
def test_what_is_decided_can_be_read_back(history: History) -> None:
    assert stored(history.entries) == history.entries


# Erasing


def erased(history: History) -> tuple[frozenset[str], list[Entry]]:
    """Notes taken back, with their parts, and answers changed since; and the log without their words."""
    """What was taken back, notes with their parts, and the log without their words."""
    notes = history.board.notes.items()
    gone = frozenset(id for id, note in notes if history.board.whole(note).taken is not None)
    gone |= history.board.replaced.keys()
    gone |= {id for id, said in history.board.feelings.items() if said.gone}
    gone |= {id for id, offer in history.board.offers.items() if offer.gone}
    return gone, [
        Entry(entry.seq, entry.at, entry.actor, blanked(entry.fact, gone)) for entry in history.entries
    ]


def wordings(fact: AnyFact) -> Iterator[tuple[str, str]]:
    """All that a fact says of notes and parts: whose words, and which."""
    match fact:
        case facts.NoteAdded(id) | facts.NoteEdited(id):
            yield id, fact.text
        case facts.ParkingOwned(note, owner) if owner:
            yield note, owner
        case facts.NoteAdded(id) | facts.NoteEdited(id) | facts.NoteMeant(id):
            yield from [(id, fact.text)] if fact.text else []
        case facts.EssentialAnswered(id) if fact.because:
            yield id, fact.because
        case facts.LineFelt(id, why=str(words)) | facts.LineHelped(id, name=str(words)):
            yield id, words
        case facts.Sorted(changes):
            for change in changes:
                if change.of in ("part", "note") and isinstance(change, Worded):
                    yield from ((change.id, words) for words in (change.now, change.was) if words)


@given(workshops)
def test_no_word_of_a_blanked_note_or_its_parts_is_left_in_the_log(history: History) -> None:
    gone, log = erased(history)
    kept = msgspec.json.encode(log).decode()
    for before, after in zip(history.entries, log, strict=True):
        assert (before.seq, before.at, before.actor) == (after.seq, after.at, after.actor)
        assert type(before.fact) is type(after.fact)
        said = list(wordings(before.fact))
        for id, words in said:
            assert (words in kept) == (id not in gone)
        if gone.isdisjoint(id for id, _ in said):
            assert before == after


@given(workshops)
def test_replaying_a_blanked_log_equals_the_live_board_that_forgot(history: History) -> None:
    gone, log = erased(history)
    told = seen(history.board)
    for note in wholes(history, gone):
        forget(history.board, note)
    again = replay(history.plan, stored(log))
    assert everything(again) == everything(history.board)
    for since in (0, len(log) // 2, len(log) - 1):
        assert seen(again, max(0, since)) == seen(history.board, max(0, since))
    assert seen(history.board) == told


def wholes(history: History, gone: frozenset[str]) -> list[str]:
    """Who forgets a note names the note, and not its parts."""
    notes = history.board.notes
    return [id for id in gone if id not in notes or notes[id].part_of is None]


@given(workshops)
def test_no_undo_brings_back_a_word_that_was_forgotten(history: History) -> None:
    gone, log = erased(history)
    words = {text for entry in history.entries for id, text in wordings(entry.fact) if id in gone}
    for note in wholes(history, gone):
        forget(history.board, note)
    history.entries = log
    for seq in [*reversed(history.board.steps), *history.board.steps]:
        with suppress(Refused):
            history.ask(HAL, asks.Undo(seq))
    held = repr(everything(history.board)) + msgspec.json.encode(history.entries).decode()
    assert not [text for text in words if text in held]
    assert everything(replay(history.plan, history.entries)) == everything(history.board)


def test_forgetting_empties_the_board_of_the_words(afternoon: History) -> None:
    note = made(f"matrix.social {ANN.id}")
    words = afternoon.board.notes[note].text
    afternoon.ask(HAL, asks.HideNote(note))
    afternoon.ask(ANN, asks.TakeBackNote(note))
    forget(afternoon.board, note)
    forget(afternoon.board, "a note nobody knows")
    assert words not in repr(everything(afternoon.board))


def test_forgetting_a_note_forgets_its_parts_those_undone_too() -> None:
    session = listed()
    note = made(f"matrix.social {ANN.id}")
    (split,) = (
        seq
        for seq, step in session.board.steps.items()
        if step.did == "note.split" and step.changes[0].now == note
    )
    undo = session.ask(HAL, asks.Undo(split))
    session.ask(ANN, asks.TakeBackNote(note))
    assert "part-matrix.social" in repr(everything(session.board))
    forget(session.board, note)
    assert "part-matrix.social" not in repr(everything(session.board))
    session.ask(HAL, asks.Undo(undo.seq))
    assert "part-matrix.social" not in repr(everything(session.board))


def test_forgetting_a_note_leaves_the_words_of_every_other() -> None:
    session = listed()
    note = made(f"matrix.social {ANN.id}")
    session.ask(ANN, asks.TakeBackNote(note))
    others = {id: n.text for id, n in session.board.notes.items() if note not in (id, n.part_of)}
    forget(session.board, note)
    assert {id: session.board.notes[id].text for id in others} == others
    assert "part-utopia.see-first" in repr(session.board.steps)


# Marks and digests

keys = st.lists(st.sampled_from([made("a"), made("b"), made("c")]), max_size=8)


def chain(keys: list[str]) -> list[str]:
    marks = [FIRST]
    for seq, key in enumerate(keys, start=1):
        marks.append(mark(marks[-1], seq, START + seq, key))
    return marks


@given(keys, keys)
def test_marks_are_equal_for_equal_histories_alone(here: list[str], there: list[str]) -> None:
    for seq, (ours, theirs) in enumerate(zip(chain(here), chain(there), strict=False)):
        assert (ours == theirs) == (here[:seq] == there[:seq])


@given(keys)
def test_no_mark_comes_twice_in_a_history(history: list[str]) -> None:
    assert len(set(chain(history))) == len(history) + 1


def test_the_same_keys_at_another_moment_have_other_marks() -> None:
    assert mark(FIRST, 1, START, made("a")) != mark(FIRST, 1, START + 1, made("a"))


def test_a_mark_of_our_first_days_is_known_still() -> None:
    assert follows("62099486d4123b47", FIRST, 1, START, made("a"))
    assert follows(mark(FIRST, 1, START, made("a")), FIRST, 1, START, made("a"))
    assert not follows(mark(FIRST, 1, START, made("b")), FIRST, 1, START, made("a"))


def test_a_mark_is_sixteen_digits_and_stays_what_it_is() -> None:
    assert chain([made("a"), made("b")]) == ["", "7a8cfe513b2e88a3", "3ea23b4dd52e4900"]


@given(st.text(max_size=20), st.text(max_size=20), st.binary(min_size=1, max_size=32))
def test_a_digest_tells_asks_apart_and_knows_the_same_ask_again(one: str, two: str, salt: bytes) -> None:
    first, second = asks.EditNote(ID, one), asks.EditNote(ID, two)
    assert (digest(salt, first) == digest(salt, second)) == (one == two)
    again = msgspec.json.decode(msgspec.json.encode(first), type=asks.AnyAsk)
    assert digest(salt, again) == digest(salt, first)
    assert digest(salt + b"x", first) != digest(salt, first)
    assert digest(salt, asks.TakeBackNote(ID)) != digest(salt, asks.PutBackNote(ID))
