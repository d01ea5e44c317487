"""One device of the flood: a phone or a wall."""

import asyncio
import json
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.flood.wire import Socket

if TYPE_CHECKING:
    from tests.flood.room import Room

PROTOCOL = 1
ZONE = "flood.ideas"
TEXTS = (
    "walk together from the door",
    "a bench halfway up the hill, where one can rest and talk",
    "ask the receptionist to say what is on this week",
    "music",
    "somebody who waits for you on the first evening, so that nobody has to come in alone",
)


class Told(NamedTuple):
    """A change frame as it is read once for everybody who is sent the same bytes."""

    came_from: int
    to: int
    notes: tuple[int, ...]
    gone: tuple[int, ...]


class Seat(Socket):
    """One device. It counts every note that it is told, and checks that no frame is missing."""

    def __init__(self, room: "Room", audience: str, path: str, headers: dict[str, str]) -> None:
        super().__init__(path, headers)
        self.room = room
        self.audience = audience
        self.to = 0
        self.seen = bytearray(room.most)
        self.count = 0
        self.saved = 0
        self.welcomed: int | None = None
        self.full: asyncio.Future[float] | None = None
        """Done when the seat has been told all that stood when it came in."""
        self.going = ""
        self._late = room.late[audience]

    def heard(self, payload: bytes, now: float) -> None:
        room = self.room
        told = room.told.get(payload)
        if told is None:
            told = room.read(payload, self, now)
            if told is None:
                return
        room.frames += 1
        if told.came_from != self.to and told.came_from:
            room.gaps += 1
        self.to = told.to
        # What stood before it came in is no news: it has no delay.
        is_news = self.welcomed is not None and told.to > self.welcomed and told.came_from > 0
        seen, sent, late = self.seen, room.sent, self._late
        for note in told.notes:
            if not seen[note]:
                seen[note] = 1
                self.count += 1
                if is_news:
                    late.append(now - sent[note])
            elif is_news:
                room.duplicates += 1
        for note in told.gone:
            # Nobody took it back.
            self.count -= seen[note]
            seen[note] = 0
        if told.notes:
            room.last_news = now
        if self.full is not None and not self.full.done() and told.to >= (self.welcomed or 0):
            self.full.set_result(now)

    def ended(self) -> None:
        if not self.room.closing:
            self.room.ended[f"{self.code} {self.going}".strip()] += 1

    def hello(self, role: str) -> None:
        self.say(json.dumps({"type": "hello", "protocol": PROTOCOL, "as": role}))

    def write(self, note: int) -> None:
        """Add this note; `sent` again if the server asks to send it again."""
        if not self.is_open:
            return
        room = self.room
        id = room.id_of(note)
        ask = {"type": "note.add", "id": id, "zone": ZONE, "text": TEXTS[note % len(TEXTS)]}
        text = json.dumps({"type": "ask", "key": id, "ask": ask})
        room.sent[note] = time.perf_counter()
        self.say(text)
