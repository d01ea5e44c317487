"""What a process did to its files and its sockets, read back from what strace wrote.

Of a call that took a while, what it may have done counts from its beginning, what it promises from its end.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg")
FLUSHES = ("fsync", "fdatasync")
OTHERS = ("openat", "ftruncate", "fallocate", "unlink", "unlinkat", "rename", "renameat", "renameat2")
COPIES = ("sendfile", "link", "linkat")

RECORDING = ["-y", "-xx", "-s", "4194304", "-e", "trace=" + ",".join(WRITES + FLUSHES + OTHERS + COPIES)]
"""Arguments of strace that write such a trace."""


class Call(NamedTuple):
    """A call that succeeded. `on`: the path it was given, or `socket:...`; `data`: the bytes it took."""

    name: str
    on: str
    data: bytes
    arguments: str
    began: int
    ended: int

    @property
    def offset(self) -> int:
        """Where a pwrite64 wrote."""
        return int(self.arguments.rpartition(", ")[2])


_LINE = re.compile(r"(\d+) +(?:(\w+)\(|<\.\.\. (\w+) resumed>)(.*)", re.DOTALL)
_RESULT = re.compile(r"\) += (-?\d+|\?)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_PLACE = re.compile(r"^(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")
_SOURCE = re.compile(r"<((?:\\x[0-9a-f]{2})*)>, \[(\d+)\]")
_UNFINISHED = " <unfinished ...>"


def calls(trace: Path) -> list[Call]:
    """What succeeded, by when it counts: writes as they began, all others as they ended."""
    return sorted(_read(trace), key=lambda call: call.began if call.name in WRITES else call.ended)


def _read(trace: Path) -> Iterator[Call]:
    open_: dict[str, tuple[int, str]] = {}
    with trace.open() as file:
        for number, line in enumerate(file):
            parts = _LINE.match(line.rstrip("\n"))
            if parts is None:
                continue
            thread, begun, _, rest = parts.groups()
            if rest.endswith(_UNFINISHED):
                open_[thread] = number, rest.removesuffix(_UNFINISHED)
                continue
            began, head = (number, "") if begun else open_.pop(thread)
            whole = head + rest
            results = list(_RESULT.finditer(whole))
            if results and results[-1][1].isdigit():
                arguments = whole[: results[-1].start()]
                yield _call(begun or parts[3], arguments, int(results[-1][1]), began, number)


def _call(name: str, arguments: str, result: int, began: int, ended: int) -> Call:
    place = _PLACE.match(arguments)
    texts = _TEXT.findall(arguments)
    if name in WRITES:
        # A file's path with -y; a short write took only the first bytes.
        data = b"".join(_bytes(text) for text in texts)[:result]
        return Call(name, _bytes(place[1]).decode() if place else "", data, arguments, began, ended)
    if name == "sendfile":
        # A copy made by the system: what was copied is in the other file still.
        source, offset = _SOURCE.findall(arguments)[-1]
        content = Path(_bytes(source).decode()).read_bytes()
        data = content[int(offset) : int(offset) + result]
        return Call(name, _bytes(place[1]).decode() if place else "", data, arguments, began, ended)
    on = _bytes(texts[0]) if texts else _bytes(place[1]) if place else b""
    more = b"\0".join(_bytes(text) for text in texts[1:])
    return Call(name, on.decode(), more, arguments, began, ended)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
