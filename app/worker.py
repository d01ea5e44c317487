"""A process beside the server that does slow work, so that no phone waits for it."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Worker:
    """One process, started with the first work there is. `yielding`: how far others go first, 0 to 19."""

    def __init__(self, yielding: int = 0) -> None:
        self._yielding = yielding
        self._process: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One piece of work at a time; `work` is a function of a module, and what it takes is copied."""
        assert not kwargs
        try:
            return await self._run(work, *args)
        except BrokenProcessPool:
            # The worker was ended from outside; the next one does the work again.
            self._process = None
            return await self._run(work, *args)

    async def _run(self, work: Callable[..., T], *args: object) -> T:
        if self._process is None:
            # Spawned: a fork of a process with threads may stand still for ever.
            self._process = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._yielding,)
            )
        return await asyncio.get_running_loop().run_in_executor(self._process, work, *args)

    def close(self) -> None:
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)


def _begin(yielding: int) -> None:
    """In the worker: let others go first, and end with the server, or it would wait for work for ever."""
    if hasattr(os, "nice"):
        os.nice(yielding)
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    server = parent_process()
    assert server is not None
    server.join()
    os._exit(0)
