"""How long each file takes that a very full room leaves: 1,000 notes under 40 lines. The goal is 1 s."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from msgspec.structs import replace

from exports import FORMATS, render
from tests.exports.reports import LABELS, large

FIRST = """
import time
from tests.exports.reports import LABELS, large
from exports import render
report, kind = large(), {kind!r}
began = time.perf_counter()
render(kind, report, LABELS)
print(time.perf_counter() - began)
"""
ROUNDS = 5


def figures() -> Iterator[str]:
    """A line for each kind of file: in a worker that is warm, and with the first file of a new one."""
    report = large()
    for kind in FORMATS:
        size = len(render(kind, report, LABELS))
        times = []
        for turn in range(ROUNDS):
            # What was made before is remembered: another title is another document.
            another = replace(report, title=f"{report.title} {turn}")
            began = time.perf_counter()
            render(kind, another, LABELS)
            times.append(time.perf_counter() - began)
        first = [sys.executable, "-c", FIRST.format(kind=kind)]
        cold = float(subprocess.run(first, capture_output=True, check=True, text=True).stdout)
        yield (
            f"{kind}, 1,000 notes and {len(report.lines)} lines: {statistics.median(times):.2f} s, "
            f"{cold:.2f} s with the libraries still to read, {size // 1024} KiB"
        )


if __name__ == "__main__":
    for line in figures():
        print(line)
