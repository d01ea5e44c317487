"""What a running server is made of: one object, passed to whoever needs a part of it."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from app.addresses import Addresses
from app.limits import Limits
from app.pairing import Pairing
from app.press import Press
from app.settings import Settings
from app.wording import Words, words
from sessions.lobby import Lobby
from sessions.shelf import Shelf
from sessions.store.log import Log
from sessions.store.register import Register


def utc_ms() -> int:
    return time.time_ns() // 1_000_000


class Doors:
    """The open sockets by the grant that let them in, so that revoking ends them."""

    def __init__(self) -> None:
        self._open: dict[str, set[Callable[[str], None]]] = defaultdict(set)

    def opened(self, grant: str, end: Callable[[str], None]) -> None:
        self._open[grant].add(end)

    def closed(self, grant: str, end: Callable[[str], None]) -> None:
        self._open[grant].discard(end)
        if not self._open[grant]:
            del self._open[grant]

    def end(self, code: str, *grants: str) -> None:
        """Say `code` to every socket of these grants, and close it."""
        for grant in grants:
            for end in list(self._open.get(grant, ())):
                end(code)

    def end_all(self, code: str) -> None:
        self.end(code, *list(self._open))


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
    pairing: Pairing = field(default_factory=Pairing)
    press: Press = field(default_factory=Press)
    clock: Callable[[], int] = utc_ms

    def words(self, lang: str = "en") -> Words:
        return words(lang, pseudo=self.settings.pseudo_words)
