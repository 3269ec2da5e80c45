"""How webhooks reach the app: over HTTP, or straight into it in a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from pretend_twilio.webhooks import CONNECT_SECONDS, Post, Reply


def via_client(client: Any) -> Post:
    """Into an app through its own test client (anything like httpx.Client); only path and query are used."""

    def post(url: str, fields: Mapping[str, str], headers: Mapping[str, str], seconds: float) -> Reply:
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        return _reply(lambda: client.post(path, content=urlencode(fields), headers=dict(headers)))

    return post


def over_http(public_url: str, app_url: str) -> Post:
    """Over the wire: what is signed for `public_url` is sent to `app_url`."""
    client = httpx.Client(follow_redirects=False, trust_env=False)
    outside, inside = public_url.rstrip("/"), app_url.rstrip("/")

    def post(url: str, fields: Mapping[str, str], headers: Mapping[str, str], seconds: float) -> Reply:
        place = inside + url[len(outside) :] if url.startswith(outside + "/") else url
        limits = httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
        return _reply(
            lambda: client.post(place, content=urlencode(fields), headers=dict(headers), timeout=limits)
        )

    return post


def _reply(send: Any) -> Reply:
    try:
        answer = send()
    except (httpx.ConnectError, httpx.ConnectTimeout):
        return Reply(failure="connect")
    except httpx.HTTPError:
        return Reply(failure="read")
    return Reply(answer.status_code, answer.text, answer.headers.get("content-type", ""))
