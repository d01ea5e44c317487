"""What every test stands on: how long properties are looked into, and what is done without a browser."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

QUICK, THOROUGH = 60, 1_000
"""Random examples a property; `HYPOTHESIS_PROFILE=thorough` looks for longer."""

_SLOW_MACHINES_ARE_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile(
    "quick",
    max_examples=QUICK,
    deadline=None,
    # The same examples each time on a machine that guards the way in; new ones on everybody's own.
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=_SLOW_MACHINES_ARE_FINE,
)
settings.register_profile(
    "thorough",
    max_examples=THOROUGH,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_MACHINES_ARE_FINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

WHOLE = ("chromium", "chromium-browser", "google-chrome")
SHELL = "chromium-headless-shell"
"""It draws the same pages for half of the processor's time, and knows no settings of a person's."""


def chromium(*, whole: bool = False) -> str | None:
    """The browser of this machine, if it has one; `whole`: with all that people may set in theirs."""
    names = WHOLE if whole else (SHELL, *WHOLE)
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, there, what, package in (
        ("browser", chromium(whole=True) is not None, "CHROMIUM", "chromium"),
        ("strace", shutil.which("strace") is not None, "STRACE", "strace"),
    ):
        if there or item.get_closest_marker(marker) is None:
            continue
        if os.environ.get("CI") == "true":
            pytest.fail(f"NO {what}: under CI=true every {marker} test has to run", pytrace=False)
        pytest.skip(f"NO {what}: this {marker} test was NOT run (Debian: apt-get install {package})")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missed = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if missed:
        terminalreporter.section("NO CHROMIUM", red=True, bold=True)
        terminalreporter.line(f"{len(missed)} browser tests were NOT run.")
