"""People are counted, and not devices: a table that writes together is as many as it said."""

from sessions.domain import asks
from sessions.domain.decide import Actor
from sessions.domain.rights import Role
from sessions.domain.rows import ItemRow
from tests.domain.histories import ANN, BOB, HAL, VIEWERS, History, made

TABLE = Actor("person-table-9a", Role.PARTICIPANT, "blue", people=5)
PILE, LINE = made("pile"), made("line")


def heard(history: History, *writers: Actor) -> ItemRow:
    notes = []
    for place, writer in enumerate(writers):
        notes.append(made(f"note {place}"))
        history.ask(writer, asks.AddNote(notes[-1], "matrix.social", f"said {place}"))
    history.ask(HAL, asks.OpenStage("list"))
    history.ask(HAL, asks.RevealZone("matrix.social"))
    history.ask(HAL, asks.MakeTheme(PILE, "Walk"))
    history.ask(HAL, asks.PlaceNotes(tuple(notes), PILE))
    history.ask(HAL, asks.MakeItem(LINE, "Walk", PILE))
    return next(row for row in history.board.rows.seen_by(VIEWERS["wall"]) if isinstance(row, ItemRow))


def test_a_line_counts_the_people_behind_its_notes(workshop: History) -> None:
    line = heard(workshop, ANN, BOB, TABLE)
    assert (line.notes, line.people) == (3, 7)


def test_however_many_notes_a_table_writes_it_is_the_same_people(workshop: History) -> None:
    line = heard(workshop, TABLE, TABLE, TABLE, ANN)
    assert (line.notes, line.people) == (4, 6)


def test_parts_of_a_note_speak_for_as_many(workshop: History) -> None:
    heard(workshop, TABLE)
    parts = (asks.Part(made("one"), "One"), asks.Part(made("two"), "Two"))
    workshop.ask(HAL, asks.SplitNote(made("note 0"), parts))
    workshop.ask(HAL, asks.PlaceNotes((made("one"),), PILE))
    line = next(row for row in workshop.board.rows.seen_by(VIEWERS["wall"]) if isinstance(row, ItemRow))
    assert (line.notes, line.people) == (1, 5)
