"""What may be chosen, by whom, and how much of it."""

from sessions.domain import asks, facts, text
from sessions.domain.asks import ChoosingAsk
from sessions.domain.board import Board
from sessions.domain.facts import AnyFact
from sessions.domain.plans import Shows
from sessions.domain.refused import Refused

ON_ONE = 3
"""Dots that one person may put on one line."""


def decide(board: Board, ask: ChoosingAsk, by: str, people: int) -> AnyFact:
    """The fact that follows, for a device of so many people. Raises Refused."""
    match ask:
        case asks.TakeBackHelp(id):
            offer = board.offers.get(id)
            if offer is None or offer.gone or offer.by != by:
                raise Refused("help.gone")
            return facts.HelpTakenBack(id)
        case asks.OpenVotes(items, budget):
            return _open(board, tuple(dict.fromkeys(items)), budget)
        case asks.CloseVotes():
            if not board.ballot.open:
                raise Refused("vote.closed")
            return facts.VotesClosed()
        case asks.ReopenVotes():
            _unrevealed(board)
            return facts.VotesReopened()
        case asks.RevealVotes():
            _unrevealed(board)
            return facts.VotesRevealed(wall=True)
        case asks.CastVote():
            return _cast(board, ask, by, people)
        case asks.FeelLine(id, item, feel, why, hands):
            _line(board, item)
            _free(board, id)
            if hands > people:
                raise Refused("vote.hands", limit=people)
            before = board.felt.get((item, by))
            return facts.LineFelt(id, item, feel, text.reason(why), hands, before)
        case asks.ShowFeelings():
            return facts.FeelingsShown()
        case asks.HelpLine(id, item, name, agree):
            _line(board, item)
            _free(board, id)
            called = text.name(name)
            return facts.LineHelped(
                id, item, called, agree and called is not None, board.offered.get((item, by))
            )


def _open(board: Board, items: tuple[str, ...], budget: int) -> facts.VotesOpened:
    _going(board)
    if Shows.ITEMS not in board.public:
        raise Refused("votes.no_list")
    for item in items:
        _stands(board, item)
    return facts.VotesOpened(items, budget)


def _cast(board: Board, ask: asks.CastVote, by: str, people: int) -> facts.VoteCast:
    """Dots on lines that were dropped meanwhile are free again."""
    ballot = board.ballot
    _going(board)
    if not ballot.open or ask.round not in (None, ballot.round):
        raise Refused("vote.closed")
    if ask.item not in ballot.items:
        raise Refused("vote.elsewhere")
    if ask.dots:
        _stands(board, ask.item)
    if ask.dots > ON_ONE * people:
        raise Refused("vote.too_many", limit=ON_ONE * people)
    past = board.votes.get(by)
    spent = sum(dots for item, dots in past.dots if item != ask.item and board.is_line(item)) if past else 0
    if spent + ask.dots > ballot.budget * people:
        raise Refused("vote.spent", limit=ballot.budget * people)
    return facts.VoteCast(ask.item, ask.dots, people)


def _unrevealed(board: Board) -> None:
    if not board.ballot.round:
        raise Refused("vote.closed")
    if board.ballot.revealed:
        raise Refused("votes.shown")


def _going(board: Board) -> None:
    if board.closed:
        raise Refused("session.closed")


def _stands(board: Board, item: str) -> None:
    if not board.is_line(item):
        raise Refused("item.gone")


def _line(board: Board, item: str) -> None:
    """A line that the room can read; one answer for all others, so that asking tells nothing."""
    _going(board)
    if not board.is_line(item) or Shows.ITEMS not in board.public:
        raise Refused("item.gone")


def _free(board: Board, id: str) -> None:
    if id in board.rows or id in board.notes or id in board.feelings or id in board.offers:
        raise Refused("id.taken")
