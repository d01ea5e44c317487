"""The sentences that stand with a line: shown ones alone, by a rule, or those that a host has chosen."""

import random

import pytest
from hypothesis import given, strategies as st

from sessions.domain import asks
from sessions.domain.asks import Ask, ItemField, Part, Voice, Why
from sessions.domain.board import Board
from sessions.domain.decide import Actor
from sessions.domain.evolve import replay
from sessions.domain.facts import Entry, blanked
from sessions.domain.quoting import Saying, typical
from sessions.domain.refused import Refused
from sessions.domain.reporting import quotable
from sessions.domain.rows import ItemRow, NoteRow, PartRow, QuoteRow
from tests.domain.devices import everything, frame
from tests.domain.histories import ANN, BOB, CAT, DAN, HAL, HEA, PLAN, VIEWERS, History, made, workshops
from tests.domain.recount import rows
from tests.domain.test_report import known, report

ONE, TWO, LINE = made("one"), made("two"), made("line")
ANNS, BOBS, CATS, DANS = (made(f"matrix.social {person.id}") for person in (ANN, BOB, CAT, DAN))


@pytest.fixture
def room(afternoon: History) -> History:
    """A line of three notes, and the list in the open."""
    afternoon.ask(HAL, asks.PlaceNotes((ANNS, BOBS, CATS), ONE))
    afternoon.ask(HAL, asks.PlaceNotes((DANS,), TWO))
    afternoon.ask(HAL, asks.MakeItem(LINE, "Buy cake", ONE))
    afternoon.ask(HAL, asks.OpenStage("list"))
    return afternoon


def quoted(room: History, viewer: str = "wall") -> list[str]:
    (line,) = report(room, viewer).lines
    return [words.text for words in line.quotes]


def stands(room: History, viewer: str = "wall") -> tuple[str, ...]:
    """What its row says of the line; nothing where there is none."""
    said = rows(room.board, QuoteRow, viewer)
    return said[f"quote:{LINE}"].notes if said else ()


def touched(room: History) -> int:
    """The fact that last touched the row."""
    (seq,) = (row.seq for row in room.board.rows.newer(0) if row.id == f"quote:{LINE}")
    return seq


def text(room: History, *notes: str) -> list[str]:
    return [room.board.notes[note].text for note in notes]


def test_a_host_swaps_the_sentences_and_undoes_that_like_any_step(room: History) -> None:
    usual = quoted(room)
    assert len(usual) == 2
    room.ask(HAL, asks.QuoteNotes(LINE, (CATS, ANNS)))
    for viewer in ("wall", "host"):
        assert quoted(room, viewer) == text(room, CATS, ANNS)
    step = room.ask(HEA, asks.QuoteNotes(LINE, (BOBS,)))
    assert quoted(room) == text(room, BOBS)
    room.ask(HAL, asks.Undo(step.seq))
    assert quoted(room) == text(room, CATS, ANNS)
    room.ask(HAL, asks.QuoteNotes(LINE, ()))
    assert quoted(room) == usual


def test_a_sentence_kept_off_the_wall_stands_with_no_line_until_it_is_shown_again(room: History) -> None:
    room.ask(HAL, asks.QuoteNotes(LINE, (CATS, ANNS)))
    room.ask(HAL, asks.HideNote(CATS, Why.NAMES))
    for viewer in ("wall", "host"):
        assert quoted(room, viewer) == text(room, ANNS)
    room.ask(HAL, asks.ShowNote(CATS))
    assert quoted(room) == text(room, CATS, ANNS)


def test_a_sentence_that_went_to_another_pile_or_was_taken_back_is_none_of_the_line_s(room: History) -> None:
    room.ask(HAL, asks.QuoteNotes(LINE, (CATS, ANNS)))
    room.ask(HAL, asks.PlaceNotes((CATS,), TWO))
    assert quoted(room) == text(room, ANNS)
    room.ask(ANN, asks.TakeBackNote(ANNS))
    # Nothing is left of what the host chose, and the usual ones stand there again.
    assert quoted(room) == text(room, BOBS)


