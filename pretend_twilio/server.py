"""The pretend Twilio as a server: the REST API for TWILIO_API_BASE, a phone to play with, and its page."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import anyio
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pretend_twilio.control import routes
from pretend_twilio.faults import NoAnswer
from pretend_twilio.rest import answer
from pretend_twilio.world import World

STATIC = Path(__file__).parent / "static"
LONGEST_BODY = 256 * 1024
SECONDS_OF_SILENCE = 10
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def build(world: World, *, people: Mapping[str, str] | None = None) -> Starlette:
    """The server. `people` are numbers with names, offered first on the phone page."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        world.start()
        yield
        world.stop()

    app = Starlette(
        routes=[
            Route("/", lambda request: RedirectResponse("/phone")),
            Route("/favicon.ico", lambda request: Response(status_code=204)),
            Route("/phone", _file("phone.html", "text/html; charset=utf-8")),
            Route("/phone/phone.css", _file("phone.css", "text/css; charset=utf-8")),
            Route("/phone/phone.js", _file("phone.js", "text/javascript; charset=utf-8")),
            Route("/phone/words.js", _file("words.js", "text/javascript; charset=utf-8")),
            *routes(world, dict(people or {})),
            Route("/{domain:str}/{path:path}", _rest, methods=["GET", "POST", "DELETE"]),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guard)],
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.world = world
    return app


def _file(name: str, kind: str) -> Any:
    async def send(request: Request) -> Response:
        return FileResponse(STATIC / name, media_type=kind)

    return send


async def _guard(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """No other site's page may use the phone, and every answer carries the page's rules."""
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return JSONResponse({"title": "Only the phone page itself may do this."}, 403)
    if int(request.headers.get("content-length") or 0) > LONGEST_BODY:
        return JSONResponse({"title": "Too long."}, 413)
    response = await call_next(request)
    response.headers.update(HEADERS)
    return response


async def _rest(request: Request) -> Response:
    world: World = request.app.state.world
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        pairs += parse_qsl((await request.body()).decode(errors="replace"), keep_blank_values=True)
    domain, path = request.path_params["domain"], "/" + request.path_params["path"]
    headers = {"If-Match": request.headers["if-match"]} if "if-match" in request.headers else {}
    try:
        found = await run_in_threadpool(
            answer, world, request.method, domain, path, pairs, _basic(request), headers
        )
    except NoAnswer:
        await anyio.sleep(SECONDS_OF_SILENCE)
        return Response(status_code=504)
    return Response(found.text, found.status, dict(found.headers), "application/json")


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return name, password
