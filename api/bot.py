"""The wire to the bot: one deadline for everything, and no waiting for a bot that is down."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import httpx

from api.outcome import BotReply

log = logging.getLogger(__name__)

DEADLINE = {"web": 3.0, "sms": 3.0, "voice": 2.3}
"""Seconds until the answer must be here. A call must be answered within 3 s in all."""
OPENS_AFTER = 5
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 15.0


class BotDown(Exception):
    """No usable answer in time; the person must be offered a person. Trying the next turn is fine."""


class Bot(Protocol):
    """What turns need of the bot."""

    async def turn(self, request: Mapping[str, Any]) -> BotReply: ...
    async def healthy(self) -> bool: ...
    async def close(self) -> None: ...


class Breaker:
    """After five failures in a row nobody waits any more; now and then one turn tries again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._shut_until = 0.0

    def let_through(self) -> bool:
        """Whether to ask the bot. Once a pause is over the first to ask tries, the others do not wait."""
        if self._failures < OPENS_AFTER:
            return True
        if self._clock() < self._shut_until:
            return False
        self._shut_until = self._clock() + self._pause
        return True

    def good(self) -> None:
        """It answered."""
        self._failures, self._pause = 0, FIRST_PAUSE

    def bad(self) -> None:
        """It did not."""
        self._failures += 1
        if self._failures >= OPENS_AFTER:
            self._shut_until = self._clock() + self._pause
            self._pause = min(self._pause * 2, LONGEST_PAUSE)


class HttpBot:
    """The bot at BOT_URL."""

    def __init__(self, url: str, secret: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"X-ACS-Secret": secret},
            timeout=httpx.Timeout(3.0, connect=1.0),
            limits=httpx.Limits(max_keepalive_connections=20, max_connections=100),
            transport=transport,
            follow_redirects=False,
        )
        self.breaker = Breaker()

    async def turn(self, request: Mapping[str, Any]) -> BotReply:
        """One turn. Raises BotDown when there is no usable answer in time."""
        if not self.breaker.let_through():
            raise BotDown("shut")
        try:
            # One deadline over connecting, sending and reading: a body that drips in must not hold a caller.
            async with asyncio.timeout(DEADLINE[str(request["channel"])]):
                answer = await self._http.post("/turn", json=dict(request))
                reply = usable(answer, str(request["turn"]))
        except (httpx.HTTPError, TimeoutError, ValueError) as reason:
            self.breaker.bad()
            log.warning("bot gave no answer: %s", type(reason).__name__)
            raise BotDown(type(reason).__name__) from None
        self.breaker.good()
        return reply

    async def healthy(self) -> bool:
        """Whether the model is loaded and warm."""
        try:
            async with asyncio.timeout(1.5):
                return (await self._http.get("/health")).status_code == 200
        except (httpx.HTTPError, TimeoutError):
            return False

    async def close(self) -> None:
        """Lets go of the connections."""
        await self._http.aclose()


def usable(answer: httpx.Response, turn: str) -> BotReply:
    """The reply, looked at: saying nothing is an error too. Raises ValueError."""
    if answer.status_code != 200:
        raise ValueError(f"status {answer.status_code}")
    content = answer.json()
    if not isinstance(content, dict) or str(content.get("turn")) != turn:
        raise ValueError("not an answer to this turn")
    says, heard, extra = content.get("says"), content.get("heard") or {}, content.get("answer") or {}
    if not isinstance(says, list) or not says or not isinstance(heard, dict) or not isinstance(extra, dict):
        raise ValueError("nothing said")
    for one in says:
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("words"), str)
            or not isinstance(one.get("facts") or {}, dict)
        ):
            raise ValueError("something said has no words")
    return BotReply(heard=heard, says=says, answer=extra)
