"""Every planted bug can still be planted, and has tests; a few are planted here, and all of them by command:

python -m tests.simulation.planted
"""

import multiprocessing

import pytest

from tests.simulation.planted import BUGS, ROOT, plant, run
from tests.simulation.scale import scaled

QUICK = ("numbers-from-a-counter",)
"""Found within a second by tests that need no server: the gate itself works."""


def test_there_are_bugs_enough_and_each_says_what_it_is() -> None:
    assert len(BUGS) >= 20
    assert all(each.about and each.tests for each in BUGS.values())


def test_every_bug_names_tests_that_are_there() -> None:
    for each in BUGS.values():
        for test in each.tests:
            file, _, name = test.partition("[")[0].partition("::")
            assert f"def {name}" in (ROOT / file).read_text(), f"{each.name}: there is no {test}"


def test_every_bug_can_still_be_planted() -> None:
    """What it is laid over is still there. Each in a process of its own, or they would all stay."""
    spawning = multiprocessing.get_context("forkserver")
    for name in BUGS:
        process = spawning.Process(target=plant, args=(name,))
        process.start()
        process.join(30)
        assert process.exitcode == 0, name


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", scaled(QUICK, tuple(BUGS)))
@pytest.mark.long
def test_the_tests_turn_red(name: str) -> None:
    red, said = run(name, BUGS[name].tests)
    assert all(red.values()), said
