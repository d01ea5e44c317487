"""The end of a workshop on paper: what was said about it, who takes on another day, what came late."""

import pytest
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.evolve import opening
from sessions.domain.plans import Board as Sheet, Layout, Stage, Zone
from sessions.domain.refused import Refused
from sessions.domain.report import Report
from sessions.domain.reporting import Facts, reporting
from tests.domain.histories import ANN, BOB, HAL, PLAN, VIEWERS, History, made

TODAY = Sheet(
    "today",
    "reflection",
    "Reflection",
    Layout.LANES,
    "How was today?",
    (Zone("worked", "What worked", "What went well?"), Zone("better", "What to do better", "And what not?")),
    reflects=True,
)
WITH_TODAY = replace(
    PLAN,
    boards=(*PLAN.boards, TODAY),
    stages=(*PLAN.stages, Stage("close", "Thank you", boards=("today",))),
    late_hours=48,
)
LUNCH, RUSH, IDEA, PARKED = made("lunch"), made("rush"), made("idea"), made("parked")


@pytest.fixture
def evening() -> History:
    """Two ideas, two words about the day, all written before the end."""
    history = History(WITH_TODAY, board=opening(WITH_TODAY))
    history.ask(ANN, asks.AddNote(IDEA, "matrix.social", "Walk together"))
    history.ask(ANN, asks.AddNote(PARKED, "matrix.later", "Who pays?"))
    history.ask(HAL, asks.OpenStage("together"))
    history.ask(HAL, asks.OpenStage("close"))
    history.ask(ANN, asks.AddNote(RUSH, "today.better", "A bit of a rush"))
    history.ask(BOB, asks.AddNote(LUNCH, "today.worked", "The lunch"))
    return history


def report(history: History, viewer: str) -> Report:
    facts = Facts(
        *("An afternoon", "", "Hal", "KXR MTP WGD", "22 November 2026", "19 February 2027"),
        people=2,
        groups_here=frozenset({"red"}),
        host_copy=viewer == "host",
        seq=history.board.seq,
        mark="00",
    )
    return reporting(history.board.rows.seen_by(VIEWERS[viewer]), WITH_TODAY, facts)


def test_what_was_said_about_the_day_has_a_part_of_its_own_in_the_order_of_its_questions(
    evening: History,
) -> None:
    paper = report(evening, "host")
    assert [words.text for words in paper.reflections] == ["The lunch", "A bit of a rush"]
    # They are private and yet not kept off anything, and no table is named beside them.
    assert {(words.held, words.group) for words in paper.reflections} == {(False, "")}
    assert [words.text for words in paper.unplaced] == ["Walk together"]
    assert {cell.board for cell in paper.coverage} == {"Matrix", "Utopia"}


def test_the_room_s_paper_holds_no_reflection_until_the_host_shows_them(evening: History) -> None:
    assert report(evening, "wall").reflections == ()
    evening.ask(HAL, asks.RevealZone("today.worked"))
    assert [words.text for words in report(evening, "wall").reflections] == ["The lunch"]


def test_no_word_about_the_day_is_sorted_with_the_ideas(evening: History) -> None:
    pile = made("pile")
    evening.ask(HAL, asks.MakeTheme(pile, "Walk"))
    with pytest.raises(Refused, match=r"note\.reflects"):
        evening.ask(HAL, asks.PlaceNotes((RUSH, LUNCH), pile))
    evening.ask(HAL, asks.PlaceNotes((RUSH, IDEA), pile))
    assert [words.text for words in report(evening, "host").unlisted[0].words] == ["Walk together"]


def test_a_note_that_its_author_made_a_word_about_the_day_stands_with_no_line(evening: History) -> None:
    pile, line = made("pile"), made("line")
    evening.ask(HAL, asks.MakeTheme(pile, "Walk"))
    evening.ask(HAL, asks.PlaceNotes((IDEA,), pile))
    evening.ask(HAL, asks.MakeItem(line, "Walk to the shop", pile))
    evening.ask(HAL, asks.ShowMade(asks.Made.ITEMS))
    evening.ask(HAL, asks.RevealZone("today.worked"))
    (said,) = report(evening, "wall").lines
    assert ([words.text for words in said.quotes], said.notes, said.people) == (["Walk together"], 1, 1)
    evening.ask(ANN, asks.MoveNote(IDEA, "today.worked"))
    for viewer in ("host", "wall"):
        (said,) = report(evening, viewer).lines
        assert (said.quotes, said.notes, said.people, said.heard_at, said.words) == ((), 0, 0, 0, ())
    with pytest.raises(Refused, match=r"note\.gone"):
        evening.ask(HAL, asks.QuoteNotes(line, (IDEA,)))


def test_a_note_for_another_day_stands_with_its_owner(evening: History) -> None:
    evening.ask(HAL, asks.OwnParking(PARKED, "Sam, by June"))
    for viewer in ("host", "wall"):
        assert [(words.text, words.owner) for words in report(evening, viewer).later] == [
            ("Who pays?", "Sam, by June")
        ]


def test_a_late_note_is_marked_on_every_paper(evening: History) -> None:
    evening.ask(HAL, asks.CloseSession())
    evening.ask(BOB, asks.AddNote(made("late"), "matrix.social", "And tea"))
    for viewer in ("host", "wall"):
        late = {words.text: words.late for words in report(evening, viewer).unplaced}
        assert late == {"And tea": True, "Walk together": False}
