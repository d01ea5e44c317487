"""A server of the flood's own: `python -m app`, in a process and a folder of its own, limits lifted."""

import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.flood.machine import Taken, taken
from tests.flood.web import Stop, Target

HOUSE = Path(__file__).parents[2]
START_SECONDS = 60

LIFTED = {
    "NOTES_A_MINUTE": 600_000,
    "NOTES_BURST": 100_000,
    "TAPS_A_MINUTE": 600_000,
    "HOST_TAPS_A_MINUTE": 600_000,
    "ROOM_ASKS_A_SECOND": 100_000,
    "PHONES": 2_000,
}
"""Limits that nobody meets: what is measured is the server."""


class Server:
    """A server under flood: somebody's, or our own. `pid`: None where it runs out of our sight."""

    def __init__(self, target: Target, pid: int | None = None, folder: Path | None = None) -> None:
        self.target = target
        self.pid = pid
        self.folder = folder
        self.slow_disk_ms = 0.0

    @property
    def is_ours(self) -> bool:
        return self.folder is not None

    def taken(self) -> Taken | None:
        return taken(self.pid)


@contextmanager
def own_server(slow_disk_ms: float = 0, **limits: int) -> Iterator[Server]:
    """Start one, and take everything away in the end. `limits`: other ones than none. Raises Stop."""
    folder = Path(tempfile.mkdtemp(prefix="eutopia-flood-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, key = f"http://127.0.0.1:{port}", secrets.token_urlsafe(24)
    environment = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "EUTOPIA_PUBLIC_URL": url,
        "EUTOPIA_ORGANISER_KEY": key,
        "EUTOPIA_DATA": str(folder / "var"),
        **{f"EUTOPIA_{name}": str(most) for name, most in {**LIFTED, **limits}.items()},
    }
    with (folder / "server.log").open("wb") as log:
        command = [*_slowed(slow_disk_ms), sys.executable, "-m", "app"]
        process = subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=log, stderr=log)
    try:
        _wait(process, url, folder / "server.log")
        server = Server(Target(url, key), process.pid, folder)
        server.slow_disk_ms = slow_disk_ms
        yield server
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def lift_files() -> None:
    """As many sockets as this machine lets one process have; a server that we start inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _slowed(milliseconds: float) -> list[str]:
    """Run under strace, which holds up every flush for so long and nothing else. Raises Stop."""
    if not milliseconds:
        return []
    strace = shutil.which("strace")
    if strace is None:
        raise Stop("--slow-disk needs strace: apt-get install strace")
    flushes = "fdatasync,fsync"
    delay = f"inject={flushes}:delay_enter={int(milliseconds * 1000)}"
    # -D: the server stays our own child, so that its processor time is told apart from strace's.
    return [
        strace,
        "-D",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        f"trace={flushes}",
        "-e",
        delay,
        "-o",
        os.devnull,
    ]


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/readyz", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise Stop(f"the server did not start:\n{log.read_text()[-2_000:]}")
