"""Space set aside, so that words can be erased on a full disk too: erasing writes before it frees."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

RESERVE_BYTES = 16 * 1024 * 1024
LEAST_BYTES = 64 * 1024


class Reserve:
    """A file that is nothing but space. Small disks have a smaller one, or none."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "eutopia.reserve"
        self._wanted = min(RESERVE_BYTES, shutil.disk_usage(folder).total // 8)
        self.keep()

    @property
    def is_whole(self) -> bool:
        return self._size() >= self._wanted

    def keep(self) -> None:
        """Set space aside where there is plenty: what is left for notes is at least as much again."""
        missing = self._wanted - self._size()
        with suppress(OSError):
            if missing > 0 and shutil.disk_usage(self._file.parent).free >= missing + self._wanted:
                self._take(self._wanted)

    def free(self) -> bool:
        """Give the space back to the disk; whether there was any."""
        try:
            self._file.unlink()
        except OSError:
            return False
        return True

    def take_back(self) -> None:
        """After an erasure on a full disk: keep what is left of it from the notes that wait for space."""
        size = self._wanted
        while size >= LEAST_BYTES and not self._take(size):
            size //= 2

    def _take(self, size: int) -> bool:
        try:
            descriptor = os.open(self._file, os.O_CREAT | os.O_WRONLY, 0o600)
            try:
                os.posix_fallocate(descriptor, 0, size)
            finally:
                os.close(descriptor)
        except OSError:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            return False
        return True

    def _size(self) -> int:
        try:
            return self._file.stat().st_size
        except OSError:
            return 0
