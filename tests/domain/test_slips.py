"""Whoever writes for others says whose words they are; what they mean in English stands beside them."""

import pytest
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.choices import Hold, Why
from sessions.domain.decide import Actor
from sessions.domain.evolve import opening
from sessions.domain.hints import Hints
from sessions.domain.refused import Refused
from sessions.domain.rights import Role
from sessions.domain.rows import ItemRow, MeaningRow, MineRow, OriginRow
from tests.domain.histories import ANN, BOB, CAT, HAL, PLAN, SAM, VIEWERS, WALL, History, made

HERS, ZONE = made("hers"), "matrix.social"
OTHER_SCRIBE = Actor("person-sue-9d", Role.PARTICIPANT, None, people=20, scribe=True)


def origin(history: History, id: str = HERS) -> OriginRow:
    rows = history.board.rows.seen_by(VIEWERS["host"])
    return next(row for row in rows if isinstance(row, OriginRow) and row.note == id)


def meanings(history: History, viewer: str) -> list[str]:
    rows = history.board.rows.seen_by(VIEWERS[viewer])
    return [row.text for row in rows if isinstance(row, MeaningRow)]


def test_a_slip_counts_for_the_table_that_is_named_with_it(workshop: History) -> None:
    workshop.ask(SAM, asks.AddNote(HERS, ZONE, "Walk with a dog", "red", 14))
    assert (origin(workshop).group, origin(workshop).slip) == ("red", 14)
    mine = next(
        row
        for row in workshop.board.rows.seen_by(replace(VIEWERS["ann"], person=SAM.id))
        if isinstance(row, MineRow)
    )
    assert (mine.group, mine.slip) == ("red", 14)


def test_without_a_table_a_slip_is_of_the_scribes_own(workshop: History) -> None:
    workshop.ask(SAM, asks.AddNote(HERS, ZONE, "Walk with a dog"))
    assert (origin(workshop).group, origin(workshop).slip) == (SAM.group, 0)


def test_a_note_of_ones_own_says_nothing_of_slips(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Walk with a dog"))
    assert origin(workshop).slip is None


@pytest.mark.parametrize("about", [{"group": "red"}, {"slip": 3}], ids=str)
def test_only_who_writes_for_others_names_tables_and_slips(
    workshop: History, about: dict[str, object]
) -> None:
    with pytest.raises(Refused, match=r"slip\.for_scribes"):
        workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Walk with a dog", **about))  # type: ignore[arg-type]


def test_a_table_that_nobody_knows_has_no_slips(workshop: History) -> None:
    with pytest.raises(Refused, match=r"group\.unknown"):
        workshop.ask(SAM, asks.AddNote(HERS, ZONE, "Walk with a dog", "nowhere", 1))


@pytest.mark.parametrize(
    ("writers", "people"),
    [
        ([OTHER_SCRIBE], 1),
        ([OTHER_SCRIBE, OTHER_SCRIBE], 2),
        ([SAM] * 5, 3),
        ([SAM, OTHER_SCRIBE, ANN], 3),
    ],
    ids=["a slip is one voice", "two slips are two", "and never more than they write for", "several at once"],
)
def test_slips_speak_for_one_person_each(workshop: History, writers: list[Actor], people: int) -> None:
    ids = [made(f"slip {place}") for place in range(len(writers))]
    for id, writer in zip(ids, writers, strict=True):
        workshop.ask(writer, asks.AddNote(id, ZONE, f"said on {id}"))
    workshop.ask(HAL, asks.RevealZone(ZONE))
    workshop.ask(HAL, asks.MakeTheme(made("pile"), "Walk"))
    workshop.ask(HAL, asks.PlaceNotes(tuple(ids), made("pile")))
    workshop.ask(HAL, asks.MakeItem(made("line"), "Walk", made("pile")))
    line = next(row for row in workshop.board.rows.seen_by(VIEWERS["host"]) if isinstance(row, ItemRow))
    assert (line.notes, line.people) == (len(writers), people)


# What it means in English


def test_its_author_a_host_and_a_scribe_say_what_a_note_means(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    workshop.ask(HAL, asks.MeanNote(HERS, "Let us go together"))
    assert meanings(workshop, "host") == meanings(workshop, "ann") == ["Let us go together"]
    assert meanings(workshop, "wall") == meanings(workshop, "bob") == []
    workshop.ask(HAL, asks.RevealZone(ZONE))
    workshop.ask(SAM, asks.MeanNote(HERS, "Walk together"))
    assert meanings(workshop, "wall") == meanings(workshop, "cat") == ["Walk together"]
    workshop.ask(HAL, asks.HideNote(HERS))
    assert meanings(workshop, "wall") == []


def test_nobody_else_does_and_a_scribe_none_that_the_room_does_not_read(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    for other, code in ((BOB, "note.gone"), (SAM, "note.gone"), (WALL, "role.cannot")):
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            workshop.ask(other, asks.MeanNote(HERS, "Let us go"))
    workshop.ask(HAL, asks.RevealZone(ZONE))
    with pytest.raises(Refused, match=r"note\.gone"):
        workshop.ask(CAT, asks.MeanNote(HERS, "Let us go"))


def test_an_empty_meaning_takes_it_away(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    workshop.ask(ANN, asks.MeanNote(HERS, " "))
    assert meanings(workshop, "host") == [""]


def test_a_meaning_that_names_somebody_keeps_its_note_off_the_wall(workshop: History) -> None:
    workshop.ask(HAL, asks.RevealZone(ZONE))
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    workshop.ask(ANN, asks.MeanNote(HERS, "words-7-said"))
    assert (origin(workshop).held, origin(workshop).hinted) == (Why.NAMES, True)
    assert meanings(workshop, "wall") == []
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    assert meanings(workshop, "wall") == ["Let us go"]


def test_a_meaning_lets_nothing_go_that_its_note_is_held_for(workshop: History) -> None:
    workshop.ask(HAL, asks.RevealZone(ZONE))
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "words-7-said"))
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    assert origin(workshop).held is Why.NAMES
    workshop.ask(HAL, asks.ShowNote(HERS))
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go together"))
    assert origin(workshop).held is None, "the host has read these words"
    workshop.ask(HAL, asks.HideNote(HERS))
    workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    assert (origin(workshop).held, origin(workshop).hinted) == (Why.OTHER, False)


def test_where_the_host_reads_first_a_new_meaning_waits_and_a_hosts_own_does_not() -> None:
    plan = replace(PLAN, hold=Hold.ALL, hints=(Hints("none", Why.RUDE, ("never",)),))
    history = History(plan=plan, board=opening(plan))
    history.ask(HAL, asks.RevealZone(ZONE))
    history.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    history.ask(HAL, asks.ShowNote(HERS))
    history.ask(HAL, asks.MeanNote(HERS, "Let us go"))
    assert origin(history).held is None
    history.ask(ANN, asks.MeanNote(HERS, "Let us go together"))
    assert origin(history).held is Why.WAITING


def test_in_a_closed_session_a_host_still_says_what_a_note_means(workshop: History) -> None:
    workshop.ask(ANN, asks.AddNote(HERS, ZONE, "Chodźmy razem"))
    workshop.ask(HAL, asks.CloseSession())
    with pytest.raises(Refused, match=r"session\.closed"):
        workshop.ask(ANN, asks.MeanNote(HERS, "Let us go"))
    workshop.ask(HAL, asks.MeanNote(HERS, "Let us go"))
    assert meanings(workshop, "host") == ["Let us go"]
