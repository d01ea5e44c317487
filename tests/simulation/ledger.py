"""Sees all that passes between a server and its devices, and holds it against what lies on the disk."""

from collections import Counter

import msgspec

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.decide import Actor
from sessions.domain.messages import Asked, Done, NotDone
from sessions.store.log import Record
from tests.domain.histories import PLAN
from tests.simulation.network import Clock, Json, Kept, Wire
from tests.simulation.reference_room import Accepted, Person, ReferenceRoom

Key = tuple[str, str]
"""A person and a key of theirs."""


class Ledger:
    """`asks`: what each key was first used for. `promised`: what was called saved, and not lost since."""

    def __init__(self, clock: Clock) -> None:
        self.asks: dict[Key, Ask] = {}
        self.promised: dict[Key, Done] = {}
        self._clock = clock
        self._asked_as: dict[Key, set[Person]] = {}
        self._wrong: list[str] = []
        self.keeps(Kept())

    def keeps(self, kept: Kept) -> None:
        """This lies on the disk from now on; what was said of anything else holds no more."""
        self.kept, self._given = kept, len(kept.records)
        self.accepted: list[Accepted] = []
        self._looks: dict[tuple[int, Person], dict[str, Json]] = {}
        self._tries, self._refused = Counter[Key](), Counter[Key]()
        marks = {(record.actor, record.key): record.mark for record in kept.records}
        self.promised = {key: done for key, done in self.promised.items() if marks.get(key) == done.mark}

    def room(self, end: int | None = None) -> ReferenceRoom:
        """The room as the log tells it, up to a fact."""
        return ReferenceRoom(PLAN, self.accepted[:end], self._erased())

    def told(self, wire: Wire, message: Json) -> None:
        if message["type"] == "change":
            try:
                self._changed(wire, message)
            except Exception as error:
                # The seat that is being told would keep it to itself.
                self._wrong.append(repr(error))

    def _changed(self, wire: Wire, message: Json) -> None:
        start, to, records = message["from"], message["to"], self.kept.records
        if start != wire.told or to < start:
            self._wrong.append(f"told from {start} to {to} after {wire.told}")
        if to > len(records):
            self._wrong.append(f"told of {to} when {len(records)} were on the disk")
        elif message["mark"] != (records[to - 1].mark if to else ""):
            self._wrong.append(f"{to} was told with the mark of something else")
        else:
            self._shown(wire, message)
        wire.told = to

    def _shown(self, wire: Wire, message: Json) -> None:
        """Nobody is shown, for a moment even, what is not for them; nor told of the end of what never was."""
        assert wire.viewer is not None
        self._read()
        viewer = Person(wire.viewer.role, wire.viewer.person, wire.viewer.group)
        for row in message["put"]:
            bare = {name: value for name, value in row.items() if name != "seq"}
            ends = range(len(self.accepted), message["to"] - 1, -1)
            if not any(self._rows(end, viewer).get(row["id"]) == bare for end in ends):
                self._wrong.append(f"{viewer} was shown {row}")
        for id in message["drop"]:
            ends = range(len(self.accepted), -1, -1)
            if not any(id in self._rows(end, viewer) for end in ends):
                self._wrong.append(f"{viewer} was told of the end of {id}, and never might see it")

    def _rows(self, end: int, viewer: Person) -> dict[str, Json]:
        if (end, viewer) not in self._looks:
            self._looks[end, viewer] = self.room(end).rows(viewer)
        return self._looks[end, viewer]

    def asked(self, actor: Actor, asked: Asked) -> None:
        key = actor.id, asked.key
        self._tries[key] += 1
        self._asked_as.setdefault(key, set()).add(Person(actor.role, actor.id, actor.group))

    def answered(self, actor: Actor, asked: Asked, answer: Done | NotDone, known: int) -> None:
        key = actor.id, asked.key
        if isinstance(answer, Done):
            self._saved(key, asked, answer)
        elif answer.retry_ms is None:
            self._refused[key] += 1
            due = self._refusals(Person(actor.role, actor.id, actor.group), asked, known)
            if answer.code not in due:
                self._wrong.append(f"{asked} was answered {answer.code}, where {due} would be right")

    def _saved(self, key: Key, asked: Asked, done: Done) -> None:
        records = self.kept.records
        record = records[done.seq - 1] if done.seq <= len(records) else None
        if record is None or (record.actor, record.key, record.mark) != (*key, done.mark):
            self._wrong.append(f"{done} is not what lies on the disk")
        if asked.ask != self.asks[key]:
            self._wrong.append(f"{done} to another ask than the first of this key")
        self.promised[key] = done

    def _refusals(self, by: Person, asked: Asked, known: int) -> set[str | None]:
        """Codes that were right at any time between asking and answering. None: it could have been done."""
        key = by.id, asked.key
        if any((record.actor, record.key) == key for record in self.kept.records[:known]):
            return {"key.reused"} if asked.ask != self.asks[key] else {None}
        self._read()
        ends = range(known, len(self.accepted) + 1)
        return {self.room(end).refusal(asked.ask, by, self._clock()) for end in ends}

    def check(self) -> None:
        """Nothing was said that may vanish; what was called saved lies where it was said to lie."""
        assert not self._wrong, "\n".join(self._wrong)
        self._read()
        for key, done in self.promised.items():
            record = self.kept.records[done.seq - 1]
            assert (record.actor, record.key, record.mark) == (*key, done.mark), (
                f"{done} is not there any more"
            )

    def _read(self) -> None:
        """What was written since is accepted: in order, once, and not against the rules."""
        records = self.kept.records
        for place in range(len(self.accepted), len(records)):
            each = self._accept(place + 1, records[place])
            # What an older log gave was looked at when it was new; its words may have been erased since.
            against = self.room().refusal(each.ask, each.by, each.at) if place >= self._given else None
            assert against is None, f"{each} was taken, and is {against}"
            self.accepted.append(each)
        assert len({(record.actor, record.key) for record in records}) == len(records)

    def _accept(self, seq: int, record: Record) -> Accepted:
        key = record.actor, record.key
        who, ask = self._asked_as[key], self.asks[key]
        assert record.seq == seq
        is_due = seq <= self._given or self._tries[key] > self._refused[key]
        assert is_due, f"{ask} was refused, and is there as {seq}"
        if isinstance(ask, asks.PickNote):
            # Only the table that a note was written at can send it up.
            group = self.room().notes[ask.id]["group"]
            who = {person for person in who if person.group == group}
        if isinstance(ask, asks.AddNote):
            # Where its author sat when it was taken. Who asked again from another table sat at either.
            group = msgspec.json.decode(record.fact)["group"]
            who = {person for person in who if person.group == group}
        return Accepted(seq, record.at, sorted(who, key=str)[0], ask)

    def _erased(self) -> frozenset[str]:
        """Notes that were added with words, and have none any more."""
        facts = [record.fact for record in self.kept.records if b'"note.added"' in record.fact]
        return frozenset(msgspec.json.decode(fact)["id"] for fact in facts if b'"text":""' in fact)

    def check_erased(self, now: int) -> None:
        """No words of a note that was taken back for good are on the disk."""
        room = self.room()
        gone = {
            id
            for id, note in room.notes.items()
            if note["taken"] is not None and now - note["taken"] > 30_000
        }
        gone |= {part for part, note in room.parts.items() if note in gone}
        facts = b"".join(record.fact for record in self.kept.records)
        for ask in (each.ask for each in self.accepted):
            if isinstance(ask, asks.AddNote | asks.EditNote) and ask.id in gone:
                assert ask.text.encode() not in facts, f"{ask} is still on the disk"
            if isinstance(ask, asks.SplitNote) and ask.id in gone:
                assert not any(part.text.encode() in facts for part in ask.parts), (
                    f"{ask} is still on the disk"
                )
            if isinstance(ask, asks.FileNote | asks.DisputeNote) and ask.id in gone:
                said = ask.wish if isinstance(ask, asks.FileNote) else ask.word
                assert not said or said.encode() not in facts, f"{ask} is still on the disk"
            if isinstance(ask, asks.AnswerEssential) and now - room.replaced.get(ask.id, now) > 30_000:
                assert ask.because.encode() not in facts, f"{ask} is still on the disk"
