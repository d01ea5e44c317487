"""A board to try rules on, and the devices that look at one."""

import pytest

from tests.domain.histories import History, begun


@pytest.fixture
def workshop() -> History:
    """A session to which nothing has happened yet."""
    return History()


@pytest.fixture
def afternoon() -> History:
    """Twelve notes, the matrix in the open, three piles."""
    return begun()
