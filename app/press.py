"""The worker process that renders files, so that no phone waits for paper."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process

from exports import render, render_pack
from sessions.domain.pack import Pack
from sessions.domain.report import Report


class Press:
    """One process, started with the first file that is asked for."""

    def __init__(self) -> None:
        self._workers: ProcessPoolExecutor | None = None
        self._under_way: dict[tuple[str, Report], asyncio.Task[bytes]] = {}

    async def render(self, kind: str, report: Report, labels: dict[str, str]) -> bytes:
        """A whole room that keeps its list at once waits for one printing, and nothing stays behind of it."""
        wanted = kind, report
        printing = self._under_way.get(wanted)
        if printing is None:
            printing = asyncio.create_task(self._make(partial(render, kind, report, labels)))
            self._under_way[wanted] = printing
            printing.add_done_callback(lambda _: self._under_way.pop(wanted, None))
        return await asyncio.shield(printing)

    async def pack(self, pack: Pack, labels: dict[str, str]) -> bytes:
        return await self._make(partial(render_pack, pack, labels))

    async def _make(self, paper: Callable[[], bytes]) -> bytes:
        try:
            return await self._work(paper)
        except BrokenProcessPool:
            # The worker was ended from outside; the next one does the work again.
            self._workers = None
            return await self._work(paper)

    async def _work(self, paper: Callable[[], bytes]) -> bytes:
        if self._workers is None:
            # Spawned: a fork of a process with threads may stand still for ever.
            self._workers = ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=_end_with_the_server
            )
        return await asyncio.get_running_loop().run_in_executor(self._workers, paper)

    def close(self) -> None:
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)


def _end_with_the_server() -> None:
    """In the worker: one whose server was killed would wait for work for ever."""
    threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    server = parent_process()
    assert server is not None
    server.join()
    os._exit(0)
