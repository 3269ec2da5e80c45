"""Pretend parts for the doors: a scripted bot on the real wire, phones in memory, words that show their key."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from channels.errors import NotReached, OptedOut, UnknownOutcome
from channels.taskrouter import Workspace

SECRET = "a secret for tests only"


class FakeClock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

    def today(self) -> date:
        return self.moment.date()

    def now(self) -> datetime:
        return self.moment

    def forward(self, **much: float) -> None:
        self.moment += timedelta(**much)


class ShownWords:
    """Renders a key as itself, so that tests do not depend on wording."""

    def render(self, words: str, facts: Mapping[str, Any], *, language: str, channel: str) -> str:
        values = [json.dumps(one["value"], sort_keys=True) for one in facts.values()]
        return " ".join([f"<{words} {language} {channel}>", *values])

    def label(self, choice: str, *, language: str, channel: str) -> str:
        return f"({choice} {language})"

    def keys(self) -> frozenset[str]:
        return frozenset()


class FakeBot:
    """Speaks the wire of the real one. `broken` makes it fail: dead, slow, empty, html, http500, other_turn."""

    def __init__(self) -> None:
        self.turns: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.broken = ""
        self.next: list[dict[str, Any]] = []
        self.delay = 0.0
        self.during: Any = None
        app = Starlette(routes=[Route("/turn", self._turn, methods=["POST"]), Route("/health", self._health)])
        self.transport = _Wire(self, httpx.ASGITransport(app))

    def say(
        self, words: str, *, intent: str = "x", facts: dict[str, Any] | None = None, **answer: Any
    ) -> None:
        """What the next turn is answered with."""
        says = [{"words": words, "facts": facts or {}, "text": words}]
        self.next.append({"says": says, "answer": answer, "heard": {"intent": intent, "confidence": 0.9}})

    async def _health(self, _request: Request) -> Response:
        return JSONResponse({}, 503 if self.broken else 200)

    async def _turn(self, request: Request) -> Response:
        if not request.headers.get("X-ACS-Secret"):
            return JSONResponse({}, 401)
        asked = await request.json()
        if self.broken == "slow":
            await asyncio.sleep(10)
        if self.broken == "http500":
            return JSONResponse({}, 500)
        if self.broken == "html":
            return HTMLResponse("<h1>Not what you wanted</h1>")
        if self.broken == "empty":
            return JSONResponse({"turn": asked["turn"], "heard": {}, "says": [], "answer": {}})
        await asyncio.sleep(self.delay)
        if asked["turn"] in self.answers:
            return JSONResponse(self.answers[asked["turn"]])
        self.turns.append(asked)
        if self.during:
            self.during(asked)
        what = self.next.pop(0) if self.next else self._echo(asked)
        turn = "another" if self.broken == "other_turn" else asked["turn"]
        self.answers[asked["turn"]] = {"turn": turn, **what}
        return JSONResponse(self.answers[asked["turn"]])

    def _echo(self, asked: dict[str, Any]) -> dict[str, Any]:
        said = asked.get("text") or asked.get("intent")
        says = [{"words": "utter_echo", "facts": {"said": {"kind": "text", "value": said}}, "text": ""}]
        return {"says": says, "heard": {"intent": asked.get("intent") or "x", "confidence": 1}, "answer": {}}


class _Wire(httpx.AsyncBaseTransport):
    def __init__(self, bot: FakeBot, inner: httpx.AsyncBaseTransport) -> None:
        self.bot, self.inner = bot, inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.bot.broken == "dead":
            raise httpx.ConnectError("refused")
        return await self.inner.handle_async_request(request)


@dataclass
class SentText:
    sid: str
    to: str
    pii_body: str


class FakePhones:
    """Phones in memory. `trouble` is raised by the next send; with `goes_anyway` the text is sent first."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.sent: list[SentText] = []
        self.inbound: list[Any] = []
        self.tasks: dict[str, Mapping[str, Any]] = {}
        self.canceled: list[str] = []
        self.completed: list[str] = []
        self.redirected: list[tuple[str, str]] = []
        self.called: list[tuple[str, str]] = []
        self.status: dict[str, str] = {}
        self.there = True
        self.trouble: list[tuple[Exception, bool]] = []
        self.opted_out: set[str] = set()

    def send_text(self, to: str, body: str, *, status_callback: str = "") -> str:
        trouble, goes = self.trouble.pop(0) if self.trouble else (None, True)
        if to in self.opted_out:
            raise OptedOut("STOP", code=21610, status=400)
        if goes:
            self.sent.append(SentText(f"SM{len(self.sent):032d}", to, body))
        if trouble:
            raise trouble
        return self.sent[-1].sid

    def find_texts(self, to: str, *, since: datetime, body: str) -> list[SentText]:
        return [one for one in self.sent if one.to == to and one.pii_body == body]

    def list_inbound(self, *, since: datetime) -> list[Any]:
        return list(self.inbound)

    def create_task(self, attributes: Mapping[str, Any], *, priority: int = 0) -> str:
        self.tasks[str(attributes["handoff_key"])] = attributes
        return "WT" + str(attributes["handoff_key"])

    def find_task(self, key: str) -> Any:
        found = self.tasks.get(key)
        status = self.status.get(key, "pending")
        return None if found is None else type("T", (), {"sid": "WT" + key, "status": status})()

    def cancel_task(self, sid: str, *, reason: str = "") -> bool:
        self.canceled.append(sid)
        return True

    def complete_task(self, sid: str, *, reason: str = "") -> bool:
        self.completed.append(sid)
        return True

    def place_call(self, to: str, *, url: str, status_callback: str = "", detect_machine: bool = True) -> str:
        self.called.append((to, url))
        return f"CA{len(self.called):032d}"

    def find_calls(self, to: str, *, since: datetime) -> list[str]:
        return [f"CA{at:032d}" for at, (number, _) in enumerate(self.called, 1) if number == to]

    def redirect_call(self, call_sid: str, *, twiml: str = "", url: str = "") -> bool:
        self.redirected.append((call_sid, url))
        return True

    def ensure_workspace(self, *, assignment_url: str = "", events_url: str = "") -> Workspace:
        if not self.there:
            raise NotReached("no way to Twilio", retryable=True)
        return Workspace("WS1", "WW1")

    def bodies(self) -> list[str]:
        return [one.pii_body for one in self.sent]


UNKNOWN = UnknownOutcome("timed out")
