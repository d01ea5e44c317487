"""News as bytes: the next frame that takes a device from one seq towards another."""

from typing import NamedTuple, Protocol

import msgspec

from sessions.domain.messages import Change
from sessions.domain.reach import News, Standing

FRAME_BYTES = 128 * 1024
DROP_BYTES = 40


class Marks(Protocol):
    def __getitem__(self, seq: int, /) -> str: ...


class Frame(NamedTuple):
    """A change as it is sent; `to` is how far it takes its reader."""

    to: int
    text: bytes


def next_frame(news: News, start: int, end: int, marks: Marks, most: int = FRAME_BYTES) -> Frame:
    """The change from `start` as far towards `end` as about `most` bytes go, cut only between two seqs."""
    to, put, drop = _cut(news, start, end, most), news.put, news.drop
    if to < end:
        put = [standing for standing in put if _group(standing) <= to]
        drop = [standing for standing in drop if _left(standing, start) <= to]
    rows = [standing.raw for standing in put]
    change = Change(start, to, marks[to], rows, [standing.id for standing in drop])
    return Frame(to, msgspec.json.encode(change))


def _cut(news: News, start: int, end: int, most: int) -> int:
    if sum(map(_weight, news.put)) + DROP_BYTES * len(news.drop) <= most:
        return end
    pieces = [(_group(standing), _weight(standing)) for standing in news.put]
    pieces += [(_left(standing, start), DROP_BYTES) for standing in news.drop]
    taken = to = 0
    for seq, weight in sorted(pieces):
        if taken > most and seq > to:
            return to
        to = seq
        taken += weight
    return end


def _weight(standing: Standing) -> int:
    return len(standing.raw)


def _group(standing: Standing) -> int:
    """Its seq; what stood before the first fact goes with that, as a frame from 0 replaces everything."""
    return max(standing.seq, 1)


def _left(standing: Standing, start: int) -> int:
    """When it went, at the earliest.

    Its own number may be later: it was changed where its reader does not see it. A cut between the two would
    leave it standing, for the next frame looks only for what went after the cut.
    """
    return min((seq for seq in standing.lost.values() if seq > start), default=standing.seq)
