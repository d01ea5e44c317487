"""A live session: the only place where order is made.

Asks wait for the room's turn; a turn decides all that wait on a draft, commits them together and
only then adopts the draft. So nobody is ever shown what might still vanish.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

import msgspec
from msgspec import Struct

from sessions.domain import facts
from sessions.domain.asks import Ask
from sessions.domain.board import Board
from sessions.domain.decide import PUT_BACK_MS, Actor, decide
from sessions.domain.evolve import evolve, forget, given_up, opening
from sessions.domain.facts import AnyFact, Entry
from sessions.domain.marks import FIRST, digest, mark
from sessions.domain.plans import Plan
from sessions.domain.refused import Refused
from sessions.store.chain import DAMAGED_RETRY_MS, Damage, following
from sessions.store.erasing import blanks
from sessions.store.log import Log, Record, Taken

log = logging.getLogger(__name__)

Clock = Callable[[], int]
"""UTC milliseconds."""

TURN_MOST = 256
"""Asks of one commit."""


class Receipt(Struct, frozen=True):
    """The ask is committed and flushed, as fact `seq`."""

    seq: int
    mark: str


class _Known(Struct, frozen=True):
    receipt: Receipt
    digest: bytes


class _Waiting(Struct, frozen=True):
    actor: Actor
    key: str
    ask: Ask
    digest: bytes
    answer: "asyncio.Future[Receipt]"


class Room:
    """`board` is what is committed. Watch it with `stirred`; change it with `submit`."""

    def __init__(self, id: str, plan: Plan, salt: bytes, log: Log, clock: Clock) -> None:
        self.id = id
        self.plan = plan
        self.board: Board = opening(plan)
        self.marks = [FIRST]
        self.last_at = 0
        self.stirred = asyncio.Event()
        self.trouble: str | None = None
        """The code of what the last asks were refused with that could not be written."""
        self._salt = salt
        self._log = log
        self._clock = clock
        self._known: dict[tuple[str, str], _Known] = {}
        self._taken_back: dict[str, int] = {}
        self._waiting: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._turn = asyncio.Lock()
        self._turns: asyncio.Task[None] | None = None
        self._closed = self._damaged = self._behind = False

    async def open(self) -> None:
        """Read the log, and start taking turns."""
        await self._catch_up()
        self._turns = asyncio.create_task(self._take_turns(), name=f"turns of {self.id}")

    async def close(self) -> None:
        """Finish the turn that is being taken; what still waits is for the devices to send again."""
        self._closed = True
        if self._turns is not None:
            self._turns.cancel()
            with suppress(asyncio.CancelledError):
                await self._turns
        while not self._waiting.empty():
            self._waiting.get_nowait().answer.cancel()

    async def submit(self, actor: Actor, key: str, ask: Ask) -> Receipt:
        """Record what `actor` asks for, once per `key`. Raises Refused."""
        if self._closed:
            raise Refused("server.going", retry_ms=2_000)
        if self._damaged and not self.knows(actor, key):
            raise Refused("session.damaged", retry_ms=DAMAGED_RETRY_MS)
        answer: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait(_Waiting(actor, key, ask, digest(self._salt, ask), answer))
        try:
            # Shielded: a phone that leaves mid-write must not undo what the room began.
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            if answer.cancelled():
                raise Refused("server.going", retry_ms=2_000) from None
            raise

    def knows(self, actor: Actor, key: str) -> bool:
        """Whether this ask has its fact already."""
        return (actor.id, key) in self._known

    def remembers(self, seq: int, its_mark: str) -> bool:
        """Whether a device's witness belongs to this history."""
        return seq < len(self.marks) and self.marks[seq] == its_mark

    async def erase(self) -> None:
        """Empty the words of notes and answers taken back for good: here, and in the log."""
        if not self._due():
            return
        # Between two turns: in the middle of one, a note that is being put back would lose its words.
        async with self._turn:
            gone = self._due()
            words = gone.union(*(self.board.parts.get(id, ()) for id in gone))
            blank = blanks(await self._log.after(self.id, 0), words)
            # Here first: whether the log was emptied may stay unknown, and then it is done again.
            for id in gone:
                forget(self.board, id)
            await self._log.blank(self.id, blank)
            for id in gone:
                del self._taken_back[id]

    def _due(self) -> frozenset[str]:
        """Notes and answers that nobody can put back any more, and whose words are still kept."""
        now = self._clock()
        return frozenset(id for id, at in self._taken_back.items() if now - at > PUT_BACK_MS)

    async def _take_turns(self) -> None:
        while True:
            turn = [await self._waiting.get()]
            while len(turn) < TURN_MOST and not self._waiting.empty():
                turn.append(self._waiting.get_nowait())
            taking = asyncio.ensure_future(self._take_safely(turn))
            try:
                await asyncio.shield(taking)
            except asyncio.CancelledError:
                await taking
                raise

    async def _take_safely(self, turn: list[_Waiting]) -> None:
        """One ask that trips over a fault of ours stops neither the room nor the asks beside it."""
        async with self._turn:
            try:
                await self._take_turn(turn)
                return
            except Exception:
                log.exception("a turn of %d asks failed", len(turn))
        if len(turn) == 1:
            _refuse(turn[0], Refused("server.fault"))
            return
        for waiting in turn:
            await self._take_safely([waiting])

    async def _take_turn(self, turn: list[_Waiting]) -> None:
        """Decide, commit, adopt, answer. A turn that cannot be written changes nothing."""
        if self._behind and not await self._has_caught_up():
            for waiting in turn:
                _refuse(waiting, Refused("storage.trouble", retry_ms=2_000))
            return
        draft, marks = self.board.draft(), [self.marks[-1]]
        written: list[tuple[_Waiting, Record, AnyFact]] = []
        repeats: list[_Waiting] = []
        refused: list[tuple[_Waiting, Refused]] = []
        asked: set[tuple[str, str]] = set()
        for waiting in turn:
            who = (waiting.actor.id, waiting.key)
            if who in self._known or who in asked:
                repeats.append(waiting)
                continue
            try:
                at = self._clock()
                fact = decide(draft, waiting.ask, waiting.actor, at)
            except Refused as refusal:
                refused.append((waiting, refusal))
                continue
            entry = Entry(draft.seq + 1, at, waiting.actor.id, fact)
            evolve(draft, entry)
            marks.append(mark(marks[-1], entry.seq, at, waiting.key))
            record = Record(
                seq=entry.seq,
                at=at,
                actor=entry.actor,
                key=waiting.key,
                digest=waiting.digest,
                mark=marks[-1],
                fact=msgspec.json.encode(fact),
            )
            written.append((waiting, record, fact))
            asked.add(who)
        failure = await self._commit([record for _, record, _ in written]) if written else None
        if failure is not None:
            # Those refused too: what they were refused for may never have come to be.
            unsure = [waiting for waiting, _, _ in written] + [waiting for waiting, _ in refused]
            refused = [(waiting, failure) for waiting in unsure]
            written = []
        elif written:
            self.board = draft
        for waiting, record, fact in written:
            self._learn(record, fact)
            _answer(waiting, Receipt(record.seq, record.mark))
        for waiting, why in refused:
            _refuse(waiting, why)
        for waiting in repeats:
            self._answer_again(waiting, failure or Refused("storage.trouble", retry_ms=2_000))
        if written:
            self.stir()

    async def _commit(self, records: list[Record]) -> Refused | None:
        """Append to the log; what to say to those who asked if that could not be done."""
        try:
            await self._log.append(self.id, records)
        except Exception as error:
            # Whether it was written is unknown: read what is there before the next turn decides anything.
            self._behind = True
            await self._has_caught_up()
            if isinstance(error, Refused):
                # The store has said in its log what is the matter, once and not for every turn.
                self.trouble = error.code
                return error
            log.error("a turn was not written", extra={"error": type(error).__name__, "asks": len(records)})
            if not isinstance(error, Taken):
                log.exception("the log does not take facts")
            return Refused("storage.trouble", retry_ms=2_000)
        self.trouble = None
        return None

    async def _has_caught_up(self) -> bool:
        """Read the log again, if it can be read."""
        try:
            await self._catch_up()
        except Exception as error:
            log.error("the log cannot be read", extra={"error": type(error).__name__})
        return not self._behind

    async def _catch_up(self) -> None:
        """Take in what the log has more, as far as it can be believed."""
        for record in await self._log.after(self.id, self.board.seq):
            try:
                fact = following(record, self.board.seq, self.marks[-1])
            except Damage as damage:
                log.error("%s is damaged and takes no more asks: %s", self.id, damage)
                self._damaged, self.trouble = True, "session.damaged"
                break
            evolve(self.board, Entry(record.seq, record.at, record.actor, fact))
            self._learn(record, fact)
        self._behind = False
        self.stir()

    def _learn(self, record: Record, fact: AnyFact) -> None:
        receipt = Receipt(record.seq, record.mark)
        self._known[record.actor, record.key] = _Known(receipt, record.digest)
        self.marks.append(record.mark)
        self.last_at = record.at
        if isinstance(fact, facts.NotePutBack):
            self._taken_back.pop(fact.id, None)
        elif isinstance(fact, facts.EssentialAnswered):
            self._taken_back |= self.board.replaced
        elif gone := given_up(self.board, fact):
            self._taken_back[gone] = record.at

    def _answer_again(self, waiting: _Waiting, failure: Refused) -> None:
        """The same key: the same answer for the same ask, and none for another."""
        known = self._known.get((waiting.actor.id, waiting.key))
        if known is None:
            _refuse(waiting, failure)
        elif known.digest != waiting.digest:
            _refuse(waiting, Refused("key.reused"))
        else:
            _answer(waiting, known.receipt)

    def stir(self) -> None:
        """Wake whoever waits for news."""
        self.stirred.set()
        self.stirred = asyncio.Event()


def _answer(waiting: _Waiting, receipt: Receipt) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(receipt)


def _refuse(waiting: _Waiting, refusal: Refused) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(refusal)
        waiting.answer.exception()  # Seen: who asked may have left, and then nobody would look.
