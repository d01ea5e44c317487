"""The documents made from the code: the wire, the HTTP interface, `list.json`, types for our JavaScript."""

import json
from pathlib import Path
from typing import Any

from app.assets import FOLDER
from app.main import create_app
from app.settings import Settings
from exports import json_file
from sessions.contract import asyncapi, typescript

DOCS = Path(__file__).parent.parent / "docs"


def papers() -> dict[Path, str]:
    """Each document as it should be, by where it lies."""
    app = create_app(Settings(public_url="http://localhost"))
    http = app.openapi()
    return {
        DOCS / "openapi.json": _json(http),
        DOCS / "asyncapi.json": _json(asyncapi(http["info"]["version"])),
        DOCS / "list.schema.json": _json(json_file.schema()),
        FOLDER / "js" / "contract.d.ts": typescript(),
    }


def write(*, check: bool) -> int:
    """Write what is not fresh, or only name it; returns the exit status."""
    stale = [file for file, text in papers().items() if not file.exists() or file.read_text("utf-8") != text]
    for file in stale:
        print(f"{'stale' if check else 'wrote'}: {file.name}")
        if not check:
            file.parent.mkdir(exist_ok=True)
            file.write_text(papers()[file], "utf-8")
    return 1 if check and stale else 0


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
