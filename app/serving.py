"""Serve, and say where: the organiser's link, the addresses for phones, and where the data lies."""

import asyncio
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from app.addresses import Addresses, doorstep, lan_addresses
from app.demo import demo
from app.heads import PatientHttp
from app.house import House, utc_ms
from app.line import Line
from app.live import ANSWER_SECONDS
from app.main import create_app, organiser_key
from app.settings import Settings
from app.wording import words
from sessions.store.ground import SQLITE, Unfit, is_old_sqlite, stand
from sessions.store.reserve import Reserve
from sessions.store.sql import DATABASE, SqlStore

FRAME_BYTES = 64 * 1024
SEND_BYTES = 64 * 1024
"""A socket's own buffer; the system takes twice that. Left alone, one that never reads may hold megabytes."""
SPARE_FILES = 64
"""Of those that the system lets us open, for the database and for files that are read."""
GOODBYE_SECONDS = 0.1
BROKEN_SECONDS = 3.5
"""How long a server whose disk has failed may take to say so to everybody."""
NO_PHONES = "    (none: it is on no network, or HOST lets this machine alone in)"


def server(settings: Settings, clock: Callable[[], int] = utc_ms) -> "_Server":
    """Uvicorn, set for rooms of phones. `clock`: UTC milliseconds."""
    config = uvicorn.Config(
        create_app(settings, clock),
        host=settings.host,
        port=settings.port,
        http=PatientHttp,
        ws=Line,
        ws_max_size=FRAME_BYTES,
        # Compressing frames doubles what a socket takes, and lets 15 KB unfold into 15 MiB.
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=8,
        timeout_keep_alive=75,
        limit_concurrency=open_files() - SPARE_FILES,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
    )
    return _Server(config)


class _Server(uvicorn.Server):
    @property
    def house(self) -> House:
        house: House = self.config.app.state.house  # type: ignore[union-attr]
        return house

    @property
    def is_broken(self) -> bool:
        return self.started and self.house.broken.is_set()

    async def on_tick(self, counter: int) -> bool:
        return await super().on_tick(counter) or self.is_broken

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets or [listener(self.config.host, self.config.port)])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say why before the sockets are closed, and let no long poll hold up the end."""
        self.house.doors.end_all("storage.broken" if self.is_broken else "server.going")
        await asyncio.sleep(GOODBYE_SECONDS)
        with suppress(TimeoutError):
            # A slow disk may still be writing what somebody asked; who asked is answered before they go.
            async with asyncio.timeout(0 if self.is_broken else ANSWER_SECONDS):
                await self.house.doors.left_by_all()
        await super().shutdown(sockets)


def open_files() -> int:
    """How many files and sockets this process may have open: as many as its user may ask for."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def listener(host: str, port: int) -> socket.socket:
    """A listening socket; every connection that it accepts has its small buffer."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
    listening.bind((host, port))
    return listening


def serve(settings: Settings, demo_minutes: float | None = None) -> int:
    """Serve until told to stop; returns the exit status."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if _is_taken(settings):
        print(f"Port {settings.port} is taken by another program. Choose one: PORT=8001 make run")
        return 1
    try:
        with stand(settings.data):
            # Once before the server does, so that what is wrong is said in a sentence.
            asyncio.run(SqlStore(settings.data / DATABASE, Reserve(settings.data)).close())
    except Unfit as unfit:
        print(words().say(f"refused.{unfit.code}", **unfit.facts))
        return 1
    serving = server(settings)
    loop = serving.config.get_loop_factory()
    # Both Ctrl-C and SIGTERM are how one stops it: uvicorn ends in good order, and then raises the signal
    # once more, which would end us as if it had been by force.
    signal.signal(signal.SIGTERM, serving.handle_exit)
    with suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=loop) as runner:
        runner.run(_serve(serving, settings, demo_minutes))
    if serving.is_broken:
        _end_at_once()
    return 0


async def _serve(serving: "_Server", settings: Settings, demo_minutes: float | None) -> None:
    task = asyncio.create_task(serving.serve())
    while not serving.started and not task.done():  # noqa: ASYNC110 (uvicorn has no event for it)
        await asyncio.sleep(0.02)
    if serving.started:
        _say_where(settings)
        watching = asyncio.create_task(_end_when_broken(serving))
        if demo_minutes is not None:
            here = doorstep(settings.host, settings.port)
            people = asyncio.create_task(demo(serving.house, here, demo_minutes))
            await asyncio.wait({task, people}, return_when=asyncio.FIRST_COMPLETED)
            if people.done():
                people.result()
            people.cancel()
    await task
    if serving.started:
        watching.cancel()


async def _end_when_broken(serving: "_Server") -> None:
    """Whatever holds up the end of a server whose disk has failed, its process ends."""
    await serving.house.broken.wait()
    last = threading.Timer(BROKEN_SECONDS, _end_at_once)
    last.daemon = True
    last.start()


def _end_at_once() -> None:
    """Without closing the database: who closes it last moves into it what a failed flush left behind."""
    sys.stdout.flush()
    logging.shutdown()
    os._exit(1)


def _say_where(settings: Settings) -> None:
    addresses = Addresses(settings.public_url, settings.port, lan_addresses(settings.host))
    here = f"http://127.0.0.1:{settings.port}"
    phones = "\n".join(f"    {address}" for address in addresses.lan) or NO_PHONES
    print(
        f"""
  Eutopia is open.

  Start a workshop, on this machine:
    {here}/start#{organiser_key(settings)}

  Phones on the same network open:
{phones}
  Links and codes lead to {addresses.origin}

  Data lies in {settings.data.resolve()}{_about_sqlite()}
  Stop with Ctrl-C.
""",
        flush=True,
    )


def _about_sqlite() -> str:
    known = f"\n  SQLite {SQLITE} is safe here, with one writer; 3.51.3 or newer is better."
    return known if is_old_sqlite() else ""


def _is_taken(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return True
    return False
