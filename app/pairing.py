"""Connect a screen: it shows four letters, the host types them, and it becomes a wall."""

import secrets
import time

from app.keys import LETTERS, hashed
from sessions.domain.refused import Refused

MINUTES = 30
WAITING_MOST = 500
TOLD_SECONDS = 15
"""How long a paired screen is told where to go: an answer may be lost on the way."""


class Pairing:
    """Screens that wait, in memory: one that is forgotten shows new letters."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, float]] = {}
        self._paired: dict[str, tuple[str, float]] = {}

    def letters_for(self, browser: str) -> str:
        """The four letters of this screen: the same for as long as it waits."""
        self._tidy()
        for letters, (waiting, _) in self._waiting.items():
            if waiting == browser:
                return letters
        if len(self._waiting) >= WAITING_MOST:
            raise Refused("server.going", retry_ms=60_000)
        letters = "".join(secrets.choice(LETTERS) for _ in range(4))
        while letters in self._waiting:
            letters = "".join(secrets.choice(LETTERS) for _ in range(4))
        self._waiting[letters] = (browser, time.monotonic())
        return letters

    def take(self, typed: str, code: str) -> str:
        """The browser behind these letters, which are used up: it goes on to this code. Raises Refused."""
        self._tidy()
        waiting = self._waiting.pop("".join(typed.upper().split()), None)
        if waiting is None:
            raise Refused("letters.unknown")
        self._paired[waiting[0]] = code, time.monotonic()
        return waiting[0]

    def paired(self, browser: str) -> str | None:
        """The code of the session this screen was paired with a moment ago."""
        self._tidy()
        return self._paired[browser][0] if browser in self._paired else None

    def forget(self, browser: bytes) -> None:
        """A screen that was disconnected is not sent to its wall any more. `browser`: its hash."""
        self._paired = {each: where for each, where in self._paired.items() if hashed(each) != browser}

    def _tidy(self) -> None:
        now = time.monotonic()
        oldest, latest = now - MINUTES * 60, now - TOLD_SECONDS
        self._waiting = {letters: each for letters, each in self._waiting.items() if each[1] > oldest}
        self._paired = {browser: each for browser, each in self._paired.items() if each[1] > latest}
