"""Where files are rendered: in a process of its own, so that no phone waits for paper."""

import asyncio

from app.worker import Worker
from exports import render, render_pack
from sessions.domain.pack import Pack
from sessions.domain.report import Report


class Press:
    def __init__(self) -> None:
        self._worker = Worker()
        self._under_way: dict[tuple[str, Report], asyncio.Task[bytes]] = {}

    async def render(self, kind: str, report: Report, labels: dict[str, str]) -> bytes:
        """A whole room that keeps its list at once waits for one printing, and nothing stays behind of it."""
        wanted = kind, report
        printing = self._under_way.get(wanted)
        if printing is None:
            printing = asyncio.create_task(self._worker.run(render, kind, report, labels))
            self._under_way[wanted] = printing
            printing.add_done_callback(lambda _: self._under_way.pop(wanted, None))
        return await asyncio.shield(printing)

    async def pack(self, pack: Pack, labels: dict[str, str]) -> bytes:
        return await self._worker.run(render_pack, pack, labels)

    def close(self) -> None:
        self._worker.close()
