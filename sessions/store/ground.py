"""The ground a database stands on: one process, a disk of this machine, a SQLite that keeps its word."""

import fcntl
import os
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

FIXED = (3, 51, 3)
"""From here on SQLite cannot lose its place in the WAL when two checkpoint at once. We have one that does."""

_ELSEWHERE = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "lustre", "fuse.", "virtiofs", "davfs")


class Unfit(Exception):
    """The data cannot stand here. `code` is a refusal code, and its sentence says what to do."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Hold:
    """This process alone has the folder, for as long as the hold lasts, a crash included."""

    def __init__(self, folder: Path) -> None:
        self._file = open(folder / "eutopia.lock", "w")  # noqa: SIM115 (open as long as the hold lasts)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise Unfit("storage.in_use", folder=str(folder)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def stand(folder: Path) -> Hold:
    """Make the folder, look at what it stands on, and take it. Raises Unfit."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            flush_folder(folder.parent)
        check_disk(folder)
        return Hold(folder)
    except OSError as error:
        raise Unfit("storage.unwritable", folder=str(folder), reason=error.strerror or "") from error


def check_disk(folder: Path, mounts: str | None = None) -> None:
    """Refuse disks of other machines: locks and flushes do not reach through them. Raises Unfit.

    `mounts`: what /proc/self/mountinfo says; systems without it are trusted.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text()
        except OSError:
            return
    kind = _kind_of(os.path.realpath(folder), mounts)
    if kind.startswith(_ELSEWHERE):
        raise Unfit("storage.elsewhere", folder=str(folder), kind=kind)


SQLITE = sqlite3.sqlite_version


def is_old_sqlite() -> bool:
    return sqlite3.sqlite_version_info < FIXED


def _kind_of(folder: str, mounts: str) -> str:
    """The file system of the mount that is nearest to the folder."""
    nearest, kind = "", ""
    for line in mounts.splitlines():
        place, _, source = line.partition(" - ")
        point = place.split()[4].encode().decode("unicode_escape")
        inside = point == "/" or folder == point or folder.startswith(point + "/")
        if inside and len(point) >= len(nearest):
            nearest, kind = point, source.split()[0]
    return kind


def flush_folder(folder: Path) -> None:
    """Make new names in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
