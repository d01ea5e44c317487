"""Whoever takes part: a browser context each, watched for errors, reports and requests to strangers."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}

NEVER = re.compile(r"(?!)")
WEATHER = re.compile(r"ERR_|WebSocket connection|Failed to load (resource|module script)|no answer", re.I)
"""What a browser says of a server that does not answer."""
TURNED_AWAY = re.compile(r"status of 4\d\d")


class People:
    """`complaints` gathers all that the browsers report and that was not to be expected."""

    def __init__(self, browser: Browser) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    async def come(
        self, size: dict[str, int] = DESK, *, forgive: re.Pattern[str] = NEVER, **options: Any
    ) -> Page:
        """One more person, with a page open. `forgive`: complaints that this test brings about itself."""
        context = await self._browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, locale="en-GB", **options
        )
        context.set_default_timeout(8_000)
        self._contexts.append(context)
        self.watch(context, forgive)
        return await context.new_page()

    async def phone(self, **options: Any) -> Page:
        return await self.come(PHONE, has_touch=True, is_mobile=True, **options)

    def watch(self, context: BrowserContext, forgive: re.Pattern[str] = NEVER) -> None:
        def complain(text: str) -> None:
            if not forgive.search(text):
                self.complaints.append(text)

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error":
                complain(f"{message.text} ({message.location.get('url', '')})")

        def failed(error: WebError) -> None:
            complain(f"{error.error.message}\n{error.error.stack or ''}")

        def asked(request: Request) -> None:
            url = urlsplit(request.url)
            if url.scheme not in ("data", "blob", "about") and url.hostname != "127.0.0.1":
                self.complaints.append(f"a request to a stranger: {request.url}")

        context.on("console", heard)
        context.on("weberror", failed)
        context.on("request", asked)

    async def go(self) -> None:
        for context in self._contexts:
            await context.close()
