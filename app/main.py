"""The application: `create_app(settings)` puts the house together. Nothing happens at import time."""

import asyncio
import json
import logging
import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import (
    api,
    assets,
    downloads,
    errors,
    live,
    pack,
    pages,
    plain,
    record,
    rehearsal,
    screens,
    suggestions,
)
from app.addresses import Addresses, lan_addresses
from app.guard import Guard, dress
from app.house import Doors, House, utc_ms
from app.settings import Settings
from app.thinking import Thinking
from app.wording import words
from sessions.domain.refused import Refused
from sessions.lobby import Lobby
from sessions.shelf import Shelf
from sessions.store.ground import flush_folder, stand
from sessions.store.reserve import Reserve
from sessions.store.sql import DATABASE, SqlStore

log = logging.getLogger(__name__)


def create_app(settings: Settings, clock: Callable[[], int] = utc_ms) -> FastAPI:
    """The server, ready to be run. `clock`: UTC milliseconds."""
    addresses = Addresses(settings.public_url, settings.port, lan_addresses(settings.host))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with stand(settings.data):
            loop, broken = asyncio.get_running_loop(), asyncio.Event()
            reserve = Reserve(settings.data)
            if not reserve.is_whole:
                log.warning("no space is set aside for erasing: the disk of %s is nearly full", settings.data)

            def broke() -> None:
                loop.call_soon_threadsafe(broken.set)

            store = SqlStore(settings.data / DATABASE, reserve, broke)
            shelf = Shelf.read(settings.plans)
            for mistake in shelf.mistakes:
                log.warning("left out: %s", mistake)
            doors = Doors()
            thinking = Thinking()

            def deleted(session: str) -> None:
                doors.end("session.deleted", session)
                thinking.forget(session)

            lobby = Lobby(store, store, clock, deleted=deleted)
            app.state.house = house = House(
                settings=settings,
                addresses=addresses,
                log=store,
                register=store,
                lobby=lobby,
                shelf=shelf,
                organiser_key=organiser_key(settings),
                doors=doors,
                thinking=thinking,
                clock=clock,
                broken=broken,
            )
            lobby.open()
            try:
                yield
            finally:
                await house.rehearsals.close()
                await lobby.close()
                house.press.close()
                thinking.close()
                await store.close()

    app = FastAPI(title="Eutopia", version=_version(), lifespan=lifespan, openapi_url=None)
    for part in (api, screens, rehearsal, plain, suggestions, live, downloads, pack, record, pages):
        app.include_router(part.router)
    app.mount(f"/static/{assets.digest()}", Static(directory=assets.FOLDER))
    app.add_api_route("/healthz", healthz, include_in_schema=False)
    app.add_api_route("/readyz", readyz, include_in_schema=False)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _fault)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.add_middleware(Guard, addresses=addresses, words=partial(words, pseudo=settings.pseudo_words))
    return app


def organiser_key(settings: Settings) -> str:
    """The key that was set, or one of our own, made once and kept where only this user can read it."""
    if settings.organiser_key:
        return settings.organiser_key
    file: Path = settings.data / "organiser.key"
    if not file.exists():
        # Whole or not at all: an empty key, left by a full disk or a power cut, would be one for ever.
        new = file.with_suffix(".new")
        new.touch(mode=0o600)
        with new.open("w") as writing:
            writing.write(secrets.token_urlsafe(24))
            writing.flush()
            os.fsync(writing.fileno())
        new.rename(file)
        flush_folder(settings.data)
    return file.read_text().strip()


class Static(StaticFiles):
    """Files under a path that names their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


async def healthz() -> dict[str, bool]:
    """The event loop answers; nothing else is touched."""
    return {"ok": True}


async def readyz(request: Request) -> dict[str, bool]:
    """The store answers too, and can be written to."""
    house: House = request.app.state.house
    if house.broken.is_set():
        raise Refused("storage.broken", retry_ms=5_000)
    await house.register.session("")
    return {"ok": True}


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refused)
    house: House = request.app.state.house
    status, words = errors.status(refusal), house.words(_language(request), "problem")
    if _wants_a_page(request):
        return pages.problem(house, refusal, status, words)
    body = {"code": refusal.code, "message": errors.sentence(refusal, words), **refusal.facts}
    # In ASCII: what was sent, and is named here, may hold half a letter, which UTF-8 has no way to write.
    return Response(json.dumps(body, separators=(",", ":")), status, media_type="application/json")


async def _misshapen(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
    return await _refused(request, Refused("request.misshapen", where=where))


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:
        return await _refused(request, Refused("request.misshapen", where="body"))
    if error.status_code == 405:
        return await _refused(request, Refused("request.method"))
    return await _refused(request, Refused("page.unknown"))


async def _gone(request: Request, error: Exception) -> Response:
    """A phone went in the middle of its request: news to nobody, and no fault of ours."""
    return Response(status_code=400)


async def _fault(request: Request, error: Exception) -> Response:
    answer = await _refused(request, Refused("server.fault"))
    house: House = request.app.state.house
    # Made outside the guard, which dresses all others.
    dress(answer.headers, request.headers.get("host", ""), house.addresses)
    return answer


def _language(request: Request) -> str:
    """What a person reads who may not be known yet: what they chose, or else what their browser is set to."""
    chosen = request.query_params.get("lang")
    return (
        chosen
        or request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip().lower()
    )


def _wants_a_page(request: Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _version() -> str:
    try:
        return version("eutopia")
    except PackageNotFoundError:
        return "0.1.0"
