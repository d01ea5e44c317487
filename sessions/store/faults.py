"""What a disk says when it does not write: is it full, is it failing, or was it only busy?"""

import errno
from collections.abc import Iterator
from enum import Enum

from sessions.domain.refused import Refused

RETRY_MS = {"storage.full": 5_000, "storage.broken": 5_000, "storage.trouble": 2_000}

_FULL = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
_BROKEN = (
    "SQLITE_IOERR",
    "SQLITE_CORRUPT",
    "SQLITE_NOTADB",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
)
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


class Fault(Enum):
    """What stands behind an error of the store."""

    FULL = "there is no space"
    BROKEN = "the disk fails, or the file is damaged: nothing that is written now can be relied on"
    BUSY = "somebody else holds the file"
    OTHER = "a rule of the tables, or a mistake of ours"


def fault_of(error: BaseException) -> Fault:
    """The worst that is behind the error."""
    found = {_fault(each) for each in _behind(error)}
    return next(fault for fault in (Fault.BROKEN, Fault.FULL, Fault.BUSY, Fault.OTHER) if fault in found)


def name_of(error: BaseException) -> str:
    """What SQLite or the system calls it; never a word that somebody wrote."""
    named = [name for each in _behind(error) if (name := _name(each))]
    return named[-1] if named else type(error).__name__


def refusal_of(fault: Fault) -> Refused:
    """What is said to whoever asked for the write: with `retry_ms`, so that their words wait."""
    match fault:
        case Fault.FULL:
            return Refused("storage.full", retry_ms=RETRY_MS["storage.full"])
        case Fault.BROKEN:
            return Refused("storage.broken", retry_ms=RETRY_MS["storage.broken"])
    return Refused("storage.trouble", retry_ms=RETRY_MS["storage.trouble"])


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error and all that led to it: a rollback that fails hides what it was for."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [getattr(each, "orig", None), each.__cause__, each.__context__]


def _fault(error: BaseException) -> Fault:
    name = _name(error)
    if name.startswith(_FULL) or (isinstance(error, OSError) and error.errno in _NO_SPACE):
        return Fault.FULL
    if name.startswith(_BROKEN) or isinstance(error, OSError):
        return Fault.BROKEN
    return Fault.BUSY if name.startswith(_BUSY) else Fault.OTHER


def _name(error: BaseException) -> str:
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "OSError")
    name = getattr(error, "sqlite_errorname", "")
    return name if isinstance(name, str) else ""
