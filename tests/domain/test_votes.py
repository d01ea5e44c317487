"""Dots are exact, nobody's are told before all are shown, and names and reasons go no further than agreed."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from sessions.domain import asks, facts
from sessions.domain.asks import Feel, Manner
from sessions.domain.board import Board
from sessions.domain.evolve import evolve, forget, opening
from sessions.domain.facts import Entry
from sessions.domain.refused import Refused
from sessions.domain.rows import (
    BallotRow,
    FeelingRow,
    FeltRow,
    FocusRow,
    HelpingRow,
    OfferRow,
    ScreenRow,
    TallyRow,
    TurnoutRow,
    VotesRow,
    WorryRow,
)
from sessions.domain.votes import ON_ONE
from tests.domain.devices import frame
from tests.domain.histories import (
    ANN,
    CAT,
    DAN,
    HAL,
    LINES,
    PEOPLE,
    TABLE,
    VIEWERS,
    WALL,
    History,
    balloted,
    chosen_histories,
    made,
)
from tests.domain.recount import rows
from tests.domain.test_report import report

A, B, C = LINES


@pytest.fixture
def ballot() -> History:
    """Three lines put to the vote, two dots a person; Bob's device is for three people."""
    return balloted()


def refusal(history: History, *asked: Any) -> str:
    with pytest.raises(Refused) as refused:
        history.ask(*asked)
    return refused.value.code


def tally(board: Board, viewer: str = "dan") -> dict[str, int]:
    return {row.item: row.dots for row in rows(board, TallyRow, viewer).values()}


def recounted(history: History) -> Counter[str]:
    """Every person's last word on every line of the vote that is open, from the facts alone."""
    last: dict[tuple[str, str], int] = {}
    items: tuple[str, ...] = ()
    for entry in history.entries:
        if isinstance(entry.fact, facts.VotesOpened):
            last, items = {}, entry.fact.items
        if isinstance(entry.fact, facts.VoteCast):
            last[entry.actor, entry.fact.item] = entry.fact.dots
    sums = Counter(dict.fromkeys(items, 0))
    for (_, item), dots in last.items():
        sums[item] += dots
    return sums


@given(chosen_histories())
def test_the_sums_are_exact_whatever_happened_in_between(history: History) -> None:
    if not history.board.ballot.revealed:
        history.ask(HAL, asks.RevealVotes())
    standing = {item: n for item, n in recounted(history).items() if history.board.is_line(item)}
    for name in VIEWERS:
        assert tally(history.board, name) == standing, name


@given(chosen_histories())
def test_no_vote_goes_over_what_its_people_have(history: History) -> None:
    """Where a dropped line comes back, its dots are there again: so it is looked at as each vote is cast."""
    for seq, board in enumerate(history.boards()):
        fact = history.entries[seq - 1].fact if seq else None
        if isinstance(fact, facts.VoteCast) and fact.dots:
            vote = board.votes[history.entries[seq - 1].actor]
            assert all(n <= ON_ONE * fact.people for item, n in vote.dots if item == fact.item)
            spent = sum(n for item, n in vote.dots if board.is_line(item))
            assert spent <= board.ballot.budget * fact.people


@given(chosen_histories())
def test_nobody_has_a_tally_before_all_are_shown_and_then_everybody_has_the_same(history: History) -> None:
    for board in history.boards():
        seen = {name: tally(board, name) for name in VIEWERS}
        assert board.ballot.revealed or not any(seen.values())
        assert all(each == seen["host"] for each in seen.values())


@given(chosen_histories(), st.sampled_from(sorted(VIEWERS)), st.integers(0, 3), st.booleans())
def test_what_others_vote_changes_no_frame_before_the_reveal(
    history: History, name: str, dots: int, moved: bool
) -> None:
    """Other dots, other lines: not even hosts are told anything else. Only the turnout counts who voted."""
    until = next(
        (at for at, e in enumerate(history.entries) if isinstance(e.fact, facts.VotesRevealed)), None
    )
    entries = history.entries[:until]
    viewer = VIEWERS[name]

    def other(entry: Entry) -> Entry:
        if not isinstance(entry.fact, facts.VoteCast) or entry.actor == viewer.person or not entry.fact.dots:
            return entry
        item = C if moved else entry.fact.item
        return replace(entry, fact=replace(entry.fact, item=item, dots=1 + dots))

    def told(log: list[Entry]) -> list[Any]:
        board, heard = opening(history.plan), []
        for entry in log:
            evolve(board, entry)
            news = frame(board, viewer, entry.seq - 1)
            heard.append(([each for each in news.put if each[0] != "turnout"], news.drop))
        return heard

    assert told([other(entry) for entry in entries]) == told(entries)


