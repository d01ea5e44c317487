"""Run a coroutine up to its first wait at once; only what has to wait becomes a task.

Nearly every send to a phone finishes without waiting, and a task for each would cost more than the send.
"""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any


def eagerly(coroutine: Coroutine[Any, Any, None]) -> "asyncio.Task[None] | None":
    """None when it is done already, or the task that finishes it."""
    try:
        waits_for = coroutine.send(None)
    except StopIteration:
        return None
    return asyncio.get_running_loop().create_task(_finish(_Begun(coroutine, waits_for)))


class _Begun:
    """A coroutine that has run to its first wait."""

    def __init__(self, coroutine: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._coroutine = coroutine
        self._waits_for = waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        waits_for = self._waits_for
        try:
            while True:
                try:
                    yield waits_for
                except BaseException as error:
                    # What the wait came to is the coroutine's to answer: it may go on from here.
                    waits_for = self._coroutine.throw(error)
                else:
                    waits_for = self._coroutine.send(None)
        except StopIteration:
            return


async def _finish(begun: _Begun) -> None:
    await begun
