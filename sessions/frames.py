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
    to, put, drop = _cut(news, end, most), news.put, news.drop
    if to < end:
        put = [standing for standing in put if _group(standing) <= to]
        drop = [standing for standing in drop if _group(standing) <= to]
    rows = [standing.raw for standing in put]
    change = Change(start, to, marks[to], rows, [standing.id for standing in drop])
    return Frame(to, msgspec.json.encode(change))


def _cut(news: News, end: int, most: int) -> int:
    if sum(map(_weight, news.put)) + DROP_BYTES * len(news.drop) <= most:
        return end
    taken = to = 0
    for standing in sorted((*news.put, *news.drop), key=_group):
        if taken > most and _group(standing) > to:
            return to
        to = _group(standing)
        taken += _weight(standing) if standing.row is not None else DROP_BYTES
    return end


def _weight(standing: Standing) -> int:
    return len(standing.raw)


def _group(standing: Standing) -> int:
    """Its seq; what stood before the first fact goes with that, as a frame from 0 replaces everything."""
    return max(standing.seq, 1)
