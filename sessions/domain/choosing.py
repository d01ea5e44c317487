"""Take in what the room chose, and draw it: dots for nobody until all are shown."""

from hashlib import blake2b

from msgspec.structs import replace

from sessions.domain import facts
from sessions.domain.board import Board
from sessions.domain.choices import Feel
from sessions.domain.facts import ChoosingFact
from sessions.domain.plans import Shows
from sessions.domain.reach import AUTHOR, HOSTS, NOBODY, ROOM, SCREENS
from sessions.domain.registers import Ballot, Feeling, Offer, Vote
from sessions.domain.rows.votes import (
    BallotRow,
    ConsentRow,
    Dots,
    FeelingRow,
    FeltRow,
    HelpingRow,
    OfferRow,
    TallyRow,
    TurnoutRow,
    VotesRow,
    WorryRow,
)


def take(board: Board, fact: ChoosingFact, by: str) -> None:
    match fact:
        case facts.VotesOpened(items, budget):
            voters = [*board.votes]
            board.votes.clear()
            past, board.ballot = board.ballot, Ballot(board.ballot.round + 1, items, budget, open=True)
            for voter in voters:
                _draw_ballot(board, voter)
            _draw_vote(board)
            for item in past.items:
                _draw_tally(board, item)
        case facts.VotesClosed():
            board.ballot = replace(board.ballot, open=False)
            _draw_vote(board)
        case facts.VotesReopened() if board.ballot.round and not board.ballot.revealed:
            board.ballot = replace(board.ballot, open=True)
            _draw_vote(board)
        case facts.VotesRevealed() if board.ballot.round:
            board.ballot = replace(board.ballot, open=False, revealed=True)
            _draw_vote(board)
            for item in board.ballot.items:
                _draw_tally(board, item)
        case facts.VoteCast(item, dots, people) if item in board.ballot.items:
            past_dots = board.votes[by].dots if by in board.votes else ()
            kept = {each: n for each, n in past_dots if each != item} | ({item: dots} if dots else {})
            board.votes[by] = Vote(tuple(sorted(kept.items())), people)
            _draw_ballot(board, by)
            _draw_turnout(board)
        case facts.LineFelt(id, item, feel, why, hands) if item in board.items and id not in board.feelings:
            before = board.felt.get((item, by))
            if before is not None:
                board.feelings[before] = replace(board.feelings[before], gone=True)
                _draw_feeling(board, before)
            board.feelings[id] = Feeling(item, by, feel, why, hands)
            board.felt[item, by] = id
            _draw_feeling(board, id)
            _draw_felt(board, item)
        case facts.FeelingsShown():
            board.feelings_shown = True
            _draw_consent(board)
            for item in board.items:
                _draw_felt(board, item)
        case facts.LineHelped(id, item, name, agree) if item in board.items and id not in board.offers:
            before = board.offered.get((item, by))
            if before is not None:
                _step_back(board, before)
            board.offers[id] = Offer(item, by, name, agree)
            board.offered[item, by] = id
            _draw_offer(board, id)
        case facts.HelpTakenBack(id) if id in board.offers:
            _step_back(board, id)


def draw_choosing(board: Board) -> None:
    """Every row of the choosing; only those that differ are touched."""
    _draw_vote(board)
    _draw_consent(board)
    for item in board.items:
        _draw_tally(board, item)
        _draw_felt(board, item)
    for voter in board.votes:
        _draw_ballot(board, voter)
    for id in board.feelings:
        _draw_feeling(board, id)
    for id in board.offers:
        _draw_offer(board, id)


def draw_lines(board: Board, items: set[str]) -> None:
    """What was chosen of these lines, where one may have been dropped, or be back."""
    if items & set(board.ballot.items):
        _draw_vote(board)
    for item in sorted(items & board.items.keys()):
        _draw_tally(board, item)
        _draw_felt(board, item)
    for id, feeling in board.feelings.items():
        if feeling.item in items:
            _draw_feeling(board, id)
    for id, offer in board.offers.items():
        if offer.item in items:
            _draw_offer(board, id)


