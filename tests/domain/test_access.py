"""The bin, writers who are stopped, devices that are removed, and the door: who is told what of it."""

from hypothesis import given

from sessions.domain import asks, facts
from sessions.domain.asks import Why
from sessions.domain.choices import Answer, Feel
from sessions.domain.record import record
from sessions.domain.refused import Refused
from sessions.domain.rows import CountRow, DoorRow, MineRow, MutedRow, NoteRow, OriginRow, State
from tests.domain.devices import frame
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    HAL,
    HEA,
    PEOPLE,
    VIEWERS,
    WALL,
    History,
    made,
    workshops,
)
from tests.domain.recount import rows

ONE, TWO, THREE = made("one note"), made("two notes"), made("three notes")
ZONE = "matrix.social"


def opened(*notes: tuple[str, object]) -> History:
    history = History()
    history.ask(HAL, asks.OpenStage("together"))
    for id, author in notes:
        history.ask(author, asks.AddNote(id, ZONE, f"said {id}"))  # type: ignore[arg-type]
    return history


def refusal(history: History, actor: object, ask: asks.Ask) -> str:
    try:
        history.ask(actor, ask)  # type: ignore[arg-type]
    except Refused as refused:
        return refused.code
    return ""


def origin(history: History, note: str = ONE) -> OriginRow:
    row: OriginRow = rows(history.board, OriginRow)[f"origin:{note}"]
    return row


def counted(history: History) -> int:
    return sum(row.notes for row in rows(history.board, CountRow, "wall").values())


# The bin


def test_a_note_in_the_bin_is_off_every_screen_and_its_author_is_told_so() -> None:
    history = opened((ONE, ANN), (TWO, BOB))
    history.ask(HAL, asks.HideNote(ONE, Why.BIN))
    assert counted(history) == 1
    for name in ("bob", "cat", "guest", "wall", "seen"):
        assert ONE not in rows(history.board, NoteRow, name), name
    mine = rows(history.board, MineRow, "ann")[f"mine:{ONE}"]
    assert (mine.state, mine.why) == (State.HELD, Why.BIN)
    assert origin(history).held is Why.BIN


def test_out_of_the_bin_a_note_stands_as_it_did_before() -> None:
    for why in (None, Why.NAMES, Why.OTHER):
        history = opened((ONE, ANN))
        if why is not None:
            history.ask(HAL, asks.HideNote(ONE, why))
        before = origin(history)
        for _ in range(2):
            history.ask(HAL, asks.HideNote(ONE, Why.BIN))
        history.ask(HEA, asks.ShowNote(ONE))
        assert origin(history) == before, why


def test_a_hinted_note_waits_again_when_it_comes_out_of_the_bin() -> None:
    history = opened()
    history.ask(ANN, asks.AddNote(ONE, ZONE, "words-17-said"))
    assert origin(history).hinted
    history.ask(HAL, asks.HideNote(ONE, Why.BIN))
    history.ask(HAL, asks.ShowNote(ONE))
    assert (origin(history).held, origin(history).hinted) == (Why.NAMES, True)
    history.ask(HAL, asks.HideNote(ONE, Why.BIN))
    history.ask(ANN, asks.EditNote(ONE, "other words"))
    history.ask(HAL, asks.ShowNote(ONE))
    assert origin(history).held is None


def test_words_changed_in_the_bin_are_looked_at_for_hints_before_they_go_out() -> None:
    history = opened((ONE, ANN))
    history.ask(HAL, asks.HideNote(ONE, Why.BIN))
    history.ask(ANN, asks.EditNote(ONE, "words-27-said"))
    history.ask(HAL, asks.ShowNote(ONE))
    assert (origin(history).held, origin(history).hinted) == (Why.NAMES, True)


def test_a_host_is_told_that_a_note_was_changed_since_it_was_kept_back() -> None:
    for why in (Why.NAMES, Why.BIN):
        history = opened((ONE, ANN))
        history.ask(HAL, asks.HideNote(ONE, why))
        assert not origin(history).changed
        history.ask(ANN, asks.EditNote(ONE, f"said {ONE}"))
        assert not origin(history).changed, "the same words are no change"
        history.ask(ANN, asks.EditNote(ONE, "something kinder"))
        assert origin(history).changed
        assert origin(history).held is why
        # Looked at again, and still not wanted.
        history.ask(HEA, asks.HideNote(ONE, why))
        assert not origin(history).changed
        history.ask(ANN, asks.EditNote(ONE, "something kinder still"))
        history.ask(HEA, asks.ShowNote(ONE))
        assert not origin(history).changed


# Writers