@given(chosen_histories())
def test_a_ballot_is_its_owners_alone_and_the_turnout_is_for_screens(history: History) -> None:
    for board in history.boards():
        for name, viewer in VIEWERS.items():
            own = [row for row in board.rows.seen_by(viewer) if isinstance(row, BallotRow)]
            vote = board.votes.get(viewer.person)
            assert [{each.item: each.dots for each in row.dots} for row in own] == (
                [dict(vote.dots)] if vote else []
            )
            turnout = [row for row in board.rows.seen_by(viewer) if isinstance(row, TurnoutRow)]
            assert bool(turnout) == (name in ("host", "wall", "seen") and board.ballot.round > 0)
            voted = sum(vote.people for vote in board.votes.values() if vote.dots)
            assert all(row.people == voted for row in turnout)


def test_dots_can_be_changed_until_the_vote_is_closed_and_again_once_it_is_reopened(ballot: History) -> None:
    ballot.ask(ANN, asks.CastVote(A, 2))
    assert refusal(ballot, ANN, asks.CastVote(B, 1)) == "vote.spent"
    ballot.ask(ANN, asks.CastVote(A, 1))
    ballot.ask(ANN, asks.CastVote(B, 1))
    ballot.ask(HAL, asks.CloseVotes())
    assert refusal(ballot, ANN, asks.CastVote(B, 0)) == "vote.closed"
    assert refusal(ballot, HAL, asks.CloseVotes()) == "vote.closed"
    ballot.ask(HAL, asks.ReopenVotes())
    ballot.ask(ANN, asks.CastVote(B, 0))
    ballot.ask(CAT, asks.CastVote(C, 2))
    ballot.ask(HAL, asks.RevealVotes())
    assert tally(ballot.board) == {A: 1, B: 0, C: 2}
    for ask in (asks.ReopenVotes(), asks.RevealVotes()):
        assert refusal(ballot, HAL, ask) == "votes.shown"
    assert refusal(ballot, ANN, asks.CastVote(A, 0)) == "vote.closed"


ELSEWHERE = (
    asks.OpenStage("musts"),
    asks.ShowWall(Manner.READ, "matrix.social", 1),
    asks.ShowWall(Manner.READ, B),
    asks.ShowWall(Manner.LEFT),
    asks.SetSpotlight(C),
    asks.BlankWall(True),
)


@pytest.mark.parametrize("before", ELSEWHERE, ids=str)
def test_the_wall_turns_to_the_dots_the_moment_they_are_shown(ballot: History, before: asks.Ask) -> None:
    ballot.ask(HAL, before)
    ballot.ask(HAL, asks.RevealVotes())
    assert rows(ballot.board, ScreenRow, "wall")["screen"] == ScreenRow(
        "screen", blank=False, manner=Manner.VOTES, of=None, page=0
    )
    assert rows(ballot.board, FocusRow)["focus"].of is None


def test_the_wall_goes_on_from_the_dots_with_the_next_stage_and_the_next_vote(ballot: History) -> None:
    dots = asks.ShowWall(Manner.VOTES)

    def manner() -> Manner:
        said: Manner = rows(ballot.board, ScreenRow, "wall")["screen"].manner
        return said

    assert refusal(ballot, HAL, dots) == "wall.unknown"
    ballot.ask(HAL, asks.RevealVotes())
    ballot.ask(HAL, asks.OpenStage("musts"))
    assert manner() is Manner.WHOLE
    ballot.ask(WALL, dots)
    assert manner() is Manner.VOTES
    ballot.ask(HAL, asks.OpenVotes((A, B), 1))
    assert manner() is Manner.WHOLE
    assert refusal(ballot, HAL, dots) == "wall.unknown"


def test_a_device_for_three_has_three_times_the_dots_and_counts_as_three(ballot: History) -> None:
    ballot.ask(TABLE, asks.CastVote(A, 6))
    assert refusal(ballot, TABLE, asks.CastVote(B, 1)) == "vote.spent"
    assert refusal(ballot, TABLE, asks.CastVote(A, 10)) == "vote.too_many"
    ballot.ask(DAN, asks.CastVote(B, 1))
    assert rows(ballot.board, TurnoutRow)["turnout"].people == 4
    ballot.ask(DAN, asks.CastVote(B, 0))
    assert rows(ballot.board, TurnoutRow)["turnout"].people == 3


def test_never_more_than_three_on_one_line() -> None:
    session = balloted()
    session.ask(HAL, asks.OpenVotes(LINES, 5))
    assert refusal(session, ANN, asks.CastVote(A, 4)) == "vote.too_many"
    session.ask(ANN, asks.CastVote(A, 3))
    session.ask(ANN, asks.CastVote(B, 2))


