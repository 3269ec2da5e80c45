"""The chat on other people's pages: which origins may load the widget and talk to the line, and how a browser is told."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from wiring.settings import Settings

LOADED = ("/widget.js", "/static/")
TALKED_TO = "/chat/conversations"
AN_HOUR = "3600"


def guest(settings: Settings, scope: Scope) -> str:
    """The origin of a page that may embed the chat and asks for a part of it; "" for all others."""
    origin = Headers(scope=scope).get("origin", "")
    path = str(scope["path"])
    return origin if origin in settings.widget_sites and path.startswith((*LOADED, TALKED_TO)) else ""


def asks_first(scope: Scope) -> bool:
    """Whether a browser only asks if it may."""
    return scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope)


def may_ask(scope: Scope) -> Response:
    """What a browser is told that asks first. No cookie goes along: the chat has none."""
    methods = "GET, POST" if str(scope["path"]).startswith(TALKED_TO) else "GET"
    headers = {
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": AN_HOUR,
    }
    return Response(status_code=204, headers=headers)


def welcome(headers: MutableHeaders, origin: str) -> None:
    """Lets the page of `origin` read the answer."""
    headers["Access-Control-Allow-Origin"] = origin
    headers["Vary"] = "Origin"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
