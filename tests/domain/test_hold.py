"""Notes that wait for the host: by a hint, all of them, or none. None is taken away; each wait can end."""

import re

import pytest
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.choices import Hold, Why
from sessions.domain.evolve import opening
from sessions.domain.hints import Hints, check_hints, hinted
from sessions.domain.plans import for_hosts, for_the_room
from sessions.domain.refused import Refused
from sessions.domain.rows import CountRow, MineRow, NoteRow, OriginRow
from sessions.shelf import Shelf
from tests.domain.histories import ANN, BOB, HAL, PLAN, VIEWERS, History, made

OURS = tuple(Shelf.read().hints.values())
HERS = made("hers")
ZONE = "matrix.social"


def workshop(hold: Hold) -> History:
    plan = replace(PLAN, hold=hold, hints=OURS)
    history = History(plan=plan, board=opening(plan))
    history.ask(HAL, asks.OpenStage("together"))
    return history


def write(history: History, text: str, id: str = HERS) -> None:
    history.ask(ANN, asks.AddNote(id, ZONE, text))


def seen(history: History, viewer: str) -> list[str]:
    return [row.text for row in history.board.rows.seen_by(VIEWERS[viewer]) if isinstance(row, NoteRow)]


def origin(history: History) -> OriginRow:
    return next(row for row in history.board.rows.seen_by(VIEWERS["host"]) if isinstance(row, OriginRow))


def counted(history: History) -> int:
    rows = history.board.rows.seen_by(VIEWERS["wall"])
    return sum(row.notes for row in rows if isinstance(row, CountRow))


NAMING = [
    "Dr Smith could go first",
    "Ask Mrs. Patel about her dog",
    "Nurse Jones never has time",
    "my patient fell on the ramp",
    "A patient called Ray comes every day",
    "NHS 943 476 5919",
    "Ring 07700 900123 and ask",
    "+44 7700 900 123",
    "write to jo.bloggs@surgery.example",
    "She lives at LS1 4AP",
    "DOB 3/4/61",
]
UNKIND = ["That is bullshit", "what an idiot", "Bloody arseholes"]
PLAIN = [
    "Walk with the doctor on Fridays",
    "Doctors and nurses walk at noon",
    "10,000 steps in 30 days",
    "Open 9 to 5, Monday to Friday",
    "The patients could choose the route",
    "Scunthorpe to Penistone by bike",
    "A class for people over 60",
    "Classic music in the hall",
    "Every patient gets a map",
    "Mister and missus, all welcome",
    "7 out of 10 people said so in 2019",
    "",
]


@pytest.mark.parametrize("text", NAMING)
def test_what_may_name_somebody_is_seen(text: str) -> None:
    assert hinted(OURS, text) is Why.NAMES


@pytest.mark.parametrize("text", UNKIND)
def test_what_may_hurt_somebody_is_seen(text: str) -> None:
    assert hinted(OURS, text) is Why.RUDE


@pytest.mark.parametrize("text", PLAIN)
def test_what_people_ordinarily_write_is_left_in_peace(text: str) -> None:
    assert hinted(OURS, text) is None


def test_a_pattern_that_is_none_is_named() -> None:
    with pytest.raises(Refused) as refused:
        check_hints(Hints("ours", Why.RUDE, ("fine", "not(fine")))
    assert refused.value.facts["key"] == "patterns.2"


def test_a_hinted_note_waits_and_its_author_and_the_hosts_know_why() -> None:
    history = workshop(Hold.HINTED)
    write(history, "Dr Smith could go first")
    assert {viewer for viewer in VIEWERS if seen(history, viewer)} == {"ann", "host"}
    assert (origin(history).held, origin(history).hinted) == (Why.NAMES, True)
    (mine,) = (row for row in history.board.rows.seen_by(VIEWERS["ann"]) if isinstance(row, MineRow))
    assert (mine.state, mine.why) == ("held", Why.NAMES)
    assert counted(history) == 0


def test_other_words_are_judged_anew() -> None:
    history = workshop(Hold.HINTED)
    write(history, "Dr Smith could go first")
    history.ask(ANN, asks.EditNote(HERS, "A doctor could go first"))
    assert seen(history, "wall") == ["A doctor could go first"]
    assert counted(history) == 1
    history.ask(ANN, asks.EditNote(HERS, "Dr Smith could go first"))
    assert seen(history, "wall") == []
    assert counted(history) == 0


def test_what_a_host_has_shown_is_shown() -> None:
    history = workshop(Hold.HINTED)
    write(history, "Mr Motivator came")
    history.ask(HAL, asks.ShowNote(HERS))
    assert seen(history, "wall") == ["Mr Motivator came"]
    assert not origin(history).hinted


def test_what_a_host_holds_by_hand_no_edit_sets_free() -> None:
    history = workshop(Hold.HINTED)
    write(history, "Walk")
    history.ask(HAL, asks.HideNote(HERS, Why.OTHER))
    history.ask(ANN, asks.EditNote(HERS, "Walk on"))
    assert seen(history, "wall") == []
    assert (origin(history).held, origin(history).hinted) == (Why.OTHER, False)


def test_where_every_note_waits_one_press_shows_all_but_those_with_a_reason() -> None:
    history = workshop(Hold.ALL)
    write(history, "Walk together")
    write(history, "Dr Smith could go first", made("named"))
    history.ask(BOB, asks.AddNote(made("elsewhere"), "matrix.individual", "Walk alone"))
    assert seen(history, "wall") == []
    history.ask(HAL, asks.ReleaseNotes(ZONE))
    assert seen(history, "wall") == ["Walk together"]
    history.ask(ANN, asks.EditNote(HERS, "Run together"))
    assert seen(history, "wall") == []


def test_what_a_host_holds_by_hand_is_not_let_go_with_the_rest() -> None:
    history = workshop(Hold.NONE)
    write(history, "Walk together")
    history.ask(HAL, asks.HideNote(HERS, Why.WAITING))
    history.ask(HAL, asks.ReleaseNotes(ZONE))
    assert seen(history, "wall") == []


def test_where_nothing_waits_nothing_waits() -> None:
    history = workshop(Hold.NONE)
    write(history, "Dr Smith could go first")
    assert seen(history, "wall") == ["Dr Smith could go first"]


def test_no_screen_is_sent_the_patterns() -> None:
    plan = replace(PLAN, hints=OURS)
    assert for_hosts(plan).hints == for_the_room(plan).hints == ()


def test_our_patterns_take_no_time_however_a_note_is_made() -> None:
    for words in ("a" * 280, "1 " * 140, "0" * 280, "@." * 140, "Dr " * 90, "A1" * 140):
        assert hinted(OURS, words) in (None, Why.NAMES, Why.RUDE)
        for each in OURS:
            for pattern in each.patterns:
                assert len(re.findall(pattern, words)) <= 280