def test_a_new_vote_starts_afresh_and_takes_none_that_was_meant_for_the_last(ballot: History) -> None:
    ballot.ask(ANN, asks.CastVote(A, 2, 1))
    ballot.ask(HAL, asks.OpenVotes((A, B), 1))
    assert not rows(ballot.board, BallotRow, "ann")
    assert refusal(ballot, ANN, asks.CastVote(A, 1, 1)) == "vote.closed"
    assert refusal(ballot, ANN, asks.CastVote(C, 1, 2)) == "vote.elsewhere"
    ballot.ask(ANN, asks.CastVote(B, 1, 2))
    ballot.ask(HAL, asks.RevealVotes())
    assert tally(ballot.board) == {A: 0, B: 1}


def test_dots_on_a_line_that_is_dropped_are_free_again(ballot: History) -> None:
    ballot.ask(ANN, asks.CastVote(A, 2))
    ballot.ask(HAL, asks.DropItem(A))
    assert rows(ballot.board, VotesRow, "ann")["votes"].items == (B, C)
    assert refusal(ballot, CAT, asks.CastVote(A, 1)) == "item.gone"
    ballot.ask(ANN, asks.CastVote(B, 2))
    ballot.ask(HAL, asks.RevealVotes())
    assert tally(ballot.board) == {B: 2, C: 0}


def test_lines_that_the_room_cannot_read_are_not_put_to_the_vote(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(A, "A line"))
    assert refusal(afternoon, HAL, asks.OpenVotes((A,), 1)) == "votes.no_list"
    assert refusal(afternoon, ANN, asks.FeelLine(made("x"), A, Feel.STOP)) == "item.gone"
    assert refusal(afternoon, ANN, asks.HelpLine(made("x"), A)) == "item.gone"
    afternoon.ask(HAL, asks.OpenStage("list"))
    assert refusal(afternoon, HAL, asks.OpenVotes((B,), 1)) == "item.gone"
    assert refusal(afternoon, ANN, asks.CastVote(A, 1)) == "vote.closed"
    for ask in (asks.ReopenVotes(), asks.RevealVotes()):
        assert refusal(afternoon, HAL, ask) == "vote.closed"


def test_the_list_is_put_in_the_order_of_the_votes_in_one_step_that_can_be_undone(ballot: History) -> None:
    def order() -> list[str]:
        return sorted(LINES, key=lambda line: ballot.board.items[line].order)

    assert refusal(ballot, HAL, asks.OrderByVotes()) == "votes.hidden"
    ballot.ask(CAT, asks.CastVote(C, 2))
    ballot.ask(TABLE, asks.CastVote(B, 3))
    ballot.ask(HAL, asks.RevealVotes())
    step = ballot.ask(HAL, asks.OrderByVotes())
    assert order() == [B, C, A]
    ballot.ask(HAL, asks.Undo(step.seq))
    assert order() == [A, B, C]


# Does any line worry you?


def felt(board: Board, viewer: str) -> dict[str, tuple[int, int]]:
    return {row.item: (row.worried, row.stop) for row in rows(board, FeltRow, viewer).values()}


def test_silence_is_consent_and_hosts_alone_read_why_until_never(ballot: History) -> None:
    ballot.ask(ANN, asks.FeelLine(made("1"), A, Feel.WORRY, "Who has the time?"))
    ballot.ask(TABLE, asks.FeelLine(made("2"), A, Feel.STOP, "", 2))
    ballot.ask(CAT, asks.FeelLine(made("3"), B, Feel.LIVE, "canary-live"))
    assert felt(ballot.board, "host") == {A: (1, 2)}
    assert not felt(ballot.board, "ann")
    assert not felt(ballot.board, "wall")
    assert [row.why for row in rows(ballot.board, WorryRow).values()] == ["Who has the time?"]
    ballot.ask(HAL, asks.ShowFeelings())
    assert all(felt(ballot.board, name) == {A: (1, 2)} for name in VIEWERS)
    for name in VIEWERS.keys() - {"host"}:
        assert not rows(ballot.board, WorryRow, name)
    ballot.ask(TABLE, asks.FeelLine(made("4"), A, Feel.LIVE))
    assert felt(ballot.board, "dan") == {A: (1, 0)}
    assert refusal(ballot, TABLE, asks.FeelLine(made("5"), A, Feel.STOP, "", 4)) == "vote.hands"
    assert refusal(ballot, ANN, asks.FeelLine(made("6"), A, Feel.STOP, "x" * 141)) == "text.too_long"


