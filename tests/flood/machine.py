"""What this machine is, and what a process takes of it."""

import os
import platform
import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True)
class Machine:
    """Where the flood ran. `flush_ms`: one flushed commit of SQLite in the folder of the data."""

    system: str
    cores: int
    load: float
    python: str
    sqlite: str
    flush_ms: float | None

    @classmethod
    def here(cls, folder: Path | None) -> "Machine":
        return cls(
            system=f"{platform.system()} {platform.machine()}",
            cores=os.cpu_count() or 1,
            load=round(os.getloadavg()[0], 1),
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            flush_ms=None if folder is None else round(flush_ms(folder), 2),
        )

    def __str__(self) -> str:
        said = f"{self.system}, {self.cores} cores, load {self.load} before, Python {self.python}"
        if self.flush_ms is not None:
            said += f", SQLite {self.sqlite}, {self.flush_ms:.2f} ms a flush"
        return said


def flush_ms(folder: Path) -> float:
    """What one flushed commit of SQLite takes on the disk of this folder."""
    file = folder / "flush.sqlite"
    times = []
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE notes (words TEXT)")
        for _ in range(100):
            began = time.perf_counter()
            db.execute("INSERT INTO notes VALUES ('walk together from the door')")
            times.append(time.perf_counter() - began)
    file.unlink()
    return statistics.median(times) * 1000


class Taken(NamedTuple):
    """By a process, so far: seconds of processor, those of them in the kernel, and bytes of memory now."""

    cpu: float
    kernel: float
    memory: int


def taken(pid: int | None) -> Taken | None:
    """None for a process that cannot be looked at from here."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return None
    user, kernel = (int(ticks) / os.sysconf("SC_CLK_TCK") for ticks in stat[11:13])
    return Taken(user + kernel, kernel, pages * os.sysconf("SC_PAGE_SIZE"))


def busy() -> float | None:
    """Seconds of processor that everything on this machine has taken; None where nobody counts them."""
    try:
        line = Path("/proc/stat").read_text().partition("\n")[0]
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *interrupts = map(int, line.split()[1:9])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")
