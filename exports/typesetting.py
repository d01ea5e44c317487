"""PDF by a template of our own: tagged, so that a screen reader can find its way; same words, same bytes."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

_TYPESETTER = Path(__file__).with_name("typesetter.py")


def typeset(template: str, pages: object, labels: Mapping[str, str], at: int) -> bytes:
    """Set `pages` by `template`, a file beside this one. `at`: the time the document claims, UTC ms."""
    told = {
        "template": template,
        "at": str(at // 1000),
        "pages": msgspec.json.encode(pages).decode(),
        "labels": msgspec.json.encode(labels).decode(),
    }
    # -P: what lies beside the typesetter must not be taken for a library of the same name.
    program = [sys.executable, "-P", str(_TYPESETTER)]
    # All of it by its input: what stands on a command line can be read by every user of the machine.
    set_ = subprocess.run(program, input=msgspec.json.encode(told), stdout=subprocess.PIPE, check=True)  # noqa: S603
    return set_.stdout