@given(chosen_histories())
def test_a_person_feels_one_thing_of_a_line(history: History) -> None:
    last: dict[tuple[str, str], facts.LineFelt] = {}
    for entry in history.entries:
        if isinstance(entry.fact, facts.LineFelt):
            last[entry.actor, entry.fact.item] = entry.fact
    here = [fact for fact in last.values() if history.board.is_line(fact.item)]
    for item, (worried, stop) in felt(history.board, "host").items():
        feels = [fact.feel for fact in here if fact.item == item]
        assert (worried, stop) == (feels.count(Feel.WORRY), feels.count(Feel.STOP))
    for person in PEOPLE:
        viewer = next(name for name, each in VIEWERS.items() if each.person == person.id)
        own = {row.item: row.feel for row in rows(history.board, FeelingRow, viewer).values()}
        assert own == {
            fact.item: fact.feel for (by, _), fact in last.items() if by == person.id and fact in here
        }


# I'd help start this


def test_a_name_goes_to_the_room_only_once_its_owner_agrees(ballot: History) -> None:
    def names(viewer: str) -> list[str]:
        return sorted(row.name for row in rows(ballot.board, OfferRow, viewer).values())

    ballot.ask(ANN, asks.HelpLine(made("1"), A, "canary Ann"))
    ballot.ask(CAT, asks.HelpLine(made("2"), A))
    assert names("host") == ["", "canary Ann"]
    for name in VIEWERS.keys() - {"host"}:
        assert not names(name)
    assert [row.name for row in rows(ballot.board, HelpingRow, "ann").values()] == ["canary Ann"]
    ballot.ask(ANN, asks.HelpLine(made("3"), A, "Ann", agree=True))
    assert names("host") == ["", "Ann"]
    assert names("wall") == names("dan") == ["Ann"]
    # No name is no name to agree to.
    ballot.ask(CAT, asks.HelpLine(made("4"), B, " ", agree=True))
    assert names("wall") == ["Ann"]
    assert refusal(ballot, CAT, asks.TakeBackHelp(made("3"))) == "help.gone"
    ballot.ask(ANN, asks.TakeBackHelp(made("3")))
    assert names("host") == ["", ""]
    assert not names("wall")
    assert not rows(ballot.board, HelpingRow, "ann")
    assert refusal(ballot, ANN, asks.TakeBackHelp(made("3"))) == "help.gone"


def test_a_name_that_was_taken_back_is_forgotten_and_can_be_taken_back_in_a_closed_session(
    ballot: History,
) -> None:
    ballot.ask(ANN, asks.HelpLine(made("1"), A, "canary Ann", agree=True))
    ballot.ask(HAL, asks.CloseSession())
    assert refusal(ballot, CAT, asks.HelpLine(made("2"), A)) == "session.closed"
    assert refusal(ballot, CAT, asks.FeelLine(made("2"), A, Feel.STOP)) == "session.closed"
    assert refusal(ballot, CAT, asks.CastVote(A, 1)) == "session.closed"
    ballot.ask(ANN, asks.TakeBackHelp(made("1")))
    forget(ballot.board, made("1"))
    assert "canary" not in repr(ballot.board.offers)


def test_an_id_is_given_once(ballot: History) -> None:
    ballot.ask(ANN, asks.HelpLine(made("1"), A, "Ann"))
    for ask in (asks.HelpLine(made("1"), B), asks.FeelLine(made("1"), B, Feel.STOP)):
        assert refusal(ballot, CAT, ask) == "id.taken"


# On paper


def test_a_report_holds_what_its_reader_may_know(ballot: History) -> None:
    ballot.ask(ANN, asks.CastVote(A, 2))
    ballot.ask(TABLE, asks.CastVote(B, 4))
    ballot.ask(ANN, asks.FeelLine(made("1"), A, Feel.STOP, "Too dear"))
    ballot.ask(CAT, asks.HelpLine(made("2"), A, "Cat", agree=True))
    ballot.ask(DAN, asks.HelpLine(made("3"), A, "Dan"))
    for viewer in ("wall", "host"):
        paper = report(ballot, viewer)
        assert paper.vote is None
        assert [line.chosen.dots for line in paper.lines] == [None, None, None]
    host, room = report(ballot, "host").lines[0].chosen, report(ballot).lines[0].chosen
    assert (host.stop, [each.text for each in host.reasons], host.helpers) == (
        1,
        ["Too dear"],
        ("Cat", "Dan"),
    )
    assert host.private == ("Dan",)
    assert (room.stop, room.reasons, room.helpers, room.helping) == (0, (), ("Cat",), 1)
    assert not room.private
    ballot.ask(HAL, asks.ShowFeelings())
    ballot.ask(HAL, asks.RevealVotes())
    paper = report(ballot)
    assert paper.vote is not None
    assert (paper.vote.people, paper.vote.budget) == (4, 2)
    assert [line.chosen.dots for line in paper.lines] == [2, 4, 0]
    assert (paper.lines[0].chosen.stop, paper.lines[0].chosen.reasons) == (1, ())
