"""Everyone files: an author's own notes go where their author says, until somebody else says otherwise."""

import pytest
from hypothesis import given

from sessions.domain import asks, facts
from sessions.domain.asks import Part, Voice
from sessions.domain.evolve import forget, replay
from sessions.domain.facts import blanked
from sessions.domain.refused import Refused
from sessions.domain.rows import FilingRow, MineRow, PlaceRow
from tests.domain.devices import frame
from tests.domain.histories import ANN, BOB, HAL, VIEWERS, WALL, History, begun, listed_histories, made

NOTE, OTHER = made(f"matrix.social {ANN.id}"), made(f"matrix.social {BOB.id}")
ONE, TWO = made("one"), made("two")


@pytest.fixture
def room() -> History:
    """Three piles, and everybody has been shown them."""
    history = begun()
    history.ask(HAL, asks.OpenStage("sort"))
    return history


def row(history: History, viewer: str, id: str) -> object:
    rows = {each.id: each for each in history.board.rows.seen_by(VIEWERS[viewer])}
    return rows.get(id)


def refused(history: History, actor: object, ask: asks.Ask) -> str:
    with pytest.raises(Refused) as refusal:
        history.ask(actor, ask)  # type: ignore[arg-type]
    return refusal.value.code


def test_an_author_files_their_note_and_the_room_sees_it_there(room: History) -> None:
    room.ask(ANN, asks.FileNote(NOTE, ONE, Voice.WORRY))
    for viewer in ("host", "wall"):
        assert row(room, viewer, f"place:{NOTE}") == PlaceRow(f"place:{NOTE}", NOTE, ONE, Voice.WORRY)
    mine = row(room, "ann", f"mine:{NOTE}")
    assert isinstance(mine, MineRow)
    assert mine.pile == ONE
    assert row(room, "ann", f"filing:{NOTE}") == FilingRow(f"filing:{NOTE}", NOTE, ONE, "", "")


def test_nobody_files_the_note_of_another(room: History) -> None:
    for actor in (BOB, HAL, WALL):
        assert refused(room, actor, asks.FileNote(NOTE, ONE)) in ("note.gone", "role.cannot")
    assert refused(room, ANN, asks.DisputeNote(OTHER, "Mine")) == "note.gone"


def test_there_is_nothing_to_file_into_before_the_piles_are_shown() -> None:
    assert refused(begun(), ANN, asks.FileNote(NOTE, ONE)) == "theme.gone"


def test_a_note_in_parts_is_filed_by_its_parts(room: History) -> None:
    first, second = made("first part"), made("second part")
    room.ask(HAL, asks.SplitNote(NOTE, (Part(first, "Walk"), Part(second, "Talk"))))
    assert refused(room, ANN, asks.FileNote(NOTE, ONE)) == "note.in_parts"
    room.ask(ANN, asks.FileNote(first, ONE))
    room.ask(ANN, asks.FileNote(second, TWO))
    assert [room.board.pile_of(part) for part in (first, second)] == [ONE, TWO]


def test_who_finds_no_pile_can_wish_for_one_and_only_hosts_read_the_wish(room: History) -> None:
    room.ask(ANN, asks.FileNote(NOTE, None, wish="Walk together"))
    for viewer in VIEWERS:
        told = b"Walk together" in frame(room.board, VIEWERS[viewer], 0).bytes
        assert told == (viewer in ("ann", "host")), viewer
    assert row(room, "host", f"filing:{NOTE}") == FilingRow(
        f"filing:{NOTE}", NOTE, "none", "Walk together", ""
    )


def test_a_wish_is_over_once_the_note_is_placed_and_back_when_that_is_undone(room: History) -> None:
    room.ask(ANN, asks.FileNote(NOTE, None, wish="Walk together"))
    step = room.ask(HAL, asks.PlaceNotes((NOTE,), TWO)).seq
    assert room.board.notes[NOTE].wish is None
    room.ask(HAL, asks.Undo(step))
    assert room.board.notes[NOTE].wish == "Walk together"
    assert room.board.pile_of(NOTE) is None


