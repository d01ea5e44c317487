"""Our own CSS and JavaScript, served as written under a path that changes with their content."""

import hashlib
import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"

_IMPORT = re.compile(r"""^\s*(?:import|export)\b[^"';]*?["'](\.[^"']+)["']""", re.MULTILINE)


@cache
def digest() -> str:
    """Ten letters that are the same as long as every file is."""
    files = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file():
            files.update(file.relative_to(FOLDER).as_posix().encode() + b"\0" + file.read_bytes())
    return files.hexdigest()[:10]


def url(path: str) -> str:
    return f"/static/{digest()}/{path}"


@cache
def modules(entry: str) -> tuple[str, ...]:
    """The module and all it imports, each before what comes later, to be fetched at once: finding out one
    by one is what takes long."""
    found: list[str] = []
    waiting = [FOLDER / entry]
    while waiting:
        file = waiting.pop(0).resolve()
        name = file.relative_to(FOLDER.resolve()).as_posix()
        if name in found or not file.exists():
            continue
        found.append(name)
        waiting[:0] = [file.parent / path for path in _IMPORT.findall(file.read_text("utf-8"))]
    return tuple(found)
