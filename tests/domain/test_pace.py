"""Stages, minutes and where to look: what a host moves, and how a slip is mended."""

import pytest
from hypothesis import given

from sessions.domain import asks
from sessions.domain.asks import Ask, Made, Minutes
from sessions.domain.decide import RETURN_MS, Actor
from sessions.domain.plans import Shows
from sessions.domain.refused import Refused
from sessions.domain.rows import AgendaRow, ClockRow, FocusRow, ItemRow, ScreenRow, StageRow, ThemeRow
from tests.domain.histories import ANN, HAL, HEA, START, VIEWERS, WALL, History, made, workshops

MOMENT = (StageRow, ClockRow, ScreenRow, FocusRow, AgendaRow)
HERS = made(f"matrix.social {ANN.id}")


def refusal(history: History, ask: Ask, wait: int = 1) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(HAL, ask, wait)
    return refused.value.code


def moment(history: History) -> set[object]:
    """Stage, clock, screen, focus and agenda as they stand."""
    return {row for row in history.board.rows.seen_by(VIEWERS["host"]) if isinstance(row, MOMENT)}


def focus(history: History, viewer: str = "ann") -> FocusRow:
    (row,) = (row for row in history.board.rows.seen_by(VIEWERS[viewer]) if isinstance(row, FocusRow))
    return row


def agenda(history: History) -> AgendaRow:
    (row,) = (row for row in history.board.rows.seen_by(VIEWERS["host"]) if isinstance(row, AgendaRow))
    return row


def test_a_stage_opened_by_mistake_is_undone_with_its_clock_screens_and_focus(workshop: History) -> None:
    workshop.ask(HAL, asks.OpenStage("together"))
    workshop.ask(HAL, asks.SetTimer(300))
    workshop.ask(HAL, asks.ShowWall(asks.Manner.READ, "matrix.social", 1))
    workshop.ask(HAL, asks.LightZone("matrix.social"))
    before = moment(workshop)
    workshop.ask(HAL, asks.OpenStage("dream"))
    assert moment(workshop) != before
    workshop.ask(HEA, asks.ReturnStage(), wait=RETURN_MS)
    assert moment(workshop) == before


def test_the_first_stage_opened_by_mistake_leads_back_to_people_arriving(workshop: History) -> None:
    before = moment(workshop)
    workshop.ask(HAL, asks.OpenStage("welcome"))
    workshop.ask(HAL, asks.ReturnStage())
    assert moment(workshop) == before
    assert agenda(workshop).began is None


def test_it_is_undone_once_and_only_for_ten_seconds(workshop: History) -> None:
    assert refusal(workshop, asks.ReturnStage()) == "stage.settled"
    workshop.ask(HAL, asks.OpenStage("welcome"))
    assert refusal(workshop, asks.ReturnStage(), wait=RETURN_MS + 1) == "stage.settled"
    workshop.ask(HAL, asks.OpenStage("alone"))
    workshop.ask(HAL, asks.ReturnStage())
    assert refusal(workshop, asks.ReturnStage()) == "stage.settled"


def test_a_step_that_nobody_waits_for_any_more_is_not_opened_late(workshop: History) -> None:
    at = workshop.entries[-1].at if workshop.entries else START
    workshop.ask(HAL, asks.OpenStage("welcome", by=at + 2_000), wait=2_000)
    now = workshop.entries[-1].at
    for kind in (asks.ReturnStage, asks.CloseSession):
        assert refusal(workshop, kind(by=now + 2_000), wait=2_001) == "stage.late"
    assert refusal(workshop, asks.OpenStage("alone", by=now + 2_000), wait=2_001) == "stage.late"
    assert (workshop.board.stage, workshop.board.closed) == ("welcome", False)


def test_piles_are_in_the_open_before_their_step_once_a_host_shows_them(workshop: History) -> None:
    workshop.ask(HAL, asks.MakeTheme(made("pile"), "Walk together"))
    workshop.ask(HAL, asks.MakeItem(made("line"), "Walk together", made("pile")))

    def kinds(viewer: str) -> set[type]:
        return {type(row) for row in workshop.board.rows.seen_by(VIEWERS[viewer])}

    assert not {ThemeRow, ItemRow} & (kinds("seen") | kinds("ann"))
    workshop.ask(HAL, asks.ShowMade(Made.THEMES))
    for viewer in ("seen", "wall", "ann"):
        assert {ThemeRow, ItemRow} & kinds(viewer) == {ThemeRow}
    workshop.ask(HAL, asks.ShowMade(Made.ITEMS))
    assert ItemRow in kinds("seen")
    assert workshop.board.stage is None


def test_going_back_hides_nothing_that_people_have_read(afternoon: History) -> None:
    shown = {row.id for row in afternoon.board.rows.seen_by(VIEWERS["bob"])}
    afternoon.ask(HAL, asks.OpenStage("awake"))
    opened = {row.id for row in afternoon.board.rows.seen_by(VIEWERS["bob"])}
    assert opened > shown
    afternoon.ask(HAL, asks.ReturnStage())
    assert {row.id for row in afternoon.board.rows.seen_by(VIEWERS["bob"])} == opened


def test_we_began_when_the_first_stage_was_opened(workshop: History) -> None:
    first = workshop.ask(HAL, asks.OpenStage("welcome"))
    workshop.ask(HAL, asks.OpenStage("alone"))
    assert agenda(workshop).began == first.at


