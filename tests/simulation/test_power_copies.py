"""Power loss while a backup is made and while one is put back: there is always a whole database."""

import copy
import itertools
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.simulation.power import cuts, lay_down
from tests.simulation.recording import DATABASE, Recording, lasts
from tests.simulation.scale import SEED, scaled
from tests.simulation.traces import FLUSHES, RECORDING, calls

POINTS = scaled(150, 3_000)

pytestmark = [pytest.mark.strace, pytest.mark.timeout(scaled(120, 600))]

GOLDEN = Path(__file__).parents[1] / "golden" / "surgery.jsonl"
FACTS = 78
"""As many as that file has."""
BACKUP = "kept.sqlite"

LINES = f"""
import sys
from app.cli import main
for command, file in (("import", {str(GOLDEN)!r}), ("backup", sys.argv[1]), ("import", {str(GOLDEN)!r}),
                      ("restore", sys.argv[1])):
    assert main([command, file]) == 0
    sys.stdout.write("did\\n")
    sys.stdout.flush()
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recording, list[int]]:
    """The calls, and how many there were when each of the commands had said that it was done."""
    folder = tmp_path_factory.mktemp("copies")
    recording = Recording(folder / "data")
    recording.folder.mkdir()
    command = ["strace", "-f", "--seccomp-bpf", "-o", str(folder / "trace"), *RECORDING]
    command += [sys.executable, "-c", LINES, str(recording.folder / BACKUP)]
    environment = {**os.environ, "EUTOPIA_DATA": str(recording.folder)}
    subprocess.run(command, env=environment, check=True, timeout=90, stdout=subprocess.PIPE)
    done = []
    for call in calls(folder / "trace"):
        if lasts(call, recording.folder):
            recording.calls.append(call)
        elif call.name == "write" and call.data.startswith(b"did"):
            done.append(len(recording.calls))
    assert len(done) == 4
    return recording, done


def facts_in(file: Path) -> list[int]:
    """How many each session has, in a database that is whole."""
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counted = "SELECT count(facts.seq) FROM sessions LEFT JOIN facts ON session = id GROUP BY id"
        return sorted(count for (count,) in db.execute(counted))


def test_at_every_moment_there_is_a_whole_database_and_no_half_a_backup(
    recorded: tuple[Recording, list[int]], tmp_path: Path
) -> None:
    recording, (imported, backed_up, more, restored) = recorded
    old, new = [FACTS, FACTS], [FACTS]
    seen = set()
    # Putting back takes few calls, and most depends on them.
    chosen = (cuts(recording, POINTS, SEED + since, since) for since in (imported, more))
    for cut in itertools.chain(*chosen):
        lay_down(cut, tmp_path)
        where = f"cut {cut.seed}"
        now = facts_in(tmp_path / DATABASE)
        if cut.at <= backed_up:
            assert now == new, where
        elif cut.at < more:
            # A session is made before its log is.
            assert now in (new, [0, FACTS], old), where
        elif cut.at < restored:
            assert now in (old, new), where
        else:
            assert now == new, where
        if cut.at >= backed_up or (tmp_path / BACKUP).exists():
            assert facts_in(tmp_path / BACKUP) == new, where
        aside = list(tmp_path.glob("eutopia.replaced-*.sqlite"))
        if cut.at >= more and now == new:
            assert [facts_in(file) for file in aside] == [old], where
        seen.add((cut.at >= backed_up, cut.at >= more, tuple(now), bool(aside)))
    print(f"seed {SEED}: {2 * POINTS} cuts, {len(seen)} kinds of remains")
    assert len(seen) >= 4


@pytest.mark.parametrize("what", ["/data", "eutopia.coming.sqlite", ".part"])
def test_a_copy_that_is_not_flushed_would_be_found_out(
    recorded: tuple[Recording, list[int]], tmp_path: Path, what: str
) -> None:
    recording, done = recorded
    careless = copy.copy(recording)
    careless.calls = [
        call._replace(on="nowhere") if call.name in FLUSHES and call.on.endswith(what) else call
        for call in recording.calls
    ]
    with pytest.raises((AssertionError, sqlite3.Error)):
        test_at_every_moment_there_is_a_whole_database_and_no_half_a_backup((careless, done), tmp_path)
