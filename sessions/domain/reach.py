"""Who may see a row, and what a device that knew everything up to `n` has to hear.

`since` is the snapshot (n = 0), the resume and the live update: one path, exercised by every frame.
This is the only place that decides what a viewer may see.
"""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec
from msgspec import Raw, Struct

from sessions.domain.rights import Role
from sessions.domain.rows import AnyRow

Reach: TypeAlias = int
"""A set of audiences, a bit each. Plain numbers: every row is asked for every seat."""


class Audience:
    """Who may read a row. A viewer reads it when it is in any of them."""

    HOSTS, AUTHOR, GROUP, WALL, PHONES = ALL = (1, 2, 4, 8, 16)


NOBODY = 0
HOSTS = Audience.HOSTS
AUTHOR = Audience.AUTHOR
OWN = HOSTS | AUTHOR
GROUP = OWN | Audience.GROUP
SCREENS = HOSTS | Audience.WALL
ROOM = GROUP | Audience.WALL | Audience.PHONES


class Viewer(Struct, frozen=True):
    """A seat, as far as seeing goes: its role, the person and the group they sit in."""

    role: Role
    person: str = ""
    group: str | None = None

    def audiences(self, author: str | None, group: str | None) -> Reach:
        """Which audiences of a row by this author of this group the viewer belongs to."""
        match self.role:
            case Role.FACILITATOR:
                return HOSTS
            case Role.WALL | Role.PRESENTER:
                return Audience.WALL
            case Role.PARTICIPANT:
                among = Audience.PHONES
                if author is not None and author == self.person:
                    among |= Audience.AUTHOR
                if group is not None and group == self.group:
                    among |= Audience.GROUP
                return among


class Standing:
    """A row as it stands: who may read it now, who ever could, and the seq that took it from each."""

    __slots__ = ("_raw", "author", "group", "had", "id", "lost", "reach", "row", "seq")

    def __init__(self, row: AnyRow, reach: Reach, seq: int, author: str | None, group: str | None) -> None:
        self.id = row.id
        # A row nobody may read is forgotten, words and all; only its id and its past remain.
        self.row = row if reach else None
        self.reach = reach
        self.had = reach
        self.lost: dict[int, int] = {}
        self.seq = seq
        self.author = author
        self.group = group
        self._raw: Raw | None = None

    @property
    def raw(self) -> Raw:
        """The row as JSON, made once and sent to every reader."""
        if self._raw is None:
            head = msgspec.json.encode(self.row)
            self._raw = Raw(head[:-1] + b',"seq":%d}' % self.seq)
        return self._raw

    def follows(self, past: "Standing") -> None:
        """Take over from the same row as it stood before."""
        self.had |= past.had
        self.lost = {who: seq for who, seq in past.lost.items() if not who & self.reach}
        gone = past.reach & ~self.reach
        self.lost |= {who: self.seq for who in Audience.ALL if who & gone}

    def shown_to(self, viewer: Viewer) -> bool:
        return bool(self.reach & viewer.audiences(self.author, self.group))

    def taken_from(self, viewer: Viewer, n: int) -> bool:
        """Could be read by this viewer once, cannot now, and went after `n`."""
        # Nearly every row: and a private round asks it for each row once a phone.
        if not self.lost:
            return False
        could = self.had & viewer.audiences(self.author, self.group)
        return any(who & could and seq > n for who, seq in self.lost.items())


class News(Struct, frozen=True):
    """What one viewer has to hear, in order of seq."""

    put: list[Standing]
    drop: list[Standing]

    def __bool__(self) -> bool:
        return bool(self.put or self.drop)


class Rows:
    """Every row of a session, in order of last touch."""

    def __init__(self) -> None:
        self._standing: dict[str, Standing] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._standing

    def copy(self) -> "Rows":
        rows = Rows()
        rows._standing = self._standing.copy()
        return rows

    def put(
        self, row: AnyRow, reach: Reach, seq: int, *, author: str | None = None, group: str | None = None
    ) -> None:
        """Let the row stand so from `seq` on; nothing is touched where nothing changes."""
        past = self._standing.get(row.id)
        if past is None:
            if reach:
                self._standing[row.id] = Standing(row, reach, seq, author, group)
            return
        if past.reach == reach and (past.row == row or not reach):
            return
        standing = Standing(row, reach, seq, author, group)
        standing.follows(past)
        del self._standing[row.id]
        self._standing[row.id] = standing

    def since(self, viewer: Viewer, n: int) -> News:
        """What the viewer lacks who knew everything up to `n`; from 0, all there is to see."""
        put, drop = [], []
        for standing in self.newer(n):
            if standing.shown_to(viewer):
                put.append(standing)
            elif n and standing.taken_from(viewer, n):
                drop.append(standing)
        # Within one seq the order is by id, so that a reveal does not tell who wrote when.
        put.sort(key=lambda standing: (standing.seq, standing.id))
        drop.sort(key=lambda standing: (standing.seq, standing.id))
        return News(put, drop)

    def newer(self, n: int) -> Iterable[Standing]:
        """Rows touched after `n`, the latest first; from 0, those too that stood before the first fact."""
        for standing in reversed(self._standing.values()):
            if n and standing.seq <= n:
                return
            yield standing

    def seen_by(self, viewer: Viewer) -> list[AnyRow]:
        """All rows the viewer may read."""
        return [standing.row for standing in self.since(viewer, 0).put if standing.row is not None]
