"""Our JavaScript, by its own tests: what needs no page runs without one."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
DENO = Path(sys.executable).parent / "deno"


def test_the_modules_of_the_pages_keep_their_rules() -> None:
    run = subprocess.run(
        [DENO, "test", "--no-check", "--quiet", "tests/js"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stdout + run.stderr
