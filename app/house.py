"""What a running server is made of: one object, passed to whoever needs a part of it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from app.addresses import Addresses
from app.crowd import Rehearsals
from app.limits import Limits
from app.pairing import Pairing
from app.press import Press
from app.settings import Settings
from app.thinking import Thinking
from app.wording import Words, words
from sessions.lobby import Lobby
from sessions.shelf import Shelf
from sessions.store.log import Log
from sessions.store.register import Register


def utc_ms() -> int:
    return time.time_ns() // 1_000_000


class Doors:
    """Everybody who listens, by their grant and by their session, so that revoking and deleting end it."""

    def __init__(self) -> None:
        self._open: dict[str, dict[asyncio.Future[str], None]] = defaultdict(dict)
        self.ends = 0
        """How often anybody was sent out: who was let in before the last time is looked at once more."""
        self._closed: str | None = None
        self._nobody = asyncio.Event()
        self._nobody.set()

    @contextmanager
    def opened(self, grant: str, session: str, most: int) -> Iterator["asyncio.Future[str]"]:
        """Hold a door open; the future tells the code of the reason to leave.

        `most`: how many one grant may hold. The oldest has to go: after a change of network it may be dead.
        """
        ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        names = (grant, session)
        for door in list(self._open[grant])[: 1 - most or None]:
            _send_out(door, "sockets.too_many")
        for name in names:
            self._open[name][ended] = None
        self._nobody.clear()
        if self._closed is not None:
            _send_out(ended, self._closed)
        try:
            yield ended
        finally:
            for name in names:
                self._open[name].pop(ended, None)
                if not self._open[name]:
                    del self._open[name]
            if not self._open:
                self._nobody.set()

    def is_open(self, grant: str) -> bool:
        return grant in self._open

    async def left_by_all(self) -> None:
        """Wait until nobody listens any more."""
        await self._nobody.wait()

    def end(self, code: str, *names: str) -> None:
        """Send out everybody of these grants or sessions."""
        self.ends += 1
        for name in names:
            for ended in list(self._open.get(name, ())):
                _send_out(ended, code)

    def end_all(self, code: str) -> None:
        """Send everybody out, those too who come in after this."""
        self._closed = code
        self.end(code, *list(self._open))


def _send_out(ended: "asyncio.Future[str]", code: str) -> None:
    if not ended.done():
        ended.set_result(code)


@dataclass(frozen=True)
class House:
    settings: Settings
    addresses: Addresses
    log: Log
    register: Register
    lobby: Lobby
    shelf: Shelf
    organiser_key: str
    limits: Limits = field(default_factory=Limits)
    doors: Doors = field(default_factory=Doors)
    joining: "WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=WeakValueDictionary)
    """By browser: one joins at a time."""
    pairing: Pairing = field(default_factory=Pairing)
    press: Press = field(default_factory=Press)
    rehearsals: Rehearsals = field(default_factory=Rehearsals)
    thinking: Thinking = field(default_factory=Thinking)
    clock: Callable[[], int] = utc_ms
    broken: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the disk has failed: nothing can be written any more, and the process has to end."""

    def words(self, lang: str = "en", about: str = "common") -> Words:
        """`about`: the table of words that is wanted; see `app.wording`."""
        return words(lang, about, pseudo=self.settings.pseudo_words)
