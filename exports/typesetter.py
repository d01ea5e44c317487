"""Sets one document and ends: run as a program of its own, since the compiler forgets nothing it has set.

Twenty large lists set in one process took 1.5 GiB of memory, and kept it.
"""

import sys
from pathlib import Path

import msgspec
import typst

TEMPLATES = Path(__file__).parent


def main() -> None:
    """From JSON (`template`, `at` in seconds, `pages`, `labels`) to a PDF."""
    told = msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])
    template, at = TEMPLATES / told.pop("template"), int(told.pop("at"))
    # As data, never pasted into the source: what a note says is set as text and cannot command.
    compiler = typst.Compiler(template, root=TEMPLATES, sys_inputs=told)
    try:
        document = compiler.compile(format="pdf", timestamp=at, pdf_standards=["ua-1"])
    except typst.TypstError:
        # One letter that no font of this machine has, and the standard refuses the whole document.
        # Without its seal the pages are tagged all the same, and the letter shows as a box.
        document = compiler.compile(format="pdf", timestamp=at)
    assert isinstance(document, bytes)
    sys.stdout.buffer.write(document)


if __name__ == "__main__":
    main()
