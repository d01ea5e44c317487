"""What is for another day has somebody who takes it on."""

import pytest

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.refused import Refused
from sessions.domain.rows import OwnerRow
from tests.domain.histories import ANN, HAL, VIEWERS, History, made

PARKED, PILE = made("parked"), made("a pile")


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


# Kept for another day by a host

IDEA, PART, OTHER = made("an idea"), made("a part"), made("another part")


def standing(history: History, id: str) -> tuple[str, str | None]:
    """Where a note is on the board, and its pile."""
    return history.board.notes[id].zone, history.board.pile_of(id)


@pytest.fixture
def sorted_idea(parked: History) -> History:
    """A shown note in a pile, which somebody says is not quite right."""
    parked.ask(ANN, asks.AddNote(IDEA, "matrix.social", "Free parking"))
    parked.ask(HAL, asks.OpenStage("sort"))
    parked.ask(HAL, asks.MakeTheme(PILE, "Walk together"))
    parked.ask(HAL, asks.PlaceNotes((IDEA,), PILE))
    parked.ask(ANN, asks.DisputeNote(IDEA, "Not walking"))
    return parked


def test_a_note_kept_for_another_day_leaves_its_pile_and_undo_is_one_step(sorted_idea: History) -> None:
    step = sorted_idea.ask(HAL, asks.ParkNotes((IDEA, PARKED))).seq
    assert standing(sorted_idea, IDEA) == standing(sorted_idea, PARKED) == ("matrix.later", None)
    assert sorted_idea.board.notes[IDEA].dispute is None
    sorted_idea.ask(HAL, asks.OwnParking(IDEA, "Sam"))
    assert owners(sorted_idea) == {IDEA: "Sam"}
    counts = dict(sorted_idea.board.counts)
    assert (counts["matrix.social"], counts["matrix.later"]) == (0, 2)
    sorted_idea.ask(HAL, asks.Undo(step))
    assert standing(sorted_idea, IDEA) == ("matrix.social", PILE)
    assert standing(sorted_idea, PARKED) == ("matrix.later", None)
    assert sorted_idea.board.notes[IDEA].dispute == "Not walking"
    assert owners(sorted_idea) == {}


def test_what_says_the_same_goes_to_another_day_with_its_headline(sorted_idea: History) -> None:
    twin = made("a twin")
    sorted_idea.ask(ANN, asks.AddNote(twin, "matrix.individual", "parking should be free"))
    sorted_idea.ask(HAL, asks.SameIdea((twin,), IDEA))
    sorted_idea.ask(HAL, asks.ParkNotes((IDEA,)))
    assert standing(sorted_idea, twin) == standing(sorted_idea, IDEA) == ("matrix.later", None)


def test_a_note_of_another_board_goes_where_there_is_a_place_for_another_day(sorted_idea: History) -> None:
    dream = made("a dream")
    sorted_idea.ask(ANN, asks.AddNote(dream, "utopia.see", "Trees"))
    # What only its author and the hosts read is moved nowhere where others would.
    assert refusal(sorted_idea, asks.ParkNotes((dream,))) == "note.no_other_day"
    sorted_idea.ask(HAL, asks.OpenStage("awake"))
    sorted_idea.ask(HAL, asks.ParkNotes((dream,)))
    assert standing(sorted_idea, dream) == ("matrix.later", None)


def test_what_is_kept_for_another_day_leaves_the_headline_that_stays(sorted_idea: History) -> None:
    twin = made("a twin")
    sorted_idea.ask(ANN, asks.AddNote(twin, "matrix.individual", "parking should be free"))
    sorted_idea.ask(HAL, asks.SameIdea((twin,), IDEA))
    step = sorted_idea.ask(HAL, asks.ParkNotes((twin,))).seq
    assert sorted_idea.board.headline_of(twin) is None
    sorted_idea.ask(HAL, asks.PlaceNotes((IDEA,), PILE))
    assert standing(sorted_idea, twin) == ("matrix.later", None)
    assert standing(sorted_idea, IDEA) == ("matrix.social", PILE)
    sorted_idea.ask(HAL, asks.Undo(step))
    assert standing(sorted_idea, twin) == ("matrix.individual", PILE)
    assert sorted_idea.board.headline_of(twin) == IDEA