def test_an_author_can_say_that_it_is_not_quite_there_and_hosts_alone_hear_it(room: History) -> None:
    room.ask(ANN, asks.FileNote(NOTE, ONE))
    room.ask(HAL, asks.PlaceNotes((NOTE,), TWO))
    room.ask(ANN, asks.DisputeNote(NOTE, "It is about benches"))
    for viewer in VIEWERS:
        told = b"It is about benches" in frame(room.board, VIEWERS[viewer], 0).bytes
        assert told == (viewer in ("ann", "host")), viewer
    room.ask(HAL, asks.PlaceNotes((NOTE,), ONE))
    assert room.board.notes[NOTE].dispute is None


def test_nobody_finds_out_by_disputing_that_a_host_has_placed_their_note() -> None:
    history = begun()
    history.ask(HAL, asks.PlaceNotes((NOTE,), ONE))
    assert refused(history, ANN, asks.DisputeNote(NOTE, "Is it?")) == "note.unfiled"


def test_there_is_no_dispute_about_a_note_in_no_pile(room: History) -> None:
    assert refused(room, ANN, asks.DisputeNote(NOTE, "Why not?")) == "note.unfiled"


def test_filing_is_not_a_step_that_a_host_undoes(room: History) -> None:
    entry = room.ask(ANN, asks.FileNote(NOTE, ONE))
    assert refused(room, HAL, asks.Undo(entry.seq)) == "step.unknown"


def test_undo_leaves_what_the_author_has_chosen_since(room: History) -> None:
    step = room.ask(HAL, asks.PlaceNotes((NOTE, OTHER), TWO)).seq
    room.ask(ANN, asks.FileNote(NOTE, ONE))
    room.ask(HAL, asks.Undo(step))
    assert (room.board.pile_of(NOTE), room.board.pile_of(OTHER)) == (ONE, None)


def test_erased_words_take_wishes_and_disputes_along(room: History) -> None:
    room.ask(ANN, asks.FileNote(NOTE, None, wish="Canary wish"))
    room.ask(HAL, asks.PlaceNotes((NOTE,), TWO))
    room.ask(ANN, asks.DisputeNote(NOTE, "Canary word"))
    room.ask(ANN, asks.TakeBackNote(NOTE))
    forget(room.board, NOTE)
    gone = frozenset({NOTE})
    emptied = [facts.Entry(e.seq, e.at, e.actor, blanked(e.fact, gone)) for e in room.entries]
    assert "Canary" not in repr(emptied)
    assert "Canary" not in repr([vars(room.board)[name] for name in ("notes", "steps")])
    assert frame(replay(room.plan, emptied), VIEWERS["host"], 0) == frame(room.board, VIEWERS["host"], 0)


def test_undo_leaves_where_the_author_says_it_belongs_too(room: History) -> None:
    """A host put it there first: that the host did not mean it takes nothing from its author's word."""
    step = room.ask(HAL, asks.PlaceNotes((NOTE,), ONE, Voice.WORRY)).seq
    room.ask(ANN, asks.FileNote(NOTE, ONE, Voice.WORRY))
    room.ask(HAL, asks.Undo(step))
    assert (room.board.pile_of(NOTE), room.board.notes[NOTE].voice) == (ONE, Voice.WORRY)


@given(listed_histories())
def test_wishes_and_disputes_reach_nobody_but_their_author_and_hosts(history: History) -> None:
    words = {
        change.now: history.board.notes[change.id].author
        for entry in history.entries
        if isinstance(entry.fact, facts.ByAuthor)
        for change in entry.fact.changes
        if isinstance(change, facts.Worded) and change.now
    }
    for board in history.boards():
        for viewer in VIEWERS.values():
            sent = frame(board, viewer, 0).bytes
            for text, author in words.items():
                assert text.encode() not in sent or viewer.role == "facilitator" or viewer.person == author


@given(listed_histories())
def test_every_note_is_in_one_pile_at_most_whoever_filed_it(history: History) -> None:
    board = history.board
    piles = [id for id in board.themes if board.is_pile(id)]
    for id, note in board.notes.items():
        if board.is_here(note):
            holding = [pile for pile in piles if id in board.notes_in(pile) and board.pile_of(id) == pile]
            assert len(holding) <= 1
            assert (board.pile_of(id) is not None) == bool(holding)
