"""The REST API: who asks, what for, and the answer Twilio would give."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pretend_twilio.basics import TwilioRefusal, not_found
from pretend_twilio.contract import check_answer, request_problems

if TYPE_CHECKING:
    from pretend_twilio.world import Record, World

ACCOUNT = r"/2010-04-01/Accounts/(?P<account>AC\w+)"


@dataclass(frozen=True)
class Asked:
    """One request: `ids` are the parts of its path, `params` its last value of each name."""

    world: World
    ids: Mapping[str, str]
    params: dict[str, str]
    lists: Mapping[str, list[str]]
    headers: Mapping[str, str]
    path: str


@dataclass(frozen=True)
class Answer:
    """Status and JSON; `body` is None for 204."""

    status: int
    body: dict[str, Any] | None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body as sent."""
        return "" if self.body is None else json.dumps(self.body, ensure_ascii=False)


Handler = Callable[[Asked], tuple[int, Any]]
ROUTES: list[tuple[str, str, re.Pattern[str], Handler]] = []


def route(method: str, domain: str, pattern: str) -> Callable[[Handler], Handler]:
    """Registers a handler for a method and path."""

    def keep(handler: Handler) -> Handler:
        ROUTES.append((method, domain, re.compile(pattern), handler))
        return handler

    return keep


def answer(
    world: World,
    method: str,
    domain: str,
    path: str,
    params: Iterable[tuple[str, str]],
    auth: tuple[str, str] | None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to one request. NoAnswer (pretend_twilio.faults) when a fault says the client hears nothing."""
    lists: dict[str, list[str]] = {}
    for name, value in params:
        lists.setdefault(name, []).append(value)
    try:
        _let_in(world, auth, path)
        afterwards = world.faults.before(method, path)
        status, body = _handled(world, method, domain, path, lists, headers or {})
        if afterwards:
            world.faults.strike(afterwards)
    except TwilioRefusal as refusal:
        return Answer(refusal.status, refusal.body(), {"Retry-After": "1"} if refusal.status == 429 else {})
    if world.strict:
        check_answer(domain, method, path, status, body)
    return Answer(status, body, {"ETag": etag(body)} if body else {})


def etag(body: Any) -> str:
    """Changes whenever the resource does."""
    return sha1(json.dumps(body, sort_keys=True).encode(), usedforsecurity=False).hexdigest()[:16]


def _let_in(world: World, auth: tuple[str, str] | None, path: str) -> None:
    sid, token = auth or ("", "")
    right = hmac.compare_digest(sid.encode(), world.account_sid.encode())
    if not right or not hmac.compare_digest(token.encode(), world.auth_token.encode()):
        raise TwilioRefusal(401, 20003, "Authenticate")
    named = re.match(ACCOUNT, path)
    if named and named["account"] != world.account_sid:
        raise not_found(path)


def _handled(
    world: World,
    method: str,
    domain: str,
    path: str,
    lists: Mapping[str, list[str]],
    headers: Mapping[str, str],
) -> tuple[int, Any]:
    for known, where, pattern, handler in ROUTES:
        found = pattern.fullmatch(path)
        if known == method and where == domain and found:
            _check_request(world, method, domain, path, lists)
            params = {name: values[-1] for name, values in lists.items()}
            asked = Asked(world, found.groupdict(), params, lists, headers, path)
            with world.lock:
                return handler(asked)
    raise not_found(path)


def _check_request(world: World, method: str, domain: str, path: str, lists: Mapping[str, list[str]]) -> None:
    for problem in request_problems(domain, method, path, lists):
        if problem.startswith("unknown parameter"):
            world.alert(20001, problem, path)
        elif not problem.startswith(("To:", "From:")):
            raise TwilioRefusal(400, 20001, f"Invalid parameter: {problem}")


# Lists, in the two ways Twilio pages them.


def page_2010(asked: Asked, key: str, records: list[Record]) -> dict[str, Any]:
    """The older way: uris without a host."""
    page, size = int(asked.params.get("Page", "0")), min(1000, int(asked.params.get("PageSize", "50")))
    start = page * size

    def uri(number: int) -> str:
        query = {n: v for n, v in asked.params.items() if n not in {"Page", "PageSize"}}
        return f"{asked.path}?{urlencode(query | {'PageSize': str(size), 'Page': str(number)})}"

    more = start + size < len(records)
    return {
        "end": max(start, min(start + size, len(records)) - 1),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1) if more else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": uri(page - 1) if page else None,
        "start": start,
        "uri": uri(page),
        key: records[start : start + size],
    }


def page_v1(asked: Asked, key: str, records: list[Record]) -> dict[str, Any]:
    """The newer way: `meta` with whole URLs."""
    page, size = int(asked.params.get("Page", "0")), min(1000, int(asked.params.get("PageSize", "50")))
    start = page * size

    def url(number: int) -> str:
        query = {n: v for n, v in asked.params.items() if n not in {"Page", "PageSize"}}
        whole = urlencode(query | {"PageSize": str(size), "Page": str(number)})
        return f"https://taskrouter.twilio.com{asked.path}?{whole}"

    meta = {
        "first_page_url": url(0),
        "key": key,
        "next_page_url": url(page + 1) if start + size < len(records) else None,
        "page": page,
        "page_size": size,
        "previous_page_url": url(page - 1) if page else None,
        "url": url(page),
    }
    return {"meta": meta, key: records[start : start + size]}