def test_a_part_whose_headline_goes_to_another_day_waits_for_a_pile_again(sorted_idea: History) -> None:
    long, more = made("a long note"), asks.ShowWall(asks.Manner.LEFT)
    sorted_idea.ask(ANN, asks.AddNote(long, "matrix.social", "Parking and cake"))
    sorted_idea.ask(HAL, asks.SplitNote(long, (asks.Part(PART, "Parking"), asks.Part(OTHER, "Cake"))))
    sorted_idea.ask(HAL, asks.PlaceNotes((IDEA,), None))
    sorted_idea.ask(HAL, asks.SameIdea((PART,), IDEA))
    step = sorted_idea.ask(HAL, asks.ParkNotes((IDEA,))).seq
    assert sorted_idea.board.headline_of(PART) is None
    sorted_idea.ask(HAL, more)
    assert PART in sorted_idea.board.screen.left
    sorted_idea.ask(HAL, asks.Undo(step))
    assert sorted_idea.board.headline_of(PART) == IDEA


def test_a_note_put_back_is_not_under_a_headline_that_went_to_another_day(sorted_idea: History) -> None:
    twin = made("a twin")
    sorted_idea.ask(ANN, asks.AddNote(twin, "matrix.individual", "parking should be free"))
    sorted_idea.ask(HAL, asks.SameIdea((twin,), IDEA))
    sorted_idea.ask(ANN, asks.TakeBackNote(twin))
    sorted_idea.ask(HAL, asks.ParkNotes((IDEA,)))
    sorted_idea.ask(ANN, asks.PutBackNote(twin))
    assert sorted_idea.board.headline_of(twin) is None


def test_nobody_is_shown_a_note_by_keeping_it_for_another_day(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(IDEA, "matrix.social", "Free parking"))
    workshop.ask(HAL, asks.RevealZone("matrix.later"))
    assert refusal(workshop, asks.ParkNotes((IDEA,))) == "note.no_other_day"
    assert standing(workshop, IDEA) == ("matrix.social", None)


def test_a_note_goes_to_another_day_whole(sorted_idea: History) -> None:
    parts = (asks.Part(PART, "Free"), asks.Part(OTHER, "Parking"))
    sorted_idea.ask(HAL, asks.SplitNote(IDEA, parts))
    assert refusal(sorted_idea, asks.ParkNotes((PART,))) == "note.is_part"
    assert refusal(sorted_idea, asks.ParkNotes((IDEA,))) == "note.in_parts"
    assert refusal(sorted_idea, asks.ParkNotes((made("nobody"),))) == "note.gone"


def test_what_cannot_go_to_another_day_is_passed_over(sorted_idea: History) -> None:
    whole, dream, gone = made("a whole"), made("a dream"), made("nobody")
    sorted_idea.ask(ANN, asks.AddNote(whole, "matrix.social", "Parking and cake"))
    sorted_idea.ask(HAL, asks.SplitNote(whole, (asks.Part(PART, "Parking"), asks.Part(OTHER, "Cake"))))
    sorted_idea.ask(ANN, asks.AddNote(dream, "utopia.see", "Trees"))
    assert refusal(sorted_idea, asks.ParkNotes((PART, dream))) == "note.no_other_day"
    sorted_idea.ask(HAL, asks.ParkNotes((PART, dream, gone, IDEA)))
    assert standing(sorted_idea, IDEA) == ("matrix.later", None)
    assert standing(sorted_idea, dream) == ("utopia.see", None)
    assert standing(sorted_idea, PART) == ("matrix.social", None)


def test_a_twin_that_only_its_author_reads_keeps_nobody_from_another_day(sorted_idea: History) -> None:
    dream = made("a dream")
    sorted_idea.ask(ANN, asks.AddNote(dream, "utopia.see", "Trees by the car park"))
    sorted_idea.ask(HAL, asks.SameIdea((dream,), IDEA))
    sorted_idea.ask(HAL, asks.ParkNotes((IDEA,)))
    assert standing(sorted_idea, IDEA) == ("matrix.later", None)
    assert standing(sorted_idea, dream) == ("utopia.see", PILE)
    assert sorted_idea.board.headline_of(dream) is None


def test_whoever_says_the_same_as_a_part_stays_with_it(sorted_idea: History) -> None:
    whole = made("a whole")
    sorted_idea.ask(ANN, asks.AddNote(whole, "matrix.social", "Parking and cake"))
    sorted_idea.ask(HAL, asks.SplitNote(whole, (asks.Part(PART, "Parking"), asks.Part(OTHER, "Cake"))))
    sorted_idea.ask(HAL, asks.SameIdea((IDEA,), PART))
    sorted_idea.ask(HAL, asks.ParkNotes((PART, PARKED)))
    assert standing(sorted_idea, IDEA) == ("matrix.social", PILE)
    assert sorted_idea.board.headline_of(IDEA) == PART


def test_an_owner_is_a_few_words(parked: History) -> None:
    assert refusal(parked, asks.OwnParking(PARKED, "x" * 121)) == "text.too_long"
