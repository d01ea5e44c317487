"""A server of the test build, and a crowd that comes to it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.simulation.crowd import Crowd
from tests.simulation.scale import SEED
from tests.simulation.server import Server, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "data") as server:
        yield server


@pytest.fixture
async def crowd(server: Server) -> AsyncIterator[Crowd]:
    print(f"SEED={SEED}")
    async with Crowd(server.origin, server.key, seed=SEED) as crowd:
        yield crowd