def test_a_part_of_a_note_may_stand_with_a_line(room: History) -> None:
    first, second = made("first"), made("second")
    room.ask(HAL, asks.SplitNote(CATS, (Part(first, "Tea"), Part(second, "Cake"))))
    room.ask(HAL, asks.PlaceNotes((first,), ONE))
    room.ask(HAL, asks.QuoteNotes(LINE, (first,)))
    assert quoted(room) == ["Tea"]


@pytest.mark.parametrize(
    ("line", "notes", "code"),
    [
        (made("nothing"), (ANNS,), "item.gone"),
        (LINE, (DANS,), "note.gone"),
        (LINE, (made("nobody's"),), "note.gone"),
        (LINE, (ANNS, CATS), "note.unread"),
    ],
)
def test_what_the_room_has_not_heard_in_the_line_is_not_quoted(
    room: History, line: str, notes: tuple[str, ...], code: str
) -> None:
    room.ask(HAL, asks.HideNote(CATS))
    with pytest.raises(Refused) as refused:
        room.ask(HAL, asks.QuoteNotes(line, notes))
    assert refused.value.code == code


def test_of_twins_the_headline_stands_for_all(room: History) -> None:
    room.ask(HAL, asks.SameIdea((ANNS, BOBS), CATS))
    assert quoted(room) == text(room, CATS)
    (line,) = report(room).lines
    assert (line.notes, line.ideas) == (3, 1)
    assert sorted(words.same_as for words in line.words) == ["", *text(room, CATS, CATS)]


def test_hosts_have_it_before_walls_and_it_goes_with_the_last_that_is_heard(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes((ANNS,), ONE))
    afternoon.ask(HAL, asks.MakeItem(LINE, "Buy cake", ONE))
    assert stands(afternoon, "host") == (ANNS,)
    assert stands(afternoon, "wall") == ()
    afternoon.ask(HAL, asks.OpenStage("list"))
    assert stands(afternoon, "wall") == (ANNS,)
    now = afternoon.ask(HAL, asks.HideNote(ANNS)).seq
    assert f"quote:{LINE}" in frame(afternoon.board, VIEWERS["wall"], now - 1).drop


FIRST, SECOND, THIRD = (
    f"{who}, every Tuesday at two, rain or shine".ljust(n, "!")
    for who, n in (("Dogs on leads", 60), ("Walk with me", 58), ("Come along", 56))
)


@pytest.fixture
def ranked(room: History) -> History:
    """Ann's note reads best, then Bob's, then Cat's; nothing else tells them apart."""
    for person, note, words in ((ANN, ANNS, FIRST), (BOB, BOBS, SECOND), (CAT, CATS, THIRD)):
        room.ask(person, asks.EditNote(note, words))
    assert stands(room) == (ANNS, BOBS)
    return room


@pytest.mark.parametrize(
    ("who", "what", "then"),
    [
        (ANN, asks.EditNote(ANNS, "Dogs"), (BOBS, CATS)),
        (ANN, asks.TakeBackNote(ANNS), (BOBS, CATS)),
        (ANN, asks.MoveNote(ANNS, "utopia.hear"), (BOBS, CATS)),
        (CAT, asks.MoveNote(CATS, "matrix.individual"), (ANNS, CATS)),
        (HAL, asks.HideNote(ANNS), (BOBS, CATS)),
        (HAL, asks.ParkNotes((ANNS,)), (BOBS, CATS)),
        (HAL, asks.PlaceNotes((ANNS,), TWO), (BOBS, CATS)),
        (HAL, asks.PlaceNotes((ANNS,), ONE, Voice.WORRY), (BOBS, CATS)),
        (HAL, asks.SplitNote(ANNS, (Part(made("a"), "Tea"), Part(made("b"), "Cake"))), (BOBS, CATS)),
        (HAL, asks.SameIdea((ANNS,), CATS), (CATS, BOBS)),
        (HAL, asks.WordItem(LINE, FIRST.upper()), (BOBS, CATS)),
        (HAL, asks.QuoteNotes(LINE, (CATS,)), (CATS,)),
        (HAL, asks.MergeTheme(ONE, TWO), (ANNS, DANS)),
        (HAL, asks.DropTheme(ONE), ()),
        (HAL, asks.DropItem(LINE), ()),
    ],
)
def test_whatever_it_goes_by_changes_it_at_once(
    ranked: History, who: Actor, what: Ask, then: tuple[str, ...]
) -> None:
    ranked.ask(DAN, asks.MoveNote(DANS, "matrix.individual"))
    ranked.ask(who, what)
    assert stands(ranked, "host") == stands(ranked, "wall") == then
    assert touched(ranked) == ranked.board.seq


