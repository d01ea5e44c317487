"""The log is the truth: replaying it, drafting on it and adopting a draft all lead to one board."""

from hypothesis import given, strategies as st

from sessions.domain import asks, facts
from sessions.domain.decide import decide
from sessions.domain.drawing import draw_all
from sessions.domain.evolve import evolve, opening, replay
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.refused import Refused
from tests.domain.devices import everything, frame, seen
from tests.domain.histories import ANN, PLAN, VIEWERS, History, histories, stored, workshops


@given(workshops)
def test_replay_equals_live(history: History) -> None:
    again = replay(history.plan, stored(history.entries))
    assert everything(again) == everything(history.board)
    assert seen(again) == seen(history.board)
    assert seen(again, len(history.entries) // 2) == seen(history.board, len(history.entries) // 2)


@given(workshops, st.integers(0, 100))
def test_a_draft_evolved_and_thrown_away_changes_nothing(history: History, cut: int) -> None:
    cut %= len(history.entries) + 1
    board = replay(history.plan, history.entries[:cut])
    before, told = everything(board), seen(board)
    draft = board.draft()
    for entry in history.entries[cut:]:
        evolve(draft, entry)
    seen(draft)
    assert everything(board) == before
    assert seen(board) == told


@given(workshops, st.lists(st.integers(1, 9), min_size=1))
def test_adopting_drafts_equals_evolving_in_place(history: History, turns: list[int]) -> None:
    board, rest, turn = opening(history.plan), list(history.entries), 0
    while rest:
        size = turns[turn % len(turns)]
        draft = board.draft()
        for entry in rest[:size]:
            evolve(draft, entry)
        board, rest, turn = draft, rest[size:], turn + 1
    assert everything(board) == everything(history.board)
    assert seen(board) == seen(history.board)


@given(workshops, st.sets(st.integers(0, 120)))
def test_evolve_takes_any_part_of_a_log(history: History, lost: set[int]) -> None:
    """Evolve is total: a fact about something it never heard of changes nothing and raises nothing."""
    part = [entry for place, entry in enumerate(history.entries) if place not in lost]
    assert everything(replay(history.plan, part)) == everything(replay(history.plan, stored(part)))


@given(workshops)
def test_drawing_everything_anew_would_change_no_row(history: History) -> None:
    """A fact draws only what it can have changed, and forgets nothing of that."""
    for seq, board in enumerate(history.boards()):
        if seq % 5 == 0 or seq == len(history.entries):
            before = everything(board)
            anew = board.draft()
            anew.seq += 1
            draw_all(anew)
            assert everything(anew)["rows"] == before["rows"]


@given(histories())
def test_a_refusal_changes_nothing(history: History) -> None:
    before = everything(history.board)
    for ask in (asks.TakeBackNote("x" * 22), asks.OpenStage("alone"), asks.Undo(1)):
        try:
            decide(history.board, ask, ANN, history.at)
        except Refused:
            continue
    assert everything(history.board) == before


def test_a_fact_about_something_unknown_changes_nothing() -> None:
    board = opening(PLAN)
    unknown: list[AnyFact] = [
        facts.NoteAdded("a" * 22, "matrix.gone", "Words", None),
        facts.NoteEdited("b" * 22, "Words"),
        facts.NoteMoved("b" * 22, "matrix.social"),
        facts.NoteTakenBack("b" * 22),
        facts.NoteHidden("b" * 22, asks.Why.RUDE),
        facts.StageOpened("gone"),
        facts.ZoneRevealed("matrix.gone"),
        facts.ZoneLocked("matrix.gone"),
        facts.NotesPlaced((facts.Filed("note", "b" * 22, "theme", "c" * 22, None),)),
        facts.EssentialLinked((facts.Filed("essential", "gone", "theme", "c" * 22, None),)),
        facts.EssentialMatched((facts.Filed("match", "b" * 22, "open-late", "yes", None),)),
        facts.EssentialMatched((facts.Filed("match", "b" * 22, "gone", "yes", None),)),
        facts.EssentialAnswered("d" * 22, "gone", asks.Answer.DO, "Words"),
        facts.NoteSplit(
            (
                facts.Filed("part", "d" * 22, "of", "b" * 22, None),
                facts.Worded("part", "d" * 22, "text", "Words", None),
            )
        ),
    ]
    told = seen(board)
    for seq, fact in enumerate(unknown, start=1):
        evolve(board, Entry(seq, 0, "somebody", fact))
    assert not board.notes
    assert {name: frame(board, viewer, 0).put for name, viewer in VIEWERS.items() if name != "host"} == {
        name: each.put for name, each in told.items() if name != "host"
    }
