"""The real server, in a thread of this process or in a process of its own."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from app.house import House, utc_ms
from app.serving import server
from app.settings import Settings

T = TypeVar("T")

KEY = "the-organisers-key-of-the-tests"
UNHURRIED: dict[str, Any] = {
    "notes_a_minute": 60_000,
    "notes_burst": 10_000,
    "taps_a_minute": 600_000,
    "host_taps_a_minute": 600_000,
    "room_asks_a_second": 100_000,
}
"""Limits that tests of other things never meet."""


class Running:
    """A server in a thread, which tests may look into."""

    def __init__(self, folder: Path, clock: Callable[[], int] = utc_ms, **settings: Any) -> None:
        port = free_port()
        self.folder = folder
        self.origin = f"http://127.0.0.1:{port}"
        self.key = KEY
        here = {"host": "127.0.0.1", "public_url": self.origin, "organiser_key": KEY}
        self.settings = Settings(port=port, data=folder, **{**here, **UNHURRIED, **settings})
        self._clock = clock
        self._thread = threading.Thread(target=self._run, name="server")
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        self._thread.start()
        until = time.monotonic() + 60
        while self._server is None or not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server took too long to start"
            time.sleep(0.005)

    def stop(self) -> None:
        assert self._server is not None
        self._server.should_exit = True
        self._thread.join()

    @property
    def house(self) -> House:
        house: House = self._server.config.app.state.house  # type: ignore[union-attr]
        return house

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run something in the server's own loop."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def _run(self) -> None:
        serving = server(self.settings, self._clock)

        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            self._server = serving
            await serving.serve()

        with asyncio.Runner(loop_factory=serving.config.get_loop_factory()) as runner:
            runner.run(serve())


@contextmanager
def running(folder: Path, clock: Callable[[], int] = utc_ms, **settings: Any) -> Iterator[Running]:
    here = Running(folder, clock, **settings)
    here.start()
    try:
        yield here
    finally:
        here.stop()
        let_go(folder)


class Process:
    """`python -m app`, as people run it; what it prints and logs is kept.

    `prefix`: a command that runs it, such as `["prlimit", "--nofile=150"]`.
    """

    def __init__(self, folder: Path, *, prefix: Sequence[str] = (), **settings: Any) -> None:
        self.folder = folder
        self._prefix = prefix
        self.key = KEY
        self.log = folder.parent / "server.log"
        self._port = free_port()
        self.origin = f"http://127.0.0.1:{self._port}"
        set_up = {"public_url": self.origin, "organiser_key": KEY, **UNHURRIED, **settings}
        self._environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self._port),
            "EUTOPIA_DATA": str(folder),
            **{f"EUTOPIA_{name.upper()}": str(value) for name, value in set_up.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._prefix, sys.executable, "-m", "app"], env=self._environment, stdout=log, stderr=log
            )
        until = time.monotonic() + 60
        while not (self._answers() and b"Stop with" in self.log.read_bytes()):
            assert self._process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.02)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """As a power cut would: no goodbye, nothing tidied."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As Ctrl-C would; the exit status."""
        return self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(60)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.origin}/healthz", timeout=1):
                return True
        except OSError:
            return False


@contextmanager
def process(folder: Path, *, prefix: Sequence[str] = (), **settings: Any) -> Iterator[Process]:
    server = Process(folder, prefix=prefix, **settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        let_go(folder)


def let_go(folder: Path) -> None:
    """The folders of tests are kept for a while; the space set aside in each of them is not needed."""
    (folder / "eutopia.reserve").unlink(missing_ok=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
