"""What every request meets first and last: whose pages may speak to us, what browsers may do with ours.

Cookies alone prove nothing: a foreign page can send them too, over a socket as well. So every upgrade
and every request that changes something must come from a page of ours, or carry no cookie.
"""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import Addresses

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_BYTES = 256 * 1024

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "x-robots-tag": "noindex",
}

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; "
    "connect-src 'self' ws://{host} wss://{host}"
)


class Guard:
    """ASGI middleware around everything. `addresses` is asked late: tests learn their port late."""

    def __init__(self, app: ASGIApp, addresses: Callable[[], Addresses]) -> None:
        self._app = app
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        problem = self._problem(scope, headers)
        if problem is not None:
            await _turn_away(problem, scope, receive, send)
            return
        await self._app(scope, receive, self._dressed(scope, headers, send))

    def _problem(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        addresses = self._addresses()
        host = headers.get("host", "")
        if host not in addresses.hosts:
            return 421, "This server goes by another name. Open the address on the wall."
        if scope["type"] == "http" and scope["method"] in SAFE:
            return None
        if int(headers.get("content-length") or 0) > BODY_BYTES:
            return 413, "That is more than this server takes at once."
        origin = headers.get("origin")
        if origin is None and "cookie" not in headers:
            return None
        if origin is None or not addresses.is_ours(origin, host):
            return 403, "That came from another website. Open the page from the code on the wall."
        return None

    def _dressed(self, scope: Scope, asked: Headers, send: Send) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers["content-security-policy"] = POLICY.format(host=asked.get("host", ""))
                headers.setdefault("cache-control", "no-store")
                if self._addresses().is_https:
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        return dressed


async def _turn_away(problem: tuple[int, str], scope: Scope, receive: Receive, send: Send) -> None:
    status, sentence = problem
    if scope["type"] == "websocket":
        # Closing before accepting is answered with 403.
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": sentence})
        return
    await PlainTextResponse(sentence, status)(scope, receive, send)
