"""Every rule for writing, hosting and the wall, each with the answer it gives."""

import pytest
from hypothesis import given, strategies as st

from sessions.domain import asks, facts
from sessions.domain.asks import Manner, Why
from sessions.domain.decide import FACTS_MOST, NOTES_MOST, PUT_BACK_MS, Actor, decide
from sessions.domain.evolve import opening
from sessions.domain.facts import AnyFact
from sessions.domain.refused import Refused
from sessions.domain.registers import Clock, Note
from sessions.domain.rights import Role
from sessions.domain.sorting import ITEMS_MOST, THEMES_MOST
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    DAN,
    HAL,
    PLAN,
    START,
    WALL,
    ZONES,
    History,
    histories,
    made,
)

HERS = made(f"matrix.social {ANN.id}")
NEW = made("new")


def refusal(history: History, actor: Actor, ask: asks.Ask, wait: int = 1) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(actor, ask, wait)
    return refused.value.code


def fact(history: History, actor: Actor, ask: asks.Ask, wait: int = 1) -> AnyFact:
    return history.ask(actor, ask, wait).fact


# Writing


def test_a_note_is_added_with_the_group_its_author_sits_in(workshop: History) -> None:
    assert fact(workshop, CAT, asks.AddNote(NEW, "matrix.social", " Words ")) == facts.NoteAdded(
        NEW, "matrix.social", "Words", "blue"
    )
    assert fact(workshop, DAN, asks.AddNote(made("b"), "matrix.social", "x")).group is None  # type: ignore[union-attr]


def test_an_author_edits_moves_takes_back_and_puts_back(afternoon: History) -> None:
    assert fact(afternoon, ANN, asks.EditNote(HERS, "Better")) == facts.NoteEdited(HERS, "Better")
    assert fact(afternoon, ANN, asks.MoveNote(HERS, "utopia.hear")) == facts.NoteMoved(HERS, "utopia.hear")
    assert fact(afternoon, ANN, asks.TakeBackNote(HERS)) == facts.NoteTakenBack(HERS)
    assert fact(afternoon, ANN, asks.PutBackNote(HERS)) == facts.NotePutBack(HERS)
    assert afternoon.board.notes[HERS].text == "Better"


ON_OWN_NOTES = [
    lambda id: asks.EditNote(id, "Words"),
    lambda id: asks.MoveNote(id, "utopia.hear"),
    lambda id: asks.TakeBackNote(id),
    lambda id: asks.PutBackNote(id),
]


@pytest.mark.parametrize("ask", ON_OWN_NOTES)
def test_somebody_else_s_missing_and_taken_back_notes_get_one_answer(afternoon: History, ask) -> None:
    taken, gone_for_good = made(f"matrix.individual {BOB.id}"), made(f"utopia.see {BOB.id}")
    afternoon.ask(BOB, asks.TakeBackNote(gone_for_good))
    afternoon.ask(BOB, asks.TakeBackNote(taken), wait=PUT_BACK_MS)
    answers = {refusal(afternoon, BOB, ask(id)) for id in (HERS, made("nobody's"), gone_for_good)}
    assert answers == {"note.gone"}
    if not isinstance(ask(taken), asks.PutBackNote):
        assert refusal(afternoon, BOB, ask(taken)) == "note.gone"


def test_a_note_is_put_back_within_thirty_seconds_and_not_after(afternoon: History) -> None:
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    assert fact(afternoon, ANN, asks.PutBackNote(HERS), wait=PUT_BACK_MS) == facts.NotePutBack(HERS)
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    assert refusal(afternoon, ANN, asks.PutBackNote(HERS), wait=PUT_BACK_MS + 1) == "note.gone"


def test_a_note_that_stands_is_not_put_back(afternoon: History) -> None:
    assert refusal(afternoon, ANN, asks.PutBackNote(HERS)) == "note.gone"


def test_a_held_note_taken_back_and_put_back_is_still_held(afternoon: History) -> None:
    afternoon.ask(HAL, asks.HideNote(HERS, Why.RUDE))
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    afternoon.ask(ANN, asks.PutBackNote(HERS))
    afternoon.ask(ANN, asks.EditNote(HERS, "Kinder words"))
    assert afternoon.board.notes[HERS].held is Why.RUDE


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "text.empty"),
        (" \n ", "text.empty"),
        ("x" * 281, "text.too_long"),
        ("a\0b", "text.nul"),
        ("\n".join("x" * 31), "text.too_many_lines"),
    ],
)
def test_words_that_no_note_can_hold_are_refused(afternoon: History, words: str, code: str) -> None:
    assert refusal(afternoon, ANN, asks.AddNote(NEW, "matrix.social", words)) == code
    assert refusal(afternoon, ANN, asks.EditNote(HERS, words)) == code


