"""What is for another day has somebody who takes it on."""

import pytest

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.refused import Refused
from sessions.domain.rows import OwnerRow
from tests.domain.histories import ANN, HAL, VIEWERS, History, made

PARKED = made("parked")


@pytest.fixture
def parked(workshop: History) -> History:
    """One note for another day, in the open."""
    workshop.ask(ANN, asks.AddNote(PARKED, "matrix.later", "Who pays for this?"))
    workshop.ask(HAL, asks.OpenStage("together"))
    return workshop


def owners(history: History, viewer: str = "host") -> dict[str, str]:
    rows = history.board.rows.seen_by(VIEWERS[viewer])
    return {row.note: row.owner for row in rows if isinstance(row, OwnerRow)}


def refusal(history: History, ask: Ask) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(HAL, ask)
    return refused.value.code


def test_an_owner_stands_beside_the_note_until_the_words_are_taken_away(parked: History) -> None:
    parked.ask(HAL, asks.OwnParking(PARKED, "  Sam,\nby June "))
    assert owners(parked) == {PARKED: "Sam, by June"}
    parked.ask(HAL, asks.OwnParking(PARKED, "Ida"))
    assert owners(parked) == {PARKED: "Ida"}
    parked.ask(HAL, asks.OwnParking(PARKED, " "))
    assert owners(parked) == {}


def test_whoever_reads_the_note_reads_its_owner_and_nobody_else(parked: History) -> None:
    parked.ask(HAL, asks.OwnParking(PARKED, "Sam"))
    assert {name for name in VIEWERS if owners(parked, name)} == set(VIEWERS)
    parked.ask(HAL, asks.HideNote(PARKED))
    assert {name for name in VIEWERS if owners(parked, name)} == {"ann", "host"}
    parked.ask(ANN, asks.TakeBackNote(PARKED))
    assert {name for name in VIEWERS if owners(parked, name)} == set()


def test_only_a_note_for_another_day_has_an_owner(parked: History) -> None:
    parked.ask(HAL, asks.OwnParking(PARKED, "Sam"))
    parked.ask(ANN, asks.MoveNote(PARKED, "matrix.social"))
    assert owners(parked) == {}
    assert refusal(parked, asks.OwnParking(PARKED, "Ida")) == "note.not_parked"
    parked.ask(ANN, asks.MoveNote(PARKED, "matrix.later"))
    assert owners(parked) == {PARKED: "Sam"}
    parked.ask(ANN, asks.TakeBackNote(PARKED))
    assert refusal(parked, asks.OwnParking(PARKED, "Ida")) == "note.gone"


def test_an_owner_is_a_few_words(parked: History) -> None:
    assert refusal(parked, asks.OwnParking(PARKED, "x" * 121)) == "text.too_long"
