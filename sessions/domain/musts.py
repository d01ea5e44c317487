"""Must-haves among people: what they say to one, and the rows of what was said before and since."""

from collections.abc import Iterable

from msgspec.structs import replace

from sessions.domain import asks, facts, text
from sessions.domain.board import Board
from sessions.domain.choices import Answer, Hold
from sessions.domain.facts import Filed, Hands
from sessions.domain.hints import hinted
from sessions.domain.plans import Shows
from sessions.domain.reach import AUTHOR, HOSTS, NOBODY, ROOM, SCREENS
from sessions.domain.refused import Refused
from sessions.domain.registers import Given
from sessions.domain.rows import AnswerRow, AnswersRow, MatchRow, ReasonRow, SaidRow

ENOUGH = 5
"""Fewer people who answered are not counted on walls: among four, everybody knows who."""


def match(board: Board, ask: asks.MatchEssential) -> facts.EssentialMatched:
    """Notes taken back meanwhile are passed over. A part stands for its note. Raises Refused."""
    if ask.essential not in board.links:
        raise Refused("essential.unknown")
    wholes = dict.fromkeys(board.notes[id].part_of or id for id in ask.notes if id in board.notes)
    standing = [id for id in wholes if board.is_here(board.notes[id])]
    if not standing:
        raise Refused("note.gone")
    now = "yes" if ask.on else None
    was = {id: board.register("match", id, ask.essential) for id in standing}
    return facts.EssentialMatched(tuple(Filed("match", id, ask.essential, now, was[id]) for id in standing))


def answer(board: Board, ask: asks.AnswerEssential, people: int) -> facts.EssentialAnswered:
    """`people`: how many the device writes for. Raises Refused."""
    if ask.essential not in board.links or Shows.ESSENTIALS not in board.public:
        # One answer for both, so that asking does not tell what is to come.
        raise Refused("essential.unknown")
    if takes_back(ask):
        return facts.EssentialAnswered(ask.id, ask.essential)
    if board.closed:
        raise Refused("session.closed")
    if ask.id in board.rows or ask.id in board.notes:
        raise Refused("id.taken")
    hands = None if ask.hands is None else Hands(ask.hands.do, ask.hands.could, ask.hands.not_here)
    if hands is not None and (ask.answer is not None or total(hands) > people):
        raise Refused("essential.hands", people=people)
    because = text.reason(ask.because)
    judged = because is not None and board.plan.hold is not Hold.NONE
    why = hinted(board.plan.hints, because or "") if judged else None
    return facts.EssentialAnswered(ask.id, ask.essential, ask.answer, because, why, people, hands)


def takes_back(ask: asks.AnswerEssential) -> bool:
    return ask.answer is None and not (ask.hands and (ask.hands.do or ask.hands.could or ask.hands.not_here))


def total(hands: Hands) -> int:
    return hands.do + hands.could + hands.not_here


def take(board: Board, fact: facts.EssentialAnswered, person: str, at: int) -> None:
    """The answer stands instead of what this person said before, whose words are to be erased."""
    if fact.essential not in board.links:
        return
    place = (fact.essential, person)
    past = board.answers.get(place, Given(fact.id, fact.id))
    if past.because:
        board.replaced[past.id] = at
    if past.because is not None:
        board.rows.put(_reason(fact.essential, past), NOBODY, board.seq)
    given = Given(fact.id, past.row, fact.answer, fact.because, fact.why, _counted(fact))
    board.answers[place] = given
    board.answered[fact.essential] = _add(board.answered[fact.essential], past.hands, given.hands)
    draw_answer(board, fact.essential, person)
    draw_answers(board, fact.essential)


def draw_musts(board: Board) -> None:
    """Every row of this."""
    for essential in board.links:
        draw_said(board, essential)
        draw_answers(board, essential)
    for essential, person in board.answers:
        draw_answer(board, essential, person)


def draw_said_by(board: Board, notes: Iterable[str], piles: Iterable[str]) -> None:
    """The must-haves that count these notes, their wholes, or any of these piles."""
    wholes = {board.notes[id].part_of or id for id in notes if id in board.notes}
    touched = set(piles)
    for essential, theme in board.links.items():
        linked = theme is not None and board.root(theme) in touched
        if linked or not wholes.isdisjoint(board.said[essential]):
            draw_said(board, essential)


def draw_said(board: Board, essential: str) -> None:
    row = SaidRow(f"said:{essential}", essential, len(board.said_in(essential)))
    board.rows.put(row, ROOM if Shows.ESSENTIALS in board.public else HOSTS, board.seq)
    here = tuple(sorted(id for id in board.said[essential] if board.is_here(board.notes[id])))
    board.rows.put(MatchRow(f"match:{essential}", essential, here), HOSTS if here else NOBODY, board.seq)


def draw_answers(board: Board, essential: str) -> None:
    hands = board.answered[essential]
    row = AnswersRow(f"answers:{essential}", essential, hands.do, hands.could, hands.not_here)
    answered = total(hands)
    board.rows.put(row, NOBODY if not answered else SCREENS if answered >= ENOUGH else HOSTS, board.seq)


def draw_answer(board: Board, essential: str, person: str) -> None:
    given = board.answers[essential, person]
    stands = given.answer is not None or total(given.hands) > 0
    counted = given.hands if given.answer is None else None
    row = AnswerRow(f"answer:{given.row}", essential, given.id, given.answer, given.because or "", counted)
    board.rows.put(row, AUTHOR if stands else NOBODY, board.seq, author=person)
    if given.because is not None:
        # Erased or not: who holds its words is told when it goes.
        board.rows.put(_reason(essential, given), HOSTS, board.seq)


def _reason(essential: str, given: Given) -> ReasonRow:
    return ReasonRow(given.id, essential, given.answer, given.because or "", given.why)


def _counted(fact: facts.EssentialAnswered) -> Hands:
    """A device that writes for several answers for all of them, unless it has counted."""
    match fact.answer:
        case Answer.DO:
            return Hands(do=fact.people)
        case Answer.COULD:
            return Hands(could=fact.people)
        case Answer.NOT_HERE:
            return Hands(not_here=fact.people)
    return fact.hands or Hands()


def _add(counted: Hands, less: Hands, more: Hands) -> Hands:
    return replace(
        counted,
        do=counted.do - less.do + more.do,
        could=counted.could - less.could + more.could,
        not_here=counted.not_here - less.not_here + more.not_here,
    )
