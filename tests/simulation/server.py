"""The test build in a process of its own: started, killed, stopped and started again on the same port.

    with serving(tmp_path / "data", FAILPOINT="before_answer:5") as server:
        ...
        server.kill()
        server.start()

Started from a process that has imported everything once, as 200 starts take 200 times two seconds otherwise.
"""

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from tests.app.running import Process, let_go

_SPAWNING = multiprocessing.get_context("forkserver")
_SPAWNING.set_forkserver_preload(["tests.simulation.build"])

_PR_SET_PDEATHSIG = 1


@dataclass
class Reading:
    """What a process takes at a moment. `cpu`: seconds since it began; `rss`: bytes. `fds`: but sockets."""

    cpu: float
    rss: int
    fds: int
    threads: int
    sockets: int = 0


class Server(Process):
    """`faults`: FAILPOINT, PLANTED and whatever else the environment shall hold.

    `strace`: its arguments, such as `["-e", "inject=fdatasync:delay_enter=10000"]`; -f, --seccomp-bpf and
    -o `trace` are there already.
    """

    def __init__(
        self,
        folder: Path,
        *,
        faults: dict[str, str] | None = None,
        strace: Sequence[str] = (),
        **settings: Any,
    ) -> None:
        super().__init__(folder, **settings)
        self._environment |= faults or {}
        self.database = folder / "eutopia.sqlite"
        self.trace = folder.parent / "strace.out"
        self._strace = strace
        self._read_to = 0
        self._running: ForkServerProcess | subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def told(self) -> str:
        """What it logged, since the log was last turned over."""
        return self._said(self._read_to).decode()

    def turn_log_over(self) -> None:
        """What was logged up to here belongs to another test."""
        self._read_to = self.log.stat().st_size

    def faults(self, **faults: str) -> None:
        """What the environment of the next start shall hold."""
        self._environment |= faults

    def start(self) -> None:
        """Start, and wait until it answers."""
        begun = self.log.stat().st_size if self.log.exists() else 0
        self.launch()
        until = time.monotonic() + 60
        while b"Stop with" not in self._said(begun) or not self._answers():
            assert self.is_running, f"ended with {self.status}:\n{self.log.read_text()}"
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.01)

    def launch(self) -> None:
        """Start, and wait for nothing."""
        assert not self.is_running
        self.log.touch()
        if self._strace:
            # -D: the server stays our child, so that signals and the exit status are its own.
            tracer = ["strace", "-D", "-f", "--seccomp-bpf", "-o", str(self.trace), *self._strace]
            with self.log.open("ab") as log:
                self._running = subprocess.Popen(
                    [*tracer, sys.executable, "-m", "tests.simulation.build"],
                    env=self._environment,
                    stdout=log,
                    stderr=log,
                )
            return
        arguments = (self._environment, str(self.log))
        self._running = _SPAWNING.Process(target=_serve, args=arguments, name="server")
        self._running.start()

    @property
    def pid(self) -> int:
        assert self._running is not None
        assert self._running.pid is not None
        return self._running.pid

    @property
    def status(self) -> int | None:
        """How it ended: the exit status, less than 0 for a signal; None while it runs."""
        if isinstance(self._running, subprocess.Popen):
            return self._running.poll()
        return self._running.exitcode if self._running is not None else 0

    @property
    def is_running(self) -> bool:
        return self._running is not None and self.status is None

    def wait(self, seconds: float = 20) -> int:
        """Wait until it has ended by itself; how. Raises TimeoutError."""
        until = time.monotonic() + seconds
        while (status := self.status) is None:
            if time.monotonic() > until:
                raise TimeoutError(f"the server still runs after {seconds} s")
            time.sleep(0.005)
        return status

    def stop(self) -> int:
        """As Ctrl-C would; the exit status."""
        return self._end(signal.SIGINT)

    def terminate(self) -> int:
        """As a service manager would (SIGTERM); the exit status."""
        return self._end(signal.SIGTERM)

    def send(self, what: signal.Signals) -> None:
        os.kill(self.pid, what)

    def reading(self) -> Reading:
        """From /proc."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        ticks = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        kinds = Counter(_kind(file) for file in Path(f"/proc/{self.pid}/fd").iterdir())
        sockets = kinds.pop("socket", 0)
        memory = pages * os.sysconf("SC_PAGE_SIZE")
        return Reading(ticks, memory, kinds.total(), int(fields[17]), sockets)

    def _end(self, how: signal.Signals) -> int:
        if self.is_running:
            self.send(how)
        return self.wait(60)

    def _said(self, begun: int) -> bytes:
        with self.log.open("rb") as log:
            log.seek(begun)
            return log.read()


def _kind(file: Path) -> str:
    """What a descriptor leads to; it may be closed while we look."""
    try:
        return os.readlink(file).partition(":")[0]
    except OSError:
        return "gone"


@contextmanager
def serving(folder: Path, *, strace: Sequence[str] = (), **more: Any) -> Iterator[Server]:
    """A running server. Names in capitals are for its environment, all others are settings."""
    faults = {name: str(value) for name, value in more.items() if name.isupper()}
    settings = {name: value for name, value in more.items() if not name.isupper()}
    server = Server(folder, faults=faults, strace=strace, **settings)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        let_go(folder)


def _serve(environment: dict[str, str], log: str) -> None:
    """The server's own process, as `python -m app` would be."""
    # Whatever becomes of the tests, no server outlives them.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    told = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.close(told)
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.default_int_handler if each is signal.SIGINT else signal.SIG_DFL)

    from app.cli import main  # both imported already, before this process was made
    from tests.simulation.build import lay_over

    lay_over()
    sys.exit(main([]))