def forget(board: Board, id: str) -> None:
    """Empty the words of what was taken back or said anew."""
    if id in board.feelings:
        feeling = board.feelings[id]
        board.feelings[id] = replace(feeling, why=feeling.why and "")
    if id in board.offers:
        offer = board.offers[id]
        board.offers[id] = replace(offer, name=offer.name and "")


def _step_back(board: Board, id: str) -> None:
    board.offers[id] = replace(board.offers[id], gone=True)
    _draw_offer(board, id)


def _draw_vote(board: Board) -> None:
    ballot = board.ballot
    standing = tuple(item for item in ballot.items if board.is_line(item))
    row = VotesRow("votes", ballot.round, standing, ballot.budget, ballot.open, ballot.revealed)
    board.rows.put(row, _in_the_open(board) if ballot.round else NOBODY, board.seq)
    _draw_turnout(board)


def _draw_turnout(board: Board) -> None:
    people = sum(vote.people for vote in board.votes.values() if vote.dots)
    row = TurnoutRow("turnout", board.ballot.round, people)
    board.rows.put(row, _in_the_open(board) & SCREENS if board.ballot.round else NOBODY, board.seq)


def _draw_ballot(board: Board, voter: str) -> None:
    vote = board.votes.get(voter)
    # Ids travel to walls too, and a person's own must not.
    id = f"ballot:{blake2b(voter.encode(), digest_size=9).hexdigest()}"
    dots = tuple(Dots(item, n) for item, n in vote.dots) if vote else ()
    row = BallotRow(id, board.ballot.round, dots)
    board.rows.put(row, AUTHOR if vote else NOBODY, board.seq, author=voter)


def _draw_tally(board: Board, item: str) -> None:
    shown = board.ballot.revealed and item in board.ballot.items and board.is_line(item)
    row = TallyRow(f"tally:{item}", item, board.dots().get(item, 0) if shown else 0)
    board.rows.put(row, _in_the_open(board) if shown else NOBODY, board.seq)


def _draw_consent(board: Board) -> None:
    board.rows.put(ConsentRow("consent", True), ROOM if board.feelings_shown else NOBODY, board.seq)


def _draw_felt(board: Board, item: str) -> None:
    feelings = [each for each in board.feelings.values() if each.item == item and not each.gone]
    worried = sum(each.hands for each in feelings if each.feel is Feel.WORRY)
    stop = sum(each.hands for each in feelings if each.feel is Feel.STOP)
    reach = _in_the_open(board) if board.feelings_shown else HOSTS
    told = (worried or stop) and board.is_line(item)
    board.rows.put(FeltRow(f"felt:{item}", item, worried, stop), reach if told else NOBODY, board.seq)


def _draw_feeling(board: Board, id: str) -> None:
    feeling = board.feelings[id]
    here = board.is_line(feeling.item) and not feeling.gone
    # Not by whether it has words: where they were erased, those who read them are still told that it went.
    told = here and feeling.why is not None and feeling.feel is not Feel.LIVE
    row = FeelingRow(f"feeling:{id}", feeling.item, feeling.feel, feeling.why or "", feeling.hands)
    whose = {"author": feeling.by}
    board.rows.put(row, AUTHOR if here else NOBODY, board.seq, **whose)
    reason = WorryRow(f"worry:{id}", feeling.item, feeling.feel, feeling.why or "")
    board.rows.put(reason, HOSTS if told else NOBODY, board.seq, **whose)


def _draw_offer(board: Board, id: str) -> None:
    offer = board.offers[id]
    here = board.is_line(offer.item) and not offer.gone
    row = OfferRow(f"offer:{id}", offer.item, offer.name or "", bool(offer.name) and not offer.agree)
    reach = NOBODY if not here else _in_the_open(board) if offer.agree else HOSTS
    board.rows.put(row, reach, board.seq)
    own = HelpingRow(f"helping:{id}", offer.item, offer.name or "", offer.agree)
    board.rows.put(own, AUTHOR if here else NOBODY, board.seq, author=offer.by)


def _in_the_open(board: Board) -> int:
    return ROOM if Shows.ITEMS in board.public else HOSTS
