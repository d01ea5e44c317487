"""What becomes of a refusal: an HTTP status, a sentence, and when to try again. The only such table."""

import random

from app.wording import Words
from sessions.domain.messages import NotDone
from sessions.domain.refused import Refused

STATUS = {
    "code.unknown": 404,
    "code.slow_down": 429,
    "session.closed": 409,
    "session.full": 409,
    "session.locked": 403,
    "seat.removed": 403,
    "writer.muted": 403,
    "session.crowded": 503,
    "page.unknown": 404,
    "plan.unknown": 404,
    "plan.misshapen": 422,
    "request.misshapen": 422,
    "request.too_big": 413,
    "request.foreign": 403,
    "request.misdirected": 421,
    "request.method": 405,
    "secret.unknown": 401,
    "grant.missing": 401,
    "role.cannot": 403,
    "group.unknown": 422,
    "letters.unknown": 404,
    "rehearsal.crowded": 503,
    "rehearsal.unknown": 404,
    "link.unknown": 404,
    "screen.unknown": 404,
    "frame.not_json": 400,
    "frame.misshapen": 400,
    "frame.out_of_place": 400,
    "frame.too_many": 429,
    "sockets.too_many": 429,
    "protocol.other": 426,
    "key.reused": 409,
    "slow.down": 429,
    "server.going": 503,
    "server.fault": 500,
    "storage.trouble": 503,
    "storage.full": 503,
    "storage.broken": 503,
    "session.damaged": 503,
}
"""Codes of the domain that are not named here are 409: the session stands in a state that forbids it."""


COMES_BACK = ("server.going", "storage.broken")


def status(refusal: Refused) -> int:
    return STATUS.get(refusal.code, 409)


def sent_out(code: str) -> Refused:
    """Why a device has to go and, where it may come back, when: not all at the same moment."""
    if code == "view.changed":
        return Refused(code, retry_ms=0)
    return Refused(code, retry_ms=random.randint(200, 10_000)) if code in COMES_BACK else Refused(code)


def sentence(refusal: Refused, words: Words) -> str:
    """One plain sentence; what to do next stands in it."""
    return words.say(f"refused.{refusal.code}", **refusal.facts)


def reply(refusal: Refused, words: Words, key: str | None = None) -> NotDone:
    """The refusal as a frame, over the socket and over HTTP alike."""
    retry = refusal.facts.get("retry_ms")
    return NotDone(key, refusal.code, sentence(refusal, words), int(retry) if retry is not None else None)
