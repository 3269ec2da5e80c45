"""The pretend Twilio in the same process: give this to the official Client as its http_client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response

from pretend_twilio.faults import NoAnswer
from pretend_twilio.rest import answer
from pretend_twilio.world import World


class PretendHttp(HttpClient):  # type: ignore[misc]
    """Answers what the official client asks; a planned silence is a ReadTimeout, as over a real wire."""

    def __init__(self, world: World) -> None:
        super().__init__(None, False, None)
        self.world = world
        self.asked: list[tuple[str, str]] = []

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Any:
        parts = urlsplit(url)
        self.asked.append((method, parts.path))
        pairs = [*parse_qsl(parts.query, keep_blank_values=True), *flat(params), *flat(data)]
        try:
            found = answer(
                self.world, method, parts.netloc.split(".")[0], parts.path, pairs, auth, headers or {}
            )
        except NoAnswer:
            raise requests.ReadTimeout("a planned silence") from None
        return Response(found.status, found.text, dict(found.headers))


def flat(params: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    """Parameters as they go over the wire: lists repeated, None left out."""
    for name, value in (params or {}).items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is not None:
                yield name, str(one)