def test_a_note_too_long_is_told_by_how_much(afternoon: History) -> None:
    with pytest.raises(Refused) as refused:
        afternoon.ask(ANN, asks.AddNote(NEW, "matrix.social", "x" * 283))
    assert refused.value.facts["over"] == 3


def test_an_id_is_taken_across_notes_piles_lines_and_their_past(afternoon: History) -> None:
    pile, line = made("one"), made("a line")
    afternoon.ask(HAL, asks.MakeItem(line, "A line"))
    afternoon.ask(HAL, asks.DropItem(line))
    afternoon.ask(HAL, asks.DropTheme(pile))
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    for id in (pile, line, HERS):
        assert refusal(afternoon, ANN, asks.AddNote(id, "matrix.social", "x")) == "id.taken"
        assert refusal(afternoon, HAL, asks.MakeTheme(id, "x")) == "id.taken"
        assert refusal(afternoon, HAL, asks.MakeItem(id, "x")) == "id.taken"


# Never late: locked and closed alone refuse a writer


@pytest.mark.parametrize("stage", [None, *PLAN.stages])
@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_takes_notes_whatever_stage_is_open(workshop: History, stage, zone: str) -> None:
    if stage is not None:
        workshop.ask(HAL, asks.OpenStage(stage.id))
    workshop.ask(ANN, asks.AddNote(NEW, zone, "Better late"))
    workshop.ask(ANN, asks.EditNote(NEW, "than never"))
    for other in ZONES:
        workshop.ask(ANN, asks.MoveNote(NEW, other))
    workshop.ask(ANN, asks.TakeBackNote(NEW))
    workshop.ask(ANN, asks.PutBackNote(NEW))


@given(histories())
def test_a_sound_ask_is_refused_only_where_it_is_locked_or_closed_or_its_writer_stopped(
    history: History,
) -> None:
    board = history.board
    for zone in ZONES:
        ask = asks.AddNote(NEW, zone, "Words")
        reasons = [
            (ANN.id in board.removed, r"seat\.removed"),
            (ANN.id in board.muted.values(), r"writer\.muted"),
            (board.closed, r"session\.closed"),
            (board.zones[zone].locked, r"zone\.locked"),
        ]
        if why := next((code for holds, code in reasons if holds), None):
            with pytest.raises(Refused, match=why):
                decide(board, ask, ANN, history.at)
        else:
            decide(board, ask, ANN, history.at)


def test_a_locked_zone_takes_no_note_and_no_edit_and_gives_notes_back(afternoon: History) -> None:
    afternoon.ask(HAL, asks.LockZone("matrix.social"))
    assert refusal(afternoon, ANN, asks.AddNote(NEW, "matrix.social", "x")) == "zone.locked"
    assert refusal(afternoon, ANN, asks.EditNote(HERS, "x")) == "zone.locked"
    assert refusal(afternoon, ANN, asks.MoveNote(HERS, "utopia.see")) == "zone.locked"
    assert (
        refusal(afternoon, ANN, asks.MoveNote(made(f"utopia.see {ANN.id}"), "matrix.social")) == "zone.locked"
    )
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    afternoon.ask(ANN, asks.PutBackNote(HERS))
    afternoon.ask(HAL, asks.UnlockZone("matrix.social"))
    afternoon.ask(ANN, asks.EditNote(HERS, "x"))


def test_a_closed_session_takes_no_words_and_gives_them_back(afternoon: History) -> None:
    afternoon.ask(HAL, asks.CloseSession())
    assert refusal(afternoon, ANN, asks.AddNote(NEW, "matrix.social", "x")) == "session.closed"
    assert refusal(afternoon, ANN, asks.EditNote(HERS, "x")) == "session.closed"
    assert refusal(afternoon, ANN, asks.MoveNote(HERS, "utopia.see")) == "session.closed"
    assert refusal(afternoon, HAL, asks.OpenStage("alone")) == "session.closed"
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    afternoon.ask(ANN, asks.PutBackNote(HERS))
    afternoon.ask(HAL, asks.MakeTheme(NEW, "The desk works on"))
    afternoon.ask(HAL, asks.ReopenSession())
    afternoon.ask(ANN, asks.EditNote(HERS, "x"))


# Hosting