def test_minutes_are_moved_between_stages_and_put_back(workshop: History) -> None:
    workshop.ask(HAL, asks.SetAgenda(5_000, (Minutes("sort", 4),), ("musts",)))
    assert (agenda(workshop).stop, agenda(workshop).left_out) == (5_000, ("musts",))
    assert [(each.stage, each.minutes) for each in agenda(workshop).minutes] == [("sort", 4)]
    workshop.ask(HAL, asks.SetAgenda(None))
    assert agenda(workshop) == AgendaRow("agenda", None, None, (), ())


@pytest.mark.parametrize(
    "wrong", [asks.SetAgenda(None, (Minutes("nowhere", 4),)), asks.SetAgenda(None, (), ("nowhere",))]
)
def test_minutes_are_of_stages_that_the_plan_has(workshop: History, wrong: Ask) -> None:
    assert refusal(workshop, wrong) == "stage.unknown"


def test_phones_look_up_until_they_need_not_or_the_room_moves_on(workshop: History) -> None:
    for end in (asks.LookUp(False), asks.OpenStage("alone")):
        workshop.ask(HAL, asks.LookUp(True))
        assert focus(workshop).look_up
        workshop.ask(HAL, end)
        assert not focus(workshop).look_up


def test_a_lit_zone_is_known_to_everybody_and_shuts_no_other(workshop: History) -> None:
    workshop.ask(HAL, asks.OpenStage("alone"))
    workshop.ask(HAL, asks.LightZone("matrix.social"))
    assert focus(workshop, "wall").lit == "matrix.social"
    workshop.ask(ANN, asks.AddNote(made("elsewhere"), "matrix.individual", "walk"))
    assert refusal(workshop, asks.LightZone("matrix.nowhere")) == "zone.unknown"
    workshop.ask(HAL, asks.LightZone(None))
    assert focus(workshop).lit is None


def test_only_what_the_room_may_read_is_shown_big(afternoon: History) -> None:
    private = made(f"utopia.see {ANN.id}")
    assert afternoon.board.notes[private]
    assert refusal(afternoon, asks.SetSpotlight(private)) == "wall.unknown"
    assert refusal(afternoon, asks.SetSpotlight(made("nobody's"))) == "wall.unknown"
    afternoon.ask(HAL, asks.SetSpotlight(HERS))
    assert focus(afternoon).of == HERS


def test_a_note_hidden_after_a_mistaken_step_is_not_big_again_when_that_is_taken_back(
    afternoon: History,
) -> None:
    afternoon.ask(HAL, asks.SetSpotlight(HERS))
    afternoon.ask(HAL, asks.OpenStage("list"))
    afternoon.ask(HAL, asks.HideNote(HERS))
    afternoon.ask(HAL, asks.ReturnStage())
    afternoon.ask(HAL, asks.ShowNote(HERS))
    assert focus(afternoon).of is None


def test_a_line_is_shown_big_once_the_list_is_open(afternoon: History) -> None:
    line = made("a line")
    afternoon.ask(HAL, asks.MakeItem(line, "Walk together"))
    assert refusal(afternoon, asks.SetSpotlight(line)) == "wall.unknown"
    afternoon.ask(HAL, asks.OpenStage("list"))
    afternoon.ask(HAL, asks.SetSpotlight(line))
    assert focus(afternoon, "wall").of == line
    afternoon.ask(HAL, asks.DropItem(line))
    assert focus(afternoon, "wall").of is None


@pytest.mark.parametrize("turner", [HAL, WALL], ids=["host", "clicker"])
def test_what_was_asked_last_is_what_the_room_sees(afternoon: History, turner: Actor) -> None:
    """What is big makes way for the next picture asked of the wall, and stands over it if asked for later."""
    afternoon.ask(HAL, asks.LightZone("matrix.social"))
    for turn in (asks.ShowWall(asks.Manner.READ, "matrix.social"), asks.ShowWall(asks.Manner.WHOLE)):
        afternoon.ask(HAL, asks.SetSpotlight(HERS))
        assert focus(afternoon, "wall").of == HERS
        afternoon.ask(turner, turn)
        for viewer in VIEWERS:
            assert (focus(afternoon, viewer).of, focus(afternoon, viewer).lit) == (None, "matrix.social")


@pytest.mark.parametrize("gone", [asks.HideNote(HERS), asks.TakeBackNote(HERS)], ids=["hidden", "taken back"])
def test_what_is_shown_big_goes_from_every_screen_with_its_note(afternoon: History, gone: Ask) -> None:
    afternoon.ask(HAL, asks.SetSpotlight(HERS))
    afternoon.ask(ANN if isinstance(gone, asks.TakeBackNote) else HAL, gone)
    for viewer in VIEWERS:
        assert focus(afternoon, viewer).of is None
    afternoon.ask(ANN, asks.PutBackNote(HERS)) if isinstance(gone, asks.TakeBackNote) else afternoon.ask(
        HAL, asks.ShowNote(HERS)
    )
    assert focus(afternoon).of is None


def test_a_closed_session_has_nothing_to_look_at(afternoon: History) -> None:
    afternoon.ask(HAL, asks.SetSpotlight(HERS))
    afternoon.ask(HAL, asks.LookUp(True))
    afternoon.ask(HAL, asks.CloseSession())
    afternoon.ask(HAL, asks.ReopenSession())
    assert (focus(afternoon).of, focus(afternoon).look_up) == (None, False)


@given(workshops)
def test_no_focus_names_what_the_room_may_not_read(history: History) -> None:
    for board in history.boards():
        (row,) = (row for row in board.rows.seen_by(VIEWERS["guest"]) if isinstance(row, FocusRow))
        seen = {each.id for each in board.rows.seen_by(VIEWERS["guest"])}
        assert row.of is None or row.of in seen
        assert row.of is None or row.of in board.notes or Shows.ITEMS in board.public
