"""What every request meets first and last: whose pages may speak to us, what browsers may do with ours.

Cookies alone prove nothing: a foreign page can send them too, over a socket as well. So every upgrade
and every request that changes something must come from a page of ours, or carry no cookie.
"""

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import Addresses
from app.errors import sentence, status
from app.wording import Words
from sessions.domain.refused import Refused

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

NO_PAGES = ("text/css", "text/javascript", "application/javascript")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; "
    "connect-src 'self'"
)


class Guard:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp, addresses: Addresses, words: Callable[[], Words]) -> None:
        self._app = app
        self._addresses = addresses
        self._words = words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                dress(MutableHeaders(scope=message), asked.get("host", ""), self._addresses)
            await send(message)

        try:
            self._check(scope, asked)
            within = receive if scope["type"] == "websocket" else _measured(receive)
            await self._app(scope, within, dressed)
        except Refused as refusal:
            await self._turn_away(refusal, scope, receive, dressed)

    def _check(self, scope: Scope, asked: Headers) -> None:
        """Raises Refused."""
        host = asked.get("host", "").lower()
        if host not in self._addresses.hosts:
            raise Refused("request.misdirected")
        if scope["type"] == "http" and scope["method"] in SAFE:
            return
        length = asked.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > BODY_BYTES:
            raise Refused("request.too_big")
        origin = asked.get("origin")
        if origin is None and "cookie" not in asked:
            return
        if origin is None or not self._addresses.is_ours(origin, host):
            raise Refused("request.foreign")

    async def _turn_away(self, refusal: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            # Closing before accepting is answered with 403.
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        said = sentence(refusal, self._words())
        answer: Response = JSONResponse({"code": refusal.code, "message": said}, status(refusal))
        if "text/html" in Headers(scope=scope).get("accept", ""):
            # No page: whatever it would load comes to the wrong door too.
            answer = PlainTextResponse(said, status(refusal))
        await answer(scope, receive, send)


def dress(headers: MutableHeaders, host: str, addresses: Addresses) -> None:
    """What every answer wears. Styles and scripts are no pages: a policy for each would outweigh them."""
    if headers.get("content-type", "").startswith(NO_PAGES):
        headers["x-content-type-options"] = "nosniff"
        headers["cross-origin-resource-policy"] = "same-origin"
        return
    for name, value in HEADERS.items():
        headers[name] = value
    named = host if host.lower() in addresses.hosts else ""
    headers["content-security-policy"] = POLICY + (f" ws://{named} wss://{named}" if named else "")
    headers.setdefault("cache-control", "no-store")
    if addresses.is_https:
        headers["strict-transport-security"] = "max-age=31536000"


def _measured(receive: Receive) -> Receive:
    """A body may come in pieces, without a length that could be looked at before."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > BODY_BYTES:
            raise Refused("request.too_big")
        return message

    return measured
