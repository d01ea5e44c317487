"""Devices that only know what they were told: a phone, a desk, a wall."""

from typing import Any

import msgspec

from sessions.domain.asks import AddNote, Ask
from sessions.domain.messages import Witness
from tests.simulation.network import Wire


class Person(msgspec.Struct):
    """Somebody with one or two devices. `group` changes when they sit at another table."""

    role: str
    id: str
    group: str | None


class Entry(msgspec.Struct):
    """An ask in an outbox. `state`: waiting, kept or refused. `is_offered_again`: after a loss, or by another
    device; what was made later may then be taken first."""

    key: str
    ask: Ask
    state: str = "waiting"
    seq: int = 0
    is_sent: bool = False
    is_offered_again: bool = False


def asking(key: str, ask: Ask) -> bytes:
    """The frame of an ask."""
    return msgspec.json.encode({"type": "ask", "key": key, "ask": ask})


class Device:
    """A phone, a desk or a wall: an outbox, and the rows it was told. A phone asks one thing at a time."""

    def __init__(self, name: str, person: Person) -> None:
        self.name = name
        self.person = person
        self.outbox: list[Entry] = []
        self.rows: dict[str, dict[str, Any]] = {}
        self.seen = 0
        self.view: str | None = None
        self.witness: Witness | None = None
        self.wire: Wire | None = None
        self._knew = 0
        self._is_greeted = False

    def __repr__(self) -> str:
        return self.name

    @property
    def line(self) -> Wire:
        assert self.wire is not None
        return self.wire

    @property
    def waiting(self) -> list[Entry]:
        return [entry for entry in self.outbox if entry.state == "waiting"]

    @property
    def notes(self) -> list[str]:
        """What it ever wrote."""
        return [entry.ask.id for entry in self.outbox if isinstance(entry.ask, AddNote)]

    @property
    def in_order(self) -> list[int]:
        """Where those of its asks were taken that were offered once."""
        taken = [entry for entry in self.outbox if entry.state == "kept" and not entry.is_offered_again]
        return [entry.seq for entry in taken]

    def ask(self, key: str, ask: Ask) -> None:
        self.outbox.append(Entry(key, ask))
        self.send()

    def send(self) -> None:
        """Whatever waits: the phone's oldest, all of a desk."""
        if self.wire is None or not self.wire.is_open or not self._is_greeted:
            return
        for entry in self.waiting[:1] if self.person.role == "participant" else self.waiting:
            if not entry.is_sent:
                entry.is_sent = True
                self.wire.up.append(asking(entry.key, entry.ask))

    def greet(self, wire: Wire) -> None:
        self.wire, self._is_greeted = wire, False
        self._knew = self.witness.seq if self.witness is not None else 0
        for entry in self.outbox:
            entry.is_sent = False

    def hear(self) -> None:
        """Take in the next frame."""
        frame = self.line.down.popleft()
        match frame["type"]:
            case "welcome":
                if frame["view"] != self.view:
                    # What it holds was for other eyes. Should it never hear the rest, it asks for all again.
                    self.seen = 0
                self.view, self._is_greeted = frame["view"], True
            case "change":
                self._change(frame)
            case "done":
                self._saw(frame)
                for entry in self._entries(frame["key"]):
                    entry.state, entry.seq = "kept", frame["seq"]
            case "refused" if frame.get("retry_ms") is not None:
                for entry in self._entries(frame["key"]):
                    entry.is_sent = False
            case "refused":
                for entry in self._entries(frame["key"]):
                    entry.state = "refused" if entry.state == "waiting" else entry.state
        self.send()

    def _change(self, frame: dict[str, Any]) -> None:
        assert frame["from"] in (0, self.seen), f"{self} knew up to {self.seen} and was told {frame}"
        if frame["from"] == 0:
            self.rows.clear()
            self.witness = None
            if self._knew:
                # The server may have forgotten something: whatever it once took is offered again.
                for entry in self.outbox:
                    if entry.state == "kept":
                        entry.state, entry.is_sent, entry.is_offered_again = "waiting", False, True
        self._knew = 0
        for id in frame["drop"]:
            self.rows.pop(id, None)
        for row in frame["put"]:
            self.rows[row["id"]] = {name: value for name, value in row.items() if name != "seq"}
        self.seen = frame["to"]
        self._saw({"seq": frame["to"], "mark": frame["mark"]})

    def _saw(self, frame: dict[str, Any]) -> None:
        if self.witness is None or frame["seq"] > self.witness.seq:
            self.witness = Witness(frame["seq"], frame["mark"])

    def _entries(self, key: str) -> list[Entry]:
        return [entry for entry in self.outbox if entry.key == key]
