"""One real server a module, and the people who come to it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.app.client import People
from tests.app.running import Running, running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data")) as server:
        yield server


@pytest.fixture
async def people(house: Running) -> AsyncIterator[People]:
    async with People(house.origin, house.key) as people:
        yield people
