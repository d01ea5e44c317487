"""One browser and one server for each worker, a context for every person, and nobody unwatched."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.people import People
from tests.browser.proxy import Proxy
from tests.browser.server import Server
from tests.conftest import chromium

PATIENCE_MS = 10_000
"""Machines that do much else at once are slow; what is right still comes."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE_MS)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """For tests that leave it alive: each opens a room of its own."""
    async with Server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def proxy() -> AsyncIterator[Proxy]:
    async with Proxy() as between:
        yield between


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def far(proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server that phones reach through the weather only."""
    async with Server(tmp_path_factory.mktemp("far"), public_url=proxy.origin) as running:
        proxy.target = running.port
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def people(browser: Browser) -> AsyncIterator[People]:
    """Whoever takes part. At the end nobody's browser may have anything to complain of."""
    everyone = People(browser)
    yield everyone
    await everyone.go()
    assert not everyone.complaints, everyone.complaints
