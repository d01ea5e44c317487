"""One device in a room: what it may see, how far it has been told, and the way to it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from hashlib import blake2b
from typing import Any

from sessions.domain.reach import Viewer
from sessions.eager import eagerly

log = logging.getLogger(__name__)

ROW_FORMAT = 1
"""Raise it when rows change shape: devices that know the old one are then answered from 0."""

Send = Callable[[bytes], Coroutine[Any, Any, None]]


def view_of(viewer: Viewer) -> str:
    """An opaque name of what this viewer may see: the same name, the same rows."""
    seen = f"{ROW_FORMAT}|{viewer.role}|{viewer.person}|{viewer.group}"
    return blake2b(seen.encode(), digest_size=9).hexdigest()


class Seat:
    """`told`: the last `to` sent. `read`: how far the board was looked through for this seat; what lies
    between was not for it to see."""

    def __init__(self, viewer: Viewer, send: Send, told: int = 0) -> None:
        self.viewer = viewer
        self.told = told
        self.read = told
        self._send = send
        self._sending: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """The last send has not returned: a slow device gets fewer, larger frames."""
        return self._sending is not None and not self._sending.done()

    def tell(self, frames: list[bytes]) -> None:
        self._sending = eagerly(self._tell(frames))

    async def _tell(self, frames: list[bytes]) -> None:
        try:
            for frame in frames:
                await self._send(frame)
        except Exception:
            # Its own loss alone: the others of the room are told as ever.
            log.exception("a seat could not be told")

    def leave(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