def test_undo_and_a_zone_that_opens_change_it_too(ranked: History) -> None:
    step = ranked.ask(HAL, asks.PlaceNotes((ANNS,), TWO)).seq
    ranked.ask(HAL, asks.Undo(step))
    assert stands(ranked) == (ANNS, BOBS)
    ranked.ask(CAT, asks.MoveNote(CATS, "utopia.hear"))
    ranked.ask(HAL, asks.RevealZone("utopia.hear"))
    assert stands(ranked) == (ANNS, CATS)


def test_what_it_does_not_go_by_leaves_it_as_it_is(ranked: History) -> None:
    before = touched(ranked)
    ranked.ask(HAL, asks.HideNote(DANS))
    ranked.ask(HAL, asks.PlaceNotes((DANS,), ONE))
    ranked.ask(DAN, asks.EditNote(DANS, FIRST))
    ranked.ask(HAL, asks.SetItem(LINE, ItemField.OWNER, "Practice manager"))
    ranked.ask(HAL, asks.NameTheme(ONE, "Company"))
    ranked.ask(HAL, asks.SetSpotlight(LINE))
    ranked.ask(CAT, asks.EditNote(CATS, "Come along"))
    assert touched(ranked) == before


@pytest.mark.parametrize("away", [(), (TWO,)])
def test_a_log_whose_words_were_erased_leads_to_the_same_row(ranked: History, away: tuple[str, ...]) -> None:
    """Without its words the note never stood with the line: and yet whoever was told so then is told anew."""
    for pile in away:
        ranked.ask(HAL, asks.PlaceNotes((ANNS,), pile))
    ranked.ask(ANN, asks.TakeBackNote(ANNS))
    assert standing(without_words(ranked)) == standing(ranked.board)


@given(workshops)
def test_rows_are_the_same_without_the_words_of_what_was_taken_back(history: History) -> None:
    assert standing(without_words(history)) == standing(history.board)


def without_words(history: History) -> Board:
    """The board of a log from which the words of notes that were taken back are erased."""
    notes = history.board.notes
    gone = frozenset(id for id, note in notes.items() if history.board.whole(note).taken is not None)
    log = [Entry(each.seq, each.at, each.actor, blanked(each.fact, gone)) for each in history.entries]
    return replay(history.plan, log)


def standing(board: Board) -> dict[str, object]:
    """Every row of sentences, with who reads it, and all its past."""
    return {id: row for id, row in everything(board)["rows"].items() if id.startswith("quote:")}


@given(workshops)
def test_wall_desk_and_paper_tell_the_same(history: History) -> None:
    texts = {id: note.text for id, note in history.board.notes.items()}
    for name in ("wall", "host"):
        said = {row.item: row.notes for row in rows(history.board, QuoteRow, name).values()}
        items = sorted(rows(history.board, ItemRow, name).values(), key=lambda item: (item.order, item.id))
        assert [[texts[id] for id in said.get(item.id, ())] for item in items] == [
            [words.text for words in line.quotes] for line in report(history, name).lines
        ]


