"""Power loss: what the disk may hold afterwards, from a recording of the real server's writes and flushes.

A file keeps what it held when it was last flushed. Of every write since then the disk kept all, nothing,
or any of its sectors, in any order; and a folder kept any number of the names that were made or taken away
since it was flushed itself. Only what was sent to a socket before the cut was promised to anybody.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.simulation.recording import DATABASE, Recording, lasts
from tests.simulation.traces import FLUSHES, Call

SECTOR = 512


class _Written(NamedTuple):
    """`data` at `offset`; or the file cut (or filled with nothing) to `offset`, where there is no data."""

    offset: int
    data: bytes | None
    ended: int


@dataclass
class _File:
    flushed: bytearray = field(default_factory=bytearray)
    since: list[_Written] = field(default_factory=list)
    size: int = 0

    def write(self, written: _Written) -> None:
        self.since.append(written)
        self.size = written.offset if written.data is None else max(self.size, _end(written))

    def flush(self, began: int) -> None:
        """What had returned before the flush began is safe when it has returned."""
        for written in self.since:
            if written.ended < began:
                _apply(self.flushed, written)
        self.since = [written for written in self.since if written.ended >= began]

    def after_a_cut(self, chance: Random) -> bytearray:
        content = bytearray(self.flushed)
        for written in _kept(self.since, chance):
            _apply(content, written)
        return content


class Disk:
    """A folder as the calls of a process left it, and as a power cut would."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._names: dict[str, _File] = {}
        self._flushed: dict[str, _File] = {}
        self._since: list[tuple[str, _File | None]] = []

    def apply(self, call: Call) -> None:
        name = Path(call.on).name
        match call.name:
            case "openat" if "O_CREAT" in call.arguments and name not in self._names:
                self._name(name, _File())
            case "openat" if "O_TRUNC" in call.arguments:
                self._names[name].write(_Written(0, None, call.ended))
            case "openat":
                pass
            case "write" | "sendfile":
                file = self._names[name]
                file.write(_Written(file.size, call.data, call.ended))
            case "pwrite64":
                self._names[name].write(_Written(call.offset, call.data, call.ended))
            case "ftruncate":
                self._names[name].write(_Written(call.offset, None, call.ended))
            case "unlink":
                self._name(name, None)
            case "link":
                self._name(Path(call.data.decode()).name, self._names[name])
            case "rename":
                self._name(Path(call.data.decode()).name, self._names[name])
                self._name(name, None)
            case flush if flush in FLUSHES:
                if call.on == self._folder:
                    _rename(self._flushed, self._since)
                    self._since = []
                elif name in self._names:
                    self._names[name].flush(call.began)
            case other:
                raise NotImplementedError(f"{other}({call.arguments[:200]})")

    def after_a_cut(self, chance: Random) -> dict[str, bytearray]:
        """The files as they may be found."""
        names = dict(self._flushed)
        # A journalling file system keeps changes of names in their order, up to some moment.
        _rename(names, self._since[: chance.randint(0, len(self._since))])
        found = {name: file.after_a_cut(chance) for name, file in names.items()}
        if chance.random() < 0.3 and DATABASE in found:
            found[DATABASE + "-shm"] = bytearray(chance.randbytes(32_768))
        return found

    def _name(self, name: str, file: _File | None) -> None:
        _rename(self._names, [(name, file)])
        self._since.append((name, file))


def _rename(names: dict[str, _File], changes: Sequence[tuple[str, _File | None]]) -> None:
    for name, file in changes:
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _kept(since: list[_Written], chance: Random) -> Iterator[_Written]:
    """What became of writes that no flush has covered."""
    manner = chance.choice(("nothing", "all", "some", "some", "torn", "torn"))
    if manner == "nothing":
        return
    if manner != "all" and chance.random() < 0.5:
        since = chance.sample(since, len(since))
    for written in since:
        whole = manner == "all" or chance.random() < 0.5
        if whole:
            yield written
        elif manner == "torn" and written.data is not None:
            yield from (piece for piece in _sectors(written) if chance.random() < 0.5)


def _sectors(written: _Written) -> Iterator[_Written]:
    assert written.data is not None
    begin = written.offset
    while begin < _end(written):
        end = min((begin // SECTOR + 1) * SECTOR, _end(written))
        yield _Written(begin, written.data[begin - written.offset : end - written.offset], written.ended)
        begin = end


def _apply(content: bytearray, written: _Written) -> None:
    missing = written.offset - len(content)
    if missing > 0:
        content.extend(bytes(missing))
    if written.data is None:
        del content[written.offset :]
    else:
        content[written.offset : _end(written)] = written.data


def _end(written: _Written) -> int:
    return written.offset + len(written.data or b"")


# The cuts


class Cut(NamedTuple):
    """One moment without current. `at`: calls that had begun; `files`: as they may be found after it."""

    at: int
    seed: str
    files: dict[str, bytearray]


def cuts(recording: Recording, count: int, seed: int, since: int = 0) -> Iterator[Cut]:
    """Moments between any two calls on the disk, in order of time; `since`: after so many calls."""
    chance = Random(seed)
    disk = Disk(recording.folder)
    moments = [at for at, call in enumerate(recording.calls, 1) if lasts(call, recording.folder)]
    wanted = Counter(chance.choices([at for at in moments if at > since], k=count))
    for at, call in enumerate(recording.calls, 1):
        if not lasts(call, recording.folder):
            continue
        disk.apply(call)
        for time in range(wanted[at]):
            its_seed = f"{seed}/{at}/{time}"
            # What was promised up to the next call on the disk was promised from this very state.
            yield Cut(_next(moments, at), its_seed, disk.after_a_cut(Random(its_seed)))


def _next(moments: list[int], at: int) -> int:
    after = bisect_left(moments, at + 1)
    return moments[after] - 1 if after < len(moments) else at


def lay_down(cut: Cut, folder: Path) -> None:
    """Write the files of a cut, and nothing else, into the folder."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in cut.files.items():
        (folder / name).write_bytes(content)
