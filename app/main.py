"""The application: `create_app(settings)` puts the house together. Nothing happens at import time."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app import api, assets, downloads, errors, live, pages, plain
from app.addresses import Addresses, lan_addresses
from app.guard import Guard
from app.house import House, utc_ms
from app.settings import Settings
from sessions.domain.refused import Refused
from sessions.lobby import Lobby
from sessions.shelf import Shelf
from sessions.store.sql import SqlStore


def create_app(settings: Settings, clock: Callable[[], int] = utc_ms) -> FastAPI:
    """The server, ready to be run. `clock`: UTC milliseconds."""
    addresses = Addresses(settings.public_url, settings.port, lan_addresses())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings.data.mkdir(parents=True, exist_ok=True)
        store = SqlStore(settings.data / "eutopia.sqlite")
        lobby = Lobby(store, store, clock)
        app.state.house = house = House(
            settings=settings,
            addresses=addresses,
            log=store,
            register=store,
            lobby=lobby,
            shelf=Shelf.read(settings.plans),
            organiser_key=organiser_key(settings),
            clock=clock,
        )
        lobby.open()
        try:
            yield
        finally:
            house.doors.end_all("server.going")
            await lobby.close()
            house.press.close()
            await store.close()

    app = FastAPI(title="Eutopia", version=_version(), lifespan=lifespan, openapi_url=None)
    for part in (api, plain, live, downloads, pages):
        app.include_router(part.router)
    app.mount(f"/static/{assets.digest()}", Static(directory=assets.FOLDER))
    app.add_api_route("/healthz", healthz, include_in_schema=False)
    app.add_api_route("/readyz", readyz, include_in_schema=False)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _unknown)
    app.add_exception_handler(Exception, _fault)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.add_middleware(Guard, addresses=lambda: addresses)
    return app


def organiser_key(settings: Settings) -> str:
    """The key that was set, or one of our own, made once and kept where only this user can read it."""
    if settings.organiser_key:
        return settings.organiser_key
    file: Path = settings.data / "organiser.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
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
    """The store answers too."""
    house: House = request.app.state.house
    await house.register.session("")
    return {"ok": True}


async def _refused(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refused)
    house: House = request.app.state.house
    status, words = errors.status(refusal), house.words()
    if _wants_a_page(request):
        return pages.problem(house, refusal, status)
    body = {"code": refusal.code, "message": errors.sentence(refusal, words), **refusal.facts}
    return JSONResponse(body, status)


async def _misshapen(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
    return await _refused(request, Refused("request.misshapen", where=where))


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return await _refused(request, Refused("request.method" if error.status_code == 405 else "page.unknown"))


async def _fault(request: Request, error: Exception) -> Response:
    return await _refused(request, Refused("server.fault"))


def _wants_a_page(request: Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _version() -> str:
    try:
        return version("eutopia")
    except PackageNotFoundError:
        return "0.1.0"
