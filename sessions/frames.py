"""News as bytes: the frames that take a device from one seq to another."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from sessions.domain.messages import Change
from sessions.domain.reach import News, Standing

FRAME_BYTES = 128 * 1024


class Marks(Protocol):
    def __getitem__(self, seq: int, /) -> str: ...


def frames(news: News, start: int, end: int, marks: Marks, most: int = FRAME_BYTES) -> list[bytes]:
    """Change frames from `start` to `end`, each of about `most` bytes, cut only between two seqs."""
    cuts = _cuts(news, most)
    made, came_from = [], start
    for place, (put, drop) in enumerate(cuts):
        to = end if place == len(cuts) - 1 else max(map(_group, (*put, *drop)))
        rows = [standing.raw for standing in put]
        gone = [standing.id for standing in drop]
        made.append(msgspec.json.encode(Change(came_from, to, marks[to], rows, gone)))
        came_from = to
    return made


def _cuts(news: News, most: int) -> list[tuple[Sequence[Standing], Sequence[Standing]]]:
    size = sum(len(standing.raw) for standing in news.put) + 40 * len(news.drop)
    if size <= most:
        return [(news.put, news.drop)]
    by_seq: dict[int, tuple[list[Standing], list[Standing]]] = {}
    for standing in news.put:
        by_seq.setdefault(_group(standing), ([], []))[0].append(standing)
    for standing in news.drop:
        by_seq.setdefault(_group(standing), ([], []))[1].append(standing)
    cuts: list[tuple[list[Standing], list[Standing]]] = []
    room = 0
    for _, (put, drop) in sorted(by_seq.items()):
        weight = sum(len(standing.raw) for standing in put) + 40 * len(drop)
        if not cuts or weight > room:
            cuts.append(([], []))
            room = most
        cuts[-1][0].extend(put)
        cuts[-1][1].extend(drop)
        room -= weight
    return list(cuts)


def _group(standing: Standing) -> int:
    """Its seq; what stood before the first fact goes with that, as a frame from 0 replaces everything."""
    return max(standing.seq, 1)
