"""Who may knock, how often, and with how much; and the headers every answer carries."""

from __future__ import annotations

import logging
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.embed import asks_first, guest, may_ask, welcome
from api.problems import problem
from wiring.settings import Settings

log = logging.getLogger(__name__)

LARGEST = 64 * 1024
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOOPBACK = {"127.0.0.1", "::1", "localhost", "testclient"}


def same_origin(origin: str | None, host: str | None, settings: Settings) -> bool:
    """Whether a browser sent this from our own pages. No Origin: not a browser's cross-site post."""
    if origin is None:
        return True
    ours = urlsplit(settings.public_url)
    if origin.rstrip("/") == f"{ours.scheme}://{ours.netloc}":
        return True
    # On one machine people type localhost, 127.0.0.1 or its name; the request's own host is as good there.
    return ours.hostname in LOOPBACK and host is not None and urlsplit(origin).netloc == host


class Rate:
    """So many in so long, by caller; the longest unseen are forgotten first.

    Processes of this machine are not counted: a proxy in front tells us the real address (X-Forwarded-For,
    which uvicorn believes from this machine alone).
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.seconds, self._clock = most, seconds, clock
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str) -> bool:
        """A bucket that fills again evenly."""
        if caller in LOOPBACK:
            return True
        now = self._clock()
        left, then = self._seen.pop(caller, (float(self.most), now))
        left = min(float(self.most), left + (now - then) * self.most / self.seconds)
        allowed = left >= 1
        self._seen[caller] = (left - 1 if allowed else left, now)
        while len(self._seen) > 20_000:
            self._seen.popitem(last=False)
        return allowed


class TooLarge(HTTPException):
    """More came than is taken in."""

    def __init__(self) -> None:
        super().__init__(413)


class Guard:
    """ASGI middleware around everything: size, origin, rate, headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.rate = Rate(600, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if guest(self.settings, scope) and asks_first(scope):
            await may_ask(scope)(scope, receive, self._with_headers(scope, send))
            return
        refused = self._refuse(scope, headers)
        if refused:
            await problem(*refused)(scope, receive, self._with_headers(scope, send))
            return
        await self._limited(scope, receive, self._with_headers(scope, send))

    def _refuse(self, scope: Scope, headers: Headers) -> tuple[int] | None:
        length = headers.get("content-length")
        if length and (not length.isdigit() or int(length) > LARGEST):
            return (413,)
        path, writes = scope["path"], scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if path.startswith("/twilio/"):
            return None
        origin = headers.get("origin")
        # A page that gives out no referrer posts its form from "null"; behind a link the secret in the link
        # is what counts, and a foreign page does not have it.
        own_form = origin == "null" and path.startswith("/verify/")
        invited = bool(guest(self.settings, scope))
        if writes and not (own_form or invited or same_origin(origin, headers.get("host"), self.settings)):
            return (403,)
        if writes and not invited and headers.get("sec-fetch-site") == "cross-site":
            return (403,)
        return None if self.rate.allows(caller_of(scope)) or path == "/healthz" else (429,)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        total, started = 0, False

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body") or b"")
            if total > LARGEST:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLarge:
            if not started:
                await problem(413)(scope, receive, send)
        except Exception as broken:
            # The message of an error may hold what somebody said; where it happened never does.
            log.error("%s at %s", type(broken).__name__, _where(broken))
            if not started:
                await problem(500)(scope, receive, send)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        secure = self.settings.public_url.startswith("https://")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if origin := guest(self.settings, scope):
                    welcome(headers, origin)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return sending


def _where(broken: BaseException) -> str:
    frames = traceback.extract_tb(broken.__traceback__)[-4:]
    return " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))


def caller_of(scope: Scope) -> str:
    """The address the connection comes from."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
