"""How much one person may ask. Buckets are per person and never per address: a whole room shares one."""

import time
from collections import OrderedDict
from collections.abc import Callable


class Bucket:
    """Fills at `a_second`, holds `most`."""

    __slots__ = ("_at", "_have", "a_second", "most")

    def __init__(self, a_second: float, most: float, now: float) -> None:
        self.a_second = a_second
        self.most = most
        self._have = most
        self._at = now

    def take(self, now: float) -> float:
        """Take one: 0 if there was one, else the seconds until there is."""
        self._fill(now)
        if self._have < 1:
            return (1 - self._have) / self.a_second
        self._have -= 1
        return 0

    def owe(self, now: float) -> float:
        """Take one in any case; the seconds to wait until it is there."""
        self._fill(now)
        # Never more than a minute's worth: a flood is forgotten soon after it ends.
        self._have = max(self._have - 1, -60 * self.a_second)
        return max(0, -self._have / self.a_second)

    def owes(self, now: float) -> bool:
        self._fill(now)
        return self._have < 0

    def _fill(self, now: float) -> None:
        self._have = min(self.most, self._have + (now - self._at) * self.a_second)
        self._at = now


class Limits:
    """The buckets of everybody, by name; long unused ones are forgotten."""

    def __init__(self, most: int = 20_000, now: Callable[[], float] = time.monotonic) -> None:
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()
        self._most = most
        self._now = now

    def take(self, what: str, who: str, a_minute: float, burst: float) -> float:
        return self._bucket(what, who, a_minute, burst).take(self._now())

    def owe(self, what: str, who: str, a_minute: float, burst: float) -> float:
        return self._bucket(what, who, a_minute, burst).owe(self._now())

    def owing(self, what: str, who: str) -> bool:
        """Whether more was taken than there was."""
        bucket = self._buckets.get((what, who))
        return bucket is not None and bucket.owes(self._now())

    def _bucket(self, what: str, who: str, a_minute: float, burst: float) -> Bucket:
        bucket = self._buckets.get((what, who))
        if bucket is None:
            bucket = self._buckets[what, who] = Bucket(a_minute / 60, burst, self._now())
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end((what, who))
        return bucket
