"""The sentences that stand with a line: shown ones alone, by a rule, or those that a host has chosen."""

import pytest
from hypothesis import given, strategies as st

from sessions.domain import asks
from sessions.domain.asks import Part, Why
from sessions.domain.quoting import Saying, typical
from sessions.domain.refused import Refused
from sessions.domain.reporting import quotable
from sessions.domain.rows import NoteRow, PartRow, QuoteRow
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
    assert not rows(room.board, QuoteRow)


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


@given(workshops)
def test_nobody_reads_a_sentence_with_a_line_that_the_room_has_not_heard_there(history: History) -> None:
    heard = {row.id for kind in (NoteRow, PartRow) for row in rows(history.board, kind, "wall").values()}
    for name in ("wall", "host"):
        for row in rows(history.board, QuoteRow, name).values():
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
    chosen = rows(history.board, QuoteRow)
    choices = quotable(view, PLAN, known(history, host_copy=True))
    for line, choice in zip(lines, choices, strict=True):
        texts = [history.board.notes[id].text for id in choice.notes]
        assert texts == [words.text for words in line.words]
        usual = [history.board.notes[id].text for id in choice.usual]
        assert usual == [words.text for words in line.quotes] or f"quote:{choice.line}" in chosen


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


def test_of_sentences_that_as_many_said_the_one_that_reads_best_aloud_stands_first() -> None:
    short, good, long = (
        Saying(made(text), text, "a") for text in ("Walk", "Walk with me " * 4, "Walk " * 50)
    )
    elsewhere = Saying(made("b"), "Walks", "b")
    assert typical([short, long, good, elsewhere]) == [good.id, elsewhere.id]
    # What the line is called by says nothing more, unless nothing else was said.
    assert typical([short, long, good, elsewhere], good.text) == [elsewhere.id, short.id]
    assert typical([good], good.text) == [good.id]