def test_a_stopped_writer_adds_and_changes_nothing_and_may_take_back() -> None:
    history = opened((ONE, ANN), (TWO, ANN), (THREE, BOB))
    history.ask(HAL, asks.MuteAuthor(ONE))
    wanted = (
        asks.AddNote(made("new"), ZONE, "more"),
        asks.EditNote(TWO, "other"),
        asks.MoveNote(TWO, "utopia.see"),
    )
    for ask in wanted:
        assert refusal(history, ANN, ask) == "writer.muted"
        assert refusal(history, BOB, asks.EditNote(THREE, "mine")) == ""
    history.ask(ANN, asks.TakeBackNote(TWO))
    history.ask(ANN, asks.PutBackNote(TWO))
    # Also by a note that is no more.
    history.ask(ANN, asks.TakeBackNote(ONE))
    history.ask(HEA, asks.UnmuteAuthor(ONE))
    assert [refusal(history, ANN, ask) for ask in wanted] == ["", "", ""]
    assert refusal(history, HAL, asks.UnmuteAuthor(ONE)) == "note.gone"
    assert refusal(history, HAL, asks.MuteAuthor(ONE)) == "note.gone"


def test_a_stopped_writer_says_nothing_beside_a_note_either_and_may_take_it_away() -> None:
    history = opened((ONE, ANN))
    history.ask(ANN, asks.MeanNote(ONE, "in English"))
    history.ask(HAL, asks.MuteAuthor(ONE))
    beside = (
        asks.MeanNote(ONE, "in other words"),
        asks.FileNote(ONE, None, wish="another pile"),
        asks.DisputeNote(ONE, "word"),
        asks.AnswerEssential(made("answer"), "minute", Answer.NOT_HERE, "for a reason"),
        asks.FeelLine(made("feel"), made("line"), Feel.WORRY, "for a reason"),
        asks.HelpLine(made("help"), made("line"), "a name", agree=True),
    )
    assert {refusal(history, ANN, ask) for ask in beside} == {"writer.muted"}
    assert refusal(history, HAL, asks.MeanNote(ONE, "as the host says")) == ""
    assert refusal(history, ANN, asks.MeanNote(ONE, "")) == ""


@given(workshops)
def test_only_hosts_and_the_writer_are_told_who_is_stopped(history: History) -> None:
    for board in history.boards():
        for name, viewer in VIEWERS.items():
            told = {row.note for row in board.rows.seen_by(viewer) if isinstance(row, MutedRow)}
            if name == "host":
                assert told == board.muted.keys()
            else:
                assert told == {note for note, author in board.muted.items() if author == viewer.person}, name


def test_whether_two_notes_are_of_one_writer_changes_no_frame_of_a_host() -> None:
    """All that a host can do to writers, done to two notes of one person, and to two of two at one table."""
    told = []
    for second in (ANN, BOB):
        history = opened((ONE, ANN), (TWO, second))
        start = history.board.seq
        for ask in (
            asks.MuteAuthor(ONE),
            asks.MuteAuthor(TWO),
            asks.UnmuteAuthor(ONE),
            asks.RemoveAuthor(TWO),
            asks.RemoveAuthor(ONE),
            asks.UnmuteAuthor(TWO),
        ):
            history.ask(HAL, ask)
            told.append((second, frame(history.board, VIEWERS["host"], start).bytes))
    assert [sent for who, sent in told if who is ANN] == [sent for who, sent in told if who is BOB]


def test_two_notes_of_one_writer_are_stopped_and_let_go_each_by_itself() -> None:
    history = opened((ONE, ANN), (TWO, ANN))
    for note in (ONE, TWO):
        history.ask(HAL, asks.MuteAuthor(note))
    history.ask(HAL, asks.UnmuteAuthor(ONE))
    assert set(rows(history.board, MutedRow)) == {f"muted:{TWO}"}
    assert refusal(history, ANN, asks.AddNote(THREE, ZONE, "more")) == "writer.muted"
    history.ask(HAL, asks.UnmuteAuthor(TWO))
    assert refusal(history, ANN, asks.AddNote(THREE, ZONE, "more")) == ""


def test_a_removed_device_asks_for_nothing_more_and_its_notes_stay() -> None:
    history = opened((ONE, ANN), (TWO, BOB))
    history.ask(HAL, asks.RemoveAuthor(ONE))
    for ask in (asks.AddNote(THREE, ZONE, "late"), asks.EditNote(ONE, "x"), asks.TakeBackNote(ONE)):
        assert refusal(history, ANN, ask) == "seat.removed"
    assert set(rows(history.board, NoteRow, "wall")) == {ONE, TWO}
    history.ask(BOB, asks.EditNote(TWO, "still here"))


# The door


def test_screens_alone_are_told_of_the_door() -> None:
    history = opened()
    history.ask(HAL, asks.LockRoom(True))
    history.ask(HAL, asks.RenewCode("BCDFGHJKL"))
    for name in VIEWERS:
        known = rows(history.board, DoorRow, name).values()
        screen = name in ("host", "wall", "seen")
        assert [(row.locked, row.codes) for row in known] == ([(True, 1)] if screen else []), name


