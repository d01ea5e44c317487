"""Both stores, for one suite: what is promised of one is promised of the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sessions.store.memory import MemoryStore
from sessions.store.sql import SqlStore

Store = MemoryStore | SqlStore


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made: Store = MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "eutopia.sqlite")
    yield made
    await made.close()


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = SqlStore(tmp_path / "eutopia.sqlite")
    yield store
    await store.close()
