"""What suggestions cost those who write: a full room, one phone adding notes, and a host who keeps asking."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sessions.suggest.suggestions import Known
from tests.app.client import Browser, People, new_id
from tests.app.running import process

ADDED, APART_SECONDS = 100, 0.1
ASKING_SECONDS = 0.2


def delays(known: Known) -> tuple[str, str]:
    """From sending a note to Saved: with nobody asking, and while suggestions are found again and again."""
    return asyncio.run(_delays(list(known.notes.values())))


async def _delays(texts: Sequence[str]) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder, process(Path(folder) / "data") as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop()
            phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
            await _fill(phone, texts)
            quiet = await _adding(phone)
            asking = asyncio.create_task(_asking(host, f"/api/sessions/{workshop.code}/suggestions"))
            busy = await _adding(phone)
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
    return quiet, busy


async def _fill(phone: Browser, texts: Sequence[str]) -> None:
    notes = [{"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": text} for text in texts]
    for at in range(0, len(notes), 64):
        await phone.asks(*notes[at : at + 64])


async def _asking(host: Browser, path: str) -> None:
    while True:
        await host.get(path)
        await asyncio.sleep(ASKING_SECONDS)


async def _adding(phone: Browser) -> str:
    took = []
    async with phone.live() as seat:
        for i in range(ADDED):
            began = time.perf_counter()
            await seat.ask("note.add", id=new_id(), zone="matrix.social", text=f"one more bench {i}")
            took.append((time.perf_counter() - began) * 1_000)
            await asyncio.sleep(APART_SECONDS)
    took.sort()
    return (
        f"p50 {statistics.median(took):.1f} ms, p95 {took[-len(took) // 20]:.1f} ms, most {took[-1]:.1f} ms"
    )