@given(workshops)
def test_nobody_reads_a_sentence_with_a_line_that_the_room_has_not_heard_there(history: History) -> None:
    heard = {row.id for kind in (NoteRow, PartRow) for row in rows(history.board, kind, "wall").values()}
    for name in ("wall", "host"):
        for row in rows(history.board, QuoteRow, name).values():
            assert row.notes
            assert set(row.notes) <= heard
        for line in report(history, name).lines:
            assert len(line.quotes) <= 2
            assert all(words in line.words and not words.held for words in line.quotes)
            assert bool(line.quotes) == bool(line.notes)
    for name in VIEWERS.keys() - {"wall", "host", "seen"}:
        assert not rows(history.board, QuoteRow, name)


@given(workshops)
def test_what_a_host_may_choose_stands_in_the_order_of_the_report(history: History) -> None:
    view = history.board.rows.seen_by(VIEWERS["host"])
    lines = report(history, "host").lines
    choices = quotable(view, PLAN, known(history, host_copy=True))
    for line, choice in zip(lines, choices, strict=True):
        texts = [history.board.notes[id].text for id in choice.notes]
        assert texts == [words.text for words in line.words]


SAYINGS = st.lists(
    st.builds(
        Saying,
        st.text("abcdef", min_size=4),
        st.text(min_size=1, max_size=80),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["for", "worry", "against"]),
        st.integers(0, 3),
    ),
    unique_by=lambda each: each.id,
)


@given(SAYINGS)
def test_by_the_rule_what_most_said_in_favour_comes_first_and_no_sentence_twice(
    sayings: list[Saying],
) -> None:
    known = {each.id: each for each in sayings}
    told = [known[id] for id in typical(sayings)]
    assert len(told) <= 2
    assert bool(told) == bool(sayings)
    assert len({each.text.casefold() for each in told}) == len(told)
    if told:
        in_favour = [each.alike for each in sayings if each.voice == "for"]
        assert not in_favour or (told[0].voice, told[0].alike) == ("for", max(in_favour))


@given(SAYINGS, st.integers())
def test_neither_who_wrote_first_nor_an_id_decides_what_stands(sayings: list[Saying], chance: int) -> None:
    texts = {each.id: each.text for each in sayings}
    mixed, ids = sayings[:], [each.id for each in sayings]
    random.Random(chance).shuffle(mixed)
    assert typical(mixed) == typical(sayings)
    random.Random(chance).shuffle(ids)
    others = [each._replace(id=id) for each, id in zip(sayings, ids, strict=True)]
    renamed = {each.id: each.text for each in others}
    assert [renamed[id] for id in typical(others)] == [texts[id] for id in typical(sayings)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Straße zu, Kinder raus", "STRASSE ZU, KINDER RAUS"), ("İYİ YOL", "i̇yi̇ yol"), ("ΟΔΟΣ", "οδος")],
)
def test_odd_letters_in_capitals_say_nothing_new(one: str, other: str) -> None:
    sayings = [Saying("a" * 22, one, "a"), Saying("b" * 22, other, "b"), Saying("c" * 22, "Tea", "a")]
    assert typical(sayings) in (("a" * 22, "c" * 22), ("b" * 22, "c" * 22))
    assert typical(sayings, other) == typical(sayings, one) == ("c" * 22,)


def test_an_emoji_is_a_letter() -> None:
    shoes, long = Saying("a" * 22, "👟" * 60, "a"), Saying("b" * 22, "w" * 59, "a")
    assert typical([long, shoes])[0] == shoes.id


def test_of_sentences_that_as_many_said_the_one_that_reads_best_aloud_stands_first() -> None:
    short, good, long = (
        Saying(made(text), text, "a") for text in ("Walk", "Walk with me " * 4, "Walk " * 50)
    )
    elsewhere = Saying(made("b"), "Walks", "b")
    assert typical([short, long, good, elsewhere]) == (good.id, elsewhere.id)
    # What the line is called by says nothing more, unless nothing else was said.
    assert typical([short, long, good, elsewhere], good.text) == (elsewhere.id, short.id)
    assert typical([good], good.text) == (good.id,)
