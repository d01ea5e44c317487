"""Two short digests: one that shows a damaged or forgotten history, one that tells two asks apart."""

from hashlib import blake2b

import msgspec

from sessions.domain.asks import Ask

FIRST = ""
"""The mark before the first fact."""


def mark(previous: str, seq: int, at: int, key: str) -> str:
    """The chain over (previous mark, seq, at, key): 16 hex digits, equal only for equal histories.

    `at` is in it since what was lost may be asked for again, with the same keys in the same order.
    """
    return blake2b(f"{previous}\n{seq}\n{at}\n{key}".encode(), digest_size=8).hexdigest()


def follows(its_mark: str, previous: str, seq: int, at: int, key: str) -> bool:
    """Whether this mark continues the chain; logs of our first days have it without `at`."""
    first = blake2b(f"{previous}\n{seq}\n{key}".encode(), digest_size=8).hexdigest()
    return its_mark in (mark(previous, seq, at, key), first)


def digest(salt: bytes, ask: Ask) -> bytes:
    """Eight bytes that are the same for the same ask of this session, and tell nothing of its words."""
    return blake2b(msgspec.json.encode(ask), digest_size=8, key=salt).digest()