@pytest.mark.parametrize(
    ("actor", "ask", "code"),
    [
        (HAL, asks.AddNote(NEW, "matrix.social", "x"), "role.cannot"),
        (HAL, asks.EditNote(HERS, "x"), "role.cannot"),
        (HAL, asks.TakeBackNote(HERS), "role.cannot"),
        (WALL, asks.AddNote(NEW, "matrix.social", "x"), "role.cannot"),
        (WALL, asks.OpenStage("alone"), "role.cannot"),
        (WALL, asks.RevealZone("matrix.social"), "role.cannot"),
        (WALL, asks.HideNote(HERS), "role.cannot"),
        (WALL, asks.SetTimer(60), "role.cannot"),
        (ANN, asks.OpenStage("alone"), "role.cannot"),
        (ANN, asks.HideNote(HERS), "role.cannot"),
        (ANN, asks.BlankWall(True), "role.cannot"),
        (ANN, asks.MakeTheme(NEW, "x"), "role.cannot"),
        (ANN, asks.Undo(1), "role.cannot"),
        (ANN, asks.CloseSession(), "role.cannot"),
        (HAL, asks.OpenStage("nowhere"), "stage.unknown"),
        (HAL, asks.RevealZone("matrix.nowhere"), "zone.unknown"),
        (HAL, asks.LockZone("nowhere.social"), "zone.unknown"),
        (HAL, asks.UnlockZone("nowhere.social"), "zone.unknown"),
        (HAL, asks.HideNote(NEW), "note.gone"),
        (HAL, asks.ShowNote(NEW), "note.gone"),
        (HAL, asks.ShowWall(Manner.READ, "matrix.nowhere"), "wall.unknown"),
        (WALL, asks.ShowWall(Manner.READ, HERS), "wall.unknown"),
        (ANN, asks.AddNote(NEW, "matrix.nowhere", "x"), "zone.unknown"),
        (ANN, asks.MoveNote(HERS, "matrix.nowhere"), "zone.unknown"),
    ],
)
def test_refused(afternoon: History, actor: Actor, ask: asks.Ask, code: str) -> None:
    assert refusal(afternoon, actor, ask) == code


@pytest.mark.parametrize(
    ("actor", "ask", "expected"),
    [
        (HAL, asks.HideNote(HERS, Why.NAMES), facts.NoteHidden(HERS, Why.NAMES)),
        (HAL, asks.ShowNote(HERS), facts.NoteShown(HERS)),
        (HAL, asks.OpenStage("dream"), facts.StageOpened("dream")),
        (HAL, asks.RevealZone("utopia.see"), facts.ZoneRevealed("utopia.see")),
        (HAL, asks.LockZone("utopia.see"), facts.ZoneLocked("utopia.see")),
        (HAL, asks.UnlockZone("utopia.see"), facts.ZoneUnlocked("utopia.see")),
        (WALL, asks.BlankWall(True), facts.WallBlanked(True)),
        (HAL, asks.BlankWall(False), facts.WallBlanked(False)),
        (WALL, asks.ShowWall(Manner.WHOLE), facts.WallShown(Manner.WHOLE, None, 0)),
        (WALL, asks.ShowWall(Manner.READ, "utopia.see", 2), facts.WallShown(Manner.READ, "utopia.see", 2)),
        (HAL, asks.ShowWall(Manner.READ, made("one")), facts.WallShown(Manner.READ, made("one"), 0)),
        (HAL, asks.CloseSession(), facts.SessionClosed()),
        (HAL, asks.ReopenSession(), facts.SessionReopened()),
    ],
)
def test_allowed(afternoon: History, actor: Actor, ask: asks.Ask, expected: AnyFact) -> None:
    assert fact(afternoon, actor, ask) == expected


def test_a_note_taken_back_is_nobody_s_to_hide_or_show(afternoon: History) -> None:
    afternoon.ask(ANN, asks.TakeBackNote(HERS))
    assert refusal(afternoon, HAL, asks.HideNote(HERS)) == "note.gone"
    assert refusal(afternoon, HAL, asks.ShowNote(HERS)) == "note.gone"


def test_turning_the_wall_shows_it_again(afternoon: History) -> None:
    afternoon.ask(WALL, asks.BlankWall(True))
    afternoon.ask(HAL, asks.OpenStage("dream"))
    assert afternoon.board.screen.blank
    afternoon.ask(WALL, asks.ShowWall(Manner.READ, "utopia.see"))
    assert not afternoon.board.screen.blank


# The clock

MINUTE = 60_000