def test_a_locked_room_takes_notes_of_whoever_is_in() -> None:
    history = opened()
    history.ask(HAL, asks.LockRoom(True))
    history.ask(ANN, asks.AddNote(ONE, ZONE, "in"))


# The record


@given(workshops)
def test_the_record_has_no_word_of_anybody_s_and_no_writer(history: History) -> None:
    said = repr(record(history.entries))
    assert "-said" not in said
    assert not [person for person in PEOPLE if person.id in said]
    assert not [note for note in history.board.notes if note in said]


@given(workshops)
def test_the_record_tells_of_each_note_where_it_stood_when_it_was_kept_back_or_let_go(
    history: History,
) -> None:
    stood = []
    for before, entry in zip(history.boards(), history.entries, strict=False):
        match entry.fact:
            case facts.NoteHidden(id, why):
                stood.append(("binned" if why is Why.BIN else "hidden", before.notes[id].zone))
            case facts.NoteShown(id) if held := before.notes[id].held:
                stood.append(("restored" if held is Why.BIN else "shown", before.notes[id].zone))
    told = [(step.did, step.zone) for step in record(history.entries)]
    assert [each for each in told if each[0] in ("binned", "hidden", "restored", "shown")] == stood


def test_the_record_names_the_place_for_another_day_and_after_undo_the_question_again() -> None:
    history = opened((ONE, ANN))
    step = history.ask(HAL, asks.ParkNotes((ONE,))).seq
    history.ask(HAL, asks.HideNote(ONE))
    history.ask(HAL, asks.Undo(step))
    history.ask(HAL, asks.ShowNote(ONE))
    told = [(step.did, step.zone) for step in record(history.entries)]
    assert told == [("hidden", "matrix.later"), ("shown", ZONE)]


def test_the_record_tells_of_a_hint_in_what_it_means_in_english_and_in_words_changed_in_the_bin() -> None:
    history = opened((ONE, ANN), (TWO, CAT))
    history.ask(CAT, asks.MeanNote(TWO, "words-7-said"))
    history.ask(HAL, asks.ShowNote(TWO))
    history.ask(HAL, asks.HideNote(ONE, Why.BIN))
    history.ask(ANN, asks.EditNote(ONE, "words-17-said"))
    history.ask(HAL, asks.ShowNote(ONE))
    history.ask(HAL, asks.ShowNote(ONE))
    told = [(step.did, step.why, step.note) for step in record(history.entries)]
    assert told == [
        ("hinted", Why.NAMES, 2),
        ("shown", Why.NAMES, 2),
        ("binned", None, 1),
        ("restored", None, 1),
        ("shown", Why.NAMES, 1),
    ]


def test_the_record_tells_who_did_what_and_why_in_its_order() -> None:
    history = opened((ONE, ANN), (TWO, CAT))
    history.ask(CAT, asks.AddNote(THREE, "utopia.see", "words-7-said"))
    done = [
        (HAL, asks.HideNote(TWO, Why.RUDE)),
        (HEA, asks.ShowNote(TWO)),
        (HEA, asks.ShowNote(TWO)),
        (HAL, asks.HideNote(ONE, Why.BIN)),
        (HAL, asks.ShowNote(ONE)),
        (HAL, asks.ReleaseNotes(ZONE)),
        (HAL, asks.MuteAuthor(ONE)),
        (HEA, asks.UnmuteAuthor(ONE)),
        (HAL, asks.RemoveAuthor(TWO)),
        (HAL, asks.LockRoom(True)),
        (HAL, asks.LockRoom(False)),
        (HAL, asks.RenewCode("BCDFGHJKL")),
        (WALL, asks.BlankWall(True)),
    ]
    for actor, ask in done:
        history.ask(actor, ask)
    told = [(step.by, step.did, step.why, step.note, step.zone) for step in record(history.entries)]
    assert told == [
        (None, "hinted", Why.NAMES, 3, "utopia.see"),
        (HAL.id, "hidden", Why.RUDE, 2, ZONE),
        (HEA.id, "shown", Why.RUDE, 2, ZONE),
        (HAL.id, "binned", None, 1, ZONE),
        (HAL.id, "restored", None, 1, ZONE),
        (HAL.id, "released", None, 0, ZONE),
        (HAL.id, "muted", None, 1, ZONE),
        (HEA.id, "unmuted", None, 1, ZONE),
        (HAL.id, "removed", None, 2, ZONE),
        (HAL.id, "locked", None, 0, ""),
        (HAL.id, "unlocked", None, 0, ""),
        (HAL.id, "renewed", None, 0, ""),
    ]
