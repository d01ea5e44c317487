"""Power loss: whatever the disk kept of what was not flushed, all that was answered `done` is there."""

import copy
import fcntl
import os
import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.client import People
from tests.simulation.audit import Audit
from tests.simulation.power import cuts, lay_down
from tests.simulation.recording import DATABASE, Recording, record
from tests.simulation.scale import SEED, scaled
from tests.simulation.server import serving
from tests.simulation.traces import FLUSHES, Call

PARTS = scaled(2, 8)
POINTS = scaled(500, 10_000) // PARTS

pytestmark = [pytest.mark.long, pytest.mark.strace, pytest.mark.timeout(scaled(180, 1_200))]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """One for all who test at the same time: it takes longer than most of what is done with it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file = shared / "recording.pickle"
    with (shared / "recording.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            made = record(tmp_path_factory.mktemp("recorded"), devices=scaled(12, 24), notes=scaled(12, 16))
            file.write_bytes(pickle.dumps(made))
    recording: Recording = pickle.loads(file.read_bytes())
    return recording


@pytest.fixture
def image(tmp_path: Path) -> Iterator[Path]:
    """A folder for thousands of disks: in memory, where there is room."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    yield folder
    shutil.rmtree(folder)


def broken(recording: Recording, image: Path, points: int, seed: int = SEED) -> list[str]:
    """The cuts after which a promise is broken, each with what would show it again."""
    found, audit = [], Audit(recording)
    for cut in cuts(recording, points, seed):
        lay_down(cut, image)
        for fault in audit.faults(image, cut.at)[:1]:
            found.append(f"cut {cut.seed}: {fault}")
    return found


def test_the_recording_is_of_a_whole_life(recording: Recording) -> None:
    flushed = [call for call in recording.calls if call.name in FLUSHES and call.on.endswith("-wal")]
    begun = [call for call in recording.calls if call.on.endswith("-wal") and call.name == "pwrite64"]
    # The asks of several devices in one flush; a WAL begun anew, and one cut to nothing.
    assert len(recording.promises) == len(recording.asked) > len(flushed) > 50
    assert sum(call.offset == 0 for call in begun) >= 4
    assert any(call.name == "ftruncate" and call.on.endswith("-wal") for call in recording.calls)
    assert any(call.name == "pwrite64" and call.on.endswith(DATABASE) for call in recording.calls)
    assert len(recording.erased) > 10


@pytest.mark.parametrize("part", range(PARTS))
def test_no_cut_loses_doubles_or_reorders_what_was_promised(
    recording: Recording, image: Path, part: int
) -> None:
    seed = SEED * 1_000 + part
    found = broken(recording, image, POINTS, seed)
    print(f"seed {seed}: {len(found)} of {POINTS} cuts broke any of {len(recording.promises)} promises")
    assert not found, f"{len(found)} of {POINTS}: {found[:5]}"


WITHOUT: dict[str, Callable[[Call], bool]] = {
    "the log": lambda call: call.on.endswith("-wal"),
    "the database": lambda call: call.on.endswith(DATABASE),
    "the folder": lambda call: call.on.endswith("/data"),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_a_server_that_did_not_flush_would_be_found_out(recording: Recording, image: Path, what: str) -> None:
    careless = copy.copy(recording)
    careless.calls = [
        call._replace(on="nowhere") if call.name in FLUSHES and WITHOUT[what](call) else call
        for call in recording.calls
    ]
    assert len(broken(careless, image, 100)) > 10


def test_erased_words_stay_erased_in_every_file(recording: Recording, image: Path) -> None:
    words = [each.encode() for each in recording.erased]
    for cut in cuts(recording, 200, SEED + 1):
        if cut.at > recording.erased_at:
            assert not [name for name, held in cut.files.items() if any(each in held for each in words)]


async def test_the_server_itself_opens_what_is_left(recording: Recording, image: Path) -> None:
    """A person comes back, offers all it had sent again, and has every note once."""
    points = list(cuts(recording, 60, SEED + 2))
    last = max(promise.at for promise in recording.promises if promise.key in recording.notes)
    first = min(promise.at for promise in recording.promises if promise.key in recording.notes)
    chosen = [cut for cut in points if first < cut.at <= last][:: scaled(10, 2)]
    assert chosen
    for cut in chosen:
        lay_down(cut, image)
        promised = {promise.key: promise.seq for promise in recording.promised(cut.at)}
        known = {key: seq for key, seq in promised.items() if key not in recording.deleted_keys}
        with serving(image) as server:
            async with People(server.origin) as people:
                phone = people.browser(recording.code)
                phone.http.cookies.update(recording.cookies)
                async with phone.live() as seat:
                    for key, note in recording.notes.items():
                        words = recording.asked[key].words
                        done = await seat.ask("note.add", key=key, id=note, zone="matrix.social", text=words)
                        assert done["seq"] == known.get(key, done["seq"]), cut.seed
                        known[key] = done["seq"]
        with sqlite3.connect(image / DATABASE) as db:
            rows = db.execute("SELECT key, seq FROM facts").fetchall()
        db.close()
        stored = dict(rows)
        assert len(rows) == len(stored)
        assert known.items() <= stored.items(), cut.seed