@pytest.mark.parametrize(
    ("before", "ask", "after"),
    [
        (Clock(), asks.SetTimer(60), Clock(ends=START + MINUTE)),
        (Clock(ends=START + 5), asks.SetTimer(0), Clock()),
        (Clock(left=5), asks.SetTimer(0), Clock()),
        (Clock(ends=START + MINUTE), asks.AddTime(60), Clock(ends=START + 2 * MINUTE)),
        (Clock(ends=START + 2 * MINUTE), asks.AddTime(-60), Clock(ends=START + MINUTE)),
        (Clock(ends=START + MINUTE), asks.AddTime(-3_600), Clock(ends=START)),
        (Clock(ends=START - MINUTE), asks.AddTime(60), Clock(ends=START + MINUTE)),
        (Clock(), asks.AddTime(60), Clock(ends=START + MINUTE)),
        (Clock(left=MINUTE), asks.AddTime(60), Clock(left=2 * MINUTE)),
        (Clock(left=MINUTE), asks.AddTime(-3_600), Clock(left=0)),
        (Clock(ends=START + MINUTE), asks.PauseTimer(), Clock(left=MINUTE)),
        (Clock(ends=START - MINUTE), asks.PauseTimer(), Clock(left=0)),
        (Clock(left=MINUTE), asks.PauseTimer(), Clock(left=MINUTE)),
        (Clock(), asks.PauseTimer(), Clock()),
        (Clock(left=MINUTE), asks.ResumeTimer(), Clock(ends=START + MINUTE)),
        (Clock(ends=START + MINUTE), asks.ResumeTimer(), Clock(ends=START + MINUTE)),
        (Clock(), asks.ResumeTimer(), Clock()),
    ],
)
def test_the_clock(workshop: History, before: Clock, ask: asks.Ask, after: Clock) -> None:
    workshop.board.clock = before
    workshop.ask(HAL, ask, wait=0)
    assert workshop.board.clock == after


@given(histories(), st.integers(-3_600, 3_600))
def test_the_clock_runs_or_rests_and_never_both(history: History, seconds: int) -> None:
    history.ask(HAL, asks.AddTime(seconds))
    clock = history.board.clock
    assert clock.ends is None or clock.left is None
    assert clock.left is None or clock.left >= 0


# Caps


def test_a_session_takes_so_many_notes(workshop: History) -> None:
    note = Note("matrix.social", "x", ANN.id, None)
    workshop.board.notes = {str(n): note for n in range(NOTES_MOST)}
    assert refusal(workshop, ANN, asks.AddNote(NEW, "matrix.social", "x")) == "session.full"


def test_a_session_takes_so_many_piles_and_lines(workshop: History) -> None:
    for n in range(THEMES_MOST):
        workshop.ask(HAL, asks.MakeTheme(made(f"pile {n}"), f"Pile {n}"))
    assert refusal(workshop, HAL, asks.MakeTheme(NEW, "One more")) == "session.full"
    for n in range(ITEMS_MOST):
        workshop.ask(HAL, asks.MakeItem(made(f"line {n}"), f"Line {n}"))
    assert refusal(workshop, HAL, asks.MakeItem(NEW, "One more")) == "session.full"


def test_a_full_log_takes_nothing_more_but_what_protects_people(afternoon: History) -> None:
    afternoon.board.seq = FACTS_MOST
    for actor, ask in (
        (ANN, asks.AddNote(NEW, "matrix.social", "x")),
        (ANN, asks.EditNote(HERS, "x")),
        (HAL, asks.OpenStage("alone")),
        (HAL, asks.ReopenSession()),
    ):
        with pytest.raises(Refused, match=r"session\.full"):
            decide(afternoon.board, ask, actor, START)
    decide(afternoon.board, asks.HideNote(HERS), HAL, START)
    decide(afternoon.board, asks.TakeBackNote(HERS), ANN, START)
    decide(afternoon.board, asks.BlankWall(True), WALL, START)
    decide(afternoon.board, asks.CloseSession(), HAL, START)


def test_nothing_is_decided_by_whether_the_board_is_a_draft(afternoon: History) -> None:
    ask = asks.EditNote(HERS, "Better")
    draft = afternoon.board.draft()
    assert decide(draft, ask, ANN, START) == decide(afternoon.board, ask, ANN, START)
    assert opening(PLAN).seq == 0


def test_a_role_is_checked_before_anything_is_told(workshop: History) -> None:
    """A wall learns nothing of notes by asking about them."""
    for id in (HERS, NEW):
        assert refusal(workshop, Actor("x", Role.WALL), asks.HideNote(id)) == "role.cannot"
