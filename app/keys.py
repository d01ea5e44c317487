"""Codes and secrets: made here, by chance alone, and kept as hashes only."""

import hashlib
import re
import secrets

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants: no look-alikes, and no words by accident."""

CODE_LENGTH = 9


def new_code() -> str:
    """A way into a session: 38.9 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str | None:
    """A code as somebody typed it, in any case, with spaces and dashes; None if it cannot be one."""
    code = "".join(letter for letter in typed[:40].upper() if letter not in " -.–—\u00a0")
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else None


def in_threes(code: str) -> str:
    """KXR MTP WGD, as it is shown and said."""
    return " ".join(code[place : place + 3] for place in range(0, len(code), 3))


def new_id() -> str:
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Whether it has the shape of ours: what somebody else thought of is never taken on."""
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", text) is not None


def hashed(secret: str) -> bytes:
    """What is kept of a secret. It has 256 random bits, so a fast hash is as good as a slow one."""
    return hashlib.sha256(secret.encode()).digest()
