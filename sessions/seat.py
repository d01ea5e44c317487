"""One device in a room: what it may see, how far it has been told, and the line to it."""

import logging
from hashlib import blake2b
from typing import Protocol

from sessions.domain.reach import Viewer

log = logging.getLogger(__name__)

ROW_FORMAT = 2
"""Raise it when rows change shape: devices that know the old one are then answered from 0."""

LAG_BYTES, LAG_SECONDS = 256 * 1024, 10
TAKES_AT_LEAST = 8 * 1024
"""Bytes that a device has to take within those seconds: a slow one goes on, a stuck one is cut."""


class Line(Protocol):
    """The way to a device. Nothing here waits: what the device does not take yet waits in the line."""

    def write(self, frame: bytes) -> None: ...

    @property
    def waiting(self) -> int:
        """Bytes written, and not taken yet."""

    @property
    def is_taking(self) -> bool:
        """Not so much is waiting that more would only pile up."""

    def cut(self) -> None:
        """End it at once: nobody there would read a goodbye."""


def view_of(viewer: Viewer) -> str:
    """An opaque name of what this viewer may see: the same name, the same rows."""
    seen = f"{ROW_FORMAT}|{viewer.role}|{viewer.person}|{viewer.group}"
    return blake2b(seen.encode(), digest_size=9).hexdigest()


class Seat:
    """`told`: the last `to` sent. `read`: how far the board was looked through for this seat; what lies
    between was not for it to see."""

    __slots__ = ("_behind", "_since", "line", "read", "told", "viewer")

    def __init__(self, viewer: Viewer, line: Line, told: int = 0) -> None:
        self.viewer = viewer
        self.line = line
        self.told = told
        # From the beginning there is always something to tell, if only that nothing is there yet.
        self.read = told or -1
        self._behind = 0
        self._since = 0.0

    def tell(self, frame: bytes) -> None:
        try:
            self.line.write(frame)
        except Exception:
            # Its own loss alone: the others of the room are told as ever.
            log.exception("a seat could not be told")

    def is_stuck(self, now: float) -> bool:
        """Whether too much was sent and not taken, or for too long. `now`: monotonic seconds."""
        waiting = self.line.waiting
        if self.line.is_taking or waiting <= self._behind - TAKES_AT_LEAST or not self._behind:
            self._behind, self._since = waiting, now
        return waiting > LAG_BYTES or now - self._since > LAG_SECONDS
