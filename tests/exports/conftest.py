"""Other people's programs that read our documents back, and what is done where there are none."""

import os
import shutil

import pytest

PROGRAMS = {
    "office": ("soffice", "libreoffice-calc libreoffice-writer"),
    "poppler": ("pdftotext", "poppler-utils"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (program, packages) in PROGRAMS.items():
        if item.get_closest_marker(marker) is None or shutil.which(program) is not None:
            continue
        if os.environ.get("CI") == "true":
            pytest.fail(f"NO {program}: under CI=true every document has to be read back", pytrace=False)
        pytest.skip(f"NO {program}: this test was NOT run (Debian: apt-get install {packages})")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    for marker, (program, _) in PROGRAMS.items():
        if missed := [report for report in skipped if marker in report.keywords]:
            terminalreporter.section(f"NO {program}", red=True, bold=True)
            terminalreporter.line(f"{len(missed)} tests of documents were NOT run.")
